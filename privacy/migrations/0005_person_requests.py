import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import privacy.models


def add(apps, schema_editor):
    rules = apps.get_model("privacy", "RetentionRule").objects
    basis = "KVKK 4/2-ç: kişi kopyayı bu sürede alır; istenirse yeniden hazırlanır"
    rules.get_or_create(kind="copies", defaults={"days": 7, "basis": basis})


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0004_erasure_warnings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "wish",
                    models.CharField(choices=privacy.models.Wish.listed, max_length=10, verbose_name="talep"),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="talep zamanı")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="hazırlandı")),
                ("stored_name", models.CharField(blank=True, max_length=200)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="kişi",
                    ),
                ),
            ],
            options={
                "verbose_name": "kişinin veri talebi",
                "verbose_name_plural": "kişilerin veri talepleri",
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "wish"), name="a_person_has_one_request_of_a_kind")
                ],
            },
        ),
        migrations.RunPython(add, migrations.RunPython.noop),
    ]
