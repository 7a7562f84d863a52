"""Words of a page put into cells, columns and lines, by where they stand. PURE."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from unicodedata import normalize

from identifiers.invisible import visible

# In heights of the letters.
SAME_LINE = 0.35
BETWEEN_CELLS = 0.45
BETWEEN_COLUMNS = 0.6
NEXT_LINE = 1.5
# Of a page's lines, in which something may run across the gap between two columns, and how few lines tell nothing.
ACROSS, FEW_LINES = 0.08, 8
STEP = 2.0  # points


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    left: float
    right: float
    base: float
    size: float
    spacing: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """Words beside each other: a cell of a table, or a line of a column."""

    words: tuple[Word, ...]
    column: int = 0

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @property
    def base(self) -> float:
        return self.words[0].base

    @property
    def size(self) -> float:
        return max(word.size for word in self.words)

    def after(self, count: int) -> "Line | None":
        """Without the first words."""
        return Line(self.words[count:], self.column) if len(self.words) > count else None


@dataclass(frozen=True)
class Page:
    number: int
    words: tuple[Word, ...]

    @cached_property
    def grid(self) -> list[list[Line]]:
        """Its rows, each of cells."""
        return cells(self.words)

    @cached_property
    def lines(self) -> list[Line]:
        """As they are read, column by column."""
        return _lines(self)


def pages_of(found: Sequence[Sequence[Sequence[object]]]) -> list[Page]:
    """From what `page_text` gives."""
    return [
        Page(number, tuple(each for each in map(_word, words) if each.text))
        for number, words in enumerate(found, start=1)
    ]


def _word(found: Sequence[object]) -> Word:
    text, *edges = found
    left, right, base, size, spacing = (float(str(edge)) for edge in edges)
    return Word(normalize("NFKC", visible(str(text))).strip(), left, right, base, size, spacing)


def rows(words: Iterable[Word]) -> Iterator[list[Word]]:
    """From the top down, each from left to right."""
    row: list[Word] = []
    for word in sorted(words, key=lambda each: each.base):
        if row and word.base - row[0].base > SAME_LINE * min(word.size, row[0].size):
            yield sorted(row, key=lambda each: each.left)
            row = []
        row.append(word)
    if row:
        yield sorted(row, key=lambda each: each.left)


def cells(words: Iterable[Word], gap: float = BETWEEN_CELLS) -> list[list[Line]]:
    """Of each row what stands together."""
    return [_split(row, gap) for row in rows(words)]


def _split(row: Sequence[Word], gap: float) -> list[Line]:
    found = [[row[0]]]
    for before, word in pairwise(row):
        if word.left - before.right > gap * max(word.size, before.size) + 2 * word.spacing:
            found.append([])
        found[-1].append(word)
    return [Line(tuple(words)) for words in found]


def _lines(page: Page) -> list[Line]:
    """The page as it is read: what runs over several columns first, then column by column."""
    grid = cells(page.words, BETWEEN_COLUMNS)
    edges = _gutters(grid)
    spanning = [
        cell
        for row in grid
        for cell in row
        if any(cell.left < edge - STEP and cell.right > edge + STEP for edge in edges)
    ]
    across = {word for cell in spanning for word in cell.words}
    columns: list[list[Word]] = [[] for _column in range(len(edges) + 1)]
    for word in page.words:
        if word not in across:
            columns[sum(word.left >= edge - STEP for edge in edges)].append(word)
    found = [Line(cell.words, -1) for cell in spanning]
    for number, words in enumerate(columns):
        found += [Line(tuple(row), number) for row in rows(words)]
    return found


def _gutters(grid: Sequence[Sequence[Line]]) -> list[float]:
    """The middle of each strip from top to bottom in which next to nothing stands."""
    if len(grid) < FEW_LINES:
        return []
    every = [cell for row in grid for cell in row]
    begin, end = min(cell.left for cell in every), max(cell.right for cell in every)
    steps = int((end - begin) / STEP) + 1
    filled = [0] * (steps + 2)
    for row in grid:
        for at in {
            at
            for cell in row
            for at in range(int((cell.left - begin) / STEP), int((cell.right - begin) / STEP) + 1)
        }:
            filled[min(at, steps)] += 1
    most = 1 + ACROSS * len(grid)
    narrowest = BETWEEN_COLUMNS * sorted(cell.size for cell in every)[len(every) // 2]
    found, first = [], None
    for at, count in enumerate(filled[: steps + 1]):
        if count <= most and first is None:
            first = at
        elif count > most and first is not None:
            width = (at - first) * STEP
            if first > 0 and width >= narrowest - STEP and _divides(grid, begin + first * STEP, begin + at * STEP):
                found.append(begin + (first + at) / 2 * STEP)
            first = None
    return found


def _divides(grid: Sequence[Sequence[Line]], left: float, right: float) -> bool:
    """Whether there are lines on both sides: the ends of a few long lines are no column."""
    beside = [sum(any(cell.right <= left + STEP for cell in row) for row in grid)]
    beside.append(sum(any(cell.left >= right - STEP for cell in row) for row in grid))
    return min(beside) >= max(4, ACROSS * len(grid) * 2)


def follows(before: Line, line: Line) -> bool:
    """Whether the line goes on where `before` ended: right below it, or at the top of the next column."""
    if line.column != before.column:
        return line.column == before.column + 1
    return 0 < line.base - before.base <= NEXT_LINE * max(before.size, line.size)


def joined(parts: Iterable[Line]) -> str:
    """The text over several lines; a word that was divided at the end of one is whole again."""
    text = ""
    for part in parts:
        if text.endswith("-") and text[-2:-1].isalpha() and part.text[:1].isalpha():
            text = text[:-1] + part.text
        else:
            text = f"{text} {part.text}".strip()
    return " ".join(text.split())
