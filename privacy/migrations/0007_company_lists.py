from django.db import migrations


def add(apps, schema_editor):
    apps.get_model("privacy", "RetentionRule").objects.get_or_create(
        kind="company_lists",
        defaults={"days": 30, "basis": "KVKK 4/2-ç: liste işlendikten sonra saklama amacı kalmaz"},
    )


class Migration(migrations.Migration):
    dependencies = [("privacy", "0006_draft_uploads")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
