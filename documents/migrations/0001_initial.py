import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import documents.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LegalText",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "kind",
                    models.CharField(choices=documents.models.LegalKind.listed, max_length=30, verbose_name="tür"),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="sürüm")),
                ("valid_from", models.DateField(verbose_name="geçerlilik başlangıcı")),
                ("title", models.CharField(max_length=200, verbose_name="başlık")),
                (
                    "body",
                    models.TextField(
                        help_text="Paragrafları boş satırla ayırın. “{iş ortağı}” yerine firmanın iş ortağının unvanı yazılır.",
                        verbose_name="metin",
                    ),
                ),
                ("is_sample", models.BooleanField(default=False, verbose_name="örnek metin")),
            ],
            options={
                "verbose_name": "hukuki metin",
                "verbose_name_plural": "hukuki metinler",
                "ordering": ["kind", "-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "version"), name="a_legal_text_has_each_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=40, verbose_name="tür")),
                ("about", models.UUIDField(blank=True, null=True)),
                (
                    "origin",
                    models.CharField(choices=documents.models.Origin.listed, max_length=10, verbose_name="kaynak"),
                ),
                ("name", models.CharField(max_length=200, verbose_name="dosya adı")),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField(verbose_name="boyut (bayt)")),
                ("pages", models.PositiveIntegerField(blank=True, null=True, verbose_name="sayfa")),
                ("sha256", models.CharField(max_length=64)),
                ("source_sha256", models.CharField(blank=True, max_length=64)),
                ("stored_name", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="eklendi")),
                ("erased_at", models.DateTimeField(blank=True, null=True, verbose_name="silindi")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="tenancy.company"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "verbose_name": "belge",
                "verbose_name_plural": "belgeler",
                "ordering": ["-created_at"],
                "indexes": [models.Index(fields=["company", "kind"], name="documents_of_a_kind")],
            },
        ),
    ]
