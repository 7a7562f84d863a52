"""The page whose link began a question says that it waits."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("support", "0002_message_key")]

    operations = [
        migrations.AddField(
            model_name="question",
            name="topic",
            field=models.CharField(
                blank=True, db_default="", default="", editable=False, max_length=20, verbose_name="konu"
            ),
        ),
    ]
