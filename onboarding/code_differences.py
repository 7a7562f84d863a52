"""Codes as İYS names them beside what the company told us, and what is to be settled between the two. PURE."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from identifiers import turkish


class Kind(StrEnum):
    """A brand that İYS names and we do not know; one that İYS does not name; another trade name."""

    UNKNOWN = "unknown"
    MISSING = "missing"
    TRADE_NAME = "trade_name"


class Answer(StrEnum):
    SAME = "same"
    ADD = "add"
    KEEP = "keep"
    REMOVE = "remove"
    THEIRS = "theirs"
    OURS = "ours"


ANSWERS: Mapping[Kind, tuple[Answer, ...]] = {
    Kind.UNKNOWN: (Answer.SAME, Answer.ADD),
    Kind.MISSING: (Answer.KEEP, Answer.REMOVE),
    Kind.TRADE_NAME: (Answer.THEIRS, Answer.OURS),
}


@dataclass(frozen=True, slots=True)
class Named:
    """A brand and its code in İYS's words."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Difference:
    """`name` is İYS's word for what we do not know, and ours for what İYS does not name."""

    kind: Kind
    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a difference; `same_as` names our own brand when it is another name of it."""

    kind: Kind
    name: str
    answer: Answer
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A brand of İYS's; `ours` is what we call it, empty while it is not known or when it becomes a new brand."""

    name: str
    code: str
    ours: str
    main: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """`open` waits for a decision; `unmatched` are our brands that no line of İYS's stands for."""

    lines: tuple[Line, ...]
    open: tuple[Difference, ...]
    decided: tuple[tuple[Difference, Decision], ...]
    unmatched: tuple[str, ...]

    @property
    def knows_ours(self) -> bool:
        """Whether the company told us of a brand."""
        return bool(self.unmatched) or any(line.ours for line in self.lines)

    @property
    def names_main(self) -> bool:
        return any(line.main for line in self.lines)


def compare(
    named: Sequence[Named],
    *,
    iys_code: str,
    trade_name_there: str,
    trade_name: str,
    ours: Sequence[str],
    decisions: Iterable[Decision] = (),
) -> Comparison:
    """Names are compared as Turkish words, not as bytes: "IŞIK A.Ş." is "Işık Anonim Şirketi".

    A company that told us of no brand takes İYS's list as it is; a brand by the company's own trade name is
    never new. A decision that no longer fits what there is counts as not made.
    """
    made = {(each.kind, each.name): each for each in decisions}
    lines = tuple(
        Line(each.name, each.code, _match(each.name, ours, made), each.code == iys_code) for each in named
    )
    taken = {line.ours for line in lines}
    unmatched = tuple(name for name in ours if name not in taken)
    found: list[Difference] = []
    if trade_name_there and not turkish.same(trade_name_there, trade_name):
        found.append(Difference(Kind.TRADE_NAME, trade_name_there))
    if ours:
        found += [
            Difference(Kind.UNKNOWN, line.name, line.code)
            for line in lines
            if _by_name(line.name, ours) is None and not turkish.same(line.name, trade_name)
        ]
        found += [Difference(Kind.MISSING, name) for name in unmatched]
    decided = tuple((each, made[each.kind, each.name]) for each in found if _holds(each, made, ours))
    settled = {difference for difference, _decision in decided}
    return Comparison(lines, tuple(each for each in found if each not in settled), decided, unmatched)


def _by_name(name: str, ours: Sequence[str]) -> str | None:
    return next((each for each in ours if turkish.same(each, name)), None)


def _match(name: str, ours: Sequence[str], made: Mapping[tuple[Kind, str], Decision]) -> str:
    known = _by_name(name, ours)
    if known is not None:
        return known
    decision = made.get((Kind.UNKNOWN, name))
    return decision.same_as if decision and decision.answer is Answer.SAME and decision.same_as in ours else ""


def _holds(difference: Difference, made: Mapping[tuple[Kind, str], Decision], ours: Sequence[str]) -> bool:
    decision = made.get((difference.kind, difference.name))
    return decision is not None and (decision.answer is not Answer.SAME or decision.same_as in ours)
