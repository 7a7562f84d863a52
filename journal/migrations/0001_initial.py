import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import journal.models
import journal.parties


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("application_id", models.UUIDField(blank=True, null=True, verbose_name="başvuru")),
                ("step_key", models.CharField(blank=True, max_length=40, verbose_name="adım")),
                (
                    "event",
                    models.CharField(choices=journal.models.Event.listed, max_length=30, verbose_name="olay"),
                ),
                (
                    "party",
                    models.CharField(choices=journal.parties.party_choices, max_length=10, verbose_name="taraf"),
                ),
                ("text", models.CharField(max_length=2000, verbose_name="açıklama")),
                ("data", models.JSONField(default=dict)),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="zaman")),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="journal", to="tenancy.company"
                    ),
                ),
            ],
            options={
                "verbose_name": "günlük kaydı",
                "verbose_name_plural": "günlük kayıtları",
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(fields=["application_id", "-at"], name="journal_of_an_application"),
                    models.Index(
                        condition=models.Q(("event", "moved")),
                        fields=["step_key", "-id"],
                        name="journal_moves_of_a_step",
                    ),
                ],
            },
        ),
    ]
