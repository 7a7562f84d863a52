"""What the form of step 1 has beside the thirteen fields: KEP, numbers fixed online, corrections by name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse

from correspondence.models import Audience, Letter
from correspondence.outgoing.outbox import body_of
from onboarding.actions.pre_application import submission
from onboarding.letters import drafts
from onboarding.models import ApplicationForm, DocumentKind, RegistryAnswer
from onboarding.steps import PRE_APPLICATION
from sandbox.authority import Authority
from tests.scenarios.cast import Cast
from tests.scenarios.factories import tckn
from tests.scenarios.ladder import IDENTITY, STAFF
from tests.scenarios.online import TYPED, Online

pytestmark = pytest.mark.django_db


@pytest.fixture
def online(authority: Authority, trust: Path) -> Iterator[Online]:
    cast = Online(authority, trust)
    with cast.settings:
        yield cast


def test_a_kep_address_is_asked_for_kept_and_written_to_iys() -> None:
    cast = Cast()
    cast.fill_in()
    assert "KEP Adresi" not in drafts.pre_application_to_iys(cast.now(), PRE_APPLICATION, "").body.text
    cast.write(kep_address=" mavideniz@HS02.KEP.TR ")
    assert "KEP Adresi: mavideniz@hs02.kep.tr\n" in (
        drafts.pre_application_to_iys(cast.now(), PRE_APPLICATION, "").body.text
    )
    assert cast.whole().fields["kep_address"] == "mavideniz@hs02.kep.tr"


def test_the_numbers_that_the_registry_was_asked_about_are_shown_and_not_asked_again(online: Online) -> None:
    online.query()
    page = online.whole()
    assert "signatory_identity" not in page.fields
    assert "signatory_foreign" not in page.fields
    assert f"*******{IDENTITY[-4:]}" in page
    mersis = online.now().company.mersis_number
    online.write(
        signatory_identity=tckn(99),
        signatory_foreign="on",
        mersis_number="0845052547000001",
        signatory_name="Ada Yalın",
        province="İzmir",
        district="Bornova",
        **TYPED,
    )
    form = ApplicationForm.objects.get()
    assert (form.signatory_identity, form.signatory_foreign, form.complete) == (IDENTITY, False, True)
    assert online.now().company.mersis_number == mersis


def test_other_numbers_are_asked_about_anew(online: Online) -> None:
    online.query()
    assert "Başka numarayla sorgula" in online.whole().buttons
    assert "Sorgula" in online.send("query_again").buttons
    assert online.here == "query"
    online.press("query", "query", mersis_number=online.now().company.mersis_number, identity=tckn(99))
    assert (online.here, ApplicationForm.objects.get().signatory_identity) == ("form", tckn(99))
    assert RegistryAnswer.objects.count() == 2


def test_both_stage_bars_stand_over_the_online_form_and_one_over_the_manual(online: Online) -> None:
    online.query()
    page = online.whole()
    assert "Ön Başvuru İnceleme Bilgi Girişi Onaylama" in page
    assert "E-posta Doğrulama Sorgulama Ön Başvuru Formu Belge Yükleme Onaylama" in page
    manual = Cast()
    manual.send("mersis_question", has_mersis="evet")
    page = manual.whole()
    assert "Ön Başvuru İnceleme Onaylama" in page
    assert "Belge Yükleme" not in page


def test_each_correction_says_what_it_is_about_and_leads_there() -> None:
    cast = Cast()
    cast.submitted()
    remarks = [("website", "Adres açılmıyor"), (str(DocumentKind.SIGNATURE_CIRCULAR), "Okunmuyor")]
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    page = cast.open("pre_application")
    assert "Web Sitesi: Adres açılmıyor" in page
    assert page.links["Web Sitesi"].endswith("/bilgiler/iletisim/#id_website")
    assert "İmza sirküleri: Okunmuyor" in page
    assert page.links["İmza sirküleri"].endswith("/adim/1/#belge-signature_circular")
    page = cast.whole()
    assert "Web Sitesi: Adres açılmıyor" in page
    assert "Okunmuyor" not in page
    told = body_of(Letter.objects.exclude(audience=Audience.IYS).latest("created_at")).text
    assert "- Web Sitesi: Adres açılmıyor" in told


def test_what_was_handed_in_has_its_number_and_the_parcel_is_not_forgotten() -> None:
    cast = Cast()
    cast.submitted()
    page = cast.open("pre_application")
    assert page.words.count(cast.application.reference) == 1
    assert "Ön başvuru numarası" not in page
    assert "Henüz kargolamayın: destek ekibimiz önce taahhütnameye bakacak" in page
    cast.move(PRE_APPLICATION, "approve")
    assert "kâğıdı İYS'ye gönderin" in cast.open("pre_application")
    cast.send("cargo", carrier="Deneme Kargo", tracking_number="77", sent_on="2026-01-05")
    page = cast.open("pre_application")
    assert "kâğıdı İYS'ye gönderin" not in page
    assert "Kargo: Deneme Kargo · 77 · 5 Ocak 2026" in page


def test_a_document_is_replaced_and_the_ones_before_can_still_be_looked_at() -> None:
    cast = Cast()
    cast.fill_in()
    for page_count in (1, 2, 3):
        cast.hand_in("signature_circular", page_count=page_count)
    page = cast.open("documents")
    assert "3 sayfa" in page
    assert "Önceki sürümler (2)" in page
    for old in cast.company.documents.exclude(replaced_by=None):
        given = cast.browsers["owner"].get(reverse("onboarding:document", args=[old.pk]))
        assert (given.status_code, given["Content-Type"]) == (200, "application/pdf")
