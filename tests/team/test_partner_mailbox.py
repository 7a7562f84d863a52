"""A partner's own mailbox: read besides the tracking mailbox, its password kept and never shown."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.urls import reverse

from correspondence.models import Letter, Mail, MailStatus, PartnerMailbox
from correspondence.outgoing.message import message_of
from onboarding.mail import pipeline
from tests.scenarios import mails
from tests.scenarios.browser import signed_in, words
from tests.scenarios.factories import UserFactory
from tests.scenarios.ladder import at_iys
from tests.scenarios.mailbox import ImapBox, Maildir

pytestmark = pytest.mark.django_db
ADD = reverse("admin:correspondence_partnermailbox_add")


@pytest.fixture
def box(dovecot: None) -> ImapBox:
    return ImapBox()


def test_an_answer_to_all_is_read_there_and_our_own_letter_proves_delivery(box: ImapBox, tmp_path: Path) -> None:
    application = at_iys()
    partner = application.company.partner
    PartnerMailbox.objects.create(partner=partner, url=box.url)
    letter = Letter.objects.filter(audience="iys").latest("created_at")
    box.put(message_of(letter).message().as_bytes())
    box.put(mails.mail(to="iys@kiyi.example", text=mails.RECEIVED, in_reply_to=letter.message_id))
    box.put(mails.mail(to="iys@kiyi.example", text="Kimin olduğu belli değil", message_id="<x@iys.org.tr>"))
    with Maildir(tmp_path / "box").watched():
        pipeline.run()
    assert application.records.get(step="status_query").state == "received"
    letter.refresh_from_db()
    assert letter.delivered_at is not None
    assert {mail.partner for mail in Mail.objects.all()} == {partner}
    assert Mail.objects.get(message_id="<x@iys.org.tr>").status == MailStatus.PERSON


def test_the_password_is_encrypted_and_never_shown_again(box: ImapBox) -> None:
    partner = at_iys().company.partner
    client = signed_in(UserFactory.create(is_staff=True, is_superuser=True))
    client.post(ADD, {"partner": partner.pk, "url": box.url})
    row = PartnerMailbox.objects.get()
    assert row.url == box.url
    with connection.cursor() as cursor:
        cursor.execute("SELECT url FROM correspondence_partnermailbox")
        assert box.user not in cursor.fetchone()[0]
    change = reverse("admin:correspondence_partnermailbox_change", args=[row.pk])
    password = urlsplit(box.url).password
    assert password
    assert password not in client.get(change).content.decode()
    listed = client.get(reverse("admin:correspondence_partnermailbox_changelist"))
    assert f"imap:{box.user}" in words(listed)
    assert password not in listed.content.decode()
    client.post(change, {"partner": partner.pk, "url": ""})
    row.refresh_from_db()
    assert row.url == box.url, "left empty it stays what it is"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("imaps://a:b@posta.euromsg.example/INBOX", "Deneme kipinde yalnızca bu makinedeki posta kutusu"),
        ("maildir:///var/mail", "imap:// ya da imaps:// ile başlayan"),
        ("", "imap:// ya da imaps:// ile başlayan"),
        ("imap://127.0.0.1/INBOX", "imap:// ya da imaps:// ile başlayan"),
    ],
)
def test_another_machine_s_or_no_mailbox_is_refused(typed: str, sentence: str) -> None:
    partner = at_iys().company.partner
    client = signed_in(UserFactory.create(is_staff=True, is_superuser=True))
    assert sentence in words(client.post(ADD, {"partner": partner.pk, "url": typed}))
    assert not PartnerMailbox.objects.exists()


def test_a_mailbox_saved_before_is_not_read_in_sandbox_mode_either(tmp_path: Path) -> None:
    PartnerMailbox.objects.create(partner=at_iys().company.partner, url="imaps://a:b@192.0.2.1/INBOX")
    with Maildir(tmp_path / "box").watched():
        pipeline.run()
    assert not Mail.objects.exists()
