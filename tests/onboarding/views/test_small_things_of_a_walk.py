"""What a walk on a telephone came upon: what is asked twice, said of another place, or looks undone."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from onboarding.ways import Signing
from tests.scenarios.browser import Screen, signed_in
from tests.scenarios.cast import Cast
from tests.scenarios.factories import CompanyFactory, MembershipFactory, PartnerFactory

pytestmark = pytest.mark.django_db

SENT = {"carrier": "Yurtiçi", "sent_on": "2026-03-02"}
GETS = {"situation": "new", "has_mersis": "evet"}


def test_a_tracking_number_has_a_digit() -> None:
    cast = Cast()
    cast.submitted()
    page = cast.send("cargo", **SENT, tracking_number="abc")
    assert page.status == 422
    assert "Takip numarasında rakam olur; kargo fişinizden yazın." in page
    assert cast.now().application_form.parcel is None
    assert "Kargo bilgisi kaydedildi." in cast.send("cargo", **SENT, tracking_number="KP-12")


def test_the_page_of_the_parcel_is_of_no_step_once_its_own_is_done() -> None:
    cast = Cast()
    cast.submitted()
    assert "Adım 1/6" in cast.open("cargo")
    cast = Cast()
    cast.assigned()
    assert "Adım" not in cast.open("cargo")
    assert "Adım 1/6 · Tamamlandı" in cast.open("pre_application")


@pytest.mark.parametrize("signing", [Signing.FOREIGN, Signing.PAPER])
def test_that_the_signatory_is_foreign_is_asked_once(signing: Signing) -> None:
    """Also when it was answered otherwise before."""
    browser = signed_in(MembershipFactory.create(company=CompanyFactory.create()).user)
    here = reverse("onboarding:route")
    shown = Screen(browser.get(here, {**GETS, "signing": signing}))
    assert shown.fields["signing"] == signing
    for answer in (Signing.PAPER, Signing.FOREIGN, signing):
        way = browser.get(here, {**GETS, "signing": answer}).content.decode()
        proposed = way[way.index('id="proposal"') :].partition("</form>")[0]
        browser.post(here, dict(re.findall(r'name="(\w+)" value="([^"]*)"', proposed)))
    page = Screen(browser.get(reverse("onboarding:dossier_page", args=["imza-yetkilisi"])))
    assert ("signatory_foreign" in page.ticked) is (signing is Signing.FOREIGN)


def test_who_has_a_company_is_not_told_the_six_steps_as_a_stranger_is() -> None:
    PartnerFactory.create()
    steps = "Beyanınız kaydedilir, kayıt tamamlanır"
    assert steps in Client().get("/").content.decode()
    cast = Cast()
    page = Screen(cast.browsers["owner"].get("/"))
    assert steps not in page
    assert "Başvurunuza devam edin" in page.links


def test_the_offer_opens_beside_the_page_and_is_where_the_amount_stands() -> None:
    cast = Cast()
    cast.offered()
    page = cast.browsers["owner"].get(reverse("onboarding:package_contract")).content.decode()
    link = page.partition("Teklifi aç")[0].rpartition("<a ")[2]
    assert 'target="_blank"' in link
    assert "Tutar İYS'nin teklifinde yazar" in page


def test_the_steps_that_are_done_are_ticked_on_the_summary() -> None:
    cast = Cast()
    cast.finished()
    page = cast.browsers["owner"].get(reverse("onboarding:summary")).content.decode()
    assert page.count('class="six__done"') == 6
