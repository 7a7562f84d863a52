"""Wakes the workers that deliver letters.

What delivers also tells the steps what became of their letters. So the tasks stand above this app, in `jobs`, and
introduce themselves here when the apps are ready.
"""

from typing import Any

from celery import Task

from broker import ask

_tasks: dict[bool, Task[..., Any]] = {}


def deliver_with(letters: Task[..., Any], codes: Task[..., Any]) -> None:
    """Names the tasks that deliver: letters, and what somebody waits for before a page."""
    _tasks.update({False: letters, True: codes})


def notify_worker(*, code: bool = False) -> None:
    """Asks a worker to deliver now."""
    if code in _tasks:
        ask(_tasks[code])
