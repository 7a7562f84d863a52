import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from identifiers import turkish

WORDS = st.text("ABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZabcçdefgğhıijklmnoöprsştuüvyz 0123456789")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MAVİ DENİZ", "mavi deniz"),
        ("ISPARTA", "ısparta"),
        ("ISPARTA", "isparta"),
        ("İYS Numaranız", "iys numaranız"),
        ("ŞIK Ğ Ü Ö Ç", "şık ğ ü ö ç"),
        ("  Mavi\u00a0\n Deniz ", "Mavi Deniz"),
        ("I\u0307zmir", "İzmir"),
        ("i\u0307zmir", "İZMİR"),  # "İZMİR".lower() of a program that knows no Turkish
        ("s\u0327ef", "ŞEF"),
        ("Ｍavi", "mavi"),
    ],
)
def test_texts_that_compare_as_equal(one: str, other: str) -> None:
    assert turkish.fold(one) == turkish.fold(other)


@pytest.mark.parametrize(("one", "other"), [("şeker", "seker"), ("öğe", "oge"), ("çam", "cam"), ("a b", "ab")])
def test_texts_that_stay_different(one: str, other: str) -> None:
    assert turkish.fold(one) != turkish.fold(other)


@settings(max_examples=300)
@given(WORDS)
def test_casing_goes_there_and_back_and_folds_away(text: str) -> None:
    assert turkish.lower(turkish.upper(text)) == turkish.lower(text)
    assert turkish.upper(turkish.lower(text)) == turkish.upper(text)
    assert turkish.fold(turkish.upper(text)) == turkish.fold(text) == turkish.fold(turkish.lower(text))


@settings(max_examples=300)
@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert turkish.fold(turkish.fold(text)) == turkish.fold(text)


def test_casing_knows_the_dotless_i() -> None:
    assert turkish.upper("ılık iğne") == "ILIK İĞNE"
    assert turkish.lower("ILIK İĞNE") == "ılık iğne"
    assert turkish.lower("I\u0307ZMİR") == "izmir"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mavi Deniz Turizm A.Ş.", "MAVİ DENİZ TURİZM ANONİM ŞİRKETİ"),
        ("Mavi Deniz Turizm A. Ş.", "MAVİ DENİZ TURİZM AŞ"),
        ("IŞIK LTD. ŞTİ.", "Işık Limited Şirketi"),
        ("IŞIK LTD.ŞTİ.", "Işık Limited Şirketi"),
        ("Işık San.Tic.Ltd.Şti.", "IŞIK SANAYİ VE TİCARET LİMİTED ŞİRKETİ"),
        ("Işık San. ve Tic. A.Ş.", "Işık Sanayi & Ticaret Anonim Şirketi"),
        ("“Çığlık”", "çığlık"),
        ("A-B Yapı", "a b yapı"),
    ],
)
def test_names_that_are_the_same_to_a_reader(one: str, other: str) -> None:
    assert turkish.same(one, other)
    assert turkish.same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mavi Deniz A.Ş.", "Mavi Deniz Ltd. Şti."),
        ("Mavi Deniz", "Mavi Deniz Turizm"),
        ("Sanem", "Sanayiem"),
        ("Kara Şirin", "Karanonim Şirketirin"),
        ("!!!", "???"),
        ("ve", "&"),
    ],
)
def test_names_that_are_not(one: str, other: str) -> None:
    assert not turkish.same(one, other)
