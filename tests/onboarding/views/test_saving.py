"""What a page saves: what somebody typed there, never what it merely still shows; and nothing is called kept that
is not."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from journal.models import Entry
from onboarding import applications
from onboarding.actions.pre_application import submission
from onboarding.forms.aged import BEFORE
from onboarding.models import ApplicationForm
from onboarding.steps import PRE_APPLICATION
from tenancy.requests import AUTOSAVE_HEADER
from tests.onboarding.views.test_dossier_pages import verified
from tests.onboarding.views.test_pre_application import typed
from tests.scenarios.cast import Cast
from tests.scenarios.factories import tckn, vkn
from tests.scenarios.ladder import PAPERS, STAFF

pytestmark = pytest.mark.django_db
FIRM, SIGNATORY = "firma", "imza-yetkilisi"
SIGN_ANEW = "Bilgiler taahhütname imzalandıktan sonra değişti."


@pytest.fixture
def cast() -> Cast:
    found = Cast()
    found.send("mersis_question", has_mersis="evet")
    found.write(**typed(found))
    return found


def company(cast: Cast, *names: str) -> tuple[str, ...]:
    return tuple(getattr(cast.now().company, name) for name in names)


def form(cast: Cast) -> ApplicationForm:
    return ApplicationForm.objects.get(application=cast.now())


def page_of(cast: Cast, key: str = FIRM) -> dict[str, str]:
    """What a page has in its fields, and keeps there while others go on."""
    return dict(cast.open("dossier_page", key).fields)


def asked(*fields: str, **known: Any) -> Cast:
    cast = Cast(**known)
    cast.submitted()
    remarks = [(field, "Bakın") for field in fields]
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    return cast


def test_the_same_once_more_is_no_event(cast: Cast) -> None:
    before = Entry.objects.count()
    cast.saves_itself(FIRM, **page_of(cast))
    cast.press_page(FIRM)
    assert Entry.objects.count() == before


@pytest.mark.parametrize("by_script", [True, False])
def test_a_page_that_has_aged_takes_nobodys_word_away(cast: Cast, by_script: bool) -> None:
    """By the script's saving, and by the button without any script."""
    firm, signatory = page_of(cast), page_of(cast, SIGNATORY)
    cast.press_page(FIRM, role="editor", tax_office="Kadıköy", province="Ankara", district="Çankaya")
    cast.press_page(SIGNATORY, role="editor", signatory_foreign="on", signatory_identity="U1234567")

    def sends(key: str, fields: dict[str, str]) -> None:
        if by_script:
            assert cast.saves_itself(key, **fields).json()["errors"] == {}
        else:
            cast.send("dossier_page", key, **fields)

    sends(FIRM, {**firm, "address": "Yeni Sokak\r\nNo: 1"})
    assert company(cast, "tax_office", "province", "district") == ("Kadıköy", "Ankara", "Çankaya")
    assert company(cast, "address") == ("Yeni Sokak\r\nNo: 1",)
    sends(SIGNATORY, {**signatory, "signatory_name": "Ayşe Tok"})
    now = form(cast)
    assert (now.signatory_foreign, now.signatory_identity, now.signatory_name) == (True, "U1234567", "Ayşe Tok")
    assert now.complete


def test_of_two_who_typed_in_one_field_the_last_counts_and_is_told(cast: Cast) -> None:
    first, second = page_of(cast), page_of(cast)
    cast.send("dossier_page", FIRM, role="editor", **{**first, "tax_office": "Kadıköy"})
    answer = cast.saves_itself(FIRM, **{**second, "tax_office": "Üsküdar"}).json()
    assert answer["notes"].keys() == {"tax_office"}
    assert "“Kadıköy”" in answer["notes"]["tax_office"]
    assert answer["kept"]["tax_office"] == "Üsküdar"
    page = cast.send("dossier_page", FIRM, role="editor", **{**first, "tax_office": "Konak"})
    assert "Vergi dairesi: Siz yazarken bu alan “Üsküdar” olarak değiştirilmişti" in page
    assert company(cast, "tax_office") == ("Konak",)


def test_a_page_says_before_its_fields_what_is_stored_and_not_what_it_offers() -> None:
    """Or an address that was offered, and sent as it stood, would count as not typed and be lost."""
    cast = Cast(website="", corporate_email="")
    owner = cast.people["owner"]
    verified(cast)
    cast.send("mersis_question", has_mersis="evet")
    fields = page_of(cast, "iletisim")
    assert (fields["corporate_email"], fields[f"{BEFORE}corporate_email"]) == (owner.email, "")
    cast.press_page("iletisim")
    assert company(cast, "corporate_email", "website") == (owner.email, "https://mavideniz.example")


def test_a_number_of_a_person_stands_before_no_field(cast: Cast) -> None:
    assert f"{BEFORE}signatory_identity" not in page_of(cast, SIGNATORY)


@pytest.mark.parametrize(("province", "district"), [("Van", "Edremit"), ("İzmir", "Çankaya"), ("İzmir", "")])
def test_a_district_goes_with_its_province(cast: Cast, province: str, district: str) -> None:
    """Half a pair is never stored, and none of the same name in another province."""
    before = ("Balıkesir", "Edremit") if district == "Edremit" else ("Ankara", "Çankaya")
    cast.press_page(FIRM, province=before[0], district=before[1])
    answer = cast.saves_itself(FIRM, **{**page_of(cast), "province": province, "district": district}).json()
    assert "district" in answer["errors"]
    assert company(cast, "province", "district") == (province, "")
    assert not form(cast).complete
    page = cast.press_page(FIRM, province=province, district="")
    assert page.status == 422


def test_what_is_stored_of_a_person_goes_into_no_page_again(cast: Cast) -> None:
    number = tckn(8)
    page = cast.press_page(SIGNATORY, signatory_identity=number, signatory_mobile="0555")
    assert (page.status, page.fields["signatory_mobile"]) == (422, "0555")
    assert form(cast).signatory_identity == number
    assert number not in str(page.fields) + page.words
    assert f"Kayıtlı: *******{number[-4:]}" in page
    sent = {**page_of(cast, SIGNATORY), "signatory_mobile": "0555 010 20 31", "signatory_identity": number}
    answer = cast.saves_itself(SIGNATORY, **sent)
    assert number not in answer.content.decode()
    assert answer.json()["hints"]["signatory_identity"].startswith(f"Kayıtlı: *******{number[-4:]}")


@pytest.mark.parametrize("wrong", ["1", "*******8268", "12345678901", ""])
def test_neither_a_mask_nor_a_digit_takes_a_numbers_place(cast: Cast, wrong: str) -> None:
    cast.press_page(SIGNATORY, signatory_identity=wrong)
    assert form(cast).signatory_identity == tckn(7)


def test_whoever_takes_the_signatorys_place_brings_own_numbers(cast: Cast) -> None:
    """Or a letter would have the new name beside the former signatory's identity number and telephone."""
    verified(cast)
    page = cast.press_page(SIGNATORY, me="1")
    assert "Önceki imza yetkilisi Çiğdem Işık (cigdem@mavideniz.example, +905550102030) yerine siz" in page
    now = form(cast)
    assert (now.signatory_name, now.signatory_identity, now.signatory_mobile) == ("Ada Yalın", "", "")
    assert not now.complete
    page = cast.press_page(SIGNATORY, signatory_identity=tckn(9), signatory_mobile="0555 010 20 32")
    assert form(cast).complete
    # Pressed again by the very person nothing is asked anew.
    cast.press_page(SIGNATORY, me="1")
    assert form(cast).signatory_identity == tckn(9)


def test_a_correction_saves_what_it_names_and_sends_nothing() -> None:
    cast = asked("tax_office")
    before = company(cast, "trade_name")
    cast.saves_itself(FIRM, trade_name="Başka Limited Şirketi", tax_office="Kadıköy")
    assert company(cast, "trade_name", "tax_office") == (*before, "Kadıköy")
    assert cast.state(PRE_APPLICATION) == "changes_asked"
    # Back to what was sent: nothing has changed, so it is done by an answer alone.
    cast.press_page(FIRM, tax_office="Hasan Tahsin")
    cast.company.refresh_from_db()


def test_a_corrected_tax_number_brings_its_mersis_number_along() -> None:
    """Each alone would be refused for the other's sake, or the two would go to İYS as they do not fit."""
    cast = asked("tax_number")
    old = company(cast, "mersis_number")
    number = vkn(901)
    page = cast.press_page(FIRM, tax_number=number)
    assert page.status == 422
    assert "MERSİS numarası" in page
    assert not form(cast).complete
    cast.press_page(FIRM, mersis_number=f"0{number}00001")
    assert company(cast, "tax_number", "mersis_number") == (number, f"0{number}00001") != (number, *old)
    assert form(cast).complete


def test_nobody_saves_who_may_not(cast: Cast) -> None:
    page, before = page_of(cast), company(cast, "tax_office")
    sent = {**page, "tax_office": "Kadıköy"}
    assert cast.saves_itself(FIRM, role="viewer", **sent).status_code == 403
    cast.company.memberships.get(user=cast.people["editor"]).delete()
    removed = cast.saves_itself(FIRM, role="editor", **sent)
    assert (removed.status_code, removed.content) == (302, b"")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = cast.browsers["owner"].cookies
    del sent["csrfmiddlewaretoken"]
    path = reverse("onboarding:dossier_page", args=[FIRM])
    assert strict.post(path, sent, headers={AUTOSAVE_HEADER: "1"}).status_code == 403
    cast.move(PRE_APPLICATION, "hold", STAFF, "Belge bekliyoruz")
    assert cast.saves_itself(FIRM, **sent).status_code == 409
    refused = cast.send("dossier_page", FIRM, **sent)
    assert "Not: Belge bekliyoruz" in refused, "the reason"
    assert company(cast, "tax_office") == before


def test_a_page_of_an_application_that_has_ended_writes_into_no_other(cast: Cast) -> None:
    page = page_of(cast, SIGNATORY)
    cast.move(PRE_APPLICATION, "withdraw", cast.owner, "Yanlış firma")
    applications.apply_again(company=cast.company, actor=cast.owner)
    cast.manual()
    sent = {**page, "signatory_name": "Ayşe Tok"}
    answer = cast.saves_itself(SIGNATORY, **sent)
    assert answer.status_code == 409
    assert "önceki başvurunuz için" in answer.json()["said"]
    assert "önceki başvurunuz için" in cast.send("dossier_page", SIGNATORY, **sent)
    assert not ApplicationForm.objects.filter(signatory_name="Ayşe Tok").exists()


def test_nothing_is_taken_that_the_page_does_not_ask(cast: Cast) -> None:
    more = {"state": "sent", "company_id": "1", "reference": "P-1", "signatory_name": "Ayşe Tok"}
    cast.saves_itself(FIRM, **{**page_of(cast), **more})
    assert form(cast).signatory_name == "Çiğdem Işık"
    assert cast.state(PRE_APPLICATION) == "draft"


def test_what_is_not_stored_is_not_called_kept(cast: Cast) -> None:
    """A page whose disclosure text is not known is refused as a whole."""
    path = reverse("onboarding:dossier_page", args=[FIRM])
    sent = {**page_of(cast), "disclosure": "", "tax_office": "Kadıköy"}
    answer = cast.browsers["owner"].post(path, sent, headers={AUTOSAVE_HEADER: "1"}).json()
    assert answer["said"]
    assert answer["kept"] == {}
    assert company(cast, "tax_office") == ("Karşıyaka",)


def test_a_letter_has_no_mersis_number_while_the_answer_is_no(cast: Cast) -> None:
    number = cast.company.mersis_number
    cast.send("mersis_question", has_mersis="hayir")
    cast.press_page(FIRM)
    assert number not in cast.open("review")
    cast.send("mersis_question", has_mersis="evet")
    assert page_of(cast)["mersis_number"] == number, "it is there again"


def test_what_is_saved_after_signing_asks_for_the_paper_anew_until_it_is_as_it_was(cast: Cast) -> None:
    cast.hand_in(*PAPERS)
    before = company(cast, "trade_name")[0]
    cast.saves_itself(FIRM, **{**page_of(cast), "trade_name": "Başka Deniz Limited Şirketi"})
    assert SIGN_ANEW in cast.open("pre_application")
    assert SIGN_ANEW in cast.open("dossier_page", FIRM), "where it was changed"
    cast.saves_itself(FIRM, **{**page_of(cast), "trade_name": before})
    assert SIGN_ANEW not in cast.open("pre_application")
    assert SIGN_ANEW not in cast.open("dossier_page", FIRM)


def test_a_page_that_comes_back_with_something_refused_is_not_called_done(cast: Cast) -> None:
    assert "Firma tamam" in cast.open("dossier_page", FIRM)
    page = cast.press_page(FIRM, tax_office="")
    assert "Firma düzeltilecek" in page
    assert "Firma tamam" not in page
    assert "Firma düzeltilecek" not in cast.open("dossier_page", SIGNATORY), "what is kept of it is whole"


def test_what_saves_itself_says_whether_the_page_is_done(cast: Cast) -> None:
    shown = cast.open("dossier_page", FIRM).fields
    assert cast.saves_itself(FIRM, **shown).json()["done"] is True
    assert cast.saves_itself(FIRM, **{**shown, "tax_office": "", "before-tax_office": ""}).json()["done"] is True
    assert cast.saves_itself(FIRM, **{**shown, "province": "Ankara"}).json()["done"] is False
