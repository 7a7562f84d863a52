"""What goes to Sentry of an error, if the portal is told to report any: its kind, the places in the code, and by
which ids its lines are found in the logs.

What an error says may hold names, numbers and passwords, and so may every variable, address, header and query that
was at hand. So an event is made anew of what is known to hold none; nothing is searched for what to take away.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import sentry_sdk
from sentry_sdk.integrations.atexit import AtexitIntegration
from sentry_sdk.integrations.celery import CeleryIntegration
from sentry_sdk.integrations.dedupe import DedupeIntegration
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.integrations.excepthook import ExcepthookIntegration
from sentry_sdk.integrations.logging import LoggingIntegration
from sentry_sdk.types import Event, Hint
from sentry_sdk.utils import BadDsn, Dsn

from telemetry.bound import about

SENT = ("event_id", "timestamp", "platform", "level", "logger", "environment", "sdk")
OF_FRAME = ("filename", "module", "function", "lineno", "in_app")
OF_ERROR = ("type", "module")


def is_address(dsn: str) -> bool:
    try:
        Dsn(dsn)
    except BadDsn:
        return False
    return True


def begin(dsn: str, *, environment: str) -> None:
    """From here on errors of views and tasks, and those that are logged with their trace, are reported."""
    sentry_sdk.init(
        dsn,
        environment=environment,
        # One by one: others would come along by themselves with each package that is installed.
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[
            AtexitIntegration(callback=lambda _pending, _timeout: None),
            CeleryIntegration(propagate_traces=False),
            DedupeIntegration(),
            DjangoIntegration(middleware_spans=False, signals_spans=False),
            ExcepthookIntegration(),
            LoggingIntegration(level=None),
        ],
        before_send=discreet,
        # What `discreet` would leave out is not even gathered.
        send_default_pii=False,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        send_client_reports=False,
    )


def discreet(event: Event, _hint: Hint) -> Event | None:
    """The event that goes instead; none for a line of the log that tells no error."""
    errors = event.get("exception", {}).get("values", [])
    if not errors:
        return None
    told: Any = {
        **_of(event, SENT),
        "exception": {"values": [_error(each) for each in errors]},
        # By these its lines are found in the portal's own logs, which say more.
        "tags": {name: _name_of_task(value) if name == "task" else value for name, value in about().items()},
    }
    found: Event = told
    return found


def _of(whole: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: whole[name] for name in names if name in whole}


def _error(error: Mapping[str, Any]) -> dict[str, Any]:
    """Without what it says."""
    frames = (error.get("stacktrace") or {}).get("frames", [])
    return {**_of(error, OF_ERROR), "stacktrace": {"frames": [_of(each, OF_FRAME) for each in frames]}}


def _name_of_task(task: str) -> str:
    return task.partition("[")[0]
