"""Lists of companies that support brings, line by line."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import team.models
import tenancy.encryption


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0003_partner_colour"),
        ("team", "0001_initial"),
        ("tenancy", "0007_invited_by_support"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CompanyImport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120, verbose_name="dosya")),
                (
                    "state",
                    models.CharField(
                        choices=team.models.ImportState.listed,
                        default="mapping",
                        max_length=10,
                        verbose_name="durum",
                    ),
                ),
                ("mapping", models.JSONField(default=dict, verbose_name="sütunlar")),
                ("has_headings", models.BooleanField(default=True, verbose_name="İlk satır başlık")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="yüklendi")),
                ("waits_until", models.DateTimeField(blank=True, null=True, verbose_name="sıradaki dalga")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="bitti")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="yükleyen",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="company_imports",
                        to="partners.partner",
                        verbose_name="İş ortağı",
                    ),
                ),
            ],
            options={
                "verbose_name": "firma listesi",
                "verbose_name_plural": "firma listeleri",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("number", models.PositiveIntegerField(verbose_name="satır")),
                ("cells", tenancy.encryption.EncryptedTextField(verbose_name="hücreler")),
                ("problems", models.JSONField(default=dict, verbose_name="hatalar")),
                (
                    "outcome",
                    models.CharField(
                        choices=team.models.RowOutcome.listed,
                        default="waiting",
                        max_length=10,
                        verbose_name="sonuç",
                    ),
                ),
                ("tried_at", models.DateTimeField(blank=True, null=True, verbose_name="son deneme")),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="tenancy.company",
                    ),
                ),
                (
                    "company_import",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="team.companyimport"
                    ),
                ),
            ],
            options={
                "verbose_name": "liste satırı",
                "verbose_name_plural": "liste satırları",
                "ordering": ["number"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("outcome", "waiting")),
                        fields=["company_import", "tried_at"],
                        name="lines_that_wait",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("company_import", "number"), name="a_list_has_each_line_once")
                ],
            },
        ),
    ]
