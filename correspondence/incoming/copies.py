"""The portal's own letters that come back by cc: a copy proves that its letter was delivered, and nothing more."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from correspondence.frozen import CODE, LINK, frozen_words
from correspondence.incoming.failures import isolate
from correspondence.incoming.fetching import raw_of
from correspondence.incoming.processing import ParsedMail
from correspondence.models import Letter, Mail, MailStatus
from correspondence.reading.mime import Part, parts
from correspondence.reading.parsing import MAX_PARTS, Envelope

UNKNOWN = r"\S{1,300}?"
MAX_FOOTER = 2_000  # characters that a list or a company's gateway writes below
COPY = "Portalın kendi mektubunun kopyası: iletildiğini gösterir."
NO_COPY = "Bir mektubumuzun adını taşıyor, ama içinde gönderdiğimiz yok: kopyası değil. Destek ekibi bakacak."


def file_own_letters(parsed: Sequence[ParsedMail]) -> list[ParsedMail]:
    """Files the copies of the portal's own letters, on their rows, and returns the other mails.

    They are known by their Message-ID and, where a list server has given them another one, by the header that
    names them. Both can be read by all who got the letter: it is a copy only if what was sent is in it. What has
    the name alone waits for people, and moves nothing. The caller saves all of them.
    """
    names = {each.head.own_letter for each in parsed if _is_uuid(each.head.own_letter)}
    ids = {each.head.message_id for each in parsed if each.head.message_id}
    letters = Letter.objects.filter(Q(message_id__in=ids) | Q(pk__in=names)).select_related("company")
    by_name = {name: letter for letter in letters for name in (letter.message_id, str(letter.pk))}
    others = []
    for each in parsed:
        own = by_name.get(each.head.message_id) or by_name.get(each.head.own_letter)
        if own is None:
            others.append(each)
            continue
        same = False
        with isolate(each.mail):
            same = is_copy(each.head, raw_of(each.mail), own)
        if same:
            _file(each.mail, own)
        else:
            each.mail.status, each.mail.status_why = MailStatus.PERSON, NO_COPY
            others.append(each)
    return others


def is_copy(head: Envelope, raw: bytes, letter: Letter) -> bool:
    """Whether the mail is what was sent, but for what lists and gateways add: a mark in the subject, a footer."""
    found = [part for part in islice(parts(raw), MAX_PARTS) if not part.mail]
    plain = "".join(part.text for part in found if part.kind == "text/plain" and not part.filename)
    came, ours = _bare(plain), re.match(_as_sent(frozen_words(letter)["text"]), _bare(plain))
    through_a_list = any(name in ("list-id", "list-unsubscribe", "mailing-list") for name, _value in head.headers)
    senders = {sender.email for sender in head.senders}
    return (
        ours is not None
        and ours.end() > 0
        and len(came) - ours.end() <= MAX_FOOTER
        and re.search(rf"{_as_sent(letter.subject)}\Z", _bare(head.subject)) is not None
        and (through_a_list or letter.from_email.lower() in senders)
        and _has_all_documents(found, letter)
    )


def _has_all_documents(found: Sequence[Part], letter: Letter) -> bool:
    sent = Counter(letter.attachments.values_list("sha256", flat=True))
    return not sent or sent <= Counter(hashlib.sha256(part.payload).hexdigest() for part in found)


def _as_sent(text: str) -> str:
    """A pattern of what was sent, bare: for a placeholder stood something that is not known any more."""
    pattern = re.escape(_bare(text))
    for placeholder in (CODE, LINK):
        pattern = pattern.replace(re.escape(_bare(placeholder)), UNKNOWN)
    return pattern


def _bare(text: str) -> str:
    """Without white space: servers break lines anew and mend what hangs at their ends."""
    return "".join(text.split())


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _file(mail: Mail, own: Letter) -> None:
    Letter.objects.filter(pk=own.pk, delivered_at=None).update(delivered_at=timezone.now())
    mail.company, mail.application_id, mail.step_key = own.company, own.application_id, own.step_key
    mail.kind, mail.rule, mail.words, mail.extracted, mail.forwarded = "", "", "", {}, False
    mail.status, mail.status_why = MailStatus.FILED, COPY
