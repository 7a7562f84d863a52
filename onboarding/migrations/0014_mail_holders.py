"""Who of support is at a mail that belongs to no case."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("correspondence", "0009_wording"),
        ("onboarding", "0013_names_of_columns"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MailHolder",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("touched_at", models.DateTimeField(verbose_name="son bakış")),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="kimde",
                    ),
                ),
                (
                    "mail",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="holder",
                        to="correspondence.mail",
                    ),
                ),
            ],
            options={
                "verbose_name": "e-postayla ilgilenen",
                "verbose_name_plural": "e-postalarla ilgilenenler",
            },
        ),
    ]
