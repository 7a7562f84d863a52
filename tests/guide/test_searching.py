"""The guide is searched as people type: in small letters, without dots, with endings, in whole questions."""

import pytest

from guide.pages import guide


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("sifremi unuttum", "Şifremi unuttum"),
        ("ŞİFREMİ UNUTTUM", "Şifremi unuttum"),
        ("kod gelmedi", "Kod gelmedi"),
        ("doğrulama kodum neden gelmedi acaba?", "Kod gelmedi"),
        ("telefonum kayboldu ne yapacağım", "Telefonum kayboldu"),
        ("imza yetkilimiz değişti", "İmza yetkilisi değişti"),
        ("kargoyu nereye göndereceğim", "Kargo"),
        ("ödedim ama hâlâ bekliyor", "Ödedim, hâlâ bekliyor"),
        ("MUTABAKAT YÖNETİMİ", "Mutabakat Yönetimi"),
        ("ıslak imza", "Atama formu"),
        ("PAdES", "İmzager, ArkSigner ve benzerleri"),
    ],
)
def test_a_question_finds_its_place(asked: str, first: str) -> None:
    found = guide().index.search(asked)
    assert first in [each.section.title for each in found][:2]


@pytest.mark.parametrize("asked", ["", "   ", "???", "ne nasıl", "zzzzqqqq", "\0", "%27--", "<script>"])
def test_what_is_nowhere_finds_nothing(asked: str) -> None:
    assert guide().index.search(asked) == []


def test_each_place_says_why_it_was_found() -> None:
    (first, *_others) = guide().index.search("firmanın mali mührü")
    assert "mali mühr" in first.excerpt.lower()


def test_a_very_long_question_is_answered_by_its_beginning() -> None:
    short, long = "kargo adresi nerede ", "kargo adresi nerede " * 5 + "şifre " * 20_000
    assert guide().index.search(long) == guide().index.search(short)
