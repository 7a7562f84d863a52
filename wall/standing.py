"""Where who asks stands: kept for a request in a context variable, never on a connection."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from wall.crossings import Crossing


@dataclass(frozen=True, slots=True)
class Standing:
    """As whom rows are asked for. What is None is nobody's: rows that need it are not there.

    `everything` is for a superuser who belongs to no partner.
    """

    role: Literal["web", "staff"]
    person: int | None = None
    company: UUID | None = None
    partner: int | None = None
    everything: bool = False
    crossing: Crossing | None = None


# Asked anew before each statement: who somebody is may come out in the middle of a request.
Asked = Callable[[], Standing]

_asked: ContextVar[Asked | None] = ContextVar("wall", default=None)
_company: ContextVar[UUID | None] = ContextVar("wall_company", default=None)
_crossing: ContextVar[Crossing | None] = ContextVar("wall_crossing", default=None)


@contextmanager
def behind(asked: Asked) -> Iterator[None]:
    """The block stands where `asked` says. Outside of any the log-in role's rights decide (workers, commands)."""
    before, inside, crossed = _asked.set(asked), _company.set(None), _crossing.set(None)
    try:
        yield
    finally:
        _asked.reset(before)
        _company.reset(inside)
        _crossing.reset(crossed)


@contextmanager
def inside(company: UUID) -> Iterator[None]:
    """The block is this company's, whoever asks: for a stranger with a link to it, and while one is founded."""
    before = _company.set(company)
    try:
        yield
    finally:
        _company.reset(before)


@contextmanager
def crossing(which: Crossing) -> Iterator[None]:
    """The block is one look-up that no wall may hold back; its rows must be read before it ends."""
    before = _crossing.set(which)
    try:
        yield
    finally:
        _crossing.reset(before)


def standing() -> tuple[Standing | None, Crossing | None]:
    """Where the next statement stands, and what it crosses."""
    asked, crossed = _asked.get(), _crossing.get()
    if asked is None:
        return None, crossed
    here = asked()
    if (company := _company.get()) is not None:
        here = Standing("web", here.person, company, crossing=here.crossing)
    return here, crossed or here.crossing
