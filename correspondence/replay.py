"""After the database was loaded from a backup: which of the letters that wait in it had gone already.

A copy that came back proves that its letter went: it has the words, documents and Message-ID of what waits.
A letter that was written anew meanwhile has another Message-ID and the same words: the copy speaks for it too. The
mail server's log knows those of which nobody gets a copy.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from correspondence.incoming import fetching
from correspondence.incoming.copies import is_copy
from correspondence.incoming.sources import mailboxes
from correspondence.models import WAITING, Letter, LetterStatus, Mail, SendingHold
from correspondence.outgoing import control, settling
from correspondence.reading.parsing import Envelope, Unreadable, envelope
from documents.encrypted import StoreAway
from telemetry.progress import Far, unwatched

BY_COPY, BY_LOG = "kopyası posta kutusunda bulundu", "posta sunucusunun kaydında bulundu"


@dataclass(frozen=True, slots=True)
class Gone:
    """A waiting letter that had gone, and what shows it."""

    letter: Letter
    why: str
    at: datetime | None = None


@dataclass(slots=True)
class Found:
    """`unproven` may have gone or not. `unknown`: letters that went and of which this database knows nothing, by
    their subject, or where there is only a log by their Message-ID. `unread`: mailboxes that could not be read."""

    gone: list[Gone] = field(default_factory=list)
    unproven: list[Letter] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def look(
    *,
    taken_over: Iterable[str],
    stopped: SendingHold,
    far: Far = unwatched,
) -> Found:
    """Changes nothing. `taken_over` are the Message-IDs in a mail server's log; `stopped` is the hold that was
    made when the database was loaded: what was written after it never went under its own Message-ID. `far` is
    told how many copies were looked at."""
    left = {letter.message_id: letter for letter in _waiting()}
    found = Found()
    for letter in [each for each in left.values() if each.delivered_at is not None]:
        found.gone.append(Gone(left.pop(letter.message_id), BY_COPY, letter.delivered_at))
    for done, (head, raw) in enumerate(_copies(stopped.held_at, found)):
        far("copies looked at", done, 0)
        proven = _proven_by(head, raw, left)
        if proven is not None:
            found.gone.append(Gone(left.pop(proven.message_id), BY_COPY, head.date))
        elif not Letter.objects.filter(_named_by(head)).exists():
            found.unknown.append(f"“{head.subject}” → {', '.join(sorted(head.recipients))}")
    logged = sorted(each for each in taken_over if _is_ours(each))
    found.gone += [Gone(left.pop(each), BY_LOG) for each in logged if each in left]
    known = set(Letter.objects.filter(message_id__in=logged).values_list("message_id", flat=True))
    found.unknown += [each for each in logged if each not in known]
    found.unproven = [
        letter
        for letter in left.values()
        if letter.status in (LetterStatus.QUEUED, LetterStatus.SENDING) and letter.created_at < stopped.held_at
    ]
    return found


def settle(found: Found) -> Iterator[str]:
    """Counts as sent what went, and keeps what nothing proves for a person; says what changed meanwhile."""
    settling.take_up_abandoned()
    for gone in found.gone:
        reason = f"yedekten yüklemeden sonra {gone.why}"
        try:
            control.mark_sent(letter=gone.letter, reason=reason, by=None, at=gone.at)
        except control.NotNow:
            yield f"{gone.letter.message_id} is no longer waiting"
    for letter in found.unproven:
        try:
            control.hold_unproven(letter)
        except control.NotNow:
            yield f"{letter.message_id} is no longer waiting"


def _waiting() -> Sequence[Letter]:
    abandoned = Q(status=LetterStatus.SENDING, lease_until__lt=timezone.now())
    return list(
        Letter.objects.filter(Q(status__in=WAITING) | abandoned).select_related("company").order_by("created_at")
    )


def _copies(since: datetime, found: Found) -> Iterator[tuple[Envelope, bytes]]:
    """The mails that name a letter of the portal: those taken in since, and those that still lie there."""
    for mail in Mail.objects.filter(received_at__gte=since).order_by("pk").iterator():
        try:
            yield from _own(fetching.raw_of(mail))
        except (Unreadable, StoreAway) as error:
            found.unread.append(f"mail {mail.pk}: {error}")
    for mailbox, _partner in mailboxes():
        try:
            for batch in mailbox.waiting(fetching.positions(mailbox)):
                for each in batch:
                    yield from _own(each.raw)
        except OSError as error:
            found.unread.append(f"{mailbox.name}: {type(error).__name__}")


def _own(raw: bytes) -> Iterator[tuple[Envelope, bytes]]:
    head = envelope(raw)
    if _is_uuid(head.own_letter) or _is_ours(head.message_id):
        yield head, raw


def _proven_by(head: Envelope, raw: bytes, left: dict[str, Letter]) -> Letter | None:
    named = [
        each for each in left.values() if head.message_id == each.message_id or head.own_letter == str(each.pk)
    ]
    same_words = [each for each in left.values() if head.subject.endswith(each.subject)]
    return next((each for each in (*named, *same_words) if is_copy(head, raw, each)), None)


def _named_by(head: Envelope) -> Q:
    named = Q(message_id=head.message_id)
    return named | Q(pk=head.own_letter) if _is_uuid(head.own_letter) else named


def _is_ours(message_id: str) -> bool:
    name, _at, domain = message_id.strip("<>").partition("@")
    return domain == settings.TRACKING_DOMAIN and _is_uuid(name)


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
