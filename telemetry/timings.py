"""What is measured while it happens, kept in METRICS_DIR so that all processes of a service are read as one.

Labels are names that the code knows, never what somebody typed: each value is a row of the monitor for ever.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from celery.signals import task_postrun, task_prerun
from django.conf import settings
from prometheus_client import REGISTRY, CollectorRegistry, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

logger = logging.getLogger(__name__)
_QUICK = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_LONG = (0.1, 0.5, 1.0, 5.0, 10.0, 30.0, 60.0, 300.0)
REQUESTS = Histogram(
    "iysportal_request_seconds",
    "How long a request took, by the name of its view.",
    ("view", "status"),
    buckets=_QUICK,
)
TASKS = Histogram("iysportal_task_seconds", "How long a task took.", ("task", "outcome"), buckets=_LONG)
LETTERS = Histogram(
    "iysportal_letter_send_seconds", "How long a mail server took for a letter.", ("outcome",), buckets=_QUICK
)
FETCHES = Histogram(
    "iysportal_mailbox_fetch_seconds", "How long a mailbox took to be read.", ("outcome",), buckets=_LONG
)
IN_PROGRESS = Gauge(
    "iysportal_in_progress", "What is being worked on at this moment.", ("kind",), multiprocess_mode="livesum"
)
_begun: dict[str, float] = {}


def observe(what: Histogram, seconds: float, **labels: str) -> None:
    """Nothing fails because it could not be measured: a full disk, a folder that is gone."""
    try:
        what.labels(**labels).observe(seconds)
    except OSError as error:
        logger.warning("Nothing can be measured: %s", error)


def count(kind: str, by: int) -> None:
    try:
        IN_PROGRESS.labels(kind).inc(by)
    except OSError as error:
        logger.warning("Nothing can be measured: %s", error)


@contextmanager
def timed(what: Histogram) -> Iterator[dict[str, str]]:
    """Measures the block; the outcome is `ok` unless it says another into what it is given, or raises."""
    said, began = {"outcome": "ok"}, time.perf_counter()
    try:
        yield said
    except BaseException:
        said["outcome"] = "failed"
        raise
    finally:
        observe(what, time.perf_counter() - began, **said)


def connect() -> None:
    task_prerun.connect(_begin)
    task_postrun.connect(_end)


def _begin(*, task_id: str, **_signal: object) -> None:
    _begun[task_id] = time.perf_counter()
    count("tasks", 1)


def _end(*, task_id: str, task: Any, state: str | None = None, **_signal: object) -> None:
    if (began := _begun.pop(task_id, None)) is not None:
        count("tasks", -1)
        outcome = "ok" if state == "SUCCESS" else "failed"
        observe(TASKS, time.perf_counter() - began, task=task.name, outcome=outcome)


def forget_former_processes() -> None:
    """Called where a service starts: what the processes before it have counted is over."""
    if settings.METRICS_DIR:
        for file in Path(settings.METRICS_DIR).glob("*.db"):
            file.unlink(missing_ok=True)


def text() -> bytes:
    """All that the processes of this service have measured, in the monitor's format."""
    if not settings.METRICS_DIR:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry, settings.METRICS_DIR)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
