"""The tracking address of a company: given when the company is made, changed only for a reason."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from correspondence.models import TrackingAddress
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from tenancy.models import Company, User


def tracking_address(company: Company) -> TrackingAddress:
    """The company's address in use; every company has one."""
    return company.tracking_addresses.get(retired_at=None)


def give_first(sender: type[Company], *, instance: Company, created: bool, raw: bool, **_signal: Any) -> None:
    """Gives a company that was just made its address, whoever made it; rows that are loaded bring theirs."""
    if created and not raw:
        TrackingAddress.objects.create(company=instance)


def rotate(*, company: Company, reason: str, by: User) -> TrackingAddress:
    """Gives the company a new address; from now on, mail to the old one is decided by people alone."""
    with transaction.atomic():
        Company.objects.select_for_update(no_key=True).get(pk=company.pk)
        company.tracking_addresses.filter(retired_at=None).update(retired_at=timezone.now())
        fresh = TrackingAddress.objects.create(company=company)
        write(
            company=company,
            event=Event.ADDRESS_CHANGED,
            text=f"Takip adresi değişti — {reason}",
            party=Party.STAFF,
            actor=by,
        )
    return fresh
