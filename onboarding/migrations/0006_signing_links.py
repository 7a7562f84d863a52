from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("onboarding", "0005_remark_answer")]

    operations = [
        migrations.AddField(
            model_name="handoff",
            name="paper",
            field=models.CharField(
                db_default="undertaking_to_sign",
                default="undertaking_to_sign",
                max_length=40,
                verbose_name="İmzalanacak belge",
            ),
        ),
    ]
