"""What every button of support's pages needs: who acts, what was seen, what is said afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from django.contrib import messages
from django.http import HttpRequest

from onboarding.actor import Actor, NotAllowed
from onboarding.machine import Party
from tenancy.models import User
from tenancy.requests import number


@contextmanager
def told(request: HttpRequest, done: str) -> Iterator[None]:
    """A refusal becomes a message; so does what was done."""
    try:
        yield
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)


def staff(request: HttpRequest) -> Actor:
    return Actor(Party.STAFF, cast(User, request.user))


def seen(request: HttpRequest) -> int:
    return number(request.POST.get("seen", ""))
