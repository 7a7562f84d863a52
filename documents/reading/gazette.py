"""The Türkiye Ticaret Sicili Gazetesi: announcements one after the other, each with its own head. PURE."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from documents.reading.layout import Line, Page, follows, joined
from documents.reading.rules import Rules
from documents.reading.values import Claim
from identifiers.turkish import skeleton

# Of an announcement, in lines: its head is over where its text begins, and no value is longer.
MOST_OF_A_HEAD, MOST_OF_A_VALUE = 30, 7


@dataclass(slots=True)
class Announcement:
    """What stands in the head of one company's announcement, before its text."""

    claims: list[Claim] = field(default_factory=list)

    def all(self, name: str) -> list[Claim]:
        return [claim for claim in self.claims if claim.field == name]


def announcements(pages: Iterable[Page], rules: Rules) -> list[Announcement]:
    found = []
    placed = [(page.number, line) for page in pages for line in page.lines]
    starts = list(_starts([line for _page, line in placed], rules))
    for start, end in pairwise([*starts, len(placed)]):
        head = placed[start : min(end, start + MOST_OF_A_HEAD)]
        found.append(Announcement(list(_claims(head, rules))))
    return found


def has_head(page: Page, rules: Rules) -> bool:
    return any(True for _start in _starts(page.lines, rules))


def _starts(found: Sequence[Line], rules: Rules) -> Iterator[int]:
    """Where announcements begin: the registry's name, over one or two lines; where it is missing, the number."""
    last = -10
    texts = [*(skeleton(line.text) for line in found), ""]
    for at, (text, below) in enumerate(pairwise(texts)):
        two = text + below
        named = any(head in text for head in rules["head"])
        if named or any(head in two and head not in below for head in rules["head"]):
            if at - last > 1:
                last = at
                yield at
        elif any(text.startswith(number) for number in rules["number"]) and at - last > 4:
            last = at
            yield at


def _claims(head: Sequence[tuple[int, Line]], rules: Rules) -> Iterator[Claim]:
    at = 0
    seen: set[str] = set()
    loose: list[Line] = []
    while at < len(head):
        page, line = head[at]
        if _begins(line, rules["body"]):
            return
        found = _label(line, rules)
        at += 1
        if found is None:
            loose.append(line)
            continue
        name, rest = found
        if name == "address" and "trade_name" not in seen and _is_title(loose, rules):
            yield Claim("trade_name", joined(loose), page)
        loose = []
        value = [rest] if rest is not None else []
        before = line
        while at < len(head) and len(value) < MOST_OF_A_VALUE:
            below = head[at][1]
            if not follows(before, below) or _label(below, rules) or _begins(below, rules["body"]):
                break
            if name in ("other", "mersis_number") and value:
                break
            value.append(below)
            before = below
            at += 1
        if name != "other" and name not in seen:
            seen.add(name)
            yield Claim(name, joined(value), page)


def _is_title(found: Sequence[Line], rules: Rules) -> bool:
    """Some registries print the title between the numbers and the address, without a label."""
    text = skeleton(joined(found))
    return len(found) <= MOST_OF_A_VALUE and any(word in text for word in rules["title"])


def _begins(line: Line, words: frozenset[str]) -> bool:
    text = skeleton(line.text)
    return any(text.startswith(each) for each in words)


def _label(line: Line, rules: Rules) -> tuple[str, Line | None] | None:
    """The field with whose label the line begins, and the rest of the line."""
    text = ""
    for count, word in enumerate(line.words, start=1):
        before, colon, behind = word.text.partition(":")
        text += skeleton(before)
        name = rules.labels.get(text)
        alone = count == len(line.words)
        follows_colon = not alone and line.words[count].text.startswith(":")
        if name is not None and (colon or alone or follows_colon):
            if behind:
                return name, Line((replace(word, text=behind), *line.words[count:]), line.column)
            return name, line.after(count)
        if colon or count > 5:
            return None
    return None
