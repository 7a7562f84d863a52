"""By which mails with the same unknown sentences are found, whatever their number.

Those that wait are given their key here, a batch at a time: they are the few that somebody has still to decide
about. What was decided has none until it is opened again. A mail that the version before reads after this one has
run stands by itself.
"""

import json
from typing import Any

from django.db import migrations, models

from correspondence.reading.wording import key

UNDECIDED = ("person", "broken", "early")
BATCH = 500


def fill(apps: Any, _editor: Any) -> None:
    mail = apps.get_model("correspondence", "Mail")
    waiting = mail.objects.filter(status__in=UNDECIDED).exclude(sentences="").select_related("company")
    rows = waiting.only("sentences", "company__trade_name").order_by("pk")
    batch: list[Any] = []
    for row in rows.iterator(chunk_size=BATCH):
        unknown = [each["text"] for each in json.loads(row.sentences or "[]") if each["meaning"] == "unknown"]
        row.wording = key(unknown, row.company.trade_name if row.company else "")
        batch.append(row)
        if len(batch) == BATCH:
            mail.objects.bulk_update(batch, ["wording"])
            batch.clear()
    mail.objects.bulk_update(batch, ["wording"])


class Migration(migrations.Migration):
    dependencies = [
        ("correspondence", "0008_letters_that_came_back"),
    ]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="wording",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=64, verbose_name="anlaşılmayan sözler"
            ),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(
                condition=models.Q(("wording", ""), _negated=True),
                fields=["wording", "status", "received_at"],
                name="mails_with_the_same_words",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
