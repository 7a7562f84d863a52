"""A vergi levhası: labels, and the values beside or under them, by where they stand. PURE."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from documents.reading.layout import NEXT_LINE, Line, Page, Word, cells, joined, rows
from documents.reading.rules import Rules
from documents.reading.values import Claim
from identifiers.turkish import skeleton

# Labels whose value may follow without a colon and without a gap: a number begins where it begins.
NUMBERS = frozenset({"tax_number", "identity", "number"})
# In heights of the letters.
ALIGNED, LOOSE, NEAR, BELOW = 0.5, 0.8, 3.0, 1.9
MOST_LINES = 6
LINES_OF_A_LABEL = 4  # and those of values between them
MOST_WORDS_OF_A_HEAD = 8


@dataclass(frozen=True, slots=True)
class Label:
    field: str
    words: tuple[Word, ...]
    colon: bool

    @property
    def left(self) -> float:
        return min(word.left for word in self.words)

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @property
    def top(self) -> float:
        return self.words[0].base

    @property
    def bottom(self) -> float:
        return self.words[-1].base

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        return self.words[0].size


def claims(page: Page, rules: Rules) -> list[Claim]:
    """What the page says of the company; what stands in somebody else's box is left out."""
    labels = list(_labels(page.grid, rules.labels))
    used = {word for label in labels for word in label.words}
    free = [word for word in page.words if word not in used]
    foreign = _somebodys(page.grid, labels, rules["somebody"])
    found = []
    for label in labels:
        if label.field != "other" and not any(top < label.top <= bottom for top, bottom in foreign):
            text = _value(label, labels, free)
            found.append(Claim(label.field, text, page.number))
    return found


def _labels(grid: Sequence[Sequence[Line]], known: Mapping[str, str]) -> Iterator[Label]:
    longest = max(map(len, known))
    used: set[Word] = set()
    for number, row in enumerate(grid):
        words = [word for cell in row for word in cell.words]
        for cell in row:
            if cell.words[0] in used:
                continue
            label = _in_cell(cell, words, known, longest) or _over_lines(
                cell, grid[number + 1 : number + 1 + LINES_OF_A_LABEL], known
            )
            if label is not None:
                used.update(label.words)
                yield label


def _in_cell(cell: Line, row: Sequence[Word], known: Mapping[str, str], longest: int) -> Label | None:
    """The longest label with which the cell begins, if its value cannot be the rest of a sentence."""
    first = row.index(cell.words[0])
    ends = {each.words[-1] for each in (cell,)}
    text, found = "", None
    for at in range(first, len(row)):
        word = row[at]
        text += skeleton(word.text.partition(":")[0])
        if len(text) > longest:
            break
        field = known.get(text)
        behind = row[at + 1] if at + 1 < len(row) else None
        colon = ":" in word.text or (behind is not None and behind.text.startswith(":"))
        apart = behind is None or word in ends or _is_gap(word, behind)
        number = field in NUMBERS and behind is not None and behind.text[:1].isdigit()
        if field is not None and (colon or apart or number):
            found = Label(field, tuple(row[first : at + 1]), colon)
        if ":" in word.text:
            break
    return found


def _is_gap(word: Word, behind: Word) -> bool:
    return len(cells([word, behind])[0]) > 1


def _over_lines(cell: Line, below: Sequence[Sequence[Line]], known: Mapping[str, str]) -> Label | None:
    """A label that is broken over the lines of a narrow cell."""
    words, last = list(cell.words), cell
    text = skeleton(cell.text)
    for row in below:
        if not text or not any(label.startswith(text) for label in known):
            return None
        under = next((each for each in row if abs(each.left - cell.left) <= ALIGNED * cell.size), None)
        if under is None:
            # A value in the middle of its cell lies between two lines of its label.
            continue
        if under.base - last.base > NEXT_LINE * cell.size:
            return None
        text += skeleton(under.text)
        words += under.words
        last = under
        if text in known:
            return Label(known[text], tuple(words), under.text.endswith(":"))
    return None


def _somebodys(
    grid: Sequence[Sequence[Line]], labels: Sequence[Label], words: frozenset[str]
) -> list[tuple[float, float]]:
    """From where to where down the page somebody else is spoken of: below a line that begins with such a word, to
    the end, or to a line about the company."""
    if not labels:
        return []
    edge = min(label.left for label in labels)
    labelled = {word for label in labels if label.field != "other" for word in label.words}
    found: list[tuple[float, float]] = []
    for row in grid:
        first = row[0]
        begins = [skeleton(word.text) for word in first.words[:3]]
        if found and begins[0].startswith("mukellef"):
            found[-1] = found[-1][0], min(found[-1][1], first.base - 1)
        is_head = len(first.words) <= MOST_WORDS_OF_A_HEAD and not labelled & set(first.words)
        starts = {"".join(begins[:count]) for count in (1, 2, 3)} | set(_parts(first.words[0].text))
        if is_head and first.left <= edge + 3 * first.size and starts & words:
            found.append((first.base, float("inf")))
    return found


def _parts(text: str) -> Iterator[str]:
    yield from map(skeleton, text.replace("(", "/").split("/"))


def _value(label: Label, labels: Sequence[Label], free: Sequence[Word]) -> str:
    """Beside the label, else under it; nothing when there is none."""
    right = _end_of(label, labels)
    left = label.left if label.colon else label.right
    # What follows a colon does not begin above it.
    top = label.top - ALIGNED * label.size if label.colon else float("-inf")
    zone = [
        Line(tuple(row))
        for row in rows(word for word in free if left - 1 <= word.left < right - 1 and word.base >= top)
    ]
    column = [each for each in labels if abs(each.left - label.left) <= 2 * label.size]
    for group in _groups(zone):
        mine = _of(group, label, column)
        if mine:
            return joined(mine[:MOST_LINES])
    return _under(label, labels, free, right)


def _end_of(label: Label, labels: Sequence[Label]) -> float:
    """Where the next labels begin, right of this one's value."""
    beside = [
        each for each in labels if each.left > label.right and abs(each.middle - label.middle) <= NEAR * label.size
    ]
    return (
        min(beside, key=lambda each: (abs(each.middle - label.middle), each.left)).left if beside else float("inf")
    )


def _groups(zone: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that go on with each other."""
    if zone:
        group = [zone[0]]
        for before, line in pairwise(zone):
            if line.base - before.base > NEXT_LINE * 0.9 * max(line.size, before.size):
                yield group
                group = []
            group.append(line)
        yield group


def _of(group: Sequence[Line], label: Label, column: Sequence[Label]) -> list[Line]:
    """Those lines of the group that are this label's; a group without lines between rows is shared by several."""
    slack = LOOSE * label.size
    beside = [each for each in column if group[0].base - slack <= each.middle <= group[-1].base + slack]
    if label not in beside:
        return []
    if len(beside) == 1:
        return list(group)
    owners = [_aligned(line, beside) for line in group]
    for at, owner in enumerate(owners):
        if owner is None:
            owners[at] = _nearest(group, at, owners, beside)
    return [line for line, owner in zip(group, owners, strict=True) if owner is label]


def _aligned(line: Line, labels: Sequence[Label]) -> Label | None:
    return next(
        (
            each
            for each in labels
            if each.top - ALIGNED * each.size <= line.base <= each.bottom + ALIGNED * each.size
        ),
        None,
    )


def _nearest(
    group: Sequence[Line], at: int, owners: Sequence[Label | None], labels: Sequence[Label]
) -> Label | None:
    """Whose a line is that stands beside no label: of a label in the middle of its cell, which has no line of its
    own; else of the one above."""
    for each in sorted(labels, key=lambda each: abs(each.middle - group[at].base)):
        near = abs(each.middle - group[at].base) <= 1.2 * group[at].size
        if near and not any(_aligned(line, [each]) for line in group):
            return each
    above = [owner for owner in owners[:at] if owner is not None]
    return above[-1] if above else min(labels, key=lambda each: abs(each.middle - group[at].base))


def _under(label: Label, labels: Sequence[Label], free: Sequence[Word], right: float) -> str:
    """Below a label that heads its value, unless the next thing down is another label."""
    lowest = label.bottom + BELOW * label.size
    near = [
        each
        for each in labels
        if label.bottom < each.top <= lowest and each.left < label.right and each.right > label.left
    ]
    if near:
        return ""
    found: list[Line] = []
    bottom, size = label.bottom, label.size * BELOW / NEXT_LINE
    for row in rows(
        word for word in free if word.base > label.bottom + 1 and label.left - size <= word.left < right - 1
    ):
        line = Line(tuple(row))
        if line.base - bottom > NEXT_LINE * size or abs(line.left - label.left) > label.size:
            break
        if any(abs(each.top - line.base) <= 1 for each in labels) or len(found) == MOST_LINES:
            break
        found.append(line)
        bottom, size = line.base, line.size
        if any(
            line.base < each.top <= line.base + NEXT_LINE * size and abs(each.left - label.left) <= size
            for each in labels
        ):
            break
    return joined(found)
