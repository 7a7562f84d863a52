"""A move with gate, lock, journal and letter, beside the statements that it cannot do without; each committed."""

from collections.abc import Iterator
from functools import cache
from uuid import uuid4

from django.db import transaction

from bench import plain, seeds, standing, statements
from bench.measure import Figure, Row
from documents import samples
from onboarding.actor import IYS
from onboarding.models import Application
from onboarding.steps import STATUS_QUERY
from onboarding.transitions import perform
from tests.scenarios import ladder

MOVES = 40
ASKED = "ask_changes"


@cache
def _applications() -> list[Application]:
    """All at İYS, each of a company of its own."""
    samples.load()
    first = ladder.at_iys()
    seeds.copy(first, 1, MOVES)
    copies = Application.objects.filter(reference__startswith="K").order_by("reference")
    found = list(copies.select_related("company__partner"))
    standing.keep([each.pk for each in found])
    return found


def _prepare() -> None:
    _applications()
    standing.put_back()


def least() -> None:
    """One row changed and two written, in a transaction."""
    with plain.asking() as cursor:
        for application in _applications():
            with transaction.atomic():
                cursor.execute(
                    "UPDATE onboarding_steprecord SET state = 'changes_asked', version = version + 1"
                    " WHERE application_id = %s AND step = %s",
                    [str(application.pk), STATUS_QUERY.key],
                )
                for words in ("journal", "letter"):
                    cursor.execute("INSERT INTO bench_rows VALUES (%s, %s)", [str(uuid4()), words])


def _move(application: Application) -> None:
    perform(application=application, step=STATUS_QUERY, move=ASKED, actor=IYS, reason="Deneme")


def ours() -> None:
    for application in _applications():
        _move(application)


def _one() -> None:
    _move(_applications()[0])


def asked() -> int:
    _prepare()
    return len(statements.of(_one))


def of_what() -> Iterator[str]:
    _prepare()
    yield from statements.by_table(_one)


ROWS = (
    Row(f"{MOVES} moves with gate, lock, journal and letter", least, ours, 3.0, _prepare),
    Figure("statements of such a move", asked, 6, "", where=of_what),
)
