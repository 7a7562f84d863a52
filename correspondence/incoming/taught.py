"""Taught sentences: from rows to what a reader knows, whose mails they hold for, and what they change."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from correspondence.incoming.fetching import is_too_large, raw_of
from correspondence.models import Mail, TaughtSentence
from correspondence.reading.classification import read
from correspondence.reading.extraction import ExtractedFields
from correspondence.reading.kinds import Kind
from correspondence.reading.known import Known
from correspondence.reading.parsing import Unreadable, content, envelope
from correspondence.reading.result import Reading
from correspondence.reading.sentence_patterns import Malformed, compiled

logger = logging.getLogger(__name__)
TOO_LARGE = "E-posta okunamayacak kadar büyük."


class Taught:
    """What people have taught, by partner; loaded once for a batch of mails."""

    def __init__(self, rows: Iterable[TaughtSentence]) -> None:
        self._known: dict[int | None, list[Known]] = defaultdict(list)
        for row in rows:
            try:
                self._known[row.partner_id].append(as_known(row))
            except Malformed as error:
                logger.warning("Taught sentence %s is not used: %s", row.pk, error)

    def of(self, mail: Mail) -> Sequence[Known]:
        """What holds for a mail: what was taught for all, and by the partner whose mail it is."""
        partner = partner_of(mail)
        own = self._known.get(partner, ()) if partner is not None else ()
        return (*self._known.get(None, ()), *own)


def active() -> Taught:
    return Taught(TaughtSentence.objects.filter(active=True))


def as_known(row: TaughtSentence) -> Known:
    """Raises Malformed, with a Turkish sentence."""
    return Known(compiled(row.text), Kind(row.kind) if row.kind else None, taught=row.pk)


def partner_of(mail: Mail) -> int | None:
    """Whose mail it is: its company's partner, else the one into whose mailbox it came."""
    return mail.company.partner_id if mail.company is not None else mail.partner_id


def read_again(mail: Mail, taught: Taught) -> Reading:
    """What a stored mail says by today's sentences. Raises Unreadable and OSError as `raw_of` does."""
    return next(_readings(mail, taught))


def would_change(row: TaughtSentence, mails: Iterable[Mail]) -> Iterator[tuple[Mail, Reading, Reading]]:
    """The stored mails that are read otherwise, in one sentence at least, if the sentence is known as it stands in
    `row`: (mail, reading without it, reading with it)."""
    now = active()
    others = TaughtSentence.objects.filter(active=True).exclude(pk=row.pk)
    then = Taught([*others, row] if row.active else others)
    for mail in mails:
        try:
            before, after = _readings(mail, now, then)
        except (Unreadable, OSError):
            continue
        if before != after:
            yield mail, before, after


def _readings(mail: Mail, *knowing: Taught) -> Iterator[Reading]:
    """The mail as it is read by each."""
    if is_too_large(mail):
        yield from (Reading(Kind.UNKNOWN, ExtractedFields(), "", "", doubt=TOO_LARGE) for _each in knowing)
        return
    raw = raw_of(mail)
    head, body = envelope(raw), content(raw)
    for taught in knowing:
        yield read(head, body, taught.of(mail))
