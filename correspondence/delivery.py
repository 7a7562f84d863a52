"""Delivering what is due: claim → send, outside any transaction → settle."""

import logging
import smtplib
from dataclasses import dataclass
from datetime import timedelta

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.utils import timezone

from correspondence import retry
from correspondence.models import Letter, LetterStatus
from correspondence.outbox import LEASE, body_of
from documents.storage import read
from journal.entries import write
from journal.models import Event

logger = logging.getLogger(__name__)
TROUBLE_OF_THE_LINE = (OSError, smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError)


class Unsendable(Exception):
    """The letter cannot be put together as it was approved."""


@dataclass(frozen=True)
class Refusal:
    """The mail server's answer to a letter it did not take; `code` None when the line itself broke."""

    code: int | None
    text: str


def deliver(*, limit: int = 500) -> int:
    """Sends what is due over one kept connection; returns how many letters the mail server accepted."""
    _take_up_abandoned()
    sent = 0
    connection = get_connection()
    try:
        for _turn in range(limit):
            letter = _claim()
            if letter is None:
                break
            refusal = _send(letter, connection)
            _settle(letter, refusal)
            if refusal is None:
                sent += 1
            elif refusal.code is None:
                break  # the server is away: the other letters would only wear out their attempts
    finally:
        connection.close()
    return sent


def _take_up_abandoned() -> None:
    for letter in Letter.objects.abandoned(timezone.now()):
        taken = Letter.objects.filter(pk=letter.pk, status=LetterStatus.SENDING, lease_until=letter.lease_until)
        if taken.update(
            status=LetterStatus.QUEUED,
            smtp_answer="Gönderim yarıda kesildi; aynı Message-ID ile yeniden denenecek.",
        ):
            logger.warning("Letter %s was left in the middle of sending; it goes again.", letter.pk)


def _claim() -> Letter | None:
    """Takes one letter. The row count decides between two senders, not what either of them read."""
    now = timezone.now()
    for key in Letter.objects.due(now).values_list("pk", flat=True)[:20]:
        claimed = Letter.objects.filter(pk=key, status=LetterStatus.QUEUED).update(
            status=LetterStatus.SENDING, lease_until=now + LEASE, attempts=F("attempts") + 1
        )
        if claimed:
            return Letter.objects.select_related("company").get(pk=key)
    return None


def message_of(letter: Letter, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """The letter as it goes on the line, attachments included.

    Raises Unsendable when an attached document is no longer the one that was approved.
    """
    body = body_of(letter)
    headers = {"Message-ID": letter.message_id}
    if letter.in_reply_to:
        headers |= {"In-Reply-To": letter.in_reply_to, "References": letter.references}
    if letter.audience != "iys":
        headers["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's machine should answer this
    message = EmailMultiAlternatives(
        subject=letter.title,
        body=body.text,
        from_email=f'"{letter.from_name.replace(chr(34), "")}" <{letter.from_email}>',
        to=letter.to,
        cc=letter.cc,
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers=headers,
        connection=connection,
    )
    if body.html:
        message.attach_alternative(body.html, "text/html")
    for attachment in letter.attachments.select_related("document").order_by("pk"):
        if attachment.document.sha256 != attachment.sha256:
            raise Unsendable(f"Ek mektup hazırlandıktan sonra değişti: {attachment.filename}")
        message.attach(attachment.filename, read(attachment.document), attachment.document.content_type)
    return message


def _send(letter: Letter, connection: BaseEmailBackend) -> Refusal | None:
    try:
        # Opened by us, it stays open for the next letter; opened by send(), it would be closed after each.
        connection.open()
        message_of(letter, connection).send()
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))
        return Refusal(code, text.decode(errors="replace"))
    except smtplib.SMTPResponseException as error:
        answer = error.smtp_error
        return Refusal(error.smtp_code, answer.decode(errors="replace") if isinstance(answer, bytes) else answer)
    except TROUBLE_OF_THE_LINE as error:
        connection.close()
        return Refusal(None, str(error))
    except Unsendable as error:
        return Refusal(554, str(error))
    return None


def _settle(letter: Letter, refusal: Refusal | None) -> None:
    now = timezone.now()
    if refusal is None:
        _close(letter, LetterStatus.SENT, "250", sent_at=now)
        return
    answer = f"{refusal.code or ''} {refusal.text}".strip()[:500]
    wait: timedelta | None = retry.delay(retry.classify(refusal.code, refusal.text), letter.attempts)
    if wait is None:
        _close(letter, LetterStatus.FAILED, answer)
        return
    Letter.objects.filter(pk=letter.pk).update(
        status=LetterStatus.QUEUED, due_at=now + wait, smtp_answer=answer, lease_until=None
    )


def _close(letter: Letter, status: LetterStatus, answer: str, **fields: object) -> None:
    Letter.objects.filter(pk=letter.pk).update(status=status, smtp_answer=answer, lease_until=None, **fields)
    if status is LetterStatus.FAILED:
        # The parts that follow would speak of one that never came.
        following = Letter.objects.parts_of(letter).filter(status=LetterStatus.QUEUED)
        following.update(status=status, smtp_answer="Önceki parçası gönderilemediği için gönderilmedi.")
    if letter.company is not None:
        write(
            company=letter.company,
            event=Event.LETTER_SENT if status is LetterStatus.SENT else Event.LETTER_FAILED,
            text=f"“{letter.title}” → {', '.join(letter.to)}",
            party="system",
            subject=letter.subject_id,
            topic=letter.topic,
            data={"letter": str(letter.pk), "answer": answer},
        )
