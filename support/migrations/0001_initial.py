import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LastLook",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("at", models.DateTimeField()),
                (
                    "membership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tenancy.membership"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("page", models.CharField(blank=True, max_length=200, verbose_name="sorulduğu sayfa")),
                ("asked_at", models.DateTimeField(verbose_name="soruldu")),
                ("waiting_since", models.DateTimeField(blank=True, null=True, verbose_name="bekliyor")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="soran",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="tenancy.company",
                        verbose_name="firma",
                    ),
                ),
            ],
            options={
                "verbose_name": "destek sorusu",
                "verbose_name_plural": "destek soruları",
                "ordering": ["-asked_at"],
                "permissions": [("answer_question", "Destek sorularını yanıtlayabilir")],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("from_staff", models.BooleanField(verbose_name="destek ekibinden")),
                ("text", models.TextField(max_length=4000, verbose_name="metin")),
                ("at", models.DateTimeField(verbose_name="zaman")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="yazan",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="support.question"
                    ),
                ),
            ],
            options={
                "verbose_name": "İleti",
                "verbose_name_plural": "İletiler",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(
                condition=models.Q(("waiting_since", None), _negated=True),
                fields=["waiting_since"],
                name="questions_that_wait",
            ),
        ),
    ]
