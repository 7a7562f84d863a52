"""Who acts on support's pages."""

from django.http import HttpRequest

from journal.parties import Party
from onboarding.actor import Actor
from tenancy.requests import user_of


def staff(request: HttpRequest) -> Actor:
    return Actor(Party.STAFF, user_of(request))
