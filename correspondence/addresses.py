"""The tracking address of a company: made once, found by its token, changed only for a reason."""

from django.db import transaction
from django.utils import timezone

from correspondence.models import TrackingAddress
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from tenancy.models import Company, User


def tracking_address(company: Company) -> TrackingAddress:
    """The company's address in use; made on first need."""
    return TrackingAddress.objects.get_or_create(company=company, retired_at=None)[0]


def rotate(*, company: Company, reason: str, by: User) -> TrackingAddress:
    """Gives the company a new address; from now on, mail to the old one is decided by people alone."""
    with transaction.atomic():
        Company.objects.select_for_update(no_key=True).get(pk=company.pk)
        company.tracking_addresses.filter(retired_at=None).update(retired_at=timezone.now())
        fresh = tracking_address(company)
        write(
            company=company,
            event=Event.ADDRESS_CHANGED,
            text=f"Takip adresi değişti — {reason}",
            party=Party.STAFF,
            actor=by,
        )
    return fresh
