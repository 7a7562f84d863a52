"""How much work something is, counted in other work of the same machine: none is too slow or too busy."""

import functools
import time
from collections.abc import Callable

# Going through a text of the length that a careful reader would still take, letter by letter.
LETTERS = "Mavi Deniz " * 10_000
# What grows with the length of a text stays far below so many walks; what grows with its square goes far beyond.
MANY = 500
ATTEMPTS = 3  # one may be disturbed by what else the machine does


def keeps_busy(work: Callable[[], object], many: int = MANY) -> bool:
    """Whether it is the work of more than so many walks through `LETTERS`, each time that it is tried."""
    return all(_seconds(work) > many * _walk() for _attempt in range(ATTEMPTS))


@functools.cache
def _walk() -> float:
    def walk() -> None:
        for letter in LETTERS:
            letter.isalpha()

    return min(_seconds(walk) for _attempt in range(ATTEMPTS))


def _seconds(work: Callable[[], object]) -> float:
    """Of the processor, not of the clock."""
    began = time.process_time()
    work()
    return time.process_time() - began
