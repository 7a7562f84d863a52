"""The first stages of an incoming mail: fetched from its mailbox, and stored raw before anybody looks into it."""

import hashlib
import logging

from django.conf import settings
from django.core.files.storage import storages
from django.db import transaction

from correspondence.mailbox import Fetched, Mailbox, Position, PositionOf
from correspondence.models import Mail, MailboxCursor
from correspondence.reading.parsing import Unreadable
from documents.encrypted import DamagedFile, StoreAway
from documents.storage import keep_once
from partners.models import Partner

logger = logging.getLogger(__name__)
HEAD_BYTES = 256 * 1024


def fetch(*, mailbox: Mailbox, partner: Partner | None = None) -> int:
    """Fetches and stores what waits in the mailbox, `partner`'s own if given; returns how many mails were new.

    Two pollers at once, or a second run after a crash, store each mail once: the constraints decide. A mail
    that the server has numbered anew or moved to another folder is known by its content.
    """
    cursors = {folder: _cursor(mailbox.name, folder) for folder in mailbox.folders}
    if partner is None and "@" in mailbox.user:
        partner = Partner.objects.filter(copy_address__iexact=mailbox.user).first()
    new = 0

    def position_of(folder: str) -> Position:
        return Position(cursors[folder].uid_validity, cursors[folder].last_uid)

    for batch in mailbox.waiting(position_of):
        if batch:
            new += _store(mailbox.name, batch, partner, cursors[batch[0].folder])
            mailbox.acknowledge(batch)
    return new


def positions(mailbox: Mailbox) -> PositionOf:
    """How far each folder was read, for who looks without taking anything in."""
    rows = MailboxCursor.objects.filter(mailbox=mailbox.name)
    known = {row.folder: Position(row.uid_validity, row.last_uid) for row in rows}
    return lambda folder: known.get(folder, Position())


def _cursor(mailbox_name: str, folder: str) -> MailboxCursor:
    cursor, _made = MailboxCursor.objects.get_or_create(
        mailbox=mailbox_name, folder=folder, defaults={"uid_validity": 0}
    )
    return cursor


def _store(mailbox_name: str, batch: list[Fetched], partner: Partner | None, cursor: MailboxCursor) -> int:
    """The files first, then the rows: a crash in between leaves a file that the next run finds again."""
    digests = [hashlib.sha256(fetched.raw).hexdigest() for fetched in batch]
    known = set(Mail.objects.filter(mailbox=mailbox_name, sha256__in=digests).values_list("sha256", flat=True))
    rows = {
        digest: Mail(
            mailbox=mailbox_name,
            folder=fetched.folder,
            uid_validity=fetched.uid_validity,
            uid=fetched.uid,
            stored_name=store_raw(digest, fetched.raw),
            sha256=digest,
            size=len(fetched.raw),
            partner=partner,
        )
        for digest, fetched in zip(digests, batch, strict=True)
        if digest not in known
    }
    with transaction.atomic():
        Mail.objects.bulk_create(rows.values(), ignore_conflicts=True)
        new = Mail.objects.filter(pk__in=[row.pk for row in rows.values()]).count()
        last = max((int(fetched.uid) for fetched in batch if fetched.uid.isdigit()), default=0)
        if batch[0].uid_validity:
            cursor.uid_validity, cursor.last_uid = batch[0].uid_validity, last
            cursor.save(update_fields=["uid_validity", "last_uid"])
    return new


def store_raw(digest: str, raw: bytes) -> str:
    """Puts the bytes into the private store and returns their name there; a damaged file is written anew."""
    return keep_once(f"mails/{digest}.eml", raw)


def raw_of(mail: Mail, *, head_only: bool = False) -> bytes:
    """The mail's very bytes. Unreadable when they are gone or damaged, StoreAway when they cannot be had."""
    try:
        with storages["private"].open(mail.stored_name) as stored:
            raw: bytes = stored.read(HEAD_BYTES) if head_only else stored.read()
    except FileNotFoundError as error:
        raise Unreadable("ham dosyası bulunamadı") from error
    except DamagedFile as error:
        raise Unreadable("ham dosyası bozulmuş") from error
    except Exception as error:
        # Each kind of store has its own errors; none of them says anything about the mail.
        raise StoreAway(f"{mail.stored_name}: {error}") from error
    return raw


def is_too_large(mail: Mail) -> bool:
    """Whether the mail is kept, and shown to people, but not parsed."""
    limit: int = settings.MAIL_MAX_BYTES
    return mail.size > limit
