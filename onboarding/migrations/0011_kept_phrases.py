"""Sentences that support keeps for the next decision."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import onboarding.models.phrases


class Migration(migrations.Migration):
    dependencies = [
        ("onboarding", "0010_saved_filters"),
        ("partners", "0003_partner_colour"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptPhrase",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "use",
                    models.CharField(
                        choices=onboarding.models.phrases.PhraseUse.listed, max_length=10, verbose_name="ne zaman"
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="cümle")),
                (
                    "kept_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="saklayan",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="partners.partner",
                        verbose_name="İş ortağı",
                    ),
                ),
            ],
            options={
                "verbose_name": "hazır cümle",
                "verbose_name_plural": "hazır cümleler",
                "ordering": ["use", "text"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partner", "use", "text"),
                        name="a_partner_keeps_a_phrase_once",
                        violation_error_message="Bu cümle zaten saklı.",
                    )
                ],
            },
        ),
    ]
