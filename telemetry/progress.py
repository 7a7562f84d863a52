"""How far a long command is: a bar in a terminal, a line now and then elsewhere; and how Ctrl-C ends it.

Where nobody watches, what is over soon is no line.
"""

from collections.abc import Callable
from time import monotonic
from types import TracebackType
from typing import Protocol, Self

from django.core.management.base import CommandError

EVERY = 10.0  # seconds between two lines where nobody watches
DRAWN = 0.1  # seconds between two drawings of the bar
WIDTH = 24
CLEARED = "\r\x1b[K"
INTERRUPTED = 130  # as a shell says it: 128 and the number of SIGINT


# Told of what, how many are done, and of how many; 0 where nobody knows.
Far = Callable[[str, int, int], None]


def unwatched(_what: str, _done: int, _of: int) -> None:
    """For a run that nobody watches."""


class Out(Protocol):
    """A command's `stdout` or `stderr`."""

    def write(self, msg: str, *, ending: str | None = None) -> object: ...
    def isatty(self) -> bool: ...
    def flush(self) -> None: ...


class Progress:
    """Of one run of a command. `again` says what a second run does after this one was stopped.

    Ctrl-C ends the command with a sentence instead of a trace. What is done in one transaction is done wholly or
    not at all, so nothing has to be tidied up here.
    """

    def __init__(self, out: Out, *, again: str, clock: Callable[[], float] = monotonic) -> None:
        self._out, self._again, self._clock = out, again, clock
        self._drawn = self._watched = self._told = False
        self._what, self._done, self._of = "", 0, 0
        self._begun = self._shown = clock()
        self._first = 0

    def __enter__(self) -> Self:
        self._watched = self._out.isatty()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._clear()
        if kind is not None and issubclass(kind, KeyboardInterrupt):
            come = f" at {self._far()}" if self._what else " before anything was done"
            raise CommandError(f"Stopped{come}. {self._again}", returncode=INTERRUPTED) from None

    def at(self, what: str, done: int, of: int = 0) -> None:
        """So many of so many are done; without `of` nobody knows how many there are."""
        now = self._clock()
        if what != self._what:
            self._what, self._begun, self._first, self._shown = what, now, done, now
            self._done, self._told = -1, False
        ends = bool(of) and done >= of and self._done != done
        self._done, self._of = done, of
        if self._watched:
            if ends or not self._drawn or now - self._shown >= DRAWN:
                self._draw(now)
        elif (ends and self._told) or now - self._shown >= EVERY:
            self._shown, self._told = now, True
            self._out.write(self._far() if ends else f"{self._far()}{self._pace(now)}")
            self._out.flush()

    def say(self, line: str, out: Out | None = None) -> None:
        """A line that stays, above the bar."""
        self._clear()
        (out or self._out).write(line)

    def _draw(self, now: float) -> None:
        full = WIDTH * self._done // self._of if self._of else 0
        bar = f"[{'#' * full}{'.' * (WIDTH - full)}] " if self._of else ""
        self._out.write(f"{CLEARED}{bar}{self._far()}{self._pace(now)}", ending="")
        self._out.flush()
        self._drawn, self._shown = True, now

    def _clear(self) -> None:
        if self._drawn:
            self._out.write(CLEARED, ending="")
            self._out.flush()
            self._drawn = False

    def _far(self) -> str:
        return f"{self._what}: {self._done:,} of {self._of:,}" if self._of else f"{self._what}: {self._done:,}"

    def _pace(self, now: float) -> str:
        took, made = now - self._begun, self._done - self._first
        if took <= 0 or made <= 0:
            return ""
        rate = made / took
        said = f", {rate:,.0f}/s" if rate >= 1 else f", {rate * 60:,.1f}/min"
        left = round((self._of - self._done) / rate)
        return f"{said}, {_long(left)} left" if self._of > self._done else said


def _long(seconds: int) -> str:
    if seconds < 120:
        return f"{seconds} s"
    return f"{seconds // 60} min" if seconds < 7200 else f"{seconds // 3600} h {seconds % 3600 // 60} min"
