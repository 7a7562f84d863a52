"""Lists as people of support have filtered and named them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import onboarding.models.desk


class Migration(migrations.Migration):
    dependencies = [
        ("onboarding", "0009_snoozes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "place",
                    models.CharField(
                        choices=onboarding.models.desk.ListPlace.listed, max_length=20, verbose_name="liste"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="ad")),
                ("query", models.CharField(max_length=500, verbose_name="süzgeç")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="kimin",
                    ),
                ),
            ],
            options={
                "verbose_name": "kayıtlı süzgeç",
                "verbose_name_plural": "kayıtlı süzgeçler",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "place", "name"), name="a_persons_filter_has_its_name_once"
                    )
                ],
            },
        ),
    ]
