"""Log lines: without what lets somebody in and without personal data; for machines or for people; not endless."""

import json
import logging
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from identifiers.masking import masked
from telemetry.bound import about

# A segment of a path that is a key: ids in links of mails, keys of reset links. A file's name has a dot.
_KEYS = re.compile(r"(?<=/)[0-9A-Za-z_:=-]{16,}(?=[/?&#\s\"'<>)\],;]|$)")
_ENCODED_KEYS = re.compile(r"(?<=%2F)[0-9A-Za-z_:=-]{16,}(?=%|[&#\s\"')]|$)", re.IGNORECASE)
_ADDRESSES = re.compile(r"(?<![\w.+-])([\w+-])[\w.+-]*@(?=[\w-]+\.)")
# The left side of a Message-ID of ours, and of an envelope sender: by these a letter is found.
_OF_LETTERS = re.compile(r"(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|b-[0-9a-z-]+)@")
# Who logs in to a server, in its URL: user and password.
_CREDENTIALS = re.compile(r"(?<=://)[^\s/@]*:[^\s@]*@")

SAME_SECONDS = 60.0  # within which a failure that repeats itself is counted and not said
MOST_KINDS = 1_000
# Monitors of security count these.
NEVER_LEFT_OUT = ("security",)


def discreet(text: str) -> str:
    """The text without keys in paths, passwords of servers, e-mail addresses and identity numbers."""
    text = _CREDENTIALS.sub("…@", text)
    text = _ENCODED_KEYS.sub("…", _KEYS.sub("…", text))
    return masked(_ADDRESSES.sub(_address, text))


def _address(found: re.Match[str]) -> str:
    return found.group() if _OF_LETTERS.fullmatch(found.group()) else f"{found.group(1)}…@"


class DiscreetFormatter(logging.Formatter):
    """Whatever a library logs passes here, tracebacks too."""

    def format(self, record: logging.LogRecord) -> str:
        return discreet(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging calls it so
        ids = " ".join(f"{name}={value}" for name, value in about().items())
        return f"{super().formatMessage(record)} [{ids}]" if ids else super().formatMessage(record)


class JsonFormatter(logging.Formatter):
    """An object on one line. Each text is made discreet before JSON escapes what ends a word."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": discreet(record.getMessage()),
            **_discreet(about()),
            **_discreet(getattr(record, "fields", {})),
        }
        if record.exc_info:
            line["trace"] = discreet(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def _discreet(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: discreet(value) if isinstance(value, str) else value for name, value in fields.items()}


@dataclass(slots=True)
class _Said:
    record: logging.LogRecord
    at: float
    left_out: int = 0


class SparingHandler(logging.StreamHandler[Any]):
    """Says a warning or failure once and counts others of its kind for a minute; then it says how many there were.

    A server that is away for half a minute made thousands of lines, and what else went wrong was lost among them.
    """

    def __init__(self, stream: Any = None) -> None:
        super().__init__(stream)
        self._said: dict[object, _Said] = {}  # the oldest first

    def emit(self, record: logging.LogRecord) -> None:
        now = time.monotonic()
        self._tell_what_was_left_out(now)
        if record.levelno >= logging.WARNING and record.name not in NEVER_LEFT_OUT:
            kind = _kind(record)
            if (said := self._said.get(kind)) is not None:
                said.left_out += 1
                return
            self._said[kind] = _Said(record, now)
        super().emit(record)

    def close(self) -> None:
        self._tell_what_was_left_out(float("inf"))
        super().close()

    def _tell_what_was_left_out(self, now: float) -> None:
        while self._said:
            kind, said = next(iter(self._said.items()))
            if now - said.at < SAME_SECONDS and len(self._said) <= MOST_KINDS:
                return
            del self._said[kind]
            if said.left_out:
                super().emit(_count_of(said))


def _kind(record: logging.LogRecord) -> object:
    """What makes two failures the same: where the error was raised, or what the line says."""
    if record.exc_info and record.exc_info[1] is not None:
        trace = record.exc_info[2]
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = (trace.tb_frame.f_code.co_filename, trace.tb_lineno) if trace is not None else ()
        return record.name, record.levelno, record.exc_info[0], place
    return record.name, record.levelno, record.getMessage()[:300]


def _count_of(said: _Said) -> logging.LogRecord:
    first = said.record
    error = first.exc_info[0].__name__ if first.exc_info and first.exc_info[0] else ""
    message = "%d more of the same within a minute: %s %s"
    arguments = (said.left_out, first.getMessage().partition("\n")[0][:300], error)
    return logging.LogRecord(first.name, first.levelno, first.pathname, first.lineno, message, arguments, None)


def configuration(written: str, level: str) -> dict[str, Any]:
    """For logging.config.dictConfig; `written` is json or line."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": "iysportal.logs.DiscreetFormatter",
                "format": "{asctime} {levelname} {name} {message}",
                "style": "{",
            },
            "json": {"()": "iysportal.logs.JsonFormatter"},
        },
        "handlers": {"stderr": {"class": "iysportal.logs.SparingHandler", "formatter": written}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Its own handlers would go round the formatter.
            "gunicorn.error": {"handlers": [], "propagate": True},
            # A line for each bell, tens of thousands a day; the metrics count them.
            "celery.app.trace": {"level": "WARNING"},
            "celery.beat": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
            # What was refused stands in the line of its request.
            "django.request": {"level": "ERROR"},
            # They name the person of a certificate, with the identity number.
            "pyhanko": {"level": "CRITICAL"},
            "pyhanko_certvalidator": {"level": "CRITICAL"},
            "fontTools": {"level": "WARNING"},
            "weasyprint": {"level": "ERROR"},
            # Requests that the portal makes, with whole addresses.
            "httpx": {"level": "WARNING"},
        },
    }
