import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="IysContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "pre_application_email",
                    models.EmailField(
                        default="onkayit@iys.org.tr", max_length=254, verbose_name="ön başvuru adresi"
                    ),
                ),
                (
                    "sales_email",
                    models.EmailField(default="satis@iys.org.tr", max_length=254, verbose_name="satış adresi"),
                ),
                (
                    "assignment_email",
                    models.EmailField(
                        default="isortagim@iys.org.tr", max_length=254, verbose_name="İş ortağı atama adresi"
                    ),
                ),
                (
                    "legal_name",
                    models.CharField(default="İLETİ YÖNETİM SİSTEMİ A.Ş.", max_length=250, verbose_name="unvan"),
                ),
                (
                    "cargo_address",
                    models.CharField(
                        default="Esentepe Mah. Harman 1 Sokak No: 10-5 TOBB Plaza Şişli / İstanbul",
                        max_length=250,
                        verbose_name="kargo adresi",
                    ),
                ),
                ("phone", models.CharField(default="0850 333 3338", max_length=30, verbose_name="telefon")),
                (
                    "contract_name",
                    models.CharField(
                        default="İleti Yönetim Sistemi Anonim Şirketi",
                        max_length=250,
                        verbose_name="sözleşmedeki unvan",
                    ),
                ),
                (
                    "contract_address",
                    models.CharField(
                        default="Mustafa Kemal Mah. Dumlupınar Blv. Türkiye Odalar ve Borsalar Birliği No: 252 Çankaya, Ankara",
                        max_length=250,
                        verbose_name="sözleşmedeki adres",
                    ),
                ),
                ("website", models.URLField(default="https://iys.org.tr", verbose_name="web sitesi")),
                (
                    "mersis_number",
                    models.CharField(default="0845052547000001", max_length=16, verbose_name="MERSİS numarası"),
                ),
            ],
            options={
                "verbose_name": "İYS iletişim bilgisi",
                "verbose_name_plural": "İYS iletişim bilgileri",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="iys_contact_is_one_row")
                ],
            },
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="Ekranlarda ve mektuplarda görünen ad", max_length=80, verbose_name="ad"
                    ),
                ),
                ("legal_name", models.CharField(max_length=250, verbose_name="ticaret unvanı")),
                (
                    "host_name",
                    models.CharField(
                        blank=True,
                        help_text="Bu alan adıyla gelen ziyaretçiler bu iş ortağını görür: portal.firma.com.tr",
                        max_length=253,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(?!-)[a-z0-9-]+(\\.[a-z0-9-]+)+$",
                                "Yalnızca alan adı, küçük harfle: portal.firma.com.tr",
                            )
                        ],
                        verbose_name="alan adı",
                    ),
                ),
                (
                    "copy_address",
                    models.EmailField(
                        blank=True,
                        help_text="İYS'ye giden her mektubun bilgi adresi; gerçek gönderim için zorunludur",
                        max_length=254,
                        verbose_name="bilgi (cc) adresi",
                    ),
                ),
                ("console_url", models.URLField(blank=True, verbose_name="panel adresi")),
                ("support_email", models.EmailField(blank=True, max_length=254, verbose_name="destek e-postası")),
                ("support_phone", models.CharField(blank=True, max_length=30, verbose_name="destek telefonu")),
                ("integrator_code", models.CharField(blank=True, max_length=15, verbose_name="entegratör kodu")),
                ("is_default", models.BooleanField(default=False, verbose_name="varsayılan")),
            ],
            options={
                "verbose_name": "İş ortağı",
                "verbose_name_plural": "İş ortakları",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("is_default",),
                        name="only_one_partner_is_the_default",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("host_name", ""), _negated=True),
                        fields=("host_name",),
                        name="a_host_name_belongs_to_one_partner",
                    ),
                ],
            },
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
