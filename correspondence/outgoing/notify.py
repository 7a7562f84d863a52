"""Wakes the worker that delivers letters.

What delivers also tells the steps what became of their letters. So the task stands above this app, in `jobs`, and
introduces itself here when the apps are ready.
"""

from typing import Any

from celery import Task

from broker import ask

_tasks: list[Task[..., Any]] = []


def deliver_with(task: Task[..., Any]) -> None:
    """Names the task that delivers."""
    _tasks[:] = [task]


def notify_worker() -> None:
    """Asks a worker to deliver now."""
    for task in _tasks:
        ask(task)
