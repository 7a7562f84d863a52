"""Whom an invitation brings to sign-up: the account is opened with the invited address and no other.

Who holds an invitation's link need not be the one it was sent to, and reads that address masked, here as there.
"""

from dataclasses import asdict, dataclass

from django.http import HttpRequest

from identifiers.email import masked
from tenancy.fields import AddressInput

INVITED_ADDRESS = "invited_address"  # session key


@dataclass(frozen=True, slots=True)
class Invited:
    """`back` is the path of the invitation, to which sign-up leads."""

    email: str
    company: str
    back: str


def bring(request: HttpRequest, invited: Invited) -> None:
    request.session[INVITED_ADDRESS] = asdict(invited)


def forget(request: HttpRequest) -> None:
    request.session.pop(INVITED_ADDRESS, None)


def of(request: HttpRequest) -> Invited | None:
    """None for a sign-up that leads anywhere else: who was invited once may open another account as ever."""
    said = request.session.get(INVITED_ADDRESS)
    leads_to = request.POST.get("next") or request.GET.get("next")
    return Invited(**said) if said and said["back"] == leads_to else None


def shown(request: HttpRequest, email: str) -> str:
    """An address as the pages after sign-up name it."""
    said = request.session.get(INVITED_ADDRESS)
    return masked(email) if said and said["email"].lower() == email.lower() else email


class MaskedAddress(AddressInput):
    """For a field that is disabled: nothing of it is sent."""

    input_type = "text"

    def format_value(self, value: str) -> str:
        return masked(value)
