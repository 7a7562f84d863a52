"""Step 3 on the screens: what differs from İYS's word is settled one by one; codes of two companies."""

from urllib.parse import quote

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from brands.models import Brand
from journal.models import Entry
from onboarding.codes import confirmation
from onboarding.codes.clashes import clashes
from onboarding.models import Application, CodeDecision
from onboarding.steps import CODE_RECEIPT
from partners.models import Partner
from tests.scenarios.browser import Screen, said, signed_in, words
from tests.scenarios.cast import Cast
from tests.scenarios.factories import UserFactory
from tests.scenarios.support import CORRESPONDENCE, REVIEW, Support, colleague

pytestmark = pytest.mark.django_db
UNKNOWN, MISSING = {"kind": "unknown", "name": "Deniz Outlet"}, {"kind": "missing", "name": "Outlet"}
BRANDS = [{"name": "MAVİ DENİZ", "code": "710482"}, {"name": "Deniz Outlet", "code": "710497"}]
TYPED = {"iys_code": "710482", "name_1": "Mavi Deniz", "code_1": "710482"}
IN_SUPPORTS_WORDS = "Firma onaylarken kodlardan biri başka bir firmanın kaydında da çıktı."
CLASH = "Bu kodlardan biri başka bir kayıtta da geçiyor; destek ekibi bakıyor"


@pytest.fixture
def cast() -> Cast:
    """İYS names one brand otherwise, and the company has a third one."""
    found = Cast()
    for name in ("Mavi Deniz", "Outlet", "Çocuk"):
        Brand.objects.create(company=found.company, name=name)
    found.at_iys()
    found.codes_read(brands=BRANDS)
    return found


def decide(cast: Cast, answer: str, about: dict[str, str], *, role: str = "owner", **more: object) -> Screen:
    reading = confirmation.latest_reading(cast.application)
    assert reading is not None
    data = {"reading": reading.pk, **about, "answer": answer, **more}
    return cast.send("settle_difference", role=role, **data)


def codes_of(cast: Cast) -> dict[str, str]:
    return dict(cast.company.brands.values_list("name", "code"))


def test_every_difference_is_listed_beside_the_brands_and_holds_the_confirming_click_up(cast: Cast) -> None:
    page = cast.open("code_receipt")
    assert "İYSKod 710482" in page
    assert "MAVİ DENİZ (ana marka) 710482 Mavi Deniz" in page
    assert "İYS “Deniz Outlet” markasına 710497 kodunu vermiş; bu adla bir markanızı bilmiyoruz." in page
    for name in ("Outlet", "Çocuk"):
        assert f"“{name}” markanızın kodu İYS'nin yanıtında yok." in page
    assert "Farkları tek tek çözünce kodları onaylayabilirsiniz." in page
    assert "Doğru, onaylıyorum" not in page.buttons
    refused = cast.press("code_receipt", "confirm_codes")
    assert "Önce farkları tek tek çözün; 3 fark var." in refused
    assert (cast.state(CODE_RECEIPT), cast.now().iys_code) == ("read", "")


def test_the_same_brand_under_another_name_gets_the_code(cast: Cast) -> None:
    page = decide(cast, "same", UNKNOWN, same_as="Outlet", role="editor")
    assert "✓ “Deniz Outlet”, “Outlet” markasının İYS'deki adı" in page
    assert "“Outlet” markanızın kodu İYS'nin yanıtında yok." not in page.words
    page = decide(cast, "keep", {"kind": "missing", "name": "Çocuk"})
    assert "✓ “Çocuk” kodsuz kalacak" in page
    assert codes_of(cast) == {"Mavi Deniz": "", "Outlet": "", "Çocuk": ""}, "nothing before the confirming click"
    page = cast.press("code_receipt", "confirm_codes")
    assert "Kodlarınız onaylandı." in page
    assert codes_of(cast) == {"Mavi Deniz": "710482", "Outlet": "710497", "Çocuk": ""}
    kept = {row.name: row.decided_by for row in CodeDecision.objects.all()}
    assert kept == {"Deniz Outlet": cast.people["editor"], "Çocuk": cast.people["owner"]}
    assert Entry.objects.filter(text="Kod farkı: “Çocuk” kodsuz kalacak", actor=cast.people["owner"]).exists()


def test_a_new_brand_is_added_and_one_that_iys_does_not_know_is_removed(cast: Cast) -> None:
    decide(cast, "add", UNKNOWN)
    decide(cast, "remove", MISSING)
    decide(cast, "remove", {"kind": "missing", "name": "Çocuk"})
    cast.press("code_receipt", "confirm_codes")
    assert codes_of(cast) == {"Mavi Deniz": "710482", "Deniz Outlet": "710497"}
    assert Entry.objects.filter(text="“Outlet” markası çıkarıldı: İYS'de kaydı yok").exists()


def test_a_decision_is_taken_back(cast: Cast) -> None:
    decide(cast, "remove", MISSING)
    assert "Geri al: Outlet" in cast.open("code_receipt").buttons
    page = decide(cast, "reopen", MISSING)
    assert "“Outlet” markanızın kodu İYS'nin yanıtında yok." in page
    assert not CodeDecision.objects.exists()


@pytest.mark.parametrize(
    ("answer", "about", "more", "sentence"),
    [
        ("same", UNKNOWN, {}, "Hangi markanızın başka adı olduğunu seçin."),
        ("same", UNKNOWN, {"same_as": "Mavi Deniz"}, "Hangi markanızın başka adı olduğunu seçin."),
        ("remove", UNKNOWN, {}, "Bu fark için seçeneklerden birini işaretleyin."),
        ("", MISSING, {}, "Bu fark için seçeneklerden birini işaretleyin."),
        ("add", {"kind": "unknown", "name": "Uydurma"}, {}, ""),
    ],
)
def test_what_cannot_be_decided_so_is_refused_beside_it(
    cast: Cast, answer: str, about: dict[str, str], more: dict[str, str], sentence: str
) -> None:
    page = decide(cast, answer, about, **more)
    assert page.status == 422
    assert sentence in page
    assert not CodeDecision.objects.exists()


def test_a_screen_that_is_out_of_date_decides_nothing(cast: Cast) -> None:
    old = confirmation.latest_reading(cast.application)
    assert old is not None
    confirmation.keep_reading(
        application=cast.application, extracted={"iys_code": "710482", "brands": BRANDS}, mail=None
    )
    page = cast.send("settle_difference", reading=old.pk, **MISSING, answer="keep")
    assert "Bu adım az önce değişti" in page
    assert not CodeDecision.objects.exists()


def test_the_trade_name_becomes_iyss_or_stays_ours(cast: Cast) -> None:
    there = "MAVİ DENİZ TİCARET ANONİM ŞİRKETİ"
    extracted = {"iys_code": "710482", "trade_name": there, "brands": []}
    confirmation.keep_reading(application=cast.application, extracted=extracted, mail=None)
    about = {"kind": "trade_name", "name": there}
    before = cast.company.trade_name
    page = decide(cast, "ours", about)
    assert f"✓ unvan bizdeki gibi kalacak (İYS'de “{there}”)" in page
    decide(cast, "theirs", about)
    for name in ("Mavi Deniz", "Outlet", "Çocuk"):
        decide(cast, "keep", {"kind": "missing", "name": name})
    cast.press("code_receipt", "confirm_codes")
    cast.company.refresh_from_db()
    assert (cast.company.trade_name, before == there) == (there, False)


def test_a_viewer_reads_the_differences_and_decides_nothing(cast: Cast) -> None:
    page = cast.open("code_receipt", role="viewer")
    assert "“Outlet” markanızın kodu İYS'nin yanıtında yok." in page
    assert page.buttons == []
    assert decide(cast, "keep", MISSING, role="viewer").status == 403


def test_support_sees_differences_and_decisions(cast: Cast) -> None:
    decide(cast, "keep", MISSING)
    page = Support(cast.now()).page()
    assert "“Deniz Outlet” (710497): firma bu markayı bildirmedi" in page
    assert "“Çocuk”: İYS'nin yanıtında yok" in page
    assert f"“Outlet” kodsuz kalacak · {cast.people['owner']}" in page


# Codes of two companies


@pytest.fixture
def pair() -> tuple[Cast, Cast]:
    """One company has the codes; the other types them as well."""
    other = Cast()
    other.choosing()
    late = Cast()
    late.codes_wanted()
    late.press("type_codes", "type_codes", **TYPED)
    return other, late


def test_a_code_of_another_company_goes_to_support_and_names_nobody(pair: tuple[Cast, Cast]) -> None:
    other, late = pair
    page = late.press("code_receipt", "confirm_codes")
    assert CLASH in page
    assert page.words.count(CLASH) == 2, "said, and standing on the page"
    assert other.company.trade_name not in page.words
    assert (late.state(CODE_RECEIPT), late.record(CODE_RECEIPT).turn) == ("differences", "staff")
    assert (late.now().iys_code, codes_of(late)) == ("", {})
    assert other.now().iys_code == "710482"


def test_support_finds_it_in_the_queue_with_both_companies_named(pair: tuple[Cast, Cast]) -> None:
    other, late = pair
    late.press("code_receipt", "confirm_codes")
    user = colleague(*(REVIEW + CORRESPONDENCE), partner=late.company.partner)
    queue = words(signed_in(user).get("/destek/onboarding/queueitem/"))
    assert (
        f"{late.company.trade_name} 3. İYSKod alınması Kodlarda fark var, karar bekliyor: {IN_SUPPORTS_WORDS}"
        in queue
    )
    page = Support(late.now(), user=user).page()
    reference = other.application.reference
    assert f"710482: {late.company} ve {other.company} ({reference}) — İYSKod" in page
    assert f"710482: {late.company} ve {other.company} ({reference}) — Mavi Deniz" in page
    assert f"Portalın notu: {IN_SUPPORTS_WORDS}" in page
    assert "size bilgi verecek" not in page[: page.index("Günlük")]
    assert "öteki yanlışsa önce orada düzeltilmeli" in page
    assert "portalı işletenlere bildirin" not in page


def test_another_partners_company_is_not_named_to_this_partners_support(pair: tuple[Cast, Cast]) -> None:
    other, late = pair
    elsewhere = Partner.objects.create(name="Başka", legal_name="Başka A.Ş.")
    other.company.partner = elsewhere
    other.company.save()
    page = Support(late.now()).page()
    assert f"710482: {late.company} ve başka bir iş ortağının firması — İYSKod" in page
    assert "kodu portalı işletenlere bildirin" in page
    assert other.company.trade_name not in page
    assert "adresi burada kayıtlı değil" in page
    chief = UserFactory.create(is_staff=True, is_superuser=True)
    assert other.company.trade_name in Support(late.now(), user=chief).page()


def test_what_support_cannot_settle_has_an_address(pair: tuple[Cast, Cast], settings: Settings) -> None:
    settings.OPS_ADDRESSES = ["nobet@kiyi.example"]
    other, late = pair
    late.press("code_receipt", "confirm_codes")
    elsewhere = Partner.objects.create(name="Başka", legal_name="Başka A.Ş.")
    other.company.partner = elsewhere
    other.company.save()
    support = Support(late.now())
    reference = support.application.reference
    link = f"mailto:nobet@kiyi.example?subject={quote(f'{reference}: 710482 başka bir firmanın kaydında da var')}"
    assert f'href="{link}"' in support.open().content.decode()
    answer = support.press(CODE_RECEIPT, "settle", reason="Bakıldı")
    assert "Adresleri: nobet@kiyi.example" in said(answer)[0]
    assert "önce orada" not in said(answer)[0]


def test_nothing_is_solved_while_the_code_stands_at_another_company(pair: tuple[Cast, Cast]) -> None:
    other, late = pair
    late.press("code_receipt", "confirm_codes")
    support = Support(late.now())
    assert "code_receipt:settle" not in support.buttons(), "what cannot succeed is not offered"
    answer = support.press(CODE_RECEIPT, "settle", reason="Bakıldı")
    assert "Firma bu kodları onaylayamaz: 710482 başka bir firmanın kaydında." in said(answer)[0]
    assert "“İYS yanıtı: Kodlar okundu…”" in said(answer)[0]
    assert other.company.trade_name not in said(answer)[0]
    assert late.state(CODE_RECEIPT) == "differences"
    # The other company's were wrong.
    other.company.brands.update(code="")
    Application.objects.filter(pk=other.application.pk).update(iys_code="710483")
    assert "code_receipt:settle" in support.buttons()
    support.press(CODE_RECEIPT, "settle", reason="Öteki kayıt düzeltildi")
    page = late.open("code_receipt")
    assert "Not: Öteki kayıt düzeltildi" in page
    assert "Kodlarınız onaylandı." in late.press("code_receipt", "confirm_codes")


def test_codes_that_were_wrong_here_are_written_anew_by_support(pair: tuple[Cast, Cast]) -> None:
    _other, late = pair
    late.press("code_receipt", "confirm_codes")
    brands = "Mavi Deniz, 710999"
    support = Support(late.now())
    version = late.record(CODE_RECEIPT).version
    told = {"iys_code": "710999", "brands": brands, "note": "İYS'ye sorduk", "expected_version": version}
    support.send("answer", "code_receipt", "read", **told)
    assert late.state(CODE_RECEIPT) == "read"
    assert "Kodlarınız onaylandı." in late.press("code_receipt", "confirm_codes")


def test_whoever_records_the_very_code_that_clashes_reads_that_it_will_be_refused(pair: tuple[Cast, Cast]) -> None:
    _other, late = pair
    late.press("code_receipt", "confirm_codes")
    support = Support(late.now())
    for code, warned in (("710482", True), ("710999", False)):
        version = late.record(CODE_RECEIPT).version
        told = {"iys_code": code, "brands": "", "note": "İYS'ye sorduk", "expected_version": version}
        answer = support.send("answer", "code_receipt", "read", **told)
        warning = "Firma bu kodları onaylayamaz: 710482 başka bir firmanın kaydında."
        assert any(warning in each for each in said(answer)) is warned
        support.open()  # it was read


def test_the_database_itself_keeps_codes_apart(postgresql: None, pair: tuple[Cast, Cast]) -> None:
    _other, late = pair
    with pytest.raises(IntegrityError, match="an_iys_code_belongs_to_one_live_application"), transaction.atomic():
        Application.objects.filter(pk=late.application.pk).update(iys_code="710482")
    with pytest.raises(IntegrityError, match="a_brand_code_belongs_to_one_brand"), transaction.atomic():
        Brand.objects.create(company=late.company, name="Mavi Deniz", code="710482")


def test_a_company_without_a_live_application_holds_no_code_against_another(pair: tuple[Cast, Cast]) -> None:
    other, late = pair
    Application.objects.filter(pk=other.application.pk).update(closed_at="2026-01-01T00:00Z", closing="replaced")
    reading = confirmation.latest_reading(late.application)
    assert reading is not None
    assert clashes(reading) == ()
    assert "Kodlarınız onaylandı." in late.press("code_receipt", "confirm_codes")
    assert (codes_of(late), codes_of(other)) == ({"Mavi Deniz": "710482"}, {"Mavi Deniz": ""})
    assert Entry.objects.filter(company=other.company, text__contains="kapanan başvuruyla birlikte").exists()
