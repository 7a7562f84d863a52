"""Mails in: stored raw under a unique key, then parsed, weighed, matched and read. No step is known here."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import asdict
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils import timezone

from correspondence.mailbox import Fetched, Mailbox, Position
from correspondence.matching import Clues, Match, Owners, clues, decide
from correspondence.models import Letter, Mail, MailboxCursor, MailStatus, TrackingAddress
from correspondence.parsing import Content, Envelope, Unreadable, content, envelope
from correspondence.reading import read
from correspondence.trust import Trust, Verdict, weigh
from tenancy.models import Company

logger = logging.getLogger(__name__)

CompaniesOfNumbers = Callable[[frozenset[str]], frozenset[UUID]]


def take_in(*, mailbox: Mailbox) -> int:
    """Stores what waits in the mailbox; returns how many mails were new to us.

    Two pollers at once, or a second run after a crash, take each mail once: the constraint decides.
    """
    cursor, _made = MailboxCursor.objects.get_or_create(
        mailbox=mailbox.name, folder=mailbox.folder, defaults={"uid_validity": 0}
    )
    new = 0
    for fetched in mailbox.waiting(Position(cursor.uid_validity, cursor.last_uid)):
        new += _store(mailbox.name, fetched)
        mailbox.taken_in(fetched)
        if fetched.uid.isdigit():
            cursor.uid_validity, cursor.last_uid = fetched.uid_validity, int(fetched.uid)
            cursor.save(update_fields=["uid_validity", "last_uid"])
    return new


def _store(mailbox_name: str, fetched: Fetched) -> bool:
    digest = hashlib.sha256(fetched.raw).hexdigest()
    identity = {
        "mailbox": mailbox_name,
        "folder": fetched.folder,
        "uid_validity": fetched.uid_validity,
        "uid": fetched.uid,
    }
    if Mail.objects.filter(**identity).exists():
        return False
    stored = storages["private"].save(f"mails/{digest}.eml", ContentFile(fetched.raw))
    try:
        with transaction.atomic():
            Mail.objects.create(**identity, stored_name=stored, sha256=digest, size=len(fetched.raw))
    except IntegrityError:
        return False
    return True


def raw_of(mail: Mail) -> bytes:
    with storages["private"].open(mail.stored_name) as stored:
        raw: bytes = stored.read()
    return raw


def understand(*, mail: Mail, companies_of_numbers: CompaniesOfNumbers) -> None:
    """Parses, weighs, matches and reads a stored mail, and saves what was understood on its row.

    `companies_of_numbers` tells whose the İYS application numbers or codes are. A mail that cannot be
    parsed is kept as broken for people to see.
    """
    raw = raw_of(mail)
    head = envelope(raw)
    sender = head.senders[0] if head.senders else None
    mail.message_id = head.message_id[:998]
    mail.title = head.subject[:500]
    mail.dated = head.date
    mail.from_name, mail.from_email = (sender.name[:250], sender.email[:320]) if sender else ("", "")
    own = Letter.objects.filter(message_id=head.message_id).first() if head.message_id else None
    if own is not None:
        _file_own_copy(mail, own)
        return
    try:
        body = content(raw)
    except Unreadable as error:
        logger.warning("Mail %s cannot be parsed.", mail.pk)
        mail.status, mail.status_why = MailStatus.BROKEN, f"E-posta çözümlenemedi: {error}"[:500]
        mail.save()
        return
    _weigh_and_match(mail, head, clues(head, body, tracking_domain=settings.TRACKING_DOMAIN), companies_of_numbers)
    _read(mail, head, body)
    mail.save()


def _file_own_copy(mail: Mail, own: Letter) -> None:
    """Our own letter came back by cc: proof that it was delivered, and nothing more."""
    Letter.objects.filter(pk=own.pk, delivered_at=None).update(delivered_at=timezone.now())
    mail.company, mail.subject_id, mail.topic = own.company, own.subject_id, own.topic
    mail.status, mail.status_why = (
        MailStatus.FILED,
        "Portalın kendi mektubunun kopyası: iletildiğini gösterir.",
    )
    mail.save()


def _weigh(head: Envelope, members: frozenset[str]) -> Verdict:
    return weigh(head, authserv_id=settings.AUTHSERV_ID, iys_domains=settings.IYS_DOMAINS, members=members)


def weigh_for(head: Envelope, company: Company) -> Verdict:
    """How far the sender is believed, now that it is known whose mail it is."""
    members = frozenset(email.lower() for email in company.members.values_list("email", flat=True))
    return _weigh(head, members | ({company.corporate_email.lower()} - {""}))


def _weigh_and_match(mail: Mail, head: Envelope, found: Clues, companies_of_numbers: CompaniesOfNumbers) -> None:
    verdict = _weigh(head, frozenset())
    answered = Letter.objects.filter(message_id__in=found.message_ids).exclude(company=None)
    addresses = TrackingAddress.objects.filter(token__in=found.tokens)
    owners = Owners(
        by_token=frozenset(addresses.filter(retired_at=None).values_list("company_id", flat=True)),
        by_old_token=frozenset(addresses.exclude(retired_at=None).values_list("company_id", flat=True)),
        by_thread=frozenset(answered.values_list("company_id", flat=True)),
        by_number=companies_of_numbers(found.numbers) if found.numbers else frozenset(),
    )
    match: Match[UUID] = decide(owners, trusted=verdict.trust is Trust.VERIFIED)
    mail.match_why = match.why[:500]
    if match.key is not None:
        mail.company = Company.objects.get(pk=match.key)
        verdict = weigh_for(head, mail.company)
        letter = answered.filter(company=mail.company).first()
        if letter is not None:
            mail.subject_id, mail.topic = letter.subject_id, letter.topic
    mail.trust, mail.trust_why = verdict.trust, verdict.why[:500]


def _read(mail: Mail, head: Envelope, body: Content) -> None:
    reading = read(head, body)
    mail.kind, mail.rule, mail.words = reading.kind, reading.rule, reading.words[:500]
    mail.facts = asdict(reading.facts)
    mail.status = MailStatus.READ
