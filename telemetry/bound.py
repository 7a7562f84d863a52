"""What the work at hand is about, for the lines that are logged meanwhile: ids of request, task, letter, mail."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar, Token

_about: ContextVar[Mapping[str, str]] = ContextVar("about", default={})  # noqa: B039 - never changed in place


def about() -> Mapping[str, str]:
    return _about.get()


def begin(**ids: object) -> Token[Mapping[str, str]]:
    return _about.set({**_about.get(), **{name: str(value) for name, value in ids.items() if value}})


def end(token: Token[Mapping[str, str]]) -> None:
    _about.reset(token)


@contextmanager
def bound(**ids: object) -> Iterator[None]:
    """Lines that are logged in the block carry these ids."""
    token = begin(**ids)
    try:
        yield
    finally:
        end(token)
