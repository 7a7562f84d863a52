"""The automatic forward: explained, tried with a mail of our own, told whether it works; changed addresses."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from correspondence.addresses import tracking_address
from correspondence.models import Letter, Mail, MailStatus
from correspondence.outgoing.message import message_of
from journal.models import Entry, Event
from onboarding.models import Application
from team import forwarding
from team.models import ForwardTest
from tenancy.models import Company
from tenancy.roles import Role
from tests.scenarios import mails
from tests.scenarios.browser import Screen, said, signed_in, words
from tests.scenarios.factories import MembershipFactory, PartnerFactory
from tests.scenarios.ladder import at_iys
from tests.scenarios.mailbox import Maildir
from tests.scenarios.support import CORRESPONDENCE, colleague

pytestmark = pytest.mark.django_db


class Box:
    """A company whose corporate mailbox is forwarded by the test itself."""

    def __init__(self, path: Path) -> None:
        self.application: Application = at_iys()
        self.company: Company = self.application.company
        self.owner: Client = signed_in(self.company.memberships.get().user)
        self.files = Maildir(path)

    def page(self) -> Screen:
        return Screen(self.owner.get(reverse("team:forwarding")))

    def press(self) -> Any:
        return self.owner.post(reverse("team:try_forward"))

    def brings(self, raw: bytes, to: str = "") -> Mail:
        """The forward brings a mail to the tracking address."""
        delivered = f"Delivered-To: {to or tracking_address(self.company).email}\r\n".encode()
        return self.files.brings(delivered + raw)

    def test_mail(self) -> bytes:
        letter = Letter.objects.get(message_group__startswith="forward_test:")
        raw: bytes = message_of(letter).message().as_bytes()
        return raw


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path / "box")


def test_the_page_explains_both_programs_and_shows_the_address(box: Box) -> None:
    shown = box.page()
    assert tracking_address(box.company).email in shown
    for words_ in ("Outlook", "Yeniden yönlendir", "Gmail", "Yönlendirme ve POP/IMAP", "henüz denenmedi"):
        assert words_ in shown
    assert "Deneme e-postası gönder" in shown.buttons


def test_a_test_that_comes_back_as_it_was_says_that_the_forward_works(box: Box) -> None:
    assert box.press()["Location"] == reverse("team:forwarding")
    letter = Letter.objects.get(message_group__startswith="forward_test:")
    assert (letter.to, letter.company) == (["bilgi@mavideniz.example"], box.company)
    assert "Deneme e-postası bekleniyor" in box.page()
    mail = box.brings(box.test_mail())
    assert "✓ Yönlendirme çalışıyor." in box.page()
    assert (mail.status, mail.company) == (MailStatus.FILED, box.company)
    assert Entry.objects.filter(event=Event.MAIL_READ, text__contains="yönlendirme çalışıyor").exists()


def test_a_forward_that_writes_a_new_mail_is_known_by_the_mark_in_its_subject(box: Box) -> None:
    box.press()
    mark = ForwardTest.objects.get().mark
    raw = mails.mail(
        sender="bilgi@mavideniz.example", domain="mavideniz.example", text="-----Özgün İleti-----",
        subject=f"İLT: Yönlendirme denemesi {mark}", message_id="<yeni@mavideniz.example>",
    )  # fmt: skip
    mail = box.brings(raw)
    assert "✓ Yönlendirme çalışıyor." in box.page()
    assert mail.status == MailStatus.FILED, "nobody has to decide about it"


def test_a_mail_to_another_address_proves_nothing(box: Box) -> None:
    box.press()
    box.brings(box.test_mail(), to="t-" + "a" * 20 + "@takip.portal.example")
    assert "Deneme e-postası bekleniyor" in box.page()
    other = at_iys().company
    box.brings(box.test_mail(), to=tracking_address(other).email)
    assert ForwardTest.objects.get().returned_at is None


def test_what_does_not_come_back_in_time_is_explained_and_counts_when_it_comes_later(box: Box) -> None:
    box.press()
    ForwardTest.objects.update(asked_at=timezone.now() - timedelta(minutes=11))
    shown = box.page()
    assert "gönderilen deneme e-postası geri gelmedi." in shown
    assert "Microsoft 365" in shown
    box.brings(box.test_mail())
    assert "✓ Yönlendirme çalışıyor." in box.page()


def test_the_state_asks_for_itself_only_while_it_waits(box: Box) -> None:
    path = reverse("team:forward_state")
    assert "hx-get" not in box.owner.get(path).content.decode()
    box.press()
    assert f'hx-get="{path}"' in box.owner.get(path).content.decode()
    box.brings(box.test_mail())
    assert "hx-get" not in box.owner.get(path).content.decode()


def test_pressing_again_and_again_sends_one_mail_a_minute(box: Box) -> None:
    box.press()
    box.press()
    assert (
        ForwardTest.objects.count()
        == Letter.objects.filter(message_group__startswith="forward_test:").count()
        == 1
    )
    ForwardTest.objects.update(asked_at=timezone.now() - timedelta(seconds=61))
    box.press()
    assert ForwardTest.objects.count() == 2


def test_without_a_corporate_address_the_way_to_it_is_shown(box: Box) -> None:
    Company.objects.update(corporate_email="")
    assert "Kurumsal e-posta adresiniz henüz yazılmadı" in box.page()
    assert said(box.press()) == ["Önce 1. adımda kurumsal e-posta adresinizi yazın; deneme o adrese gider."]
    assert not ForwardTest.objects.exists()


def test_a_viewer_looks_and_does_not_try(box: Box) -> None:
    viewer = signed_in(MembershipFactory.create(company=box.company, role=Role.VIEWER).user)
    shown = Screen(viewer.get(reverse("team:forwarding")))
    assert "Denemeyi firmanızın sahibi ya da bir düzenleyen başlatabilir." in shown
    assert viewer.post(reverse("team:try_forward")).status_code == 403


def rotate(box: Box, reason: str, *permissions: str) -> Any:
    client = signed_in(colleague(*(permissions or CORRESPONDENCE), partner=box.company.partner))
    address = tracking_address(box.company)
    return client.post(
        reverse("admin:correspondence_trackingaddress_rotate", args=[address.pk]), {"reason": reason}
    )


def test_staff_change_an_address_for_a_reason_and_the_company_is_told(box: Box) -> None:
    old = tracking_address(box.company)
    assert said(rotate(box, " ")) == ["Adresin neden değiştiğini yazın."]
    assert tracking_address(box.company) == old
    rotate(box, "Bir listeye düşmüş")
    fresh = tracking_address(box.company)
    assert fresh.token != old.token
    letter = Letter.objects.get(message_group__startswith="address_changed:")
    assert letter.to == [box.company.members.get().email]
    assert fresh.email in str(message_of(letter).body)
    assert "Bir listeye düşmüş" in Entry.objects.get(event=Event.ADDRESS_CHANGED).text


def test_mail_to_the_old_address_goes_to_people_even_from_iys_in_its_thread(box: Box) -> None:
    old = tracking_address(box.company).email
    letter = Letter.objects.filter(audience="iys").latest("created_at")
    rotate(box, "Bir listeye düşmüş")
    mail = box.brings(mails.mail(to=old, text=mails.RECEIVED, in_reply_to=letter.message_id), to=old)
    assert (mail.status, mail.company) == (MailStatus.PERSON, None)
    assert mail.match_why == "Değiştirilmiş, eski bir takip adresine gelmiş."
    assert box.application.records.get(step="status_query").state == "waiting"
    client = signed_in(colleague(*CORRESPONDENCE))
    page = words(client.get(reverse("admin:correspondence_mail_change", args=[mail.pk])))
    assert box.company.trade_name in page, "support is offered the company whose address it was"


def test_a_forward_to_the_old_address_is_no_longer_one_that_works(box: Box) -> None:
    box.press()
    box.brings(box.test_mail())
    rotate(box, "Bir listeye düşmüş")
    assert forwarding.proof(box.company) is None
    assert "Yönlendirme çalışıyor" not in box.page()


def test_another_partners_address_is_not_found_and_lookers_change_nothing(box: Box) -> None:
    address = tracking_address(box.company)
    elsewhere = colleague(*CORRESPONDENCE, partner=PartnerFactory.create(is_default=False, host_name="o.example"))
    path = reverse("admin:correspondence_trackingaddress_rotate", args=[address.pk])
    assert signed_in(elsewhere).post(path, {"reason": "x"}).status_code == 404
    assert rotate(box, "x", "view_trackingaddress").status_code == 403
    listed = signed_in(colleague(*CORRESPONDENCE, partner=box.company.partner)).get(
        reverse("admin:correspondence_trackingaddress_change", args=[address.pk])
    )
    assert re.search(r"Yeni adres ver", words(listed))
    assert tracking_address(box.company) == address
