"""Looks of support at a company's pages, as its people see them."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tenancy.roles


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0005_invitation_links"),
    ]

    operations = [
        migrations.CreateModel(
            name="CompanyLook",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "role",
                    models.CharField(
                        choices=tenancy.roles.role_choices, max_length=10, verbose_name="kimin gözünden"
                    ),
                ),
                ("reason", models.CharField(max_length=400, verbose_name="neden")),
                ("application_id", models.UUIDField(blank=True, null=True, verbose_name="başvuru")),
                ("began_at", models.DateTimeField(verbose_name="başladı")),
                ("ends_at", models.DateTimeField(verbose_name="en geç")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="bitti")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="looks",
                        to="tenancy.company",
                        verbose_name="firma",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="bakan",
                    ),
                ),
            ],
            options={
                "verbose_name": "firmanın gözünden bakış",
                "verbose_name_plural": "firmanın gözünden bakışlar",
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)), fields=["ends_at"], name="looks_that_go_on"
                    )
                ],
            },
        ),
    ]
