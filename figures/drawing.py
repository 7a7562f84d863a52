"""Where the bars of a figure stand. PURE.

Across, everything is in shares of the width, so that a drawing is as wide as there is room and its words keep
their size; down, in pixels. Colours are classes (static/css/figures.css): `tone` is the number of one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

TALL, FIRST_LINE, BAR_AT, BAR = 44, 15, 22, 14  # of a row: its height, its words, its bar
PLOT, HEAD, FOOT = 120, 22, 20  # of columns: the highest one, the line above, the line below
PANEL = 56  # the highest column of a panel
GAP = 0.2  # between columns, of the width of one


@dataclass(frozen=True, slots=True)
class Part:
    """So much of a bar or column, in which tone."""

    tone: int
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """A bar with its words: its name before, its figure behind."""

    label: str
    value: str
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Box:
    tone: int
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Words:
    text: str
    x: str
    y: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """`told` says in words what is drawn. `legend`: what each tone means, where there is more than one."""

    height: int
    boxes: Sequence[Box]
    words: Sequence[Words]
    told: str
    legend: Sequence[tuple[int, str]] = ()


def bars(lines: Sequence[Line], legend: Sequence[tuple[int, str]] = ()) -> Drawing:
    """One bar below the other, the longest over the whole width."""
    longest = max((sum(part.size for part in line.parts) for line in lines), default=0) or 1
    boxes: list[Box] = []
    words: list[Words] = []
    for number, line in enumerate(lines):
        top, x = number * TALL, 0.0
        words += [
            Words(line.label, "0", top + FIRST_LINE, "start"),
            Words(line.value, "100%", top + FIRST_LINE, "end"),
        ]
        boxes.append(Box(0, "0", str(top + BAR_AT), "100%", str(BAR)))
        for part in line.parts:
            share = 100 * part.size / longest
            if share:
                boxes.append(Box(part.tone, _share(x), str(top + BAR_AT), _share(share), str(BAR)))
            x += share
    told = "; ".join(f"{line.label}: {line.value}" for line in lines)
    return Drawing(len(lines) * TALL, boxes, words, told, legend)


def columns(
    stacks: Sequence[Sequence[Part]],
    *,
    first: str,
    last: str,
    highest: str,
    legend: Sequence[tuple[int, str]] = (),
) -> Drawing:
    """One column beside the other, from the first day to the last."""
    most = max((sum(part.size for part in stack) for stack in stacks), default=0) or 1
    boxes = [
        box
        for number, stack in enumerate(stacks)
        for box in _column(stack, number, len(stacks), most, HEAD + PLOT, PLOT)
    ]
    base = HEAD + PLOT
    boxes.append(Box(0, "0", str(base), "100%", "1"))
    words = [Words(highest, "0", FIRST_LINE, "start"), *_ends(first, last, base + FIRST_LINE)]
    return Drawing(base + FOOT, boxes, words, f"{first} – {last}: {highest}", legend)


@dataclass(frozen=True, slots=True)
class Panel:
    """A row of columns of its own height; of each the lower share of the higher: (median, ninety of a hundred)."""

    label: str
    value: str
    pairs: Sequence[tuple[float, float]]


def panels(rows: Sequence[Panel], *, first: str, last: str, legend: Sequence[tuple[int, str]]) -> Drawing:
    tall = HEAD + PANEL + FOOT
    boxes: list[Box] = []
    words: list[Words] = []
    for number, row in enumerate(rows):
        top = number * (tall + 4)
        base = top + HEAD + PANEL
        most = max((high for _low, high in row.pairs), default=0) or 1
        for place, (low, high) in enumerate(row.pairs):
            boxes += _column([Part(1, low), Part(2, high - low)], place, len(row.pairs), most, base, PANEL)
        boxes.append(Box(0, "0", str(base), "100%", "1"))
        words += [
            Words(row.label, "0", top + FIRST_LINE, "start"),
            Words(row.value, "100%", top + FIRST_LINE, "end"),
            *_ends(first, last, base + FIRST_LINE),
        ]
    told = "; ".join(f"{row.label}: {row.value}" for row in rows)
    return Drawing(len(rows) * (tall + 4), boxes, words, told, legend)


def _column(parts: Sequence[Part], place: int, of: int, most: float, base: int, tall: int) -> list[Box]:
    boxes, below = [], 0.0
    for part in parts:
        height = tall * part.size / most
        if height:
            width = (1 - GAP) * 100 / of
            x = (place + GAP / 2) * 100 / of
            boxes.append(Box(part.tone, _share(x), f"{base - below - height:.1f}", _share(width), f"{height:.1f}"))
        below += height
    return boxes


def _ends(first: str, last: str, y: int) -> list[Words]:
    ends = [Words(first, "0", y, "start")]
    return ends if first == last else [*ends, Words(last, "100%", y, "end")]


def _share(number: float) -> str:
    return f"{number:.2f}%"
