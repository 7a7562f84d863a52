"""One stored mail: parsed, classified, saved. Stages that look at many mails at once have modules of their own."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from uuid import UUID

from django.conf import settings

from correspondence.addresses import letters_addressed
from correspondence.incoming.fetching import is_too_large, raw_of
from correspondence.incoming.matching import Clues, clues
from correspondence.incoming.taught import Taught
from correspondence.models import Mail, MailStatus
from correspondence.reading import wording
from correspondence.reading.classification import NOTHING_SAID, read_words
from correspondence.reading.kinds import Kind
from correspondence.reading.machines import machine_read
from correspondence.reading.parsing import Content, Envelope, content, envelope
from correspondence.reading.result import Reading
from correspondence.reading.understanding import Meaning, Sentence
from identifiers.masking import masked
from tenancy.models import Company

# What a mail was read as (`record_reading`).
READING = ("kind", "rule", "words", "extracted", "forwarded", "understood", "doubt", "sentences", "wording")
# What the stages write; the rest of the row was written when the mail was stored.
FIELDS = (
    *("message_id", "subject", "date_header", "from_name", "from_email"),
    *("status", "status_why", "company", "partner", "application_id", "step_key", "match_why", "tied_why"),
    *("sender_authentication", "sender_authentication_why"),
    *READING,
)


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """A mail's row with what was parsed from its bytes. `body` is None when it is too large to be looked into.
    `addressed`: the letters at whose signed addresses it came in."""

    mail: Mail
    head: Envelope
    body: Content | None
    clues: Clues
    addressed: frozenset[UUID]


def parse(mail: Mail) -> ParsedMail:
    """Parses the mail and writes its headers on its row; the caller saves it. Raises Unreadable, and OSError as
    `raw_of` does."""
    large = is_too_large(mail)
    raw = raw_of(mail, head_only=large)
    head = envelope(raw)
    sender = head.senders[0] if head.senders else None
    mail.message_id = head.message_id[:998]
    mail.subject = masked(head.subject)[:500]
    mail.date_header = head.date
    mail.from_name, mail.from_email = (sender.name[:250], sender.email[:320]) if sender else ("", "")
    body = None if large else content(raw)
    found = clues(head, body, tracking_domain=settings.TRACKING_DOMAIN)
    return ParsedMail(mail, head, body, found, letters_addressed(head.recipients))


def recognise_machine(parsed: ParsedMail) -> None:
    """Writes on the row what a machine wrote, before it is asked whose mail it is: a delivery report names the
    letter; the caller saves it."""
    mail = parsed.mail
    mail.kind = ""
    if parsed.body is None:
        mail.status = MailStatus.PERSON
        mail.status_why = f"{mail.size // 2**20} MB büyüklüğünde: saklandı, ama içine bakılmadı."
        return
    mail.status, mail.status_why = MailStatus.READ, ""
    if (said := machine_read(parsed.head, parsed.body)) is not None:
        record_reading(mail, said)


def classify(parsed: ParsedMail, taught: Taught) -> None:
    """Writes on the row what a person or İYS wrote, by the sentences that hold for its partner; the caller saves
    it."""
    if parsed.body is not None and not parsed.mail.kind:
        record_reading(parsed.mail, read_words(parsed.head, parsed.body, taught.of(parsed.mail)))
    elif parsed.body is not None:
        # It was read before it was known whose mail it is.
        parsed.mail.wording = wording_of(parsed.mail, parsed.mail.company)


def record_reading(mail: Mail, said: Reading) -> None:
    """Writes a reading on the mail's row, with its proof; the caller saves it.

    Its words are shown and journalled in many places: identity numbers stay in the mail itself.
    """
    mail.kind, mail.rule, mail.words = said.kind, said.rule, masked(said.words)[:500]
    told = replace(said.extracted, remarks=masked(said.extracted.remarks))
    # As it will come back out of the column, so that it can be compared with what does.
    mail.extracted, mail.forwarded = json.loads(json.dumps(asdict(told))), said.forwarded
    mail.understood, mail.doubt = not said.doubt, said.doubt[:400]
    mail.sentences = json.dumps([asdict(each) for each in said.sentences], ensure_ascii=False)
    mail.wording = wording_of(mail, mail.company)


def wording_of(mail: Mail, company: Company | None) -> str:
    """The key of what nobody understood, as a mail of this company; one that says nothing has that of all such."""
    if mail.doubt == NOTHING_SAID:
        return wording.NOTHING_SAID
    unknown = [each.text for each in sentences_of(mail) if each.meaning is Meaning.UNKNOWN]
    return wording.key(unknown, company.trade_name if company else "")


def sentences_of(mail: Mail) -> list[Sentence]:
    """The proof of a reading: each sentence of the mail and what it was taken for."""
    return [
        Sentence(
            **{
                **each,
                "meaning": Meaning(each["meaning"]),
                "kind": Kind(each["kind"]) if each["kind"] else None,
                "also": tuple(map(Kind, each["also"])),
                "blanks": tuple((name, value) for name, value in each["blanks"]),
            }
        )
        for each in json.loads(mail.sentences or "[]")
    ]


def rests_on(mail: Mail) -> dict[int, Kind | None]:
    """The taught sentences by which the mail was read, by their keys, and what each said."""
    return {each.taught: each.kind for each in sentences_of(mail) if each.taught is not None}


def save(mails: Sequence[Mail], fields: Sequence[str] = FIELDS) -> None:
    """Saves what the stages have written on the rows, in one statement."""
    # Every row is there and locked: an update in one statement (bulk_update takes 27 times as long).
    Mail.objects.bulk_create(mails, update_conflicts=True, unique_fields=["id"], update_fields=fields)
