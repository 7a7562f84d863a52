"""A line in the log for each event of an account that a security monitor looks for (OWASP ASVS 5.0, 16.3).

A line names the person by number and where the request came from, nothing that was typed: what is typed into a
log-in form may be a password in the wrong field.
"""

import logging
from typing import Any

from allauth.account.signals import email_added, email_changed, email_removed, password_changed, password_reset
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import Signal
from django.http import HttpRequest

from tenancy.models import User

logger = logging.getLogger("security")

EVENTS: dict[Signal, str] = {
    user_logged_in: "signed_in",
    user_logged_out: "signed_out",
    password_changed: "password_changed",
    password_reset: "password_reset",
    email_added: "email_added",
    email_changed: "email_changed",
    email_removed: "email_removed",
    authenticator_added: "factor_added",
    authenticator_removed: "factor_removed",
    authenticator_reset: "factor_reset",
}


def connect() -> None:
    for signal in EVENTS:
        signal.connect(_note)


def note(event: str, request: HttpRequest | None, user: User | None, detail: str = "") -> None:
    """A warning where a secret was wrong or nobody was let try it, else for the record."""
    level = logging.INFO if event in EVENTS.values() else logging.WARNING
    source = request.META.get("REMOTE_ADDR", "") if request is not None else ""
    person = str(user.pk) if user is not None else "unknown"
    logger.log(level, "%s person=%s from=%s%s", event, person, source or "unknown", detail and f" {detail}")


def _note(signal: Signal, request: HttpRequest | None = None, user: User | None = None, **_more: Any) -> None:
    note(EVENTS[signal], request, user)
