"""Step 3 on the screens: codes read or typed, every refusal, differences, the one confirming click."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse

from brands.models import Brand
from correspondence.addresses import tracking_address
from onboarding.actor import IYS
from onboarding.codes import confirmation
from onboarding.models import Application, CodeReading
from onboarding.steps import CODE_RECEIPT
from tests.scenarios import mails
from tests.scenarios.browser import Screen
from tests.scenarios.cast import Cast

pytestmark = pytest.mark.django_db
TYPED = {"iys_code": "710 482", "name_1": "Mavi Deniz", "code_1": "710482", "name_2": "Outlet", "code_2": "710497"}
FASTER = "Bu adım az önce değişti"


@pytest.fixture
def cast(at_the_start: Callable[[], Cast]) -> Cast:
    return at_the_start()


def codes_of(cast: Cast) -> dict[str, str]:
    return dict(cast.company.brands.values_list("name", "code"))


def test_while_waiting_both_ways_are_shown(cast: Cast) -> None:
    cast.codes_wanted()
    page = cast.open("code_receipt")
    assert "İYS başvurunuzu onaylayınca İYSKod'unuzu ve BrandKod'unuzu e-postayla gönderir." in page
    assert tracking_address(cast.company).email in page
    assert "Kodları kendim yazacağım" in page.links
    assert "Kodları kendim yazacağım" not in cast.open("code_receipt", role="viewer").links


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"iys_code": "MX3ZB5JA"}, "İYSKod: Bu, ön başvuru numaranıza benziyor; İYSKod değildir."),
        ({"code_2": "MX3ZB5JA"}, "2. BrandKod: Bu, ön başvuru numaranıza benziyor; İYSKod değildir."),
        ({"iys_code": "12"}, "İYSKod: Kod 4 ile 15 hane arasında"),
        ({"code_1": "1234567890123456"}, "1. BrandKod: Kod 4 ile 15 hane arasında"),
        ({"iys_code": ""}, "İYSKod: Bu alan zorunludur."),
        ({"code_2": ""}, "2. BrandKod: Bu markanın BrandKod'unu da yazın."),
        ({"name_2": ""}, "2. marka adı: Bu kodun hangi markaya ait olduğunu yazın."),
        ({"code_2": "710482"}, "2. BrandKod: Bu BrandKod'u 1. satırda da yazdınız; her markanın kodu ayrıdır."),
        ({"name_2": "MAVİ DENİZ"}, "2. marka adı: Bu markayı 1. satırda da yazdınız."),
        (
            dict.fromkeys(("name_1", "name_2", "code_1", "code_2"), ""),
            "1. marka adı: En az bir markayı kodu ile yazın; ana markanın kodu İYSKod ile aynıdır.",
        ),
    ],
)
def test_bad_codes_get_a_sentence_and_all_that_was_typed_is_kept(
    cast: Cast, change: dict[str, str], sentence: str
) -> None:
    cast.codes_wanted()
    sent = {**TYPED, **change}
    page = cast.press("type_codes", "type_codes", **sent)
    assert page.status == 422
    assert sentence in page
    assert {name: page.fields[name] for name in sent} == sent
    assert not CodeReading.objects.exists()
    assert cast.state(CODE_RECEIPT) == "waiting"


def test_typed_codes_are_shown_and_take_one_click_of_an_editor(cast: Cast) -> None:
    cast.codes_wanted()
    page = cast.press("type_codes", "type_codes", role="editor", **TYPED)
    assert "Yazılan kodlara bir bakıp onaylayın" in page
    assert "Elle yazıldı" in page
    assert "Mavi Deniz (ana marka) 710482 Outlet 710497" in page
    assert "Sizin markanız" not in page, "nothing was told of a brand that could stand beside them"
    assert "bu kodları siz yazdınız" in page
    assert "Ana markanın kodunun İYSKod ile aynı olması doğrudur." in page
    assert (cast.now().iys_code, codes_of(cast)) == ("", {})
    page = cast.press("code_receipt", "confirm_codes", role="editor")
    assert "Kodlarınız onaylandı. Sıradaki adım: İleti paketi sözleşmesi." in page
    assert cast.now().iys_code == "710482"
    assert codes_of(cast) == {"Mavi Deniz": "710482", "Outlet": "710497"}
    reading = cast.application.code_readings.get()
    assert reading.typed_by == cast.people["editor"]
    assert "Kodlar şu anda yazılamaz." in cast.open("type_codes")


def test_what_was_read_stands_in_the_form_that_mends_it(cast: Cast) -> None:
    cast.at_iys()
    cast.codes_read(brands=[{"name": f"Marka {n}", "code": f"71048{n}"} for n in range(9)])
    fields = cast.open("type_codes").fields
    assert (fields["iys_code"], fields["name_9"], fields["code_9"]) == ("710482", "Marka 8", "710488")
    cast.press("type_codes", "type_codes", code_9="999999")
    cast.press("code_receipt", "confirm_codes")
    assert codes_of(cast)["Marka 8"] == "999999"
    assert len(codes_of(cast)) == 9


def test_codes_from_iyss_mail_name_the_mail(cast: Cast, tmp_path: Path) -> None:
    cast.at_iys()
    cast.arrives(tmp_path, mails.APPROVED)
    page = cast.open("code_receipt")
    assert "tarihinde İYS'nin e-postasından okuduk." in page
    assert (
        f"İYS'deki unvan: MAVİ DENİZ TURİZM ANONİM ŞİRKETİ. Sizin yazdığınız: {cast.company.trade_name}." in page
    )
    link = page.links["E-postayı görün"]
    owner = cast.browsers["owner"]
    assert Screen(owner.get(link)).links["Kodlara dön"] == reverse("onboarding:code_receipt")
    assert "Kodlara dön" not in Screen(owner.get(link.partition("?")[0])).links, "whoever reads it elsewhere"


def test_our_own_application_number_is_known_even_when_it_has_digits_alone(cast: Cast) -> None:
    cast.codes_wanted()
    Application.objects.filter(pk=cast.application.pk).update(iys_application_number="20260042")
    page = cast.press("type_codes", "type_codes", **{**TYPED, "iys_code": "2026 0042"})
    assert page.status == 422
    assert "İYSKod: Bu, ön başvuru numaranıza benziyor; İYSKod değildir." in page


def test_the_form_names_the_companys_brands(cast: Cast) -> None:
    cast.codes_wanted()
    for name in ("Mavi Deniz", "Outlet"):
        Brand.objects.create(company=cast.company, name=name)
    fields = cast.open("type_codes").fields
    assert (fields["name_1"], fields["name_2"], fields["code_1"]) == ("Mavi Deniz", "Outlet", "")


def test_who_is_not_sure_asks_support_and_reads_its_answer(cast: Cast) -> None:
    cast.at_iys()
    cast.codes_read()
    page = cast.press("code_receipt", "dispute_codes", reason=" ")
    assert "Bu işlem için bir neden yazmalısınız." in page
    assert cast.state(CODE_RECEIPT) == "read"
    page = cast.press("code_receipt", "dispute_codes", reason="İkinci markamız yok")
    assert "Sorunuz destek ekibine iletildi." in page
    assert "Sorunuz: İkinci markamız yok" in page
    assert page.buttons == []
    cast.move(CODE_RECEIPT, "settle", reason="İYS ikinci markayı ayrıca yazacak")
    page = cast.open("code_receipt")
    assert "İYS ikinci markayı ayrıca yazacak" in page
    assert "Doğru, onaylıyorum" in page.buttons


def test_who_comes_too_late_is_told_and_loses_nothing(cast: Cast) -> None:
    cast.codes_wanted()
    late = cast.open("type_codes").fields
    cast.press("type_codes", "type_codes", role="editor", **TYPED)
    page = cast.send("type_codes", **{**late, **TYPED, "iys_code": "999999"})
    assert page.status == 422
    assert FASTER in page
    assert (page.fields["iys_code"], page.fields["name_2"]) == ("999999", "Outlet")
    assert cast.application.code_readings.get().iys_code == "710482"
    cast.send("type_codes", **page.fields)
    assert cast.application.code_readings.count() == 2


def test_a_confirming_click_on_codes_that_changed_since_confirms_nothing(cast: Cast) -> None:
    cast.at_iys()
    cast.codes_read()
    expected_version = cast.open("code_receipt").fields["expected_version"]
    cast.press("type_codes", "type_codes", role="editor", **{**TYPED, "iys_code": "888888"})
    page = cast.send("confirm_codes", expected_version=expected_version)
    assert FASTER in page
    assert "İYSKod 888888" in page
    assert cast.now().iys_code == ""


def test_a_late_question_is_kept_as_well(cast: Cast) -> None:
    cast.at_iys()
    cast.codes_read()
    shown = cast.open("code_receipt").fields
    cast.press("type_codes", "type_codes", role="editor", **TYPED)
    page = cast.send("dispute_codes", **{**shown, "reason": "Bu kod bizim mi?"})
    assert FASTER in page
    assert page.fields["reason"] == "Bu kod bizim mi?"


def test_codes_that_change_places_are_taken(cast: Cast) -> None:
    pair = [{"name": "Mavi Deniz", "code": "710482"}, {"name": "Outlet", "code": "710497"}]
    cast.at_iys()
    cast.codes_read(brands=pair)
    cast.press("code_receipt", "confirm_codes")
    cast.move(CODE_RECEIPT, "reopen", reason="Kodlar yer değiştirmiş")
    swapped = [{"name": "Outlet", "code": "710482"}, {"name": "Mavi Deniz", "code": "710497"}]
    cast.move(CODE_RECEIPT, "read", IYS)
    confirmation.keep_reading(
        application=Application.objects.get(pk=cast.application.pk),
        extracted={"iys_code": "710482", "brands": swapped},
        mail=None,
    )
    page = cast.press("code_receipt", "confirm_codes")
    assert "Kodlarınız onaylandı." in page
    assert codes_of(cast) == {"Mavi Deniz": "710497", "Outlet": "710482"}


def test_a_viewer_reads_the_codes_and_presses_nothing(cast: Cast) -> None:
    cast.at_iys()
    cast.codes_read()
    page = cast.open("code_receipt", role="viewer")
    assert "710482" in page
    assert (page.buttons, page.actions) == ([], [])


@pytest.mark.parametrize("expected_version", ["²", "٣", "9" * 5000, "-1", ""])
def test_a_version_that_no_screen_has_sent_is_refused_and_not_an_error(cast: Cast, expected_version: str) -> None:
    cast.at_iys()
    cast.codes_read()
    assert cast.answer("confirm_codes", expected_version=expected_version).status_code == 302
    assert cast.state(CODE_RECEIPT) == "read"


def test_the_only_brand_is_written_with_one_number(cast: Cast) -> None:
    """İYS gives the main brand the company's own number; further rows are folded away."""
    cast.codes_wanted()
    page = cast.open("type_codes")
    assert page.fields["name_1"] == cast.company.trade_name
    assert "Başka markam da var" in page
    cast.press("type_codes", "type_codes", iys_code="710482")
    reading = CodeReading.objects.get()
    assert reading.brands == [{"name": cast.company.trade_name, "code": "710482"}]
