"""Numbers that went through a table: the leading zero is gone, or the number stands with an exponent."""

from collections.abc import Callable

import pytest

from identifiers import Refused, mersis, tckn, vkn
from tests.identifiers.test_refusals import outcome
from tests.scenarios import factories


def vkn_with_zeros(zeros: int) -> str:
    """A sound tax number that begins with so many zeros: its last digit follows from the nine before."""
    for last in range(10):
        number = "0" * zeros + "52547191"[: 9 - zeros].ljust(9 - zeros, "3") + str(last)
        try:
            return vkn.clean(number)
        except Refused:
            continue
    raise AssertionError("every nine digits have a check digit")


@pytest.mark.parametrize(
    "written", ["845052547000001", "845 0525 4700 0001", "845-0525-4700-0001", " 845052547000001\n"]
)
@pytest.mark.parametrize("tax_number", [None, "8450525470"])
def test_a_mersis_number_without_its_zero_is_offered_whole(written: str, tax_number: str | None) -> None:
    with pytest.raises(Refused, match="0845052547000001") as refusal:
        mersis.clean(written, tax_number)
    assert "0" in str(refusal.value)
    assert (
        "15 hane yazdınız" not in str(refusal.value)
        or "sıfır" in str(refusal.value)
        or "“0”" in str(refusal.value)
    )


def test_many_mersis_numbers_without_their_zero() -> None:
    for seed in range(200):
        whole = f"0{factories.vkn(seed)}00013"
        with pytest.raises(Refused, match=whole):
            mersis.clean(whole[1:])


def test_what_is_offered_is_taken() -> None:
    for seed in range(50):
        whole = f"0{factories.vkn(seed)}00001"
        assert mersis.clean(whole) == whole


@pytest.mark.parametrize(
    "written",
    [
        "845052548000001",  # its tax number has a wrong digit
        "123456788012345",
        "84505254700001",  # two are missing, and the tax number does not begin with a zero
        "84505254700000",
    ],
)
def test_no_number_is_offered_whose_tax_number_is_wrong(written: str) -> None:
    with pytest.raises(Refused) as refusal:
        mersis.clean(written)
    assert f"0{written}" not in str(refusal.value)
    assert "16 haneli olmalı" in str(refusal.value)


def test_a_tax_number_that_begins_with_zero_loses_two() -> None:
    tax_number = vkn_with_zeros(1)
    whole = f"0{tax_number}00001"
    assert mersis.clean(whole) == whole
    with pytest.raises(Refused, match=whole):
        mersis.clean(whole[2:])


def test_one_that_belongs_to_another_tax_number_is_not_offered() -> None:
    with pytest.raises(Refused) as refusal:
        mersis.clean("845052547000001", factories.vkn(1))
    assert "0845052547000001" not in str(refusal.value) or "vergi kimlik numarası" in str(refusal.value)


def test_a_tax_number_without_its_zero_is_offered_whole() -> None:
    whole = vkn_with_zeros(1)
    with pytest.raises(Refused, match=whole):
        vkn.clean(whole[1:])


@pytest.mark.parametrize(
    ("clean", "written"),
    [
        (mersis.clean, "8,45053E+14"),
        (mersis.clean, "8.45053E+14"),
        (mersis.clean, "8,45052547000001E+14"),
        (mersis.clean, "8,45053E14"),
        (mersis.clean, "1,23457E+15"),
        (mersis.clean, "1,23457e+15"),
        (vkn.clean, "8,45053E+09"),
        (vkn.clean, "8.45E+9"),
        (tckn.clean, "1E+10"),
        (tckn.clean, "1,00000E+10"),
    ],
)
def test_a_number_with_an_exponent_is_told_where_it_comes_from(clean: Callable[[str], str], written: str) -> None:
    with pytest.raises(Refused, match=r"Excel|tablo|metin"):
        clean(written)


@pytest.mark.parametrize("written", ["8450525470,00", "8450525470.00", "8450525470,0"])
def test_decimals_behind_a_number_never_become_part_of_it(written: str) -> None:
    cleaned, sentence = outcome(vkn.clean, written)
    assert cleaned == "8450525470" or len(sentence) > 20
