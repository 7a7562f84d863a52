"""What follows when django-allauth says that somebody's account changed. The letters: accounts/adapter.py."""

from typing import Any

from allauth.account.signals import email_added, password_changed, password_reset, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
    authenticator_used,
)
from django.http import HttpRequest

from accounts import notices, sessions
from tenancy.models import User


def connect() -> None:
    for password in (password_changed, password_set, password_reset):
        password.connect(_end_other_sessions)
    for factor in (authenticator_added, authenticator_removed, authenticator_reset):
        factor.connect(_end_other_sessions)
        factor.connect(_change_key)
    authenticator_used.connect(_recovery_code_used)
    email_added.connect(_email_added)


def _end_other_sessions(*, request: HttpRequest, user: User, **_more: Any) -> None:
    sessions.end_others(user, request)


def _change_key(*, request: HttpRequest, **_more: Any) -> None:
    """Who knew the session's key before knows it no more (OWASP ASVS 5.0, 7.2.4)."""
    request.session.cycle_key()


def _recovery_code_used(*, request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        notices.tell(user, notices.Notice.CODE_USED, request)


def _email_added(*, request: HttpRequest, user: User, email_address: Any, **_more: Any) -> None:
    notices.tell(user, notices.Notice.EMAIL_ADDED, request, also=[email_address.email])
