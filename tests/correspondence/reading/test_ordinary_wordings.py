"""What İYS sends day by day, worded as institutions do, is decided without a person: `ordinary_wordings.txt`."""

import re
from pathlib import Path

import pytest

from correspondence.reading.classification import read_words
from correspondence.reading.parsing import content, envelope
from correspondence.reading.result import Reading
from tests.scenarios.mails import mail

TEXT = Path(__file__).with_name("ordinary_wordings.txt").read_text(encoding="utf-8")
PIECES = {
    name.strip(): [line.replace(" // ", "\n") for line in lines.splitlines() if line]
    for name, lines in re.findall(r"^== (.+)\n((?:(?!==).*\n)*)", TEXT, flags=re.MULTILINE)
}
ABOUT = {"greeting", "foot", "signature"}
PAID = "Ödemeniz alınmıştır."
CLAIMS = [(kind, words) for kind, lines in PIECES.items() if kind not in ABOUT for words in lines]
GREETING, BYE = "Sayın Yetkili,\n\n", "\n\nSaygılarımızla"


def reading(text: str) -> Reading:
    raw = mail(text=text)
    return read_words(envelope(raw), content(raw))


def test_there_are_enough_of_them() -> None:
    assert sum(map(len, PIECES.values())) >= 220
    assert len(CLAIMS) >= 80


@pytest.mark.parametrize(("kind", "words"), CLAIMS)
def test_a_claim_is_understood_in_its_natural_variants(kind: str, words: str) -> None:
    found = reading(f"{GREETING}{words}{BYE}")
    assert (found.kind, found.doubt) == (kind, "")


@pytest.mark.parametrize("words", PIECES["greeting"])
def test_a_greeting_is_known_for_one(words: str) -> None:
    found = reading(f"{words}\n\n{PAID}{BYE}")
    assert (found.kind, found.doubt) == ("payment_received", "")


@pytest.mark.parametrize("words", PIECES["foot"])
def test_a_foot_is_known_below_the_signature_and_beside_the_claim(words: str) -> None:
    for text in (f"{GREETING}{PAID}{BYE},\nİYS\n\n{words}", f"{GREETING}{PAID} {words}{BYE}"):
        found = reading(text)
        assert (found.kind, found.doubt) == ("payment_received", ""), text


@pytest.mark.parametrize("words", PIECES["signature"])
def test_a_signature_is_known_for_one(words: str) -> None:
    found = reading(f"{GREETING}{PAID}\n\n{words}")
    assert (found.kind, found.doubt) == ("payment_received", "")


@pytest.mark.parametrize(
    "words",
    [words for kind, words in CLAIMS if kind == "approved"],
)
def test_an_approval_brings_its_code_however_it_is_labelled(words: str) -> None:
    found = reading(f"{GREETING}{words}{BYE}").extracted
    assert found.iys_code == "710482"
    assert {each.code for each in found.brands} <= {"710482", "710497"}
    assert {each.name for each in found.brands} <= {"Mavi Deniz", "Mavi Deniz Outlet", "Çınar Işık"}


@pytest.mark.parametrize(
    "table",
    [
        "Marka | Marka Kodu\nMavi Deniz | 710482\nÇınar Işık | 710497",
        "Marka\nMarka Kodu\nMavi Deniz\n710482\nÇınar Işık\n710497",
        "Marka kodlarınız:\n- Mavi Deniz: 710482\n- Çınar Işık: 710497",
        "Markalarınız:\n1) Mavi Deniz - İYS Numarası: 710482\n2) Çınar Işık - İYS Numarası: 710497",
        "Mavi Deniz BrandKod: 710482\nÇınar Işık BrandKod: 710497",
        "Marka Adı: Mavi Deniz\nMarka Kodu: 710482\nMarka Adı: Çınar Işık\nMarka Kodu: 710497",
    ],
)
def test_brands_are_read_out_of_lists_and_tables(table: str) -> None:
    found = reading(f"Başvurunuz onaylanmıştır.\nİYS Kodunuz: 710482\n{table}{BYE}")
    assert (found.kind, found.doubt) == ("approved", "")
    assert [(each.name, each.code) for each in found.extracted.brands] == [
        ("Mavi Deniz", "710482"),
        ("Çınar Işık", "710497"),
    ]


@pytest.mark.parametrize(
    "subject",
    ["Başvurunuz onaylanmıştır", "İYS Başvurunuz Onaylandı", "Ynt: Ön Başvuru", "Ödemeniz alındı", "Teklif"],
)
def test_an_ordinary_subject_says_nothing_else(subject: str) -> None:
    raw = mail(text="Başvurunuz onaylanmıştır. İYS Numaranız: 710482", subject=subject)
    assert read_words(envelope(raw), content(raw)).doubt == ""
