import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0001_partners"),
    ]

    operations = [
        migrations.AddField(
            model_name="iyscontact",
            name="contract_address",
            field=models.CharField(
                default="Mustafa Kemal Mah. Dumlupınar Blv. Türkiye Odalar ve Borsalar Birliği No: 252 Çankaya, Ankara",
                max_length=250,
                verbose_name="sözleşmedeki adres",
            ),
        ),
        migrations.AddField(
            model_name="iyscontact",
            name="contract_name",
            field=models.CharField(
                default="İleti Yönetim Sistemi Anonim Şirketi", max_length=250, verbose_name="sözleşmedeki unvan"
            ),
        ),
        migrations.AddField(
            model_name="iyscontact",
            name="mersis_number",
            field=models.CharField(default="0845052547000001", max_length=16, verbose_name="MERSİS numarası"),
        ),
        migrations.AddField(
            model_name="iyscontact",
            name="website",
            field=models.URLField(default="https://iys.org.tr", verbose_name="web sitesi"),
        ),
        migrations.AlterField(
            model_name="partner",
            name="host_name",
            field=models.CharField(
                blank=True,
                help_text="Bu alan adıyla gelen ziyaretçiler bu iş ortağını görür: portal.firma.com.tr",
                max_length=253,
                validators=[
                    django.core.validators.RegexValidator(
                        "^(?!-)[a-z0-9-]+(\\.[a-z0-9-]+)+$", "Yalnızca alan adı, küçük harfle: portal.firma.com.tr"
                    )
                ],
                verbose_name="alan adı",
            ),
        ),
        migrations.CreateModel(
            name="Logo",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("png", models.BinaryField()),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("width", models.PositiveSmallIntegerField()),
                ("height", models.PositiveSmallIntegerField()),
                (
                    "partner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="logo", to="partners.partner"
                    ),
                ),
            ],
            options={
                "verbose_name": "logo",
                "verbose_name_plural": "logolar",
            },
        ),
    ]
