from django.db import migrations


def add(apps, schema_editor):
    apps.get_model("privacy", "RetentionRule").objects.get_or_create(
        kind="staff_figures",
        defaults={"days": 1096, "basis": "KVKK 4/2-ç: iş bölümü için geriye en çok üç yıla bakılır"},
    )


class Migration(migrations.Migration):
    dependencies = [("privacy", "0007_company_lists")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
