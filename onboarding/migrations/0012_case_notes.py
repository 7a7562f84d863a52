"""Notes of support about a case, and the colleagues whom they name."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("onboarding", "0011_kept_phrases"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="not")),
                ("at", models.DateTimeField(verbose_name="zaman")),
                ("key", models.UUIDField(editable=False)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="onboarding.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="yazan",
                    ),
                ),
            ],
            options={
                "verbose_name": "başvuru notu",
                "verbose_name_plural": "başvuru notları",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="NoteMention",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="görüldü")),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="onboarding.casenote",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="kime",
                    ),
                ),
            ],
            options={
                "verbose_name": "notta anılan",
                "verbose_name_plural": "notta anılanlar",
            },
        ),
        migrations.AddConstraint(
            model_name="casenote",
            constraint=models.UniqueConstraint(fields=("application", "key"), name="a_note_is_written_once"),
        ),
        migrations.AddIndex(
            model_name="notemention",
            index=models.Index(
                condition=models.Q(("seen_at", None)), fields=["person"], name="notes_that_wait_for_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="notemention",
            constraint=models.UniqueConstraint(fields=("note", "person"), name="a_note_names_a_person_once"),
        ),
    ]
