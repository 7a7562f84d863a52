import django.core.validators
from django.conf import settings
from django.db import migrations, models

import onboarding.models.assignment


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_about"),
        ("onboarding", "0003_free_mailboxes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="channels",
            field=models.JSONField(
                default=onboarding.models.assignment.every_channel, verbose_name="yetki verilen kanallar"
            ),
        ),
        migrations.AddField(
            model_name="contractacceptance",
            name="text",
            field=models.TextField(default="", verbose_name="onaylanan metin"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="package",
            name="price",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="Yıllık, KDV hariç; boş bırakılırsa ekranda fiyat görünmez",
                max_digits=12,
                null=True,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="liste fiyatı (TL)",
            ),
        ),
        migrations.AlterField(
            model_name="package",
            name="valid_until",
            field=models.DateField(
                blank=True,
                help_text="Son gün; boş: yenisi girilene kadar",
                null=True,
                verbose_name="geçerlilik bitişi",
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("brand_codes", []),
                        ("iys_code", ""),
                        ("kind", "exempt"),
                        models.Q(("exemption_basis", ""), _negated=True),
                    ),
                    models.Q(
                        ("exemption_basis", ""),
                        ("kind", "partner"),
                        models.Q(("iys_code", ""), _negated=True),
                        models.Q(("brand_codes", []), _negated=True),
                    ),
                    models.Q(
                        ("brand_codes", []), ("exemption_basis", ""), ("iys_code", ""), ("kind", "self_managed")
                    ),
                    _connector="OR",
                ),
                name="a_declaration_is_one_of_three",
            ),
        ),
        migrations.AddConstraint(
            model_name="package",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until", None), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                ),
                name="a_package_ends_after_it_begins",
                violation_error_message="Geçerlilik bitişi başlangıçtan önce olamaz.",
            ),
        ),
    ]
