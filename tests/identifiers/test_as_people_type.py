"""What people paste or mistake for something else: taken where it is clear, else told what it seems to be."""

from collections.abc import Callable

import pytest

from identifiers import Refused, email, mersis, names, passport, phone, tckn, vkn, web

TCKN, VKN, MERSIS = "40281635706", "4839201757", "0483920175700001"


@pytest.mark.parametrize("sign", ["'", "\u2018", "\u2019", "`", "\u00b4"])
@pytest.mark.parametrize(("clean", "number"), [(tckn.clean, TCKN), (vkn.clean, VKN), (mersis.clean, MERSIS)])
def test_the_sign_of_a_spreadsheets_text_comes_along(sign: str, clean: Callable[[str], str], number: str) -> None:
    assert clean(f"{sign}{number}") == number


@pytest.mark.parametrize(
    "written",
    [
        "Ayşe Işık <ayse@firma.example>",
        "ayse@firma.example <ayse@firma.example>",
        '"Işık, Ayşe" < ayse@firma.example >',
        "<ayse@firma.example>",
        "<mailto:ayse@firma.example>",
        "mailto:ayse@firma.example",
        "MAILTO:ayse@FIRMA.example",
    ],
)
def test_an_address_as_mail_programs_hand_it_over(written: str) -> None:
    assert email.clean(written) == "ayse@firma.example"


@pytest.mark.parametrize(
    "written",
    ["a@firma.example; b@firma.example", "<a@firma.example> <b@firma.example>", "a@b.example\nBcc: c@d.example"],
)
def test_two_addresses_are_none(written: str) -> None:
    with pytest.raises(Refused, match="biçiminde olmalı"):
        email.clean(written)


@pytest.mark.parametrize(
    ("clean", "written", "sentence"),
    [
        (passport.clean, TCKN, "Bu bir T.C. kimlik numarası gibi"),
        (tckn.clean, VKN, "Bu bir vergi numarası gibi"),
        (mersis.clean, VKN, "Bu bir vergi kimlik numarası gibi"),
        (vkn.clean, MERSIS, "Bu bir MERSİS numarası gibi"),
        (web.clean, "info@firma.example", "Bu bir e-posta adresi"),
        (web.clean, "yok", "Siteniz yoksa"),
        (web.clean, "Sitemiz yok", "Siteniz yoksa"),
        (mersis.clean, f"{TCKN}00000", "son beş hanesi sıfır olmaz"),
        (phone.clean, "0900 123 45 67", "ücretli bir hat"),
    ],
)
def test_what_stands_in_the_wrong_field_is_named(clean: Callable[[str], str], written: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        clean(written)


@pytest.mark.parametrize("written", ["0532 123 45 6", "0532 123 45 678", "0171 1234567"])
def test_a_mobile_number_is_explained_by_a_mobile_number(written: str) -> None:
    with pytest.raises(Refused) as refused:
        phone.clean(written, mobile=True)
    assert "0555 010 20 30" in str(refused.value)
    assert "0232" not in str(refused.value)


@pytest.mark.parametrize(
    "written",
    [
        f"Ayşe Işık {TCKN}",
        f"{TCKN} Ayşe Işık",
        "Ayşe 402 816 357 06 Işık",
        "Ayşe Işık 0532 123 45 67",
        "Ayşe U12345678",
    ],
)
def test_a_number_beside_a_persons_name_is_refused(written: str) -> None:
    """It would stand in full in every letter and on every screen."""
    with pytest.raises(Refused, match="numara yazmayın"):
        names.clean_person(written)


@pytest.mark.parametrize("written", ["-", ".", "–––", "* *"])
def test_signs_alone_are_no_name(written: str) -> None:
    for clean in (names.clean, names.clean_person):
        with pytest.raises(Refused, match="yalnızca işaretten"):
            clean(written)


@pytest.mark.parametrize(
    "name", ["Dr. Öğr. Üyesi Can Er", "Ali O'Brien", "Łukasz Wójcik", "محمد علي", "II. Osman", "Deniz 2"]
)
def test_a_name_is_taken_as_it_is(name: str) -> None:
    assert names.clean_person(name) == name
