"""The data in short pages: where somebody begins, what comes next, what is filled in for her, and what no browser
keeps."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from identifiers import mersis, passport, tckn, vkn
from journal.models import Entry, Event
from onboarding.actions.pre_application import submission
from onboarding.dossier.pages import OF_FIELD, PAGES
from onboarding.forms.dossier import DossierForm
from onboarding.forms.fields import SecretField
from onboarding.gate import Route
from onboarding.models import ApplicationForm
from onboarding.steps import PRE_APPLICATION
from sandbox.authority import Authority
from tenancy.fields import CleanField
from tests.onboarding.views.test_pre_application import typed
from tests.scenarios import factories
from tests.scenarios.browser import Screen
from tests.scenarios.cast import Cast
from tests.scenarios.factories import CompanyFactory
from tests.scenarios.ladder import STAFF
from tests.scenarios.online import Online
from verification.models import OneTimeCode

pytestmark = pytest.mark.django_db
BLANK = {"mersis_number": "", "tax_office": "", "province": "", "district": "", "address": ""}
EMPTY: dict[str, Any] = {**BLANK, "website": "", "contact_phone": "", "corporate_email": ""}
OWN = "ada@mavideniz.example"


@pytest.fixture
def cast() -> Cast:
    found = Cast(Route.FULL, **EMPTY)
    found.send("mersis_question", has_mersis="evet")
    return found


def title(page: Screen) -> str:
    return next(each.title for each in PAGES if f"Ön başvuru {each.title} " in page)


def give(cast: Cast, key: str, **changes: str) -> Screen:
    page = next(each for each in PAGES if each.key == key)
    mine = {name: value for name, value in typed(cast, **changes).items() if name in page.fields}
    return cast.press_page(key, **mine)


def verified(cast: Cast, address: str = OWN) -> None:
    owner = cast.people["owner"]
    owner.email, owner.full_name = address, "Ada Yalın"
    owner.save()
    EmailAddress.objects.create(user=owner, email=address, verified=True, primary=True)


def test_every_field_stands_on_one_page_and_a_page_is_checked_by_itself() -> None:
    assert set(OF_FIELD) == set(DossierForm.base_fields)
    assert len(OF_FIELD) == sum(len(page.fields) for page in PAGES)
    for together in (
        ("province", "district"),
        ("tax_number", "mersis_number"),
        ("signatory_foreign", "signatory_identity"),
    ):
        assert len({OF_FIELD[name] for name in together}) == 1


def test_each_page_leads_to_the_next_and_the_last_to_where_the_form_led(cast: Cast) -> None:
    mersis_number = f"0{cast.company.tax_number}00001"
    assert title(cast.open("dossier")) == "Firma"
    page = give(cast, "firma", mersis_number=mersis_number)
    assert title(page) == "İletişim"
    assert "Firma tamam" in page
    assert "İletişim tamam" not in page
    assert page.links["Geri: Firma"] == reverse("onboarding:dossier_page", args=["firma"])
    page = give(cast, "iletisim")
    assert title(page) == "İmza yetkilisi"
    page = give(cast, "imza-yetkilisi")
    assert "Bilgiler kaydedildi." in page
    assert "Başvuru bilgileri Tamamlandı" in page


def test_whoever_begins_at_the_end_is_led_back_to_what_is_left(cast: Cast) -> None:
    assert title(give(cast, "imza-yetkilisi")) == "Firma"
    assert title(give(cast, "firma", mersis_number=f"0{cast.company.tax_number}00001")) == "İletişim"
    assert not ApplicationForm.objects.get().complete
    assert "Bilgiler kaydedildi." in give(cast, "iletisim")


def test_what_is_refused_afterwards_makes_the_whole_incomplete_again(cast: Cast) -> None:
    """Or the old value would go to İYS although another one was meant."""
    cast.fill_in()
    cast.write(**typed(cast, mersis_number=f"0{cast.company.tax_number}00001"))
    assert ApplicationForm.objects.get().complete
    cast.saves_itself("iletisim", website="mavideniz", contact_phone="0232 555 01 01", corporate_email=OWN)
    assert not ApplicationForm.objects.get().complete


def test_a_province_without_its_district_is_not_done(cast: Cast) -> None:
    cast.write(**typed(cast, mersis_number=f"0{cast.company.tax_number}00001"))
    cast.saves_itself("firma", province="Ankara", district="Bornova")
    assert title(cast.open("dossier")) == "Firma"


def test_corrections_show_the_pages_with_open_fields_and_no_other() -> None:
    cast = Cast()
    cast.submitted()
    remarks = [("website", "Açılmıyor"), ("signatory_mobile", "Ulaşılamıyor")]
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    page = cast.open("pre_application")
    assert page.links["Web Sitesi"] == f"{reverse('onboarding:dossier_page', args=['iletisim'])}#id_website"
    contact = cast.open("dossier_page", "iletisim")
    assert "Açılmıyor" in contact
    assert "Ulaşılamıyor" not in contact
    assert "Firma" not in contact.links
    assert "İmza yetkilisi" in contact.links
    page = cast.press_page("iletisim", website="https://yeni.example")
    assert "Ulaşılamıyor" in page, "straight on to the other correction"
    assert "İletişim tamam" in page
    page = cast.press_page("imza-yetkilisi", signatory_mobile="0555 010 20 31")
    assert "Bilgiler kaydedildi." in page
    assert ApplicationForm.objects.get().complete
    closed = cast.browsers["owner"].get(reverse("onboarding:dossier_page", args=["firma"]))
    assert closed.status_code == 302


def test_there_is_no_page_of_another_name(cast: Cast) -> None:
    path = reverse("onboarding:dossier_page", args=["banka"])
    assert cast.browsers["owner"].get(path).status_code == 404


def test_who_signs_herself_is_filled_in_from_her_account_and_may_change_it(cast: Cast) -> None:
    verified(cast)
    page = cast.open("dossier_page", "imza-yetkilisi")
    assert "İmza yetkilisi benim" in page.buttons
    page = cast.press_page("imza-yetkilisi", me="1", signatory_mobile="0555 010 20 30")
    assert (page.fields["signatory_name"], page.fields["signatory_email"]) == ("Ada Yalın", OWN)
    assert page.fields["signatory_mobile"] == "0555 010 20 30", "what was typed stays"
    assert page.status == 200
    assert "düzeltmeniz gerekiyor" not in page, "nothing is demanded before she goes on"
    assert "İmza yetkilisi benim" not in page.buttons
    give(cast, "imza-yetkilisi", signatory_email="imza@mavideniz.example")
    assert ApplicationForm.objects.get().signatory_email == "imza@mavideniz.example"


@pytest.mark.parametrize(
    ("reached", "filled_in"),
    [("0555 010 20 30", "0555 010 20 30"), ("0232 555 01 01", ""), ("0850 555 01 01", "")],
)
def test_who_signs_herself_is_called_where_the_firm_is_if_that_gets_sms(
    cast: Cast, reached: str, filled_in: str
) -> None:
    verified(cast)
    give(cast, "iletisim", contact_phone=reached)
    page = cast.press_page("imza-yetkilisi", me="1", signatory_mobile="")
    assert page.fields["signatory_mobile"] == filled_in
    page = cast.press_page("imza-yetkilisi", me="1", signatory_mobile="0555 010 20 99")
    assert page.fields["signatory_mobile"] == "0555 010 20 99", "what was typed stays"


def test_what_is_wrong_beside_the_button_is_said_and_nothing_is_lost(cast: Cast) -> None:
    verified(cast)
    page = cast.press_page("imza-yetkilisi", me="1", signatory_mobile="0555")
    assert page.status == 422
    assert (page.fields["signatory_mobile"], page.fields["signatory_name"]) == ("0555", "Ada Yalın")
    assert ApplicationForm.objects.get().signatory_name == "Ada Yalın"


def test_a_sole_trader_who_signs_types_the_identity_number_once() -> None:
    """It is the tax number; what was typed, or belongs to another, stays."""
    number = factories.tckn(4)
    cast = Cast(Route.FULL, tax_number=number, trade_name="Ada Yalın", **EMPTY)
    verified(cast)
    page = cast.press_page("imza-yetkilisi", me="1", signatory_mobile="0555 010 20 30")
    assert ApplicationForm.objects.get().signatory_identity == number
    assert number not in page.words
    assert page.fields["signatory_identity"] == ""
    other = factories.tckn(5)
    cast.press_page("imza-yetkilisi", signatory_identity=other, signatory_name="Deniz Yalın")
    cast.press_page("imza-yetkilisi", me="1", signatory_identity=other)
    assert ApplicationForm.objects.get().signatory_identity == other


def test_a_companys_tax_number_is_nobodys_identity_number(cast: Cast) -> None:
    verified(cast)
    cast.press_page("imza-yetkilisi", me="1")
    assert ApplicationForm.objects.get().signatory_identity == ""


def test_who_signs_is_not_filled_in_where_those_fields_are_closed() -> None:
    cast = Cast()
    verified(cast)
    cast.submitted()
    remarks = [("signatory_mobile", "Ulaşılamıyor")]
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    assert "İmza yetkilisi benim" not in cast.open("dossier_page", "imza-yetkilisi").buttons
    cast.press_page("imza-yetkilisi", me="1", signatory_mobile="0555 010 20 30")
    assert ApplicationForm.objects.get().signatory_email == "ada@mavideniz.example"


@pytest.mark.parametrize(
    ("address", "shown", "site"), [(OWN, OWN, "https://mavideniz.example"), ("ada@gmail.com", "ada@gmail.com", "")]
)
def test_her_own_address_and_its_site_stand_in_empty_fields_and_are_kept_by_sending(
    cast: Cast, address: str, shown: str, site: str
) -> None:
    verified(cast, address)
    page = cast.open("dossier_page", "iletisim")
    assert (page.fields["corporate_email"], page.fields["website"]) == (shown, site)
    assert ("gmail.com ücretsiz bir e-posta hizmeti" in page) is (not site)
    assert cast.now().company.corporate_email == "", "looking keeps nothing"


def test_the_districts_of_the_province_are_a_list_that_takes_old_names_and_plain_letters(cast: Cast) -> None:
    assert "Bornova" not in cast.open("dossier_page", "firma").words, "free text while there is no province"
    for district, now in (("cankaya", "Çankaya"), ("KAZAN", "Kahramankazan")):
        page = give(cast, "firma", province="Ankara", district=district, tax_office="")
        assert page.status == 422
        assert page.fields["district"] == now
        assert cast.now().company.district == now


def test_a_province_that_is_chosen_brings_its_districts(cast: Cast) -> None:
    owner, path = cast.browsers["owner"], reverse("onboarding:districts")
    found = owner.get(path, {"province": "İstanbul", "district": "Eyüp"}).content.decode()
    assert '<option value="Eyüpsultan" selected data-find="eyupsultan eyup">' in found
    assert '<option value="Kadıköy" data-find="kadikoy">' in found
    assert "Çankaya" not in found
    assert "<select" not in owner.get(path, {"province": "Atlantis", "district": "x"}).content.decode()


def test_tax_offices_are_suggested_that_several_companies_wrote_and_any_other_is_taken(cast: Cast) -> None:
    for office, companies in (("Kemeraltı", 3), ("Hasan Tahsin", 2)):
        for _each in range(companies):
            CompanyFactory.create(province="İzmir", tax_office=office)
    found = cast.browsers["owner"].get(reverse("onboarding:districts"), {"province": "izmir"}).content.decode()
    offered = re.findall(r'<option value="([^"]+)"></option>', found)
    assert offered[:1] == ["Kemeraltı"]
    assert "Hasan Tahsin" not in offered, "two could tell each other apart"
    assert "Bornova" in offered
    assert offered.count("Bornova") == 1
    give(cast, "firma", tax_office="Yamanlar", province="İzmir", district="Bornova")
    assert cast.now().company.tax_office == "Yamanlar"


def test_no_identity_number_is_kept_by_the_browser() -> None:
    """What can be a person's number has the mark by which static/js/drafts.js leaves it alone."""
    cleaners: set[Callable[..., Any]] = {tckn.clean, vkn.clean, mersis.clean, passport.clean}
    secret = {
        name
        for name, field in DossierForm.base_fields.items()
        if isinstance(field, SecretField) or (isinstance(field, CleanField) and field.cleaner in cleaners)
    }
    assert secret == {"signatory_identity", "tax_number", "mersis_number"}
    for name in secret:
        assert "data-secret" in DossierForm.base_fields[name].widget.attrs, name


def test_looking_at_a_page_changes_nothing(cast: Cast) -> None:
    verified(cast)
    for page in PAGES:
        cast.browsers["owner"].get(
            reverse("onboarding:dossier_page", args=[page.key]), headers={"X-Autosave": "1"}
        )
    assert cast.now().company.corporate_email == ""
    assert not Entry.objects.filter(event=Event.FILLED_IN).exists()


@pytest.fixture
def online(authority: Authority, trust: Path) -> Online:
    return Online(authority, trust)


def test_an_address_that_was_proved_at_sign_up_is_not_proved_again(online: Online) -> None:
    with online.settings:
        verified(online)
        assert "Bu adresi kullan" in online.open("email_code").buttons
        online.press("email_code", "email_code", own=OWN)
        assert online.here == "query"
        assert online.now().company.corporate_email == OWN
        assert not OneTimeCode.objects.exists()


@pytest.mark.parametrize("named", ["baska@mavideniz.example", "", "ADA@mavideniz.example "])
def test_no_other_address_passes_without_a_code(online: Online, named: str) -> None:
    with online.settings:
        verified(online)
        online.press("email_code", "email_code", own=named)
        assert online.here == "email_code"


@pytest.mark.parametrize("address", ["ada@gmail.com", "unproved"])
def test_a_free_or_unproved_address_is_not_offered(online: Online, address: str) -> None:
    with online.settings:
        if address != "unproved":
            verified(online, address)
        own = online.people["owner"].email
        assert "Bu adresi kullan" not in online.open("email_code").buttons
        online.press("email_code", "email_code", own=own)
        assert online.here == "email_code"


def invited(online: Cast, address: str) -> None:
    """The editor, who has proved this address."""
    editor = online.people["editor"]
    editor.email = address
    editor.save()
    EmailAddress.objects.create(user=editor, email=address, verified=True, primary=True)


def test_the_address_of_a_helper_at_another_firm_is_not_offered_and_not_taken(online: Online) -> None:
    helpers = "editor@yesilvadi.example"
    with online.settings:
        verified(online)
        invited(online, helpers)
        page = online.open("email_code", role="editor")
        assert "Bu adresi kullan" not in page.buttons
        assert helpers not in page
        assert OWN not in page, "nor is any other member's offered"
        online.press("email_code", "email_code", role="editor", own=helpers)
        assert online.here == "email_code"


def test_a_colleague_at_the_owners_domain_is_offered_her_own(online: Online) -> None:
    with online.settings:
        verified(online)
        invited(online, "ece@MaviDeniz.example")
        assert "Bu adresi kullan" in online.open("email_code", role="editor").buttons


def test_no_form_begins_with_the_address_of_a_helper_at_another_firm(cast: Cast) -> None:
    """Nor does the site that stands at its domain."""
    invited(cast, "editor@yesilvadi.example")
    page = cast.open("dossier_page", "iletisim", role="editor")
    assert (page.fields["corporate_email"], page.fields["website"]) == ("", "")
