"""The address of a company through which its letters go out and İYS's answers come in."""

import secrets
import string
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

TOKEN_ALPHABET = string.ascii_lowercase + string.digits


def make_token() -> str:
    """20 characters of 36: more than 100 bits, not to be guessed."""
    return "".join(secrets.choice(TOKEN_ALPHABET) for _position in range(20))


def at_tracking_domain(local: str) -> str:
    """The address that leads into the tracking mailbox: by the domain's catch-all, or behind the plus of its one
    mailbox (RFC 5233)."""
    box = f"{settings.TRACKING_MAILBOX}+" if settings.TRACKING_MAILBOX else ""
    return f"{box}{local}@{settings.TRACKING_DOMAIN}"


class TrackingAddress(models.Model):
    """A company's permanent address: From and Reply-To of its letters, and where mail is forwarded to."""

    company = models.ForeignKey("tenancy.Company", models.CASCADE, related_name="tracking_addresses")
    token = models.CharField(max_length=20, unique=True, default=make_token)
    created_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "takip adresi"
        verbose_name_plural = "takip adresleri"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["company"],
                condition=Q(retired_at=None),
                name="a_company_has_one_tracking_address",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def email(self) -> str:
        return at_tracking_domain(f"t-{self.token}")
