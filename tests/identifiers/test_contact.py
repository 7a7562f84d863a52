"""Telephones, web sites, e-mail addresses, passports."""

import pytest

from identifiers import Refused, email, passport, phone, web


@pytest.mark.parametrize(
    ("text", "e164", "pretty"),
    [
        ("0555 010 20 30", "+905550102030", "0555 010 20 30"),
        ("5550102030", "+905550102030", "0555 010 20 30"),
        ("+90 (555) 010-20-30", "+905550102030", "0555 010 20 30"),
        ("0090 555 010 20 30", "+905550102030", "0555 010 20 30"),
        ("0232 555 01 01", "+902325550101", "0232 555 01 01"),
        ("0850 333 33 38", "+908503333338", "0850 333 33 38"),
        ("444 1 222", "+904441222", "444 1 222"),
        ("+49 170 1234567", "+491701234567", "+49 170 1234567"),
    ],
)
def test_a_telephone_number_in_its_two_forms(text: str, e164: str, pretty: str) -> None:
    assert phone.clean(text) == e164
    assert phone.pretty(e164) == pretty
    assert phone.clean(pretty) == e164


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("0555 010 20 3", "eksik ya da fazla haneli"),
        ("0555 010 20 300", "eksik ya da fazla haneli"),
        ("", "bir telefon numarası değil"),
        ("yok", "yalnızca rakamlarla"),
        ("0212 ABC DEFG", "yalnızca rakamlarla"),
        ("0232 555 01 01 dahili 5", "yalnızca rakamlarla"),
        ("0232 555 01 01 #5", "yalnızca rakamlarla"),
    ],
)
def test_what_is_wrong_with_a_telephone_number_is_said(text: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        phone.clean(text)


def test_a_code_is_sent_to_mobile_telephones_alone() -> None:
    assert phone.clean("0555 010 20 30", mobile=True) == "+905550102030"
    for text in ("0232 555 01 01", "0850 333 33 38", "444 1 222"):
        with pytest.raises(Refused, match="cep telefonu değil"):
            phone.clean(text, mobile=True)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("mavideniz.example", "https://mavideniz.example"),
        ("  WWW.MaviDeniz.example/ ", "https://www.mavideniz.example"),
        ("WWW.MAVİDENİZ.example", "https://www.mavideniz.example"),
        ("http://mavideniz.example", "http://mavideniz.example"),
        ("https://mavideniz.example:8443/iletisim?dil=tr", "https://mavideniz.example:8443/iletisim?dil=tr"),
        ("ışık.example", "https://ışık.example"),
    ],
)
def test_a_web_site_as_it_is_kept(text: str, url: str) -> None:
    assert web.clean(text) == url


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yok",
        "localhost",
        "https://",
        "ftp://mavideniz.example",
        "javascript://mavideniz.example/%0aalert(1)",
        "https://biri@mavideniz.example",
        "192.168.1.1",
        "http://[::1",
        "mavideniz.example:99999",
        "mavi deniz.example",
        "-mavi.example",
        "mavi..example",
    ],
)
def test_what_is_no_web_site(text: str) -> None:
    with pytest.raises(Refused, match=r"örneğin https://firmaniz\.com\.tr"):
        web.clean(text)


def test_an_address_keeps_its_name_and_lowers_its_domain() -> None:
    assert email.clean(" Deniz.Yalin+iys@MaviDeniz.EXAMPLE ") == "Deniz.Yalin+iys@mavideniz.example"
    assert email.domain("Deniz@MaviDeniz.EXAMPLE") == "mavideniz.example"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("deniz", "biçiminde olmalı"),
        ("deniz@mavideniz", "biçiminde olmalı"),
        ("@mavideniz.example", "biçiminde olmalı"),
        ("a@b@mavideniz.example", "biçiminde olmalı"),
        ("deniz yalin@mavideniz.example", "biçiminde olmalı"),
        ("deniz@mavideniz.example\nBcc: biri@baska.example", "biçiminde olmalı"),
        ("deniz\x00@mavideniz.example", "biçiminde olmalı"),
        ("den<iz@mavideniz.example", "biçiminde olmalı"),
        ("deniz<yalin@mavideniz.example>", "biçiminde olmalı"),
        ("DENİZ@MAVİDENİZ.EXAMPLE", "Türkçe harf"),
        ("ışık@mavideniz.example", "Türkçe harf"),
    ],
)
def test_what_is_wrong_with_an_address_is_said(text: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        email.clean(text)


def test_a_passport_number_is_upper_case_without_spaces() -> None:
    assert passport.clean(" u 1234 5678 ") == "U12345678"


@pytest.mark.parametrize("text", ["", "U123", "U1234567890123456", "Ü12345678", "U12345_78"])
def test_what_is_no_passport_number(text: str) -> None:
    with pytest.raises(Refused, match="5–15 harf ve rakam"):
        passport.clean(text)
