"""Which tests leave rows that others see, so that the database is emptied after them; and what it begins with."""

from collections.abc import Sequence

import pytest
from django.apps import apps
from django.db.models import Model

# These serve pages or commit for real while others look on, which SQLite in memory cannot do.
SEVERAL_CONNECTIONS = {"transactional_db", "live_server", "site"}


def commits(item: pytest.Item) -> bool:
    """Whether its rows are there for others, so that the database is emptied after it."""
    database = item.get_closest_marker("django_db")
    several = SEVERAL_CONNECTIONS & set(getattr(item, "fixturenames", ()))
    return bool(several) or bool(database and database.kwargs.get("transaction"))


# What Django makes again by itself when it has emptied the database.
MADE_AGAIN = {"auth.Permission", "contenttypes.ContentType"}


class FirstRows:
    """What migrations have written: it goes with everything else, and a test that comes after, of whatever kind,
    begins with it as the first one did."""

    def __init__(self) -> None:
        self._rows: list[tuple[type[Model], Sequence[Model]]] = []

    def remember(self) -> None:
        models = (model for model in apps.get_models() if model._meta.label not in MADE_AGAIN)
        found = ((model, list(model._base_manager.all())) for model in models if model._meta.managed)
        self._rows = [(model, rows) for model, rows in found if rows]

    def put_back(self) -> None:
        for model, rows in self._rows:
            if not model._base_manager.exists():
                model._base_manager.bulk_create(rows)


first_rows = FirstRows()
