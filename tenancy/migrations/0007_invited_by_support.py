from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0006_company_looks"),
    ]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="by_support",
            field=models.BooleanField(db_default=False, default=False, verbose_name="destek ekibi davet etti"),
        ),
    ]
