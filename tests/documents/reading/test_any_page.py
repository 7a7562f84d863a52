"""Whatever stands on a page, wherever: reading ends, and what is found passes the form's rules."""

from hypothesis import given
from hypothesis import strategies as st

from documents.reading.addresses import taken_apart
from documents.reading.comparing import same
from documents.reading.layout import Page, pages_of
from documents.reading.papers import Ours, Outcome, Paper, read
from identifiers import mersis, names, places, vkn
from tests.scenarios.factories import tckn
from tests.scenarios.factories import vkn as tax_number

OURS = Ours(tax_number=tax_number(1), trade_name="Mavi Deniz Ltd. Şti.")
WORDS = """
VERGİ LEVHASI
TİCARET ÜNVANI
VERGİ KİMLİK NO
VERGİ KİMLİK NO:
TC KİMLİK NO
İŞ YERİ ADRESİ
VERGİ
KİMLİK
NO
VERGİ DAİRESİ
ADI SOYADI
MESLEK MENSUBU
MÜKELLEFİN
TÜRKİYE TİCARET SİCİLİ GAZETESİ
T.C. İSTANBUL TİCARET SİCİLİ
MÜDÜRLÜĞÜ'NDEN
İlan Sıra No: 7
Mersis No:
Ticaret Unvanı:
Adres:
Mavi Deniz Ltd.-
MAVİ DENİZ LİMİTED ŞİRKETİ
ŞİŞLİ/ İSTANBUL
MERKEZ / ANTALYA
İSTANBUL
http://a.example/b
٣٤٥
:
-
/
"""
NUMBERS = (tax_number(1), tax_number(2), tckn(1), f"0{tax_number(1)}00015")
PIECES = (*WORDS.splitlines(), *NUMBERS, "\u00ad", "I\u0307")
Placed = tuple[str, float, float, float, float, float]
numbers = st.floats(-900, 900, width=32)
words = st.tuples(
    st.sampled_from(PIECES) | st.text(max_size=12), numbers, numbers, numbers, st.floats(1, 40), st.floats(0, 5)
)
rows = st.lists(words, max_size=40)


def placed(found: list[list[Placed]]) -> list[Page]:
    return pages_of([[[text, min(a, b), max(a, b), *more] for text, a, b, *more in page] for page in found])


@given(st.lists(rows, max_size=3))
def test_any_words_at_any_place(found: list[list[Placed]]) -> None:
    passes(placed(found))


@given(
    st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4), max_size=30),
    st.sampled_from([10.0, 13.0, 22.0]),
)
def test_any_lines_one_under_the_other(lines: list[list[str]], pitch: float) -> None:
    page = [
        (text, 10.0 + 150 * at, 10.0 + 150 * at + 6 * len(text), row * pitch, 10.0, 0.0)
        for row, texts in enumerate(lines)
        for at, text in enumerate(texts)
    ]
    passes(placed([page]))


def passes(pages: list[Page]) -> None:
    reading = read(pages, OURS)
    found = {each.field: each.value for each in reading.found}
    assert bool(found) <= (reading.outcome is Outcome.READ)
    assert len(found) == len(reading.found)
    assert reading.paper in {Paper.TAX_PLATE, Paper.GAZETTE} or not found
    checks = {"tax_number": vkn.clean, "mersis_number": mersis.clean, "province": places.clean_province}
    checks |= dict.fromkeys(("trade_name", "tax_office"), names.clean)
    for field, value in found.items():
        assert value
        assert checks.get(field, str)(value) == value
        assert same(field, value, value)
    if "district" in found:
        assert places.clean(found["province"], found["district"]) == (found["province"], found["district"])
    if "tax_number" in found:
        assert found["tax_number"] == OURS.tax_number


@given(st.text(max_size=80) | st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join))
def test_an_address_keeps_its_words_or_names_its_place(text: str) -> None:
    parts = taken_apart(text)
    assert parts["address"] in text or not parts["address"]
    if "district" in parts:
        assert places.clean(parts["province"], parts["district"]) == (parts["province"], parts["district"])
