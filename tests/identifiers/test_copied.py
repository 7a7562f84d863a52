"""Numbers and addresses as they come out of chat programs, PDF readers, calculators and spreadsheets."""

from collections.abc import Callable
from functools import partial

import pytest

from identifiers import (
    Refused,
    counts,
    email,
    iys,
    kep,
    masking,
    mersis,
    passport,
    phone,
    places,
    reference,
    tckn,
    turkish,
    vkn,
    web,
)
from identifiers.invisible import plain, visible
from tests.scenarios import factories

UNSEEN = [
    *map(chr, (0xAD, 0x34F, 0x61C, 0x180E, 0xFEFF, 0xFE0F, 0x3164, 0xE0020)),
    *map(chr, range(0x200B, 0x2010)),
    *map(chr, range(0x202A, 0x202F)),
    *map(chr, range(0x2060, 0x2070)),
]
SPACES = [*map(chr, (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000))]
ZERO_FIRST = "0123456789"  # a tax number that passes its checksum
KEPT: dict[str, tuple[Callable[[str], object], str, object]] = {
    "tckn": (tckn.clean, "10000791952", "10000791952"),
    "vkn": (vkn.clean, "8450525470", "8450525470"),
    "mersis": (mersis.clean, "0845052547000001", "0845052547000001"),
    "passport": (passport.clean, "U12345678", "U12345678"),
    "phone": (phone.clean, "0232 555 01 01", "+902325550101"),
    "mobile": (partial(phone.clean, mobile=True), "05550102030", "+905550102030"),
    "email": (email.clean, "info@firma.com", "info@firma.com"),
    "kep": (kep.clean, "firma@hs01.kep.tr", "firma@hs01.kep.tr"),
    "web": (web.clean, "https://firma.com.tr", "https://firma.com.tr"),
    "code": (iys.clean_code, "612003", "612003"),
    "application number": (iys.clean_application_number, "MX3ZB5JA", "MX3ZB5JA"),
    "reference": (reference.clean, "P-7KQ4MX", "P-7KQ4MX"),
    "count": (counts.clean, "12.500", 12500),
    "province": (places.clean_province, "İzmir", "İzmir"),
}


@pytest.mark.parametrize("name", KEPT)
def test_what_nobody_sees_makes_no_difference(name: str) -> None:
    clean, written, kept = KEPT[name]
    for sign in UNSEEN:
        assert clean(f"{sign}{written}") == kept, ascii(sign)
        assert clean(f"{written}{sign}") == kept, ascii(sign)
        assert clean(f"{written[:3]}{sign}{written[3:]}") == kept, ascii(sign)
        assert clean(f" {sign} {written}{sign}\n") == kept, ascii(sign)
    for space in SPACES:
        assert clean(f"{space}{written}{space}") == kept, ascii(space)


@pytest.mark.parametrize("name", ["tckn", "vkn", "mersis", "passport", "phone", "mobile", "code"])
def test_any_space_or_dash_may_stand_within_a_number(name: str) -> None:
    clean, written, kept = KEPT[name]
    for between in (*SPACES, "\u2010", "\u2011", "\u2013", "\u2212", "\u2009\u2060"):
        assert clean(f"{written[:4]}{between}{written[4:]}") == kept, ascii(between)


@pytest.mark.parametrize("name", [name for name in KEPT if name not in ("count", "province")])
def test_fullwidth_signs_are_the_ordinary_ones(name: str) -> None:
    clean, written, kept = KEPT[name]
    wide = "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in written)
    assert clean(wide) == kept


def test_a_space_within_an_address_stays_a_mistake_however_it_looks() -> None:
    for space in SPACES:
        with pytest.raises(Refused):
            email.clean(f"in{space}fo@firma.com")
        with pytest.raises(Refused):
            web.clean(f"fir{space}ma.com")


def test_digits_of_another_script_are_still_refused() -> None:
    with pytest.raises(Refused, match="yalnızca rakamlardan"):
        vkn.clean("\u200f٨٤٥٠٥٢٥٤٧٠")


def test_a_text_keeps_its_lines_and_its_letters() -> None:
    assert visible("Işık\u202e A.Ş.\n\u200bİzmir\u00a0Konak") == "Işık A.Ş.\nİzmir Konak"
    assert plain("\ufeff ŞİŞLİ\u200e ") == "ŞİŞLİ"


def test_a_name_is_found_whatever_stands_in_it_unseen() -> None:
    assert turkish.same("\u202aMavi\u200b Deniz A.Ş.\u202c", "MAVİ DENİZ ANONİM ŞİRKETİ")
    assert places.clean("\u200eİstanbul", "Kadı\u00adköy\u200b") == ("İstanbul", "Kadıköy")


def test_a_national_id_number_is_masked_with_what_stands_in_it_unseen() -> None:
    assert masking.masked("TCKN \u202a100\u200b0079\u20601952\u202c.") == "TCKN \u202a*******1952\u202c."


@pytest.mark.parametrize("lost", [1, 2])
def test_zeros_that_a_spreadsheet_took_from_a_mersis_number_are_offered(lost: int) -> None:
    tax_number = ZERO_FIRST if lost > 1 else "8450525470"
    whole = f"0{tax_number}00015"
    with pytest.raises(
        Refused, match=rf"{16 - lost} hane yazdınız\. Başındaki sıfır düşmüş olabilir: {whole} mı\?"
    ):
        mersis.clean(whole[lost:])
    with pytest.raises(Refused, match=f"düşmüş olabilir: {whole} mı"):
        mersis.clean(f"\u200e{whole[lost:]}", tax_number)


def test_no_number_is_offered_that_would_be_refused() -> None:
    for number, tax_number in (
        ("845052548000001", None),
        ("845052547000001", factories.vkn(1)),
        ("84505254700001", None),
    ):
        with pytest.raises(Refused) as refusal:
            mersis.clean(number, tax_number)
        assert "düşmüş olabilir" not in str(refusal.value)


def test_a_zero_that_a_tax_number_lost_is_offered() -> None:
    assert vkn.clean(ZERO_FIRST) == ZERO_FIRST
    with pytest.raises(Refused, match=rf"9 hane yazdınız\. Başındaki sıfır düşmüş olabilir: {ZERO_FIRST} mı\?"):
        vkn.clean(ZERO_FIRST[1:])


@pytest.mark.parametrize("clean", [tckn.clean, vkn.clean, mersis.clean, phone.clean, iys.clean_code])
@pytest.mark.parametrize("written", ["1,23E+15", "8.45053E+14", "\u200e8,45E+09", "1E+10", "8,45e15"])
def test_what_a_spreadsheet_shortened_is_told_as_that(clean: Callable[[str], str], written: str) -> None:
    with pytest.raises(Refused, match=r"Excel gibi bir hesap tablosu .* “Metin” yapın"):
        clean(written)


def test_an_application_number_may_look_like_a_shortened_one() -> None:
    assert iys.clean_application_number("1E23") == "1E23"


@pytest.mark.parametrize(
    "address",
    [
        "ali..veli@firma.com",
        "ali...veli@firma.com",
        ".ali@firma.com",
        "ali.@firma.com",
        "ali@firma..com",
        "ali@.firma.com",
        "ali@firma.com.",
        "ali@firma.com..",
        ".@firma.com",
        "ali.\u200b.veli@firma.com",
    ],
)
def test_dots_beside_each_other_and_at_the_ends_are_refused(address: str) -> None:
    with pytest.raises(Refused, match="iki nokta yan yana gelmez"):
        email.clean(address)


def test_single_dots_stand_where_they_may() -> None:
    assert email.clean("a.b.c@posta.firma.com.tr") == "a.b.c@posta.firma.com.tr"
    with pytest.raises(Refused, match="iki nokta yan yana"):
        kep.clean("firma..as@hs01.kep.tr")
