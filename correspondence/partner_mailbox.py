"""A partner's own mailbox, mostly that of its copy address: İYS's "answer to all" is read there."""

import logging
from collections.abc import Iterator
from typing import ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from correspondence.mailbox import Mailbox, open_mailbox
from iysportal.mailhost import is_loopback
from partners.models import Partner
from tenancy.encryption import EncryptedTextField

logger = logging.getLogger(__name__)


class ForeignMailbox(ValueError):
    """In sandbox mode no mail is fetched from another machine."""


class PartnerMailbox(models.Model):
    """`url` as in MAILBOX_URLS, with the password in it."""

    partner = models.OneToOneField(
        "partners.Partner", models.CASCADE, related_name="mailbox", verbose_name=_("İş ortağı")
    )
    url = EncryptedTextField(_("posta kutusu"))

    class Meta:
        verbose_name = _("İş ortağının posta kutusu")
        verbose_name_plural = _("İş ortaklarının posta kutuları")
        ordering: ClassVar = ["partner"]

    def __str__(self) -> str:
        return f"{self.partner}: {self.place}"

    @property
    def place(self) -> str:
        """Where it is, without the password."""
        return open_mailbox(self.url).name


def opened(url: str) -> Mailbox:
    """The mailbox of an IMAP URL. Raises ValueError for another scheme, ForeignMailbox as the sandbox asks for."""
    parts = urlsplit(url)
    if parts.scheme not in ("imap", "imaps") or not parts.hostname or not parts.username:
        raise ValueError(parts.scheme)
    if settings.MAIL_MODE == "sandbox" and not is_loopback(parts.hostname):
        raise ForeignMailbox(parts.hostname)
    return open_mailbox(url)


def sources() -> Iterator[tuple[Mailbox, Partner | None]]:
    """Every mailbox that is read, and the partner whose own it is."""
    yield from ((open_mailbox(url), None) for url in settings.MAILBOX_URLS)
    for row in PartnerMailbox.objects.select_related("partner"):
        try:
            yield opened(row.url), row.partner
        except ValueError as error:
            logger.warning("The mailbox of %s is not read: %s", row.partner, type(error).__name__)
