"""The words that papers are known by and that stand before values: `papers.txt`. PURE."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from identifiers.turkish import skeleton

FILE = Path(__file__).with_name("papers.txt")
# What is no field and no label.
_WORDS = frozenset({"heading", "alone", "within", "mention", "head", "body", "title", "somebody", "common"})


@dataclass(frozen=True, slots=True)
class Rules:
    """Of one kind of paper, all without spaces, case and marks. `labels` leads from a label to its field."""

    words: Mapping[str, frozenset[str]]
    labels: Mapping[str, str]

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.words.get(name, frozenset())


@cache
def all_rules() -> Mapping[str, Rules]:
    found: dict[str, dict[str, list[str]]] = {}
    kind = ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            kind = line.removeprefix("== ").strip()
            found[kind] = {}
        elif line.strip() and not line.startswith("#"):
            name, _colon, words = line.partition(":")
            found[kind].setdefault(name.strip(), []).extend(map(skeleton, words.split("|")))
    return {kind: _rules(rows) for kind, rows in found.items()}


def _rules(rows: Mapping[str, list[str]]) -> Rules:
    labels = {label: field for field, words in rows.items() if field not in _WORDS for label in words}
    return Rules({name: frozenset(words) for name, words in rows.items()}, labels)
