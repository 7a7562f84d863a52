import uuid

import django.db.models.deletion
from django.db import migrations, models

import brands.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0001_initial"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Brand",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=150, verbose_name="marka adı")),
                ("code", models.CharField(blank=True, max_length=15, verbose_name="BrandKod")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "certificate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                        verbose_name="marka tescil belgesi",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="brands", to="tenancy.company"
                    ),
                ),
            ],
            options={
                "verbose_name": "marka",
                "verbose_name_plural": "markalar",
                "ordering": ["created_at", "name"],
            },
        ),
        migrations.CreateModel(
            name="Reach",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "channel",
                    models.CharField(choices=brands.models.Channel.listed, max_length=10, verbose_name="kanal"),
                ),
                ("recipients", models.PositiveIntegerField(default=0, verbose_name="ulaşılan alıcı sayısı")),
                (
                    "identifiers",
                    models.JSONField(default=list, verbose_name="kullanılan adlar, numaralar, adresler"),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reaches", to="brands.brand"
                    ),
                ),
            ],
            options={
                "verbose_name": "kanal bilgisi",
                "verbose_name_plural": "kanal bilgileri",
            },
        ),
        migrations.CreateModel(
            name="YearlyFigures",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="yıl")),
                (
                    "channel",
                    models.CharField(choices=brands.models.Channel.listed, max_length=10, verbose_name="kanal"),
                ),
                ("sent", models.PositiveBigIntegerField(verbose_name="gönderim")),
                ("added", models.PositiveIntegerField(verbose_name="İzinli listeye eklenen")),
                ("refused", models.PositiveIntegerField(verbose_name="ret bildirimi")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="yearly_figures",
                        to="tenancy.company",
                    ),
                ),
            ],
            options={
                "verbose_name": "yıllık rakamlar",
                "verbose_name_plural": "yıllık rakamlar",
                "ordering": ["-year", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="brand",
            constraint=models.UniqueConstraint(fields=("company", "name"), name="a_brand_is_once_in_a_company"),
        ),
        migrations.AddConstraint(
            model_name="brand",
            constraint=models.UniqueConstraint(
                condition=models.Q(("code", ""), _negated=True),
                fields=("code",),
                name="a_brand_code_belongs_to_one_brand",
            ),
        ),
        migrations.AddConstraint(
            model_name="reach",
            constraint=models.UniqueConstraint(fields=("brand", "channel"), name="a_brand_has_each_channel_once"),
        ),
        migrations.AddConstraint(
            model_name="yearlyfigures",
            constraint=models.UniqueConstraint(
                fields=("company", "year", "channel"), name="a_company_has_each_channel_once_a_year"
            ),
        ),
    ]
