"""Partners, İYS's own addresses and legal texts: data that staff load and edit, not constants in code."""

import pytest
from django.test import Client
from django.urls import reverse

from documents.models import LegalText
from journal.parties import Party
from onboarding.actor import Actor
from onboarding.models import Application
from onboarding.steps import PRE_APPLICATION
from onboarding.transitions import perform
from partners.models import IysContact, Partner
from tests.scenarios.browser import signed_in, words
from tests.scenarios.factories import PartnerFactory, UserFactory
from tests.scenarios.ladder import submitted
from tests.scenarios.support import colleague

pytestmark = pytest.mark.django_db
ADDRESSES = {
    "pre_application_email": "yeni-onkayit@iys.org.tr",
    "sales_email": "satis@iys.org.tr",
    "assignment_email": "isortagim@iys.org.tr",
    "legal_name": "İLETİ YÖNETİM SİSTEMİ A.Ş.",
    "cargo_address": "Esentepe Mah. Harman 1 Sokak No: 10-5 TOBB Plaza Şişli / İstanbul",
    "phone": "0850 333 3338",
    "contract_name": "İleti Yönetim Sistemi Anonim Şirketi",
    "contract_address": "Mustafa Kemal Mah. Dumlupınar Blv. No: 252 Çankaya, Ankara",
    "website": "iys.org.tr",
    "mersis_number": "0845052547000001",
}


@pytest.fixture
def ops() -> Client:
    return signed_in(UserFactory.create(is_staff=True, is_superuser=True))


def test_a_partner_is_set_up_and_its_copy_address_added(ops: Client) -> None:
    data = {"name": "Kıyı", "legal_name": "Kıyı A.Ş.", "is_default": "on", "console_url": "panel.kiyi.example"}
    ops.post(reverse("admin:partners_partner_add"), data)
    partner = Partner.objects.get()
    assert (partner.console_url, partner.copy_address) == ("https://panel.kiyi.example", "")
    path = reverse("admin:partners_partner_change", args=[partner.pk])
    assert "gerçek gönderim için zorunludur" in words(ops.get(path))
    ops.post(path, {**data, "copy_address": "iys@kiyi.example"})
    partner.refresh_from_db()
    assert partner.copy_address == "iys@kiyi.example"


def test_a_second_default_and_a_second_owner_of_a_host_name_are_refused(ops: Client) -> None:
    PartnerFactory.create(host_name="portal.kiyi.example")
    data = {"name": "Liman", "legal_name": "Liman A.Ş."}
    for wrong in ({"is_default": "on"}, {"host_name": "portal.kiyi.example"}):
        assert ops.post(reverse("admin:partners_partner_add"), {**data, **wrong}).status_code == 200
    assert Partner.objects.count() == 1


def test_what_is_no_host_name_is_refused_in_words(ops: Client) -> None:
    data = {"name": "Liman", "legal_name": "Liman A.Ş.", "host_name": "http://[::1"}
    answer = ops.post(reverse("admin:partners_partner_add"), data)
    assert "Bu bir alan adı değil" in words(answer)


def test_iyss_address_that_staff_edit_is_where_the_next_letter_goes(ops: Client) -> None:
    contact = IysContact.objects.create(pk=1)
    assert ops.get(reverse("admin:partners_iyscontact_add")).status_code == 403
    ops.post(reverse("admin:partners_iyscontact_change", args=[contact.pk]), ADDRESSES)
    application: Application = submitted()
    perform(application=application, step=PRE_APPLICATION, move="approve", actor=Actor(Party.STAFF))
    letter = application.company.letters.get(audience="iys")
    assert letter.to == ["yeni-onkayit@iys.org.tr"]


def test_a_legal_text_is_loaded_and_from_then_on_only_read(ops: Client) -> None:
    data = {"kind": "disclosure", "version": "1", "valid_from": "2026-01-01", "title": "Aydınlatma", "body": "x"}
    ops.post(reverse("admin:documents_legaltext_add"), data)
    text = LegalText.objects.get()
    assert (text.title, text.is_sample) == ("Aydınlatma", False)
    path = reverse("admin:documents_legaltext_change", args=[text.pk])
    assert ops.get(path).status_code == 200
    assert ops.post(path, {**data, "body": "Başka"}).status_code == 403
    assert (
        ops.post(reverse("admin:documents_legaltext_delete", args=[text.pk]), {"post": "yes"}).status_code == 403
    )
    assert LegalText.objects.get().body == "x"


def test_support_edits_neither(ops: Client) -> None:
    partner = PartnerFactory.create()
    support = signed_in(colleague("review_application"))
    for path in (
        reverse("admin:partners_partner_change", args=[partner.pk]),
        reverse("admin:partners_iyscontact_change", args=[IysContact.objects.create(pk=1).pk]),
        reverse("admin:documents_legaltext_add"),
    ):
        assert support.get(path).status_code == 403
