"""Characters that nobody sees, as chat programs, calculators and tables put them around what is copied."""

import sys
import unicodedata
from collections.abc import Callable
from functools import partial

import pytest

from identifiers import Refused, counts, email, iys, kep, mersis, phone, tckn, vkn, web
from identifiers.invisible import visible

INVISIBLE = {
    "left-to-right mark": "\u200e",
    "right-to-left mark": "\u200f",
    "Arabic letter mark": "\u061c",
    "left-to-right embedding": "\u202a",
    "right-to-left embedding": "\u202b",
    "pop directional formatting": "\u202c",
    "left-to-right override": "\u202d",
    "right-to-left override": "\u202e",
    "left-to-right isolate": "\u2066",
    "right-to-left isolate": "\u2067",
    "first strong isolate": "\u2068",
    "pop directional isolate": "\u2069",
    "byte order mark": "\ufeff",
    "zero width space": "\u200b",
    "zero width non-joiner": "\u200c",
    "zero width joiner": "\u200d",
    "word joiner": "\u2060",
    "soft hyphen": "\u00ad",
}
SPACES = {
    "no-break space": "\u00a0",
    "narrow no-break space": "\u202f",
    "figure space": "\u2007",
    "thin space": "\u2009",
}
CLEANED: dict[str, tuple[Callable[[str], object], str, object]] = {
    "TCKN": (tckn.clean, "10000000146", "10000000146"),
    "VKN": (vkn.clean, "8450525470", "8450525470"),
    "VKN in groups": (vkn.clean, "845 052 54 70", "8450525470"),
    "MERSİS": (mersis.clean, "0845052547000001", "0845052547000001"),
    "MERSİS in groups": (mersis.clean, "0845-0525-4700-0001", "0845052547000001"),
    "telephone": (phone.clean, "0232 555 01 01", "+902325550101"),
    "mobile telephone": (partial(phone.clean, mobile=True), "+90 555 010 20 30", "+905550102030"),
    "e-mail": (email.clean, "info@firma.com.tr", "info@firma.com.tr"),
    "KEP": (kep.clean, "firma@hs01.kep.tr", "firma@hs01.kep.tr"),
    "web site": (web.clean, "www.firma.com.tr", "https://www.firma.com.tr"),
    "web site with a scheme": (web.clean, "https://firma.com.tr/iletisim", "https://firma.com.tr/iletisim"),
    "İYSKod": (iys.clean_code, "612003", "612003"),
    "BrandKod": (iys.clean_code, "698421", "698421"),
    "application number": (iys.clean_application_number, "MX3ZB5JA", "MX3ZB5JA"),
    "count": (counts.clean, "8.000", 8000),
}
NUMBERS = [
    name for name in CLEANED if name not in {"e-mail", "KEP", "web site", "web site with a scheme", "count"}
]


@pytest.mark.parametrize("sign", INVISIBLE.values(), ids=INVISIBLE)
@pytest.mark.parametrize("kind", CLEANED)
def test_what_nobody_sees_is_taken_away(kind: str, sign: str) -> None:
    clean, text, meant = CLEANED[kind]
    middle = len(text) // 2
    for written in (
        sign + text,
        text + sign,
        sign + text + sign,
        f" {sign} {text} {sign}\n",
        text[:middle] + sign + text[middle:],
        text[:1] + sign * 3 + text[1:],
    ):
        assert clean(written) == meant


@pytest.mark.parametrize("kind", CLEANED)
def test_between_every_two_signs(kind: str) -> None:
    clean, text, meant = CLEANED[kind]
    for sign in INVISIBLE.values():
        assert clean(sign.join(text)) == meant


@pytest.mark.parametrize("kind", CLEANED)
def test_a_pair_as_chat_programs_put_it(kind: str) -> None:
    clean, text, meant = CLEANED[kind]
    for before, after in (("\u202a", "\u202c"), ("\u202d", "\u202c"), ("\u2066", "\u2069"), ("\u2068", "\u2069")):
        assert clean(f"{before}{text}{after}") == meant
        assert clean(f"\ufeff{before}{text}{after}\u200b") == meant


@pytest.mark.parametrize("space", SPACES.values(), ids=SPACES)
@pytest.mark.parametrize("kind", CLEANED)
def test_spaces_of_other_widths_around(kind: str, space: str) -> None:
    clean, text, meant = CLEANED[kind]
    assert clean(f"{space}{text}{space}") == meant


@pytest.mark.parametrize("space", SPACES.values(), ids=SPACES)
@pytest.mark.parametrize("kind", NUMBERS)
def test_spaces_of_other_widths_between_digits(kind: str, space: str) -> None:
    clean, text, meant = CLEANED[kind]
    assert clean(text[:4] + space + text[4:]) == meant


@pytest.mark.parametrize("space", SPACES.values(), ids=SPACES)
@pytest.mark.parametrize("kind", ["e-mail", "KEP", "web site"])
def test_a_space_inside_an_address_stays_a_mistake(kind: str, space: str) -> None:
    clean, text, _meant = CLEANED[kind]
    with pytest.raises(Refused):
        clean(text[:2] + space + text[2:])


@pytest.mark.parametrize("kind", CLEANED)
def test_nothing_but_what_nobody_sees_is_refused_with_a_sentence(kind: str) -> None:
    clean = CLEANED[kind][0]
    for sign in (*INVISIBLE.values(), "".join(INVISIBLE.values())):
        with pytest.raises(Refused) as refusal:
            clean(sign)
        assert len(str(refusal.value)) > 20


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f"])
def test_control_characters_stay_a_mistake_in_an_address(sign: str) -> None:
    for kind in ("e-mail", "KEP", "web site"):
        clean, text, _meant = CLEANED[kind]
        with pytest.raises(Refused):
            clean(text[:2] + sign + text[2:])


def test_a_wrong_number_stays_wrong_without_what_nobody_sees() -> None:
    for clean, wrong in (
        (tckn.clean, "10000000145"),
        (vkn.clean, "8450525471"),
        (mersis.clean, "0845052548000001"),
    ):
        with pytest.raises(Refused, match="bir rakam yanlış"):
            clean("\u200e".join(wrong))


def test_every_kind_of_space_is_a_plain_one_and_nothing_else_is() -> None:
    signs = [chr(point) for point in range(sys.maxunicode + 1) if not 0xD800 <= point < 0xE000]
    assert {sign for sign in signs if visible(sign) == " "} == {
        sign for sign in signs if unicodedata.category(sign) == "Zs"
    }
    changed = {sign for sign in signs if visible(sign) not in ("", " ", sign)}
    assert changed == set()
