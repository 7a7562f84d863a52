"""Several figures in one statement, each looked up by its own index: a page with many pays for one round trip."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import IntegerField, QuerySet, Subquery


class Counted(Subquery):
    """How many rows a query has, which should be in no order."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0

    def __init__(self, rows: "QuerySet[Any]") -> None:
        super().__init__(rows.values("pk"))


def at_once(**asked: Subquery) -> dict[str, Any]:
    """The values of these, by their names."""
    if not asked:
        return {}
    # Django's SELECT needs a table, though none of it is asked for: this one has rows in every database.
    return dict(ContentType.objects.values(**asked)[0])
