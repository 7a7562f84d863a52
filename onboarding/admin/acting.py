"""What every button of support's pages needs: who acts, what was seen, what is said afterwards."""

from typing import cast

from django.http import HttpRequest

from journal.parties import Party
from onboarding.actor import Actor
from tenancy.models import User
from tenancy.requests import number


def staff(request: HttpRequest) -> Actor:
    return Actor(Party.STAFF, cast(User, request.user))


def expected_version(request: HttpRequest) -> int:
    return number(request.POST.get("expected_version", ""))
