"""İYS's numbers and the portal's own reference."""

import pytest

from identifiers import Refused, iys, reference


@pytest.mark.parametrize(("text", "code"), [("612003", "612003"), (" 612 003 ", "612003"), ("0123", "0123")])
def test_a_code_is_digits_and_stays_text(text: str, code: str) -> None:
    assert iys.clean_code(text) == code


@pytest.mark.parametrize("text", ["", "123", "1" * 16, "12.a", "١٢٣٤٥٦"])
def test_what_is_no_code(text: str) -> None:
    with pytest.raises(Refused):
        iys.clean_code(text)


def test_an_application_number_in_the_place_of_a_code_is_recognised() -> None:
    with pytest.raises(Refused, match="ön başvuru numaranıza benziyor; İYSKod değildir"):
        iys.clean_code("MX3ZB5JA")


@pytest.mark.parametrize("text", ["MX3ZB5JA", "mx3zb5ja", " MX3Z B5JA\n"])
def test_an_application_number_as_people_type_it(text: str) -> None:
    assert iys.clean_application_number(text) == "MX3ZB5JA"


def test_a_small_i_is_no_dotted_capital_in_an_application_number() -> None:
    assert iys.clean_application_number("ai3ı4567") == "AI3I4567"


@pytest.mark.parametrize("text", ["", "MX3", "MX3ZB5JŞ", "MX3_B5JA", "X" * 21])
def test_what_is_no_application_number(text: str) -> None:
    with pytest.raises(Refused, match="örneğin MX3ZB5JA"):
        iys.clean_application_number(text)


def test_a_reference_has_no_letters_that_look_like_others() -> None:
    made = {reference.make() for _ in range(2_000)}
    assert len(made) > 1_900  # two that are the same come by chance now and then
    for each in made:
        assert each[:2] == "P-"
        assert len(each) == 8
        assert not set(each[2:]) & set("0O1IL2Z5S8B")
