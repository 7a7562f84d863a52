import django.db.models.deletion
from django.db import migrations, models

import tenancy.encryption
import verification.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="OneTimeCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("application_id", models.UUIDField()),
                (
                    "purpose",
                    models.CharField(
                        choices=verification.models.Purpose.listed, max_length=10, verbose_name="amaç"
                    ),
                ),
                ("target", models.CharField(max_length=254, verbose_name="adres ya da numara")),
                ("code", tenancy.encryption.EncryptedTextField()),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="İstendi")),
                ("expires_at", models.DateTimeField(verbose_name="son geçerlilik")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="deneme")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="doğrulandı")),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("failure", models.CharField(blank=True, max_length=200, verbose_name="gönderilemedi")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tenancy.company"
                    ),
                ),
            ],
            options={
                "verbose_name": "doğrulama kodu",
                "verbose_name_plural": "doğrulama kodları",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["application_id", "purpose"], name="codes_of_a_subject")],
            },
        ),
    ]
