from django.db import migrations


def add(apps, schema_editor):
    apps.get_model("privacy", "RetentionRule").objects.get_or_create(
        kind="draft_uploads",
        defaults={"days": 1, "basis": "KVKK 4/2-ç: gönderilmeyen dosyanın işlenme amacı yoktur"},
    )


class Migration(migrations.Migration):
    dependencies = [("privacy", "0005_person_requests")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
