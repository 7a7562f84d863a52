"""Names take what firms and people are called, and nothing that a mail program makes a link of."""

import contextlib
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from identifiers import Refused, names
from tests.scenarios.work import keeps_busy

COMPANIES = (
    "Trendyol.com A.Ş.",
    "A.B.C. San. ve Tic. Ltd. Şti.",
    "n11.com",
    "Gittigidiyor.com Bilgi Teknolojileri San. ve Tic. A.Ş.",
    "Bir.İki",
    "No.1 Kırtasiye",
    "Sahibinden.com",
    "Yemek Sepeti Elektronik İletişim Perakende Gıda Lojistik A.Ş.",
    "İNŞ.TAAH.SAN.VE TİC.LTD.ŞTİ.",
    "KUZEY RÜZGÂRI İNŞ.MÜH.TUR.SAN.VE DIŞ TİC.LTD.ŞTİ.",
    "Ege & Oğulları (Adi Ortaklık)",
    "T.C. Ziraat Bankası A.Ş.",
    "24/7 Kurye Ltd. Şti.",
    "Kaya Tic. Ltd. Şti./Ankara Şubesi",
    "Tasfiye Halinde Deniz Gıda A.Ş.",
    "D&R Müzik: Kitap ve Eğlence",
    "3.14 Pi Yazılım",
    "Ahmet Yılmaz - Yılmaz Ticaret",
    "L’Oréal Türkiye",
    "Web Tasarım Merkezi",
    "Nokta Com Bilişim",
    "Kaya Tic.Ltd.Şti./Ankara Şubesi",
    "Hepsiburada (D-Market Elektronik)",
    "%100 Doğal Gıda",
    "C# Akademi",
)
# What patterns try in many ways. The last is one sign that NFKC writes out as eighteen.
HOSTILE = ("x", "1", "www.", "a-", "x.", "a dot ", "a  ", "[ ", "xn--", "1.1.1.", "[a:", "https", "h t", "\ufdfa")
PEOPLE = (
    "Ada Yalın",
    "M. Ali Öz",
    "Dr.Ayşe Can",
    "Prof.Dr. Ege Su",
    "M.Can Yılmaz",
    "Ayşe-Nur O’Neill",
    "Ö. İzzet Işık",
)
ADDRESSES = (
    "http://evil.com",
    "HTTPS://EVIL.COM",
    "https:evil.com",
    "hxxp://evil[.]com",
    "ftp://evil.com",
    "javascript:alert(1)",
    "mailto:a@b.example",
    "Hesabınız kapanıyor www.evil.com",
    "www .evil.com",
    "WWW2.evil.com",
    "evil.com/x",
    "evil.com /x",
    "evil.com./x",
    "evil.com\\x",
    "evil.com:8080",
    "evil.com?x=1",
    "evil.com#x",
    "evil.com.tr/giris",
    "evil[.]com",
    "evil(.)com",
    "evil {nokta} com",
    "evil [dot] com",
    "evil nokta com",
    "evil dot com",
    "evil．com/x",
    "evil。com/x",
    "evil․com/x",
    "evil.com／x",
    "evil.com⁄x",
    "evil.com∕x",
    "http：//evil.com",
    "http∶//evil.com",
    "ｈｔｔｐ://evil.com",
    "h\u200bttp://evil.com",
    "evil.c\u00adom/x",
    "evil\u2060.com/x",
    "xn--evl-1la.com",
    "münchen.de/x",
    "президент.рф/x",
    "ada@evil.com",
    "ada＠evil.com",
    "192.0.2.7",
    "192.0.2.7/x",
    "[2001:db8::1]",
    "steam://run/1",
    "//evil.com/x",
    "tg:resolve",
)
CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)]


@pytest.mark.parametrize("name", COMPANIES)
def test_what_firms_are_called_stays(name: str) -> None:
    assert names.clean(name) == name


@pytest.mark.parametrize("name", PEOPLE)
def test_what_people_are_called_stays(name: str) -> None:
    assert names.clean_person(name) == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("elif karaca", "Elif Karaca"),
        ("ışık ilgaz", "Işık İlgaz"),
        ("şule o'brien-çınar", "Şule O'Brien-Çınar"),
        ("dr. can er", "Dr. Can Er"),
        ("Elif karaca", "Elif karaca"),
        ("ELİF KARACA", "ELİF KARACA"),
    ],
)
def test_a_persons_name_without_any_capital_gets_its_own(typed: str, name: str) -> None:
    assert names.clean_person(typed) == name


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("around", ["{}", "Mavi Deniz {}", "{} Turizm A.Ş.", "Mavi ({}) A.Ş."])
def test_no_address_in_whatever_disguise(name: str, around: str) -> None:
    for clean in (names.clean, names.clean_person):
        with pytest.raises(Refused, match="adresi"):
            clean(around.format(name))


DOMAINS = ("evil.com", "Ada Yalın evil.com", "Ada.io", "hemen-gir.com.tr", "Ada evil .com", "x.evil.xyz")


@pytest.mark.parametrize("name", DOMAINS)
def test_nobodys_own_name_has_a_domain(name: str) -> None:
    with pytest.raises(Refused, match="Kişi adında"):
        names.clean_person(name)


@pytest.mark.parametrize("control", CONTROLS)
def test_no_control_characters(control: str) -> None:
    with pytest.raises(Refused, match="denetim karakteri"):
        names.clean(f"Mavi{control}Deniz")


def test_spaces_are_single() -> None:
    assert names.clean("  Mavi   Deniz ") == "Mavi Deniz"


@given(st.text(max_size=60))
def test_what_is_taken_has_one_line_and_no_address(text: str) -> None:
    try:
        name = names.clean(text)
    except Refused:
        return
    assert len(name.splitlines()) <= 1
    assert not any(unicodedata.category(each) == "Cc" for each in name)
    assert "@" not in name
    assert "://" not in name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Trendyol.com A.Ş.", "Trendyol .com A.Ş."),
        ("Hesabınız: evil.com.tr", "Hesabınız: evil .com .tr"),
        ("A.B.C. San. ve Tic. Ltd. Şti.", "A.B.C. San. ve Tic. Ltd. Şti."),
        ("No.1 Kırtasiye", "No.1 Kırtasiye"),
        ("президент.рф", "президент .рф"),
        ("Mavi Deniz", "Mavi Deniz"),
    ],
)
def test_in_letters_to_strangers_no_domain_is_whole(name: str, shown: str) -> None:
    assert names.unlinked(name) == shown


@pytest.mark.parametrize("name", COMPANIES)
def test_nothing_is_left_that_a_mail_program_would_link(name: str) -> None:
    assert not re.search(r"\w\.[^\W\d_]{2,}", names.unlinked(name))


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("length", [names.LONGEST, 2_000_000])
def test_no_name_however_long_keeps_the_portal_busy(piece: str, length: int) -> None:
    name = (piece * length)[:length]

    def answer() -> None:
        with contextlib.suppress(Refused):
            names.clean_person(name)

    assert not keeps_busy(answer)
    if length > names.LONGEST:
        with pytest.raises(Refused):
            names.clean(name)
