"""An authenticator app in the hands of a test."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import reverse

from tenancy.models import User
from tests.accounts.door import knock

STEP = 30  # seconds


def with_app(user: User) -> str:
    """Sets an app and recovery codes up; returns the app's secret."""
    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def code(secret: str, steps: int = 0) -> str:
    """What the app shows now, or so many steps later."""
    shown: str = format_hotp_value(hotp_value(secret, int(time.time()) // STEP + steps))
    return shown


def recovery_codes(user: User) -> list[str]:
    found = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    codes: list[str] = found.wrap().get_unused_codes()
    return codes


def at_the_second_step(user: User) -> Client:
    """A browser in which the password was typed."""
    client = Client()
    answer = knock(client, user.email)
    assert answer["Location"] == reverse("mfa_authenticate")
    return client
