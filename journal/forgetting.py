"""Taking a company's whole journal away, when the time for which the law has it kept is over.

Nobody has the right to delete an entry. On PostgreSQL a function of the tables' owner does it, for a whole company
alone: a single entry cannot be taken out that way either.
"""

from typing import Any

from django.db import connection
from django.db.models import QuerySet

from journal.models import Entry, Head, Link


def forget(company_id: object) -> int:
    """Returns how many entries went. The caller takes the company away in the same transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT journal_forget(%s)", [str(company_id)])
            count: int = cursor.fetchone()[0]
        return count
    count = QuerySet(Entry).filter(company=company_id).count()
    for model in (Link, Head, Entry):
        rows: QuerySet[Any] = QuerySet(model)
        rows.filter(company=company_id)._raw_delete(rows.db)  # noqa: SLF001
    return count
