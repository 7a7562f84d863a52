"""What İYS names beside what a company told us: matched as Turkish words, differences found and decided."""

import pytest

from onboarding.code_differences import Answer, Comparison, Decision, Difference, Kind, Named, compare

OURS = "Mavi Deniz Turizm A.Ş."


def beside(
    *named: str, ours: tuple[str, ...] = (), there: str = "", decisions: tuple[Decision, ...] = ()
) -> Comparison:
    brands = [Named(name, f"{7000 + at}") for at, name in enumerate(named)]
    return compare(
        brands, iys_code="7000", trade_name_there=there, trade_name=OURS, ours=ours, decisions=decisions
    )


def test_the_same_name_in_another_writing_is_no_difference() -> None:
    found = beside("MAVİ DENİZ", "IŞIK LTD. ŞTİ.", ours=("Mavi Deniz", "Işık Limited Şirketi"))
    assert [(line.ours, line.main) for line in found.lines] == [
        ("Mavi Deniz", True),
        ("Işık Limited Şirketi", False),
    ]
    assert (found.open, found.unmatched) == ((), ())


def test_who_told_us_of_no_brand_takes_iyss_list_as_it_is() -> None:
    found = beside("Mavi Deniz", "Outlet")
    assert found.open == ()
    assert [line.ours for line in found.lines] == ["", ""]


def test_a_brand_by_the_trade_name_is_never_new() -> None:
    assert beside("MAVİ DENİZ TURİZM ANONİM ŞİRKETİ", "Outlet", ours=("Outlet",)).open == ()


@pytest.mark.parametrize(
    ("there", "differs"),
    [("", False), ("MAVİ DENİZ TURİZM ANONİM ŞİRKETİ", False), ("MAVİ DENİZ TİCARET A.Ş.", True)],
)
def test_the_trade_name_differs_as_words(there: str, differs: bool) -> None:
    found = beside("Mavi Deniz", there=there)
    assert found.open == ((Difference(Kind.TRADE_NAME, there),) if differs else ())


def test_both_sides_of_a_difference_are_listed() -> None:
    found = beside("Mavi Deniz", "Deniz Outlet", ours=("Mavi Deniz", "Outlet"))
    assert found.open == (Difference(Kind.UNKNOWN, "Deniz Outlet", "7001"), Difference(Kind.MISSING, "Outlet"))
    assert found.unmatched == ("Outlet",)


def test_another_name_of_our_brand_settles_both_sides_at_once() -> None:
    same = Decision(Kind.UNKNOWN, "Deniz Outlet", Answer.SAME, "Outlet")
    found = beside("Mavi Deniz", "Deniz Outlet", ours=("Mavi Deniz", "Outlet"), decisions=(same,))
    assert (found.open, found.unmatched) == ((), ())
    assert found.lines[1].ours == "Outlet"
    assert found.decided == ((Difference(Kind.UNKNOWN, "Deniz Outlet", "7001"), same),)


def test_a_decision_about_a_brand_that_is_gone_counts_as_not_made() -> None:
    same = Decision(Kind.UNKNOWN, "Deniz Outlet", Answer.SAME, "Outlet")
    found = beside("Mavi Deniz", "Deniz Outlet", ours=("Mavi Deniz",), decisions=(same,))
    assert found.open == (Difference(Kind.UNKNOWN, "Deniz Outlet", "7001"),)
    assert found.lines[1].ours == ""


def test_each_is_decided_by_itself() -> None:
    keep = Decision(Kind.MISSING, "Outlet", Answer.KEEP)
    found = beside("Mavi Deniz", ours=("Mavi Deniz", "Outlet", "Çocuk"), decisions=(keep,))
    assert found.open == (Difference(Kind.MISSING, "Çocuk"),)
    assert found.decided == ((Difference(Kind.MISSING, "Outlet"), keep),)
