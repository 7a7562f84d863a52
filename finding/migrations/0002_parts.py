import django.db.models.deletion
from django.db import migrations, models

import finding.models


def mark(_apps, editor):
    """The worker writes the parts with the words, of every company once."""
    editor.execute("INSERT INTO finding_mark (kind, of) SELECT 'company', id FROM tenancy_company")


class Migration(migrations.Migration):
    dependencies = [
        ("finding", "0001_words"),
        ("partners", "0003_partner_colour"),
    ]

    operations = [
        migrations.CreateModel(
            name="Part",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("part", finding.models.ByteOrdered(max_length=120)),
                ("word", finding.models.ByteOrdered(max_length=120)),
                (
                    "partner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "verbose_name": "yazılış",
                "verbose_name_plural": "yazılışlar",
                "constraints": [models.UniqueConstraint(fields=("partner", "part", "word"), name="part_once")],
            },
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
