"""Whole numbers as people write them: groups are read as they are meant, what may mean two things is refused."""

import pytest

from identifiers import Refused, counts


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0", 0),
        ("8", 8),
        ("8000", 8000),
        ("8.000", 8000),
        ("40.000", 40_000),
        ("1.200", 1200),
        ("1.234.567", 1_234_567),
        ("12 500", 12_500),
        ("12\u00a0500", 12_500),
        (" 12.500 ", 12_500),
        ("007", 7),
    ],
)
def test_a_number_is_what_is_meant(written: str, meant: int) -> None:
    assert counts.clean(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            " ",
            "8,5",
            "8.5",
            "8,000",
            "8.00",
            "8.0000",
            "80.00",
            "1.23.456",
            "1234.567",
            ".500",
            "8.",
            "8.000,50",
        ),
        *(
            "-8",
            "+8",
            "8k",
            "8 bin",
            "8e3",
            "1 2 3",
            "12 50",
            "1.234 567",
            "1\t200",
            "1\n200",
            "٨٠٠٠",
            "\uff18\uff10",
            "0x1F",
        ),
        *("1" * 5000, "1" + ".000" * 2000),
        *("½", "²", "1_000", "1'000"),
    ],
)
def test_what_may_mean_two_things_is_refused_with_a_sentence(written: str) -> None:
    with pytest.raises(Refused, match="Yalnızca rakamla bir sayı"):
        counts.clean(written)
