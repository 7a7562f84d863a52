"""A task's lines carry its id, and that of the request that caused it, which goes along in the message."""

from collections.abc import Mapping
from contextvars import Token
from typing import Any

from celery.signals import before_task_publish, task_postrun, task_prerun

from telemetry.bound import about, begin, end

HEADER = "request_id"
_begun: dict[str, Token[Mapping[str, str]]] = {}


def connect() -> None:
    before_task_publish.connect(_take_along)
    task_prerun.connect(_begin)
    task_postrun.connect(_end)


def _take_along(*, headers: dict[str, Any], **_signal: object) -> None:
    if (request := about().get("request")) is not None:
        headers[HEADER] = request


def _begin(*, task_id: str, task: Any, **_signal: object) -> None:
    _begun[task_id] = begin(task=f"{task.name}[{task_id}]", request=getattr(task.request, HEADER, None))


def _end(*, task_id: str, **_signal: object) -> None:
    if (token := _begun.pop(task_id, None)) is not None:
        end(token)
