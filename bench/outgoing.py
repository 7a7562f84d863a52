"""Letters out, end to end: written by a verb, rendered, queued, sent, each marked durably."""

import smtplib
from collections.abc import Iterable
from datetime import timedelta
from email.charset import QP, Charset
from email.utils import formataddr
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from bench import plain
from bench.measure import Row
from correspondence.addresses import tracking_address
from correspondence.models import Audience, Letter, LetterStatus
from correspondence.outgoing import delivery, outbox
from partners.models import Partner
from tenancy.models import Company

LETTERS = 100
TO = "yonetici@mavideniz.example"


def company() -> Company:
    partner = Partner.objects.get_or_create(is_default=True, defaults={"name": "Kıyı", "legal_name": "Kıyı"})[0]
    return Company.objects.get_or_create(
        tax_number="6140881534", defaults={"trade_name": "Mavi Deniz Turizm A.Ş.", "partner": partner}
    )[0]


def _body(to: Company) -> outbox.Body:
    return outbox.render(template="account_test", context={"company": to, "partner": to.partner})


def plain_loop() -> None:
    """The least that brings the same mails to the server and knows of each whether it went: for each a row in the
    transaction of its cause, then over one kept line, then the mark on its row."""
    to = company()
    heads = heads_of(to)
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT) as line, plain.asking() as cursor:
        for _number in range(LETTERS):
            body, key = _body(to), uuid4()
            cursor.execute(
                "INSERT INTO bench_letters VALUES (%s, %s, %s, %s)", [str(key), body.subject, body.text, body.html]
            )
            line.sendmail(settings.DEFAULT_FROM_EMAIL, [TO], content(heads, str(key), body))
            cursor.execute("UPDATE bench_letters SET sent_at = now() WHERE id = %s", [str(key)])


def plain_drain() -> None:
    """The same for rows that are there already."""
    heads = heads_of(company())
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT) as line, plain.asking() as cursor:
        cursor.execute("SELECT id, subject, words, html FROM bench_letters WHERE sent_at IS NULL")
        queued: Iterable[tuple[UUID, str, str, str]] = cursor.fetchall()
        for key, subject, text, html in queued:
            body = outbox.Body(subject, text, html)
            line.sendmail(settings.DEFAULT_FROM_EMAIL, [TO], content(heads, str(key), body))
            cursor.execute("UPDATE bench_letters SET sent_at = now() WHERE id = %s", [key])


def heads_of(to: Company) -> dict[str, Any]:
    """What all letters to a company have in common."""
    return {
        "from_email": formataddr((to.partner.name, settings.DEFAULT_FROM_EMAIL)),
        "reply_to": [tracking_address(to).email],
        "to": [TO],
    }


def content(heads: dict[str, Any], key: str, body: outbox.Body) -> bytes:
    """A mail with the headers that the portal's have, and in 7 bits as they are."""
    message_id = f"<{key}@{settings.TRACKING_DOMAIN}>"
    named = {"Message-ID": message_id, "X-Portal-Letter": key, "Auto-Submitted": "auto-generated"}
    mail = EmailMultiAlternatives(body.subject, body.text, headers=named, **heads)
    mail.encoding = Charset("utf-8")
    mail.encoding.body_encoding = QP
    mail.attach_alternative(body.html, "text/html")
    return mail.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]


def post(to: Company, count: int) -> None:
    for _number in range(count):
        # The cause of a letter has a transaction, in which it is posted.
        with transaction.atomic():
            outbox.post(
                company=to,
                idempotency_key=f"bench:{uuid4()}",
                body=_body(to),
                address=outbox.Address(Audience.COMPANY, [TO]),
            )


def through_the_outbox() -> None:
    post(company(), LETTERS)
    drain(LETTERS)


def drain(count: int) -> None:
    if delivery.deliver(limit=count) != count:
        raise RuntimeError("Not every letter was sent; what was measured says nothing.")


def empty() -> None:
    """Nothing is queued; what other rows have posted rests."""
    Letter.objects.filter(company=company()).delete()
    Letter.objects.filter(status=LetterStatus.QUEUED).update(due_at=timezone.now() + timedelta(days=1))
    with plain.asking() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS bench_letters"
            " (id uuid PRIMARY KEY, subject text, words text, html text, sent_at timestamptz)"
        )
        cursor.execute("TRUNCATE bench_letters")


def _queued() -> None:
    empty()
    to = company()
    post(to, LETTERS)
    body = _body(to)
    with plain.asking() as cursor:
        cursor.execute(
            "INSERT INTO bench_letters SELECT gen_random_uuid(), %s, %s, %s FROM generate_series(1, %s)",
            [body.subject, body.text, body.html, LETTERS],
        )


ROWS = (
    Row(f"letters out, end to end, {LETTERS}, one process", plain_loop, through_the_outbox, 1.5, empty),
    Row(f"letters out, draining what is queued, {LETTERS}", plain_drain, partial(drain, LETTERS), 1.2, _queued),
)
