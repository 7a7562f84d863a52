"""What people of support do, and what the world does to an installation: `python -m tests.alerts.desk WHAT`."""

import os
import sys
from uuid import uuid4

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "iysportal.settings"
django.setup()

from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from correspondence.incoming import fetching  # noqa: E402
from correspondence.incoming.sources import mailboxes  # noqa: E402
from correspondence.models import Audience, Letter, Mail, MailStatus  # noqa: E402
from correspondence.outgoing import outbox  # noqa: E402
from iysportal.celery import app  # noqa: E402
from partners.models import Partner  # noqa: E402
from tenancy.models import Company  # noqa: E402
from tests.scenarios.browser import signed_in  # noqa: E402
from tests.scenarios.factories import UserFactory  # noqa: E402


def company() -> Company:
    partner = Partner.objects.get_or_create(is_default=True, defaults={"name": "Kıyı", "legal_name": "Kıyı"})[0]
    return Company.objects.get_or_create(
        tax_number="6140881534", defaults={"trade_name": "Mavi Deniz Turizm A.Ş.", "partner": partner}
    )[0]


def support() -> Client:
    email = f"{uuid4().hex}@kiyi.example"
    client = signed_in(UserFactory.create(email=email, is_staff=True, is_superuser=True))
    client.defaults["SERVER_NAME"] = "localhost"
    return client


def post(count: str) -> None:
    for _number in range(int(count)):
        outbox.post(
            company=company(),
            idempotency_key=f"alert:{uuid4()}",
            body=outbox.Body("Haber", "Sayın Yetkili,\n", "<p>Sayın Yetkili,</p>"),
            address=outbox.Address(Audience.COMPANY, ["yonetici@mavideniz.example"]),
        )


def ring(count: str) -> None:
    """So many bells, as beat rings them."""
    for _number in range(int(count)):
        app.send_task("jobs.tasks.pulse")


def fetch() -> None:
    """The first half of a worker's turn: mails are stored, and nobody has looked into them."""
    for mailbox, partner in mailboxes():
        fetching.fetch(mailbox=mailbox, partner=partner)
    print(Mail.objects.filter(status=MailStatus.NEW).count())


def press(act: str, status: str) -> None:
    """Support presses a button of each letter of this status."""
    client = support()
    for letter in Letter.objects.filter(status=status):
        client.post(reverse("admin:correspondence_letter_act", args=[letter.pk, act]), {"reason": ""})


def file_mails() -> None:
    """Support files each mail that waits."""
    client = support()
    for mail in Mail.objects.filter(status=MailStatus.PERSON):
        path = reverse("admin:correspondence_mail_act", args=[mail.pk, "dosyala"])
        client.post(path, {"note": "Bilgi e-postası"})


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
