"""One time for all that somebody waits for at once, however many files and steps it has. PURE.

Each step has limits of its own, but a page does not wait for their sum: web servers and proxies give up first.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from identifiers import Refused

_end: ContextVar[float | None] = ContextVar("end", default=None)


class Late(Refused):
    """The time is over before the work is."""

    def __init__(self) -> None:
        super().__init__(
            "Dosyanın incelenmesi çok uzun sürdü, bu yüzden alınmadı. Birkaç dakika sonra yeniden deneyin; "
            "yine olmazsa belgeyi daha düşük çözünürlükle tarayıp yükleyin."
        )


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """What is done inside has `seconds` together."""
    token = _end.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _end.reset(token)


def left(most: float) -> float:
    """Of the `most` seconds that a step may take, those that are left for it. Raises Late when none are."""
    end = _end.get()
    if end is None:
        return most
    remaining = end - time.monotonic()
    if remaining <= 0:
        raise Late
    return min(most, remaining)


def is_spent() -> bool:
    end = _end.get()
    return end is not None and time.monotonic() >= end
