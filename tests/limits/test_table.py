"""The table of quotas is whole, its numbers can be changed from outside, and the documentation has them all."""

import ast
from pathlib import Path

import pytest

from limits.table import DEFAULTS, Quota, Scope, Window, measures, read
from tests.test_house import written_here

ROOT = Path(__file__).parents[2]


def test_every_row_names_a_quota_a_scope_and_a_window() -> None:
    for name in DEFAULTS:
        _quota, scope, window = name.split(".")
        assert scope in set(Scope), name
        assert window in set(Window), name
    assert {name.split(".")[0] for name in DEFAULTS} == {str(quota) for quota in Quota}


def test_every_quota_is_taken_somewhere() -> None:
    """A row that nothing counts would only look like a limit."""
    taken = set()
    for file in written_here():
        if file.is_relative_to(ROOT / "limits"):
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Quota":
                taken.add(node.attr)
    assert taken == set(Quota.__members__)


def test_numbers_come_from_outside_too() -> None:
    numbers = read(["invitations.company.hour=7", " sms.partner.day=0"])
    assert (numbers["invitations.company.hour"], numbers["sms.partner.day"]) == (7, 0)
    assert next(each.limit for each in measures(Quota.INVITATIONS, numbers)) == 7
    assert numbers["links.company.hour"] == DEFAULTS["links.company.hour"]


@pytest.mark.parametrize(
    "entry", ["invitations.company.week=7", "invitations", "links.company.day=-1", "sms.partner.day="]
)
def test_what_is_no_measure_is_refused_by_name(entry: str) -> None:
    with pytest.raises(ValueError, match=entry.split("=", maxsplit=1)[0]):
        read([entry])


def test_the_documentation_shows_every_measure_with_its_number() -> None:
    documented = (ROOT / "docs" / "operations.md").read_text()
    rows = {
        cells[1].strip(" `"): cells[2] for line in documented.splitlines() if len(cells := line.split("|")) > 3
    }
    shown = {name: rows.get(name, "").strip() for name in DEFAULTS}
    assert shown == {name: f"{number:,}".replace(",", " ") for name, number in DEFAULTS.items()}


def test_nobody_counts_within_the_transaction_of_the_cause() -> None:
    """The row of a whole partner would be locked until the cause is written."""
    within = []
    for file in written_here():
        if file.is_relative_to(ROOT / "limits"):
            continue
        for block in ast.walk(ast.parse(file.read_text())):
            if not isinstance(block, ast.With) or "atomic" not in ast.unparse(block.items[0]):
                continue
            within += [
                f"{file.name}:{block.lineno}" for node in ast.walk(block) if "quotas.take(" in ast.unparse(node)
            ]
    assert within == []
