from django.db import migrations

BASIS = "KVKK 10 ve Aydınlatma Tebliği 5: aydınlatıldığını iş ortağı ispatlar; TBK 146: on yıllık zamanaşımı"


def add(apps, schema_editor):
    rules = apps.get_model("privacy", "RetentionRule").objects
    rules.get_or_create(kind="disclosures", defaults={"days": 3653, "basis": BASIS})


class Migration(migrations.Migration):
    dependencies = [("privacy", "0002_periods")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
