from django.db import migrations

from journal.chain import seal_unsealed


def seal(apps, schema_editor):
    seal_unsealed(*(apps.get_model("journal", name) for name in ("Entry", "Link", "Head")))


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_chain")]
    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
