"""The second factor: staff must have one after some days of grace, everybody else may."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.utils import timezone

from accounts import notices, sessions, wording
from accounts.visitors import browser_of
from tenancy.encryption import cipher
from tenancy.models import User

# Recovery codes alone are none: they come with one of these and go with the last.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The secrets of authenticator apps and recovery codes are encrypted at rest; `rotate_keys` knows them."""

    error_messages = {**DefaultMFAAdapter.error_messages, **wording.FACTOR_ERRORS}

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002
        """A new key is called after the browser in which it is made."""
        return browser_of(context.request.META.get("HTTP_USER_AGENT", ""))

    def encrypt(self, text: str) -> str:
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher().decrypt(encrypted_text).decode()


@dataclass(frozen=True, slots=True)
class Factors:
    """What a person can prove the second step with."""

    app: bool
    keys: list[Authenticator]
    codes_left: int

    @property
    def on(self) -> bool:
        return self.app or bool(self.keys)


def of(user: User) -> Factors:
    by_type: dict[str, list[Authenticator]] = {}
    for each in Authenticator.objects.filter(user=user).order_by("created_at"):
        by_type.setdefault(each.type, []).append(each)
    codes = by_type.get(Authenticator.Type.RECOVERY_CODES, [])
    return Factors(
        app=Authenticator.Type.TOTP in by_type,
        keys=by_type.get(Authenticator.Type.WEBAUTHN, []),
        codes_left=sum(len(each.wrap().get_unused_codes()) for each in codes),
    )


def missing_from(user: User) -> datetime | None:
    """From when on nothing else works for this person; None when that is not asked of them, or done."""
    if not user.is_staff or Authenticator.objects.filter(user=user, type__in=FACTORS).exists():
        return None
    return ends(user)


def ends(user: User) -> datetime:
    """When the days of grace are over."""
    return user.second_factor_from + timedelta(days=settings.STAFF_SECOND_FACTOR_DAYS)


def overdue(user: User) -> bool:
    return user.is_staff and timezone.now() >= ends(user) and missing_from(user) is not None


def reset(user: User, *, reason: str) -> int:
    """Takes away all with which the person proves the second step, for who has lost it; returns how many.

    Nobody is let in by it: the password is asked as before, and staff set up a new one at once.
    """
    with transaction.atomic():
        there = Authenticator.objects.filter(user=user)
        count: int = there.exclude(type=Authenticator.Type.RECOVERY_CODES).count()
        there.delete()
        sessions.end_others(user, None)
        LogEntry.objects.log_actions(
            user.pk, [user], CHANGE, change_message=f"İkinci adım sıfırlandı: {reason}", single_object=True
        )
        notices.tell(user, notices.Notice.FACTOR_RESET, None)
    return count
