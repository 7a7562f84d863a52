import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import team.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("correspondence", "0001_initial"),
        ("tenancy", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ForwardTest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "mark",
                    models.CharField(
                        default=team.models.make_mark, max_length=12, unique=True, verbose_name="İşaret"
                    ),
                ),
                ("sent_to", models.EmailField(max_length=254, verbose_name="deneme adresi")),
                ("asked_at", models.DateTimeField(verbose_name="İstendi")),
                ("returned_at", models.DateTimeField(blank=True, null=True, verbose_name="geri geldi")),
                (
                    "address",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="correspondence.trackingaddress",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="forward_tests",
                        to="tenancy.company",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="correspondence.letter",
                    ),
                ),
            ],
            options={
                "verbose_name": "yönlendirme denemesi",
                "verbose_name_plural": "yönlendirme denemeleri",
                "ordering": ["-asked_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("returned_at", None)),
                        fields=["asked_at"],
                        name="forward_tests_that_are_open",
                    )
                ],
            },
        ),
    ]
