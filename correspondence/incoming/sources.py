"""Which mailboxes are read: those of the settings and the partners' own."""

import logging
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings

from correspondence.mailbox import Mailbox, open_mailbox
from correspondence.models import PartnerMailbox
from fetcher.places import connect
from identifiers.hosts import is_loopback
from partners.models import Partner

logger = logging.getLogger(__name__)


class ForeignMailbox(ValueError):
    """In sandbox mode no mail is fetched from another machine."""


def opened(url: str) -> Mailbox:
    """The mailbox of an IMAP URL. Raises ValueError for another scheme, ForeignMailbox as the sandbox asks for."""
    parts = urlsplit(url)
    if parts.scheme not in ("imap", "imaps") or not parts.hostname or not parts.username:
        raise ValueError(parts.scheme)
    if settings.MAIL_MODE == "sandbox" and not is_loopback(parts.hostname):
        raise ForeignMailbox(parts.hostname)
    # Staff typed the host: the line leads to public addresses alone.
    return open_mailbox(url, connect=connect)


def mailboxes() -> Iterator[tuple[Mailbox, Partner | None]]:
    """Every mailbox that is read, and the partner whose own it is."""
    yield from ((open_mailbox(url), None) for url in settings.MAILBOX_URLS)
    for row in PartnerMailbox.objects.select_related("partner"):
        try:
            yield opened(row.url), row.partner
        except ValueError as error:
            logger.warning("The mailbox of %s is not read: %s", row.partner, type(error).__name__)
