"""What a sender wrote anew, and what is quoted or forwarded. PURE."""

from collections.abc import Iterator
from dataclasses import dataclass

from correspondence.reading import markers
from identifiers.turkish import fold

MAX_FORWARDS = 5  # within one another
MAX_HEAD = 60  # lines of a marker and its headers


@dataclass(frozen=True, slots=True)
class Words:
    """`own` was written anew; `forwarded` is the mail that was passed on, without its own quotations."""

    own: str
    forwarded: str

    @property
    def all(self) -> str:
        """Of a mail that was passed on itself, what it says and what it passes on."""
        return "\n\n".join(filter(None, (self.own, self.forwarded)))


@dataclass(frozen=True, slots=True)
class _Quotation:
    """Lines [start, end) of the text; the first `marker` of them say what it is."""

    start: int
    marker: int
    end: int
    is_forward: bool


def is_forward_subject(subject: str) -> bool:
    """Whether a subject says that the mail is passed on: "İlt:", "Fwd:"."""
    return markers.is_forward_subject(fold(subject))


def split(text: str, *, forward: bool = False, depth: int = 0) -> Words:
    """`forward`: the subject says that the quotation was passed on, as Outlook alone marks it.

    What is marked line by line ends where the marks end, and an answer may stand below it or in between. What a
    program only puts below a line of its own has no end that anybody could know: all the rest belongs to it.
    """
    page = _Page(text)
    quotations = list(page.quotations())
    ends = [0, *(each.end for each in quotations)]
    starts = [*(each.start for each in quotations), len(page.lines)]
    own = (_tidy(page.lines[end:start]) for end, start in zip(ends, starts, strict=True))
    passed_on = next((each for each in quotations if forward or each.is_forward), None)
    return Words("\n\n".join(filter(None, own)), page.passed_on(passed_on, depth) if passed_on else "")


class _Page:
    def __init__(self, text: str) -> None:
        self.lines = text.replace("\r\n", "\n").split("\n")
        self.folded = [fold(line) for line in self.lines]
        # Where the next line that is not empty stands, for each line.
        self.next_words = [len(self.lines)] * (len(self.lines) + 1)
        for at in range(len(self.lines) - 1, -1, -1):
            self.next_words[at] = at if self.lines[at].strip() else self.next_words[at + 1]

    def quotations(self) -> Iterator[_Quotation]:
        at = 0
        while at < len(self.lines):
            found = self._quotation(at)
            if found is not None:
                yield found
            at = found.end if found else at + 1

    def _quotation(self, at: int) -> _Quotation | None:
        if self._is_marked(at):
            return self._marked(at)
        if not self.folded[at]:
            return None
        forward = markers.is_forward(self.folded[at])
        marker = 1 if markers.is_divider(self.folded[at]) else markers.attribution(self.folded, at)
        headers = 0 if marker else markers.header_lines(self.folded, at)
        below = self.next_words[at + (marker or headers or 1)]
        if not (marker or headers):
            if self._is_marked(below) and markers.names_a_writer(self.folded[at]):
                return _Quotation(at, 1, self._end_of_marks(below), is_forward=False)
            return None
        if self._is_marked(below):
            end = self._end_of_marks(below)
        else:
            ends = (place for place in range(below, len(self.lines)) if markers.ends_forward(self.folded[place]))
            end = next(ends, len(self.lines) - 1) + 1 if forward else len(self.lines)
        return _Quotation(at, marker, end, forward)

    def _marked(self, at: int) -> _Quotation:
        end = self._end_of_marks(at)
        head = [
            fold(line) for line in map(_unmarked, self.lines[at : min(end, at + MAX_HEAD)]) if line.strip(" >")
        ]
        if head and markers.is_head_of_forward(head):
            # Gmail marks the head alone, the mail itself stands below.
            return _Quotation(at, 0, len(self.lines), is_forward=True)
        return _Quotation(at, 0, end, bool(head) and markers.is_forward(head[0]))

    def _is_marked(self, at: int) -> bool:
        return at < len(self.lines) and _is_marked(self.lines[at])

    def _end_of_marks(self, at: int) -> int:
        while self._is_marked(at):
            end, at = at + 1, self.next_words[at + 1]
        return end

    def passed_on(self, found: _Quotation, depth: int) -> str:
        """The forwarded mail's words: after its marker and header lines, up to what it quotes itself."""
        lines = self.lines[found.start + found.marker : found.end]
        marked = next((at for at, line in enumerate(lines) if line.strip() and not _is_marked(line)), len(lines))
        lines = [*map(_unmarked, lines[:marked]), *lines[marked:]]
        folded = [fold(line) for line in lines]
        at = _after_headers(folded, 0)
        if not found.marker and at < len(lines) and markers.is_divider(folded[at]):
            at = _after_headers(folded, at + 1)
        # Zoho closes the headers with the line that opened them.
        if at < len(lines) and markers.is_forward(folded[at]) and folded[at].startswith("="):
            at += 1
        end = next((place for place in range(at, len(lines)) if markers.ends_forward(folded[place])), len(lines))
        rest = _tidy(lines[at:end])
        inner = split(rest, depth=depth + 1) if rest and depth < MAX_FORWARDS else Words("", "")
        return inner.all or rest


def _after_headers(folded: list[str], at: int) -> int:
    at = _after_blank(folded, at)
    return _after_blank(folded, at + markers.labelled(folded, at)[0])


def _after_blank(folded: list[str], at: int) -> int:
    while at < len(folded) and not folded[at].strip(">*_- "):
        at += 1
    return at


def _is_marked(line: str) -> bool:
    return line.lstrip().startswith(">")


def _unmarked(line: str) -> str:
    return line.lstrip().removeprefix(">").removeprefix(" ")


def _tidy(lines: list[str]) -> str:
    return "\n".join(lines).strip()
