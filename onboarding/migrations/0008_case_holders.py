"""Who of support has a case."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("onboarding", "0007_reconciliation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseHolder",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("by_hand", models.BooleanField(default=False, verbose_name="elle verildi")),
                ("touched_at", models.DateTimeField(verbose_name="son bakış")),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="case_holder",
                        to="onboarding.application",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="kimde",
                    ),
                ),
            ],
            options={
                "verbose_name": "başvuruyla ilgilenen",
                "verbose_name_plural": "başvuruyla ilgilenenler",
                "indexes": [models.Index(fields=["holder", "by_hand", "touched_at"], name="cases_of_a_holder")],
            },
        ),
    ]
