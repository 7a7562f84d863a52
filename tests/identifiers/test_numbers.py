"""TCKN, VKN and MERSİS: ten thousand good ones of each kind pass, ten thousand spoilt ones do not."""

from collections.abc import Callable
from random import Random

import pytest

from identifiers import Refused, mersis, tckn, vkn
from tests.scenarios import factories

MANY = 10_000


def spoilt(number: str, random: Random, *, positions: range) -> str:
    """The number with one of its digits replaced by another one."""
    at = random.choice(positions)
    other = random.choice([digit for digit in "0123456789" if digit != number[at]])
    return number[:at] + other + number[at + 1 :]


@pytest.mark.parametrize(
    ("clean", "make"), [(tckn.clean, factories.tckn), (vkn.clean, factories.vkn)], ids=["tckn", "vkn"]
)
def test_good_numbers_pass_and_a_single_wrong_digit_never_does(
    clean: Callable[[str], str], make: Callable[[int], str]
) -> None:
    random = Random(7)
    for seed in range(MANY):
        number = make(seed)
        assert clean(number) == number
        bad = spoilt(number, random, positions=range(len(number)))
        with pytest.raises(Refused):
            clean(bad)


def test_mersis_numbers_of_companies_and_persons() -> None:
    random = Random(11)
    for seed in range(MANY):
        tax_number = factories.vkn(seed)
        of_company, of_person = f"0{tax_number}00001", f"{factories.tckn(seed)}00001"
        assert mersis.clean(of_company, tax_number) == mersis.clean(of_company) == of_company
        assert mersis.clean(of_person) == of_person
        # The first digit says whose number follows, the last five are a running number without a check.
        with pytest.raises(Refused):
            mersis.clean(spoilt(of_company, random, positions=range(1, 11)))
        with pytest.raises(Refused):
            mersis.clean(spoilt(of_person, random, positions=range(1, 11)))


@pytest.mark.parametrize("number", ["10000000146", "100 000 001 46", " 10000000146\n", "100-000-001-46"])
def test_a_national_id_number_as_people_type_it(number: str) -> None:
    assert tckn.clean(number) == "10000000146"


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("1000000014", "11 haneli olmalı; 10 hane yazdınız"),
        ("", "11 haneli olmalı; 0 hane yazdınız"),
        ("1000000014O", "yalnızca rakamlardan"),
        ("١٠٠٠٠٠٠٠١٤٦", "yalnızca rakamlardan"),
        ("00000000146", "0 ile başlamaz"),
        ("10000000145", "bir rakam yanlış"),
        ("11111111110", "geçerli bir T.C. kimlik numarası değil"),
        ("22222222220", "geçerli bir T.C. kimlik numarası değil"),
    ],
)
def test_what_is_wrong_with_a_national_id_number_is_said(number: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        tckn.clean(number)


def test_a_national_id_number_is_masked() -> None:
    assert tckn.mask("10000000146") == "*******0146"


@pytest.mark.parametrize("number", ["8450525470", "845 052 54 70", "8450 525.470"])
def test_a_tax_number_as_people_type_it(number: str) -> None:
    assert vkn.clean(number) == "8450525470"


def test_a_person_may_give_the_national_id_as_tax_number() -> None:
    assert vkn.clean("10000000146") == "10000000146"


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("845052547", "10 haneli olmalı; 9 hane yazdınız"),
        ("8450525471", "bir rakam yanlış"),
        ("845052547A", "yalnızca rakamlardan"),
        ("", "10 haneli olmalı; 0 hane yazdınız"),
        ("10000000145", "T.C. kimlik numarasında bir rakam yanlış"),
    ],
)
def test_what_is_wrong_with_a_tax_number_is_said(number: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        vkn.clean(number)


def test_the_mersis_number_of_iys_itself() -> None:
    assert mersis.clean("0845 0525 4700 0001", "8450525470") == "0845052547000001"


@pytest.mark.parametrize(
    ("number", "tax_number", "says"),
    [
        ("084505254700001", None, "16 haneli olmalı; 15 hane yazdınız"),
        ("084505254700000A", None, "yalnızca rakamlardan"),
        ("0845052548000001", None, "bir rakam yanlış"),
        ("0845052547000001", factories.vkn(1), "vergi kimlik numarası olarak"),
        ("1000000014600001", factories.tckn(1), "vergi kimlik numarası olarak"),
        ("0845052547000001", factories.tckn(1), "vergi kimlik numarası olarak"),
    ],
)
def test_what_is_wrong_with_a_mersis_number_is_said(number: str, tax_number: str | None, says: str) -> None:
    with pytest.raises(Refused, match=says):
        mersis.clean(number, tax_number)


def test_a_persons_mersis_number_says_nothing_about_a_ten_digit_tax_number() -> None:
    assert mersis.clean("1000000014600001", "8450525470") == "1000000014600001"
    assert mersis.clean("1000000014600001", "10000000146") == "1000000014600001"
