"""offered.json expanded: what each role is offered in each state under each mark, by the specification."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DATA: Mapping[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
ROLES: Sequence[str] = DATA["roles"]
MARKS: Sequence[str] = tuple(DATA["marks"])
PLACES = [(step, state) for step, states in DATA["steps"].items() for state in states]
STAFF_MOVES = frozenset(DATA["staff_moves"])


@dataclass
class Expected:
    """`offered` must be there, `may` may be, everything else in the vocabulary must not."""

    turn: str
    kind: str
    reachable: bool = True
    offered: set[str] = field(default_factory=set)
    may: set[str] = field(default_factory=set)


def inherited(lists: Mapping[str, Sequence[str]], role: str) -> set[str]:
    """What the list gives to this role and to the ones below it."""
    return {move for each in ROLES[: ROLES.index(role) + 1] for move in lists.get(each, ())}


def expected(step: str, state: str, mark: str, role: str) -> Expected:
    row = DATA["steps"][step][state]
    found = Expected(row["turn"], row["kind"])
    found.offered, found.may = inherited(row.get("offered", {}), role), inherited(row.get("may", {}), role)
    facts = {"step": step, "state": state, "mark": mark, "kind": found.kind, "turn": found.turn}
    for rule in DATA["rules"]:
        if any(facts[name] not in among for name, among in rule["when"].items()):
            continue
        if rule.get("clear"):
            found.offered, found.may = set(), set()
        found.offered |= inherited(rule.get("offered", {}), role)
        found.may |= inherited(rule.get("may", {}), role)
        found.turn = rule.get("turn", found.turn)
        found.reachable = rule.get("reachable", found.reachable)
    return found


def trapped(step: str, state: str, mark: str, role: str) -> list[tuple[str, set[str], set[str]]]:
    """(name, must, must not) of the traps that are laid at this place."""
    kind = DATA["steps"][step][state]["kind"]
    here = (step, state, mark, role)

    def caught(at: Sequence[str]) -> bool:
        return all(
            wanted in ("*", is_) or (wanted == "*:open" and kind == "open")
            for wanted, is_ in zip(at, here, strict=True)
        )

    return [(trap["id"], set(trap["must"]), set(trap["must_not"])) for trap in DATA["traps"] if caught(trap["at"])]
