import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tenancy.encryption


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0005_invitation_links"),
        ("verification", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SmsChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("number", tenancy.encryption.EncryptedTextField(verbose_name="cep telefonu")),
                ("verified_at", models.DateTimeField(verbose_name="doğrulandı")),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sms_choice",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="kişi",
                    ),
                ),
            ],
            options={
                "verbose_name": "SMS seçimi",
                "verbose_name_plural": "SMS seçimleri",
            },
        ),
        migrations.CreateModel(
            name="SmsNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("idempotency_key", models.CharField(max_length=120, unique=True)),
                ("text", models.CharField(max_length=200, verbose_name="metin")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="yazıldı")),
                ("expires_at", models.DateTimeField(verbose_name="son geçerlilik")),
                ("spread_at", models.DateTimeField(blank=True, null=True)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tenancy.company"
                    ),
                ),
            ],
            options={
                "verbose_name": "SMS bildirimi",
                "verbose_name_plural": "SMS bildirimleri",
            },
        ),
        migrations.CreateModel(
            name="SmsDelivery",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="deneme")),
                ("next_try_at", models.DateTimeField(verbose_name="sıradaki deneme")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="bitti")),
                ("failure", models.CharField(blank=True, max_length=200, verbose_name="gönderilemedi")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="kişi",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="verification.smsnotice",
                    ),
                ),
            ],
            options={
                "verbose_name": "SMS gönderimi",
                "verbose_name_plural": "SMS gönderimleri",
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["next_try_at"],
                        name="sms_by_when_they_are_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "person"), name="a_notice_goes_once_to_each_person")
                ],
            },
        ),
    ]
