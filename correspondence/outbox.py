"""Letters out: posted in the transaction of their cause, delivered outside any.

The row is the truth and Celery only the doorbell: a letter whose doorbell was lost is found by the
schedule, and a letter whose sender died is taken up again with the same Message-ID (RFC 5322, 3.6.4).
"""

import json
import logging
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from celery import current_app
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from kombu.exceptions import OperationalError

from correspondence.addresses import tracking_address
from correspondence.models import Audience, Letter, LetterAttachment, Mail
from documents.models import Document
from journal.entries import write
from journal.models import Event
from tenancy.models import Company

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)


@dataclass(frozen=True)
class Body:
    """What a letter says: `title` on one line, `text` and `html` with the same content."""

    title: str
    text: str
    html: str = ""


@dataclass(frozen=True)
class Address:
    """Whom a letter goes to. `topic` and `subject_id` say which step of which attempt it serves."""

    audience: Audience
    to: Sequence[str]
    cc: Sequence[str] = ()
    subject_id: uuid.UUID | None = None
    topic: str = ""
    attachments: Sequence[Document] = field(default_factory=tuple)


def render(*, template: str, context: Mapping[str, object]) -> Body:
    """The letter of folder templates/letters/`template`, in both forms."""
    values = {**context, "portal_url": settings.PORTAL_URL}
    title = render_to_string(f"letters/{template}/subject.txt", values)
    return Body(
        title=" ".join(title.split()),
        text=render_to_string(f"letters/{template}/body.txt", values).strip() + "\n",
        html=render_to_string(f"letters/{template}/body.html", values),
    )


def post(*, company: Company, cause: str, body: Body, address: Address) -> Letter:
    """Puts a company's letter into the outbox, in the caller's transaction.

    A second call with the same cause returns the first letter and posts nothing.
    """
    if (earlier := Letter.objects.filter(cause=cause).first()) is not None:
        return earlier
    tracking = tracking_address(company)
    to_iys = address.audience is Audience.IYS
    letter = _freeze(
        cause=cause,
        body=body,
        address=address,
        company=company,
        from_name=company.trade_name if to_iys else company.partner.name,
        from_email=tracking.email if to_iys else settings.DEFAULT_FROM_EMAIL,
        reply_to=tracking.email,
    )
    write(
        company=company,
        event=Event.LETTER_POSTED,
        text=f"“{letter.title}” → {', '.join(letter.to)}",
        party="system",
        subject=address.subject_id,
        topic=address.topic,
        data={"letter": str(letter.pk)},
    )
    return letter


def post_account(*, to: str, from_name: str, body: Body) -> Letter:
    """A letter about a log-in account (code, password link), which belongs to no company."""
    return _freeze(
        cause=f"account:{uuid.uuid4()}",
        body=body,
        address=Address(Audience.ACCOUNT, [to]),
        company=None,
        from_name=from_name,
        from_email=settings.DEFAULT_FROM_EMAIL,
        reply_to="",
    )


def _freeze(
    *,
    cause: str,
    body: Body,
    address: Address,
    company: Company | None,
    from_name: str,
    from_email: str,
    reply_to: str,
) -> Letter:
    key = uuid.uuid4()
    stored = storages["private"].save(
        f"letters/{key}.json",
        ContentFile(json.dumps({"text": body.text, "html": body.html}, ensure_ascii=False).encode()),
    )
    before = _before(address)
    letter = Letter.objects.create(
        id=key,
        cause=cause,
        company=company,
        subject_id=address.subject_id,
        topic=address.topic,
        audience=address.audience,
        from_name=from_name,
        from_email=from_email,
        reply_to=reply_to,
        to=list(address.to),
        cc=list(address.cc),
        title=body.title[:250],
        stored_name=stored,
        message_id=f"<{key}@{settings.TRACKING_DOMAIN}>",
        in_reply_to=before[-1] if before else "",
        references=" ".join(before),
        due_at=timezone.now(),
    )
    LetterAttachment.objects.bulk_create(
        LetterAttachment(letter=letter, document=document, filename=document.name, sha256=document.sha256)
        for document in address.attachments
    )
    transaction.on_commit(ring)
    return letter


def _before(address: Address) -> list[str]:
    """Message-IDs of what was said with this İYS address so far, oldest first (RFC 5322, 3.6.4)."""
    if address.audience is not Audience.IYS or address.subject_id is None:
        return []
    letters = Letter.objects.filter(subject_id=address.subject_id, to=list(address.to))
    mails = Mail.objects.filter(subject_id=address.subject_id, from_email__in=address.to)
    said = [
        *letters.values_list("created_at", "message_id"),
        *mails.exclude(message_id="").values_list("taken_in_at", "message_id"),
    ]
    return [message_id for _when, message_id in sorted(said)]


def body_of(letter: Letter) -> Body:
    """The letter as it was frozen."""
    with storages["private"].open(letter.stored_name) as stored:
        parts: dict[str, str] = json.loads(stored.read())
    return Body(letter.title, parts["text"], parts["html"])


def ring() -> None:
    """Wakes a worker. A broker that is down costs nothing but time: the schedule finds the rows."""
    try:
        current_app.send_task(settings.DELIVER_TASK, retry=False, ignore_result=True)
    except OperationalError:
        logger.warning("The broker could not be reached; the schedule will deliver.")


def recipients(letter: Letter) -> Iterator[str]:
    yield from letter.to
    yield from letter.cc
