"""Letters out, end to end: written by a verb, rendered, queued, sent, each marked durably."""

import smtplib
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from bench.measure import Row
from correspondence.models import Audience, Letter
from correspondence.outgoing import delivery, outbox
from partners.models import Partner
from tenancy.models import Company

LETTERS = 100
TO = "yonetici@mavideniz.example"


def _company() -> Company:
    partner = Partner.objects.get_or_create(is_default=True, defaults={"name": "Kıyı", "legal_name": "Kıyı"})[0]
    return Company.objects.get_or_create(
        tax_number="6140881534", defaults={"trade_name": "Mavi Deniz Turizm A.Ş.", "partner": partner}
    )[0]


def _body(company: Company) -> outbox.Body:
    context = {"company": company, "partner": company.partner}
    return outbox.render(template="account_test", context=context)


def plain_loop() -> None:
    """The least that puts the same mails on a line: render, build, send over one kept connection."""
    company = _company()
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT) as line:
        for _number in range(LETTERS):
            body = _body(company)
            mail = EmailMultiAlternatives(body.subject, body.text, settings.DEFAULT_FROM_EMAIL, [TO])
            mail.attach_alternative(body.html, "text/html")
            content = mail.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
            line.sendmail(settings.DEFAULT_FROM_EMAIL, [TO], content)


def through_the_outbox() -> None:
    company = _company()
    for _number in range(LETTERS):
        outbox.post(
            company=company,
            idempotency_key=f"bench:{uuid4()}",
            body=_body(company),
            address=outbox.Address(Audience.COMPANY, [TO]),
        )
    if delivery.deliver(limit=LETTERS) != LETTERS:
        raise RuntimeError("Not every letter was sent; what was measured says nothing.")


def _empty() -> None:
    Letter.objects.all().delete()


ROWS = (Row(f"letters out, end to end, {LETTERS}, one process", plain_loop, through_the_outbox, 1.2, _empty),)
