"""How a known sentence is written down, and which texts fit it."""

import pytest

from correspondence.reading.plain_text import PlainText
from correspondence.reading.sentence_patterns import Malformed, compiled, complaint
from tests.scenarios.factories import tckn


def filled(pattern: str, text: str) -> dict[str, str] | None:
    """What fills the blanks, None where the text does not fit wholly."""
    plain = PlainText.of(text)
    fit = compiled(pattern).match(plain, 0)
    return dict(fit.filled) if fit is not None and not plain.plain[fit.end :].strip(" .!") else None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("başvurunuz alınmıştır", "BAŞVURUNUZ ALINMIŞTIR."),
        ("başvurunuz alınmıştır", "Basvurunuz alinmistir"),
        ("başvurunuz alınmıştır", "Başvurunuz\nalınmıştır!"),
        ("başvurunuz alınmıştır", "Başvurunuz, alınmıştır."),
        ("{numara} no'lu başvuru", "MX3ZB5JA No’lu Başvuru"),
        ("{numara} no'lu başvuru", "“MX3ZB5JA” nolu başvuru"),
        ("[Sayın] yetkili firma", "Sayın yetkili firma"),
        ("[Sayın] yetkili firma", "yetkili firma"),
        ("(alındı|geldi) başvurunuz", "Geldi başvurunuz"),
        ("e-posta adresiniz", "e posta adresiniz"),
        ("unvan : {unvan}", "Unvan: Mavi Deniz A.Ş."),
        ("{kod} kodu {marka} içindir", "710482 kodu Mavi Deniz içindir."),
    ],
)
def test_what_fits(pattern: str, text: str) -> None:
    assert filled(pattern, text) is not None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("başvurunuz alınmıştır", "Başvurunuz alınmıştır sanılmasın"),
        ("başvurunuz alınmıştır", "Başvurunuz henüz alınmıştır"),
        ("başvurunuz alınmıştır", "Başvurunuz alınmıştırsa"),
        ("{kod} kodu verilmiştir", "MX3ZB5JA kodu verilmiştir"),
        ("{unvan} kayda girmiştir", "Başvurunuz reddedilmiş olduğundan hiçbir şey kayda girmiştir"),
        ("{unvan} kayda girmiştir", "Maalesef Mavi Deniz kayda girmiştir"),
        ("unvan : {unvan}", "Unvan Mavi Deniz"),
        ("{tarih} günü girmiştir", "42 günü girmiştir"),
    ],
)
def test_what_does_not_fit(pattern: str, text: str) -> None:
    assert filled(pattern, text) is None


def test_blanks_are_filled_as_it_was_written() -> None:
    said = filled("{unvan} için {kod} kodu verilmiştir", "Mavi Deniz Turizm A.Ş. için 710482 kodu verilmiştir.")
    assert said == {"unvan": "Mavi Deniz Turizm A.Ş.", "kod": "710482"}


@pytest.mark.parametrize(
    "source",
    ["", "   ", "dosyanız [kayda girmiştir", "dosyanız kayda) girmiştir", "{olmayan} kayda", "{numara kayda"],
)
def test_what_cannot_be_read_says_so(source: str) -> None:
    with pytest.raises(Malformed):
        compiled(source)


CLAIM = {"claim": True}
REFUSAL = {"claim": True, "explained": True}
HARMLESS = {"claim": False}


@pytest.mark.parametrize(
    ("source", "taught_as", "wrong"),
    [
        ("{numara} girdi", CLAIM, "en az 10 harf"),
        ("{numara}", HARMLESS, "en az"),
        ("Evet", CLAIM, "en az"),
        ("Teşekkür", HARMLESS, ""),
        ("Dosyanız kayda girmiştir", CLAIM, ""),
        ("{unvan} adına dosyanız kayda girmiştir", HARMLESS, ""),
        ("{iş ortağı} adına dosyanız kayda girmiştir", HARMLESS, ""),
        ("{kişi} dosyanızla ilgilenmektedir", HARMLESS, "Zararsız bir cümlede"),
        ("{marka} markasına ait dosya", HARMLESS, "Zararsız bir cümlede"),
        ("{marka} markasına ait dosya", CLAIM, ""),
        ("{açıklama} yüzünden dosyanız kapanmıştır", REFUSAL, ""),
        ("{açıklama} ile dosyanız kayda girmiştir", CLAIM, "Her sözün değişebileceği"),
        ("{açıklama} ile dosyanız kayda girmiştir", HARMLESS, "Her sözün değişebileceği"),
        ("{söz} ile dosyanız kayda girmiştir", REFUSAL, "Her sözün değişebileceği"),
        ("{hukuk} ile dosyanız kayda girmiştir", HARMLESS, "Her sözün değişebileceği"),
        ("Dosyanız (kayda|deftere) girmiştir", CLAIM, "ayraç"),
        (f"{tckn(7)} kimlik numaralı yetkilinin dosyası", HARMLESS, "kimlik numarası yazıyor"),
        ("{sayı} kimlik numaralı yetkilinin dosyası", HARMLESS, ""),
        ("{olmayan} dosyanız kayda girmiştir", CLAIM, "diye bir boşluk yok"),
        ("Dosyanız kayda girmiştir " * 50, CLAIM, "en çok 1000"),
    ],
)
def test_a_taught_sentence_that_would_fit_too_much_is_refused(
    source: str, taught_as: dict[str, bool], wrong: str
) -> None:
    found = complaint(source, **taught_as)
    assert (wrong in found) if wrong else (found == "")
