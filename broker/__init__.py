"""Asking Celery's workers for something without waiting for them, and without failing where the broker is away."""

import logging
from typing import Any

from celery import Task
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)
EXPIRES = 120  # seconds: what nobody has taken up by then was asked for again, and more than once


def ask(task: Task[..., Any], *arguments: str | int) -> None:
    """Puts a task into the queue. The rows are the truth: what is lost here, the schedule or the page that waits
    asks for again."""
    try:
        task.apply_async(arguments, retry=False, ignore_result=True, expires=EXPIRES)
    except OperationalError:
        logger.warning("The broker could not be reached; %s is asked for again later.", task.name)
