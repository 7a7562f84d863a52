from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def every_letter_is_whole(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("correspondence", "Letter").objects.update(whole=F("cause"))


class Migration(migrations.Migration):
    dependencies = [("correspondence", "0001_letters_and_mails")]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="whole",
            field=models.CharField(default="", max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="letter",
            name="part",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="parça"),
        ),
        migrations.RunPython(every_letter_is_whole, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(fields=("whole", "part"), name="a_letter_has_each_part_once"),
        ),
    ]
