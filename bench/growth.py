"""The same mails in among few cases and among many."""

from collections.abc import Callable
from functools import cache, partial

from bench import databases, incoming
from bench.databases import FEW, MANY
from bench.incoming import COMPANIES, MAILS
from bench.measure import Row
from correspondence.models import TrackingAddress


def _among(cases: int, work: Callable[[], None]) -> None:
    with databases.inside(databases.of(cases)):
        work()


def _backlog() -> None:
    """For the first companies, which are there in both databases with the same addresses."""
    for cases in (FEW, MANY):
        _among(cases, incoming.forget)
    incoming.put(_addresses())


@cache
def _addresses() -> list[str]:
    with databases.inside(databases.of(FEW)):
        return [each.email for each in TrackingAddress.objects.order_by("pk")[:COMPANIES]]


ROWS = (
    Row(
        f"mails in, {MAILS} among {MANY:,} cases, beside the same among {FEW:,}",
        partial(_among, FEW, incoming.ours),
        partial(_among, MANY, incoming.ours),
        1.1,
        _backlog,
    ),
)
