"""The addresses that the portal gives out: a company's tracking address, and each letter's envelope sender.

The envelope sender (MAIL FROM) is where mail servers report what became of a letter (RFC 5321, 4.5.5). It names
the letter and is signed: nobody can report about a letter who has not seen its address. An address for each letter
is known as VERP (https://cr.yp.to/proto/verp.txt).
"""

import base64
import binascii
import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from correspondence.models import Letter, TrackingAddress, at_tracking_domain
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from tenancy.models import Company, User

SALT = "correspondence.addresses.envelope_sender"
MAC = 10  # bytes: 80 bits are guessed by nobody who has to send a mail for each try
_SIGNED = re.compile(r"(?:[^@+]+\+)?b-([a-z2-7]{26})-([a-z2-7]{16})")


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


def envelope_sender(letter: Letter) -> str:
    """The letter's MAIL FROM. Over a company's own account it is that account's address: most take no other."""
    return letter.from_email if letter.account_id is not None else signed_address(letter.pk)


def signed_address(letter: UUID) -> str:
    """b-{letter}-{mac}@ of the tracking domain, the letter's id in base32."""
    return at_tracking_domain(f"b-{_base32(letter.bytes)}-{_mac(letter, settings.SECRET_KEY)}")


def letters_addressed(recipients: Iterable[str]) -> frozenset[UUID]:
    """The letters at whose signed addresses a mail came in; `recipients` are in lower case."""
    return frozenset(letter for address in recipients if (letter := _letter_of(address)) is not None)


def _letter_of(address: str) -> UUID | None:
    local, _at, domain = address.rpartition("@")
    found = _SIGNED.fullmatch(local) if domain == settings.TRACKING_DOMAIN.lower() else None
    if found is None:
        return None
    try:
        letter = UUID(bytes=base64.b32decode(f"{found.group(1).upper()}======"))
    except (ValueError, binascii.Error):
        return None
    # A letter may come back after the key was changed.
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    signed = [constant_time_compare(found.group(2), _mac(letter, key)) for key in keys]
    return letter if any(signed) else None


def _mac(letter: UUID, key: str) -> str:
    return _base32(salted_hmac(SALT, letter.bytes, secret=key, algorithm="sha256").digest()[:MAC])


def _base32(raw: bytes) -> str:
    """In lower case and without padding: many servers change the case of addresses, none takes away a letter."""
    return base64.b32encode(raw).decode().rstrip("=").lower()
