"""Letters out: posted in the transaction of their cause, delivered outside any.

The row is the truth and a message to Celery only a notice: a letter whose notice was lost is found by the
schedule, and a letter whose sender died is taken up again with the same Message-ID (RFC 5322, 3.6.4).
"""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from correspondence.addresses import tracking_address
from correspondence.models import WAITING, Audience, Letter, LetterAttachment, LetterStatus, Mail
from correspondence.models.sending import SendingAccount
from correspondence.outgoing import news
from correspondence.outgoing.bodies import Body, body_of, hidden, render, sealed_words, with_secrets
from correspondence.outgoing.notify import notify_worker
from correspondence.outgoing.splitting import distinct, pack
from documents.models import Document
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from tenancy.models import Company
from wall.crossings import Crossing
from wall.standing import crossing

__all__ = [
    "Address", "Body", "Enclosure", "Sender", "body_of", "hidden", "packed", "post", "post_account",
    "post_to_staff", "recall", "render", "requeue", "with_secrets",
]  # fmt: skip
SUPERSEDED = "Yerine yenisi yazıldı."
SUBJECT_MAX = 250  # characters
MESSAGE_ID_MAX = 900  # a line of a mail takes 998 (RFC 5322, 2.1.1), and nothing divides it


@dataclass(frozen=True)
class Address:
    """Whom a letter goes to. `step_key` and `application_id` say which step of which application it serves;
    `names` what its attachments are called in it, each by its own name where there are none; `by_hand`, that a
    person wrote it: no step waits for it, and it takes no other letter's place; `answers`, the Message-ID of the
    mail that it answers."""

    audience: Audience
    to: Sequence[str]
    cc: Sequence[str] = ()
    application_id: uuid.UUID | None = None
    step_key: str = ""
    attachments: Sequence[Document] = field(default_factory=tuple)
    names: Sequence[str] = ()
    by_hand: bool = False
    answers: str = ""


@dataclass(frozen=True)
class Sender:
    """`account` None: the portal's own mail server sends."""

    name: str
    email: str
    reply_to: str
    account: SendingAccount | None = None


@dataclass(frozen=True)
class Enclosure:
    """A document under the name that it has in the letter."""

    document: Document
    name: str


@dataclass(frozen=True)
class Part:
    """One mail of a letter: `message_group` is the letter's cause, `number` counts from 1."""

    idempotency_key: str
    message_group: str
    number: int
    enclosures: Sequence[Enclosure]


Sheet = tuple[Body, Sequence[Enclosure]]


def packed(address: Address) -> tuple[tuple[Enclosure, ...], ...]:
    """The documents by letter, as many letters as the mail server's limit asks for; at least one."""
    documents = address.attachments
    names = distinct(address.names or [document.name for document in documents])
    places = pack([document.size for document in documents], settings.LETTER_MAX_BYTES)
    return tuple(tuple(Enclosure(documents[place], names[place]) for place in part) for part in places)


def post(
    *,
    company: Company,
    idempotency_key: str,
    body: Body,
    address: Address,
    further: Sequence[Body] = (),
    account: SendingAccount | None = None,
    beside: Sequence[str] = (),
) -> Letter:
    """Puts a company's letter into the outbox, in the caller's transaction; returns its first part.

    `further` are the bodies of the parts after the first, one for each that `packed` makes of the attachments.
    `account` sends it from the company's corporate address. A second call with the same cause returns the
    first letter and posts nothing. A letter to İYS that did not go and is posted again unchanged goes on from
    the part that was not accepted; changed, it takes the place of the one before. News of an application rests for
    a while, and does not go when all its readers are written to again meanwhile, be it by another letter that is
    posted with this one to those `beside`.
    """
    if (earlier := Letter.objects.filter(message_group=idempotency_key, part=1).first()) is not None:
        return earlier
    tracking = tracking_address(company)
    to_iys = address.audience is Audience.IYS
    portal = tracking.email if to_iys else settings.DEFAULT_FROM_EMAIL
    sender = Sender(
        name=company.trade_name if to_iys else company.partner.name,
        email=account.email if account else portal,
        reply_to=tracking.email,
        account=account,
    )
    sheets = tuple(zip((body, *further), packed(address), strict=True))
    of_a_step = to_iys and address.application_id is not None and not address.by_hand
    if address.audience is Audience.COMPANY and address.application_id is not None:
        readers = [*address.to, *beside]
        news.supersede(company=company, application_id=address.application_id, readers=readers, why=SUPERSEDED)
    parts = _taken_up(idempotency_key, company, sender, address, sheets) if of_a_step else []
    if not parts:
        parts = _new_parts(idempotency_key, company, sender, address, sheets)
    for letter in parts:
        if letter.status == LetterStatus.QUEUED:
            _journal(letter, company)
    return parts[0]


def _journal(letter: Letter, company: Company) -> None:
    write(
        company=company,
        event=Event.LETTER_POSTED,
        text=f"“{letter.subject}” → {', '.join(letter.to)}",
        party=Party.SYSTEM,
        application_id=letter.application_id,
        step_key=letter.step_key,
        data={"letter": str(letter.pk)},
    )


def _new_parts(
    idempotency_key: str, company: Company, sender: Sender, address: Address, sheets: Sequence[Sheet]
) -> list[Letter]:
    before = _before(address)
    parts: list[Letter] = []
    for number, (body, enclosures) in enumerate(sheets, start=1):
        key = idempotency_key if len(sheets) == 1 else f"{idempotency_key}:{number}"
        part = Part(idempotency_key=key, message_group=idempotency_key, number=number, enclosures=enclosures)
        # Every further part answers the first, which says what comes in which.
        thread = [*before, *(letter.message_id for letter in parts[:1])]
        parts.append(_freeze(part=part, body=body, address=address, company=company, sender=sender, before=thread))
    return parts


def _taken_up(
    idempotency_key: str, company: Company, sender: Sender, address: Address, sheets: Sequence[Sheet]
) -> list[Letter]:
    """The parts of the letter before, if it did not go wholly and says the very same; else none.

    What was refused or held is queued anew under its old Message-ID; what was accepted stays as it is. A
    letter that says something else by now is recalled, so that not both go.
    """
    about = Letter.objects.of_steps().filter(company=company, step_key=address.step_key)
    last = about.filter(application_id=address.application_id).first()
    if last is None:
        return []
    parts = list(Letter.objects.parts_of(last).prefetch_related("attachments"))
    if all(part.status == LetterStatus.SENT for part in parts):
        return []
    if any(part.status == LetterStatus.CANCELLED for part in parts) or [_said(part) for part in parts] != [
        _to_say(sender, address, *sheet) for sheet in sheets
    ]:
        recall(parts_of=last, why=SUPERSEDED)
        return []
    for part in parts:
        part.idempotency_key, part.message_group = (
            part.idempotency_key.replace(part.message_group, idempotency_key, 1),
            idempotency_key,
        )
        part.save(update_fields=["idempotency_key", "message_group"])
        if part.status in (LetterStatus.FAILED, LetterStatus.HELD):
            requeue(part)
    return parts


def requeue(letter: Letter) -> bool:
    """Puts a failed or held letter back into the queue, as new as it was; False if it is neither or was wiped."""
    letter.status, letter.attempts, letter.sending_hold = LetterStatus.QUEUED, 0, None
    letter.due_at, letter.outcome_handled_at = timezone.now(), None
    transaction.on_commit(notify_worker)
    return bool(
        Letter.objects.unwiped()
        .filter(pk=letter.pk, status__in=(LetterStatus.FAILED, LetterStatus.HELD))
        .update(status=letter.status, attempts=0, sending_hold=None, due_at=letter.due_at, outcome_handled_at=None)
    )


def recall(
    *, why: str, parts_of: Letter | None = None, application_id: uuid.UUID | None = None, step_key: str = ""
) -> int:
    """Cancels what of a letter, or of a step's letters to İYS, no mail server has yet; returns how many. Without a
    step all of the application's, with those that a person wrote by hand.

    The step is not told: who recalls does so because it has moved on.
    """
    if parts_of is not None:
        letters = Letter.objects.parts_of(parts_of)
    elif step_key:
        letters = Letter.objects.of_steps().filter(application_id=application_id, step_key=step_key)
    else:
        letters = Letter.objects.filter(application_id=application_id, audience=Audience.IYS)
    waiting = letters.filter(status__in=WAITING)
    return waiting.end(LetterStatus.CANCELLED, smtp_answer=why, outcome_handled_at=timezone.now())


def _said(letter: Letter) -> tuple[object, ...]:
    documents = [(each.document_id, each.sha256) for each in letter.attachments.all()]
    sender = Sender(letter.from_name, letter.from_email, letter.reply_to, letter.account)
    return sender, letter.to, letter.cc, body_of(letter), sorted(documents)


def _to_say(sender: Sender, address: Address, body: Body, enclosures: Sequence[Enclosure]) -> tuple[object, ...]:
    frozen = Body(body.subject[:SUBJECT_MAX], body.text, body.html)
    attached = sorted((each.document.pk, each.document.sha256) for each in enclosures)
    return sender, list(address.to), list(address.cc), frozen, attached


def post_to_staff(*, to: str, idempotency_key: str, body: Body) -> Letter | None:
    """What the portal itself has to tell one of its staff; None when it was told already for that cause."""
    with crossing(Crossing.POSTED):
        if Letter.objects.filter(idempotency_key=idempotency_key).exists():
            return None
    return _to_person(Address(Audience.STAFF, [to]), "İYS kayıt portalı", body, idempotency_key)


def post_account(*, to: str, from_name: str, body: Body, idempotency_key: str = "") -> Letter:
    """A letter to a person, which belongs to no company. Raises IntegrityError when its cause had one before."""
    return _to_person(
        Address(Audience.ACCOUNT, [to]), from_name, body, idempotency_key or f"account:{uuid.uuid4()}"
    )


def _to_person(address: Address, from_name: str, body: Body, idempotency_key: str) -> Letter:
    with crossing(Crossing.POSTED):
        return _freeze(
            part=Part(idempotency_key=idempotency_key, message_group=idempotency_key, number=1, enclosures=()),
            body=body,
            address=address,
            company=None,
            sender=Sender(from_name, settings.DEFAULT_FROM_EMAIL, ""),
            before=[],
        )


def _freeze(
    *, part: Part, body: Body, address: Address, company: Company | None, sender: Sender, before: Sequence[str]
) -> Letter:
    """`before` are the Message-IDs that the letter follows, oldest first."""
    key = uuid.uuid4()
    letter = Letter.objects.create(
        id=key,
        idempotency_key=part.idempotency_key,
        message_group=part.message_group,
        part=part.number,
        company=company,
        application_id=address.application_id,
        step_key=address.step_key,
        audience=address.audience,
        by_hand=address.by_hand,
        from_name=sender.name,
        from_email=sender.email,
        reply_to=sender.reply_to,
        account=sender.account,
        to=list(address.to),
        cc=list(address.cc),
        subject=body.subject[:SUBJECT_MAX],
        stored_name="",
        words=json.dumps({"text": body.text, "html": body.html}, ensure_ascii=False),
        sealed_words=sealed_words(body),
        sealed_until=body.sealed.until if body.sealed else None,
        message_id=f"<{key}@{settings.TRACKING_DOMAIN}>",
        in_reply_to=before[-1] if before else "",
        references=" ".join(before),
        due_at=news.due_at(part.message_group, timezone.now()),
    )
    LetterAttachment.objects.bulk_create(
        LetterAttachment(letter=letter, document=each.document, filename=each.name, sha256=each.document.sha256)
        for each in part.enclosures
    )
    is_code = address.audience is Audience.ACCOUNT
    transaction.on_commit(lambda: notify_worker(code=is_code))
    return letter


def _before(address: Address) -> list[str]:
    """Message-IDs of what was said with this İYS address so far, oldest first, and last of what is answered
    (RFC 5322, 3.6.4)."""
    if address.audience is not Audience.IYS or address.application_id is None:
        return []
    letters = Letter.objects.filter(application_id=address.application_id, to=list(address.to))
    mails = Mail.objects.filter(application_id=address.application_id, from_email__in=address.to)
    said = [
        *letters.values_list("created_at", "message_id"),
        *mails.exclude(message_id="").values_list("received_at", "message_id"),
    ]
    so_far = [message_id for _when, message_id in sorted(said) if message_id != address.answers]
    return [each for each in (*so_far, address.answers) if 0 < len(each) <= MESSAGE_ID_MAX]
