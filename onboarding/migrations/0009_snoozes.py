"""Until when support has put a case off."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import onboarding.models.casework


class Migration(migrations.Migration):
    dependencies = [
        ("onboarding", "0008_case_holders"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Snooze",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("until", models.DateField(blank=True, null=True, verbose_name="şu güne kadar")),
                (
                    "event",
                    models.CharField(
                        blank=True,
                        choices=onboarding.models.casework.SnoozeEvent.listed,
                        max_length=10,
                        verbose_name="ne olunca",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="not")),
                ("snoozed_at", models.DateTimeField(verbose_name="ertelendi")),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="snooze",
                        to="onboarding.application",
                    ),
                ),
                (
                    "snoozed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="erteleyen",
                    ),
                ),
            ],
            options={
                "verbose_name": "erteleme",
                "verbose_name_plural": "ertelemeler",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", False), models.Q(("event", ""), _negated=True), _connector="OR"
                        ),
                        name="a_snooze_says_until_when",
                    )
                ],
            },
        ),
    ]
