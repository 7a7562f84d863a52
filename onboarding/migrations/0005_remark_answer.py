"""What a company answers to a correction that it does not make."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("onboarding", "0004_identities")]

    operations = [
        migrations.AddField(
            model_name="remark",
            name="answer",
            field=models.CharField(blank=True, db_default="", max_length=1000, verbose_name="firmanın yanıtı"),
        ),
    ]
