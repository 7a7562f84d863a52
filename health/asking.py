"""Asks all checks side by side and waits for none longer than it may take.

A server that is frozen answers when it thaws. So at most one thread of a process waits for it, however often is
asked meanwhile; and whoever asks many times a second gets the answer of a moment ago.
"""

import logging
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from contextvars import Context
from dataclasses import dataclass

from django.db import connections

from health.checks import CHECKS, Check

logger = logging.getLogger(__name__)
FRESH_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Answer:
    """`why` is empty when all is well."""

    check: Check
    why: str
    seconds: float


class _Asked:
    """One check in this process, and what it last said."""

    def __init__(self, check: Check) -> None:
        self.check = check
        self._lock = threading.Lock()
        self._answer: Future[Answer] | None = None
        self._began = self._ended = 0.0

    def begin(self) -> Future[Answer]:
        with self._lock:
            under_way = self._answer is not None and not self._answer.done()
            fresh = self._answer is not None and time.monotonic() - self._ended < FRESH_SECONDS
            if self._answer is None or not (under_way or fresh):
                self._answer = Future()
                self._began = time.monotonic()
                name = f"check of {self.check.name}"
                # A context of its own: nothing of the request, its wall neither, goes along.
                work = (self._work, self._answer)
                threading.Thread(target=Context().run, args=work, name=name, daemon=True).start()
            return self._answer

    def _work(self, answer: Future[Answer]) -> None:
        try:
            why = self.check.ask()
        except Exception as error:  # noqa: BLE001 - each library has its own errors, and all mean the same here
            # What it says may hold addresses and names of roles: for the log alone.
            logger.warning("The check of %s failed: %s", self.check.name, error)
            why = f"does not answer ({type(error).__name__})"
        finally:
            connections.close_all()
        self._ended = time.monotonic()
        answer.set_result(Answer(self.check, why, self._ended - self._began))

    def wait(self, answer: Future[Answer], until: float) -> Answer:
        try:
            return answer.result(max(until - time.monotonic(), 0))
        except TimeoutError:
            waited = time.monotonic() - self._began
            return Answer(self.check, f"no answer for {waited:.0f} s", waited)


class Asking:
    """The checks of one process."""

    def __init__(self, checks: Sequence[Check]) -> None:
        self._asked = [_Asked(check) for check in checks]

    def and_also(self, checks: Sequence[Check]) -> "Asking":
        """With more of them; those of both are asked once, whoever asks."""
        more = Asking(checks)
        more._asked = [*self._asked, *more._asked]
        return more

    def answers(self) -> list[Answer]:
        began = time.monotonic()
        pending = [(each, each.begin()) for each in self._asked]
        return [each.wait(answer, began + each.check.seconds) for each, answer in pending]


ASKING = Asking(CHECKS)


def state(answers: Sequence[Answer]) -> str:
    """In one word what load balancers and strangers hear."""
    wrong = [answer.check for answer in answers if answer.why]
    if any(check.needed for check in wrong):
        return "unready"
    return "degraded" if wrong else "ready"
