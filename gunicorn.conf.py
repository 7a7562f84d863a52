"""How gunicorn runs the portal; it reads this file where it is started.

Nothing of the portal is imported here: the master process would keep it when it loads new code (SIGHUP). The
lines of workers go the way of the portal's own (iysportal/logs.py) as soon as they have loaded it.
"""

import json
import logging
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

METRICS = os.environ.get("METRICS_DIR", "")

accesslog = None  # telemetry/middleware.py writes one line for each request


def on_starting(_server: object) -> None:
    """What the processes before have measured is over."""
    for file in Path(METRICS).glob("*.db") if METRICS else ():
        file.unlink(missing_ok=True)


def child_exit(_server: object, worker: Any) -> None:
    """What a process was at when it ended, nobody is at any more."""
    if METRICS:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid, METRICS)  # type: ignore[no-untyped-call]


class MastersJson(logging.Formatter):
    """For the master's own lines, which name processes and ports alone."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"time": at, "level": record.levelname, "logger": record.name, "message": record.getMessage()}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


if os.environ.get("LOG_FORMAT", "json") == "json":
    logconfig_dict = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": MastersJson}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": [], "level": "INFO"},
        "loggers": {"gunicorn.error": {"handlers": ["stderr"], "level": "INFO", "propagate": False}},
    }
