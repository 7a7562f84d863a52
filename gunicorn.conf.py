"""How gunicorn runs the portal; it reads this file where it is started.

Nothing of the portal is imported here: the master process would keep it when it loads new code (SIGHUP). The
lines of workers go the way of the portal's own (iysportal/logs.py) as soon as they have loaded it.
"""

import json
import logging
import os
from datetime import UTC, datetime

accesslog = None  # telemetry/middleware.py writes one line for each request


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
