"""Which kind a paper is, whether it is about this company, and what it says of it. PURE.

Only what is tied to the company is found: by its number, and where the paper has none to compare, by its title.
Two different numbers leave nothing, and a field that is said in two ways is left out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from documents.reading import gazette, tax_plate
from documents.reading.addresses import taken_apart
from documents.reading.comparing import same
from documents.reading.layout import Line, Page
from documents.reading.rules import all_rules
from documents.reading.values import Claim, cleaned
from identifiers.turkish import akin, skeleton
from identifiers.turkish import same as same_title


class Paper(StrEnum):
    UNKNOWN = ""
    TAX_PLATE = "tax_plate"
    GAZETTE = "trade_registry_gazette"
    SIGNATURE_CIRCULAR = "signature_circular"
    IDENTITY_CARD = "identity_card"
    CHAMBER_CERTIFICATE = "chamber_certificate"
    UNDERTAKING = "undertaking"


class Outcome(StrEnum):
    READ = "read"
    NO_TEXT = "no_text"  # a scan or a photo
    UNREAD = "unread"  # it could not be opened, or not within the limits
    ILLEGIBLE = "illegible"  # the file names other letters than those that are seen
    OTHER_PAPER = "other_paper"  # of a kind that is not read
    ANOTHERS = "anothers"  # of another company
    SEVERAL = "several"  # two numbers that both could be the company's
    UNTIED = "untied"  # nothing says that it is this company's


class Confidence(StrEnum):
    CHECKED = "checked"  # by its check digits, or against the list of places
    AS_WRITTEN = "as_written"


@dataclass(frozen=True, slots=True)
class Ours:
    """Who hands it in, as far as is known: numbers in canonical form. NOBODY: the paper has to say it."""

    tax_number: str
    trade_name: str


NOBODY = Ours(tax_number="", trade_name="")


@dataclass(frozen=True, slots=True)
class Found:
    """What a field of the application says by this paper; `page` counts from 1."""

    field: str
    value: str
    page: int

    @property
    def confidence(self) -> Confidence:
        return Confidence.CHECKED if self.field in CHECKED else Confidence.AS_WRITTEN


@dataclass(frozen=True, slots=True)
class Reading:
    """`unclear` fields are said in several ways. `other_number` is whose paper it is when it is another company's.

    `seen`: every kind that the file shows itself to be; `mentioned`: that it could be too, by its words.
    """

    paper: Paper
    outcome: Outcome
    found: tuple[Found, ...] = ()
    unclear: tuple[str, ...] = ()
    other_number: str = ""
    seen: frozenset[Paper] = frozenset()
    mentioned: frozenset[Paper] = frozenset()


CHECKED = frozenset({"tax_number", "mersis_number", "province", "district"})
# A heading stands among the first lines of a page; there and in the last, what a newspaper is called.
HEADINGS, EDGE = 15, 3
# Into so many lines a heading is broken.
BROKEN = 3
# Fewer words are a stamp on a scan, or nothing.
FEW_WORDS, FEW_WORDS_ON_A_PICTURE, ENOUGH_TO_JUDGE = 5, 60, 15
COMMON, UNNAMED = 0.01, 0.3


def read(pages: Sequence[Page], ours: Ours, *, pictures: Sequence[bool] = (), unnamed: float = 0.0) -> Reading:
    """`pictures`: which pages are mostly one. `unnamed`: the part of the letters that the file does not name."""
    mentioned = _mentioned(pages)
    return replace(_read(pages, ours, pictures, unnamed), mentioned=mentioned)


def _read(pages: Sequence[Page], ours: Ours, pictures: Sequence[bool], unnamed: float) -> Reading:
    seen = _kinds(pages)
    if not seen:
        return Reading(Paper.UNKNOWN, _unknown(pages, pictures, unnamed))
    rules = all_rules()
    if Paper.TAX_PLATE in seen:
        rule = rules[Paper.TAX_PLATE]
        return _tax_plate([claim for page in pages for claim in tax_plate.claims(page, rule)], ours, seen)
    if Paper.GAZETTE in seen:
        return _gazette(gazette.announcements(pages, rules[Paper.GAZETTE]), ours, seen)
    return Reading(min(seen), Outcome.OTHER_PAPER, seen=seen)


def _kinds(pages: Sequence[Page]) -> frozenset[Paper]:
    found: set[Paper] = set()
    for page in pages:
        grid = page.grid
        top = {skeleton(each.text) for row in grid[:HEADINGS] for each in (*row, _whole(row))}
        lines = set(_lines([skeleton(_whole(row).text) for row in grid[:HEADINGS]]))
        edges = [skeleton(_whole(row).text) for row in (*grid[:EDGE], *grid[-EDGE:])]
        for name, rules in all_rules().items():
            if (rules["heading"] & (top | lines) and name != Paper.TAX_PLATE) or rules["alone"] & lines:
                found.add(Paper(name))
            if any(words in edge for words in rules["within"] for edge in edges):
                found.add(Paper(name))
        plate, printed = all_rules()[Paper.TAX_PLATE], all_rules()[Paper.GAZETTE]
        if plate["heading"] & (top | lines) and len({each.field for each in tax_plate.claims(page, plate)}) > 1:
            found.add(Paper.TAX_PLATE)
        if gazette.has_head(page, printed):
            found.add(Paper.GAZETTE)
    return frozenset(found)


def _lines(rows: Sequence[str]) -> Iterator[str]:
    """What stands alone in a line, or in as many below each other as a heading is broken into."""
    for length in range(1, BROKEN + 1):
        yield from ("".join(rows[at : at + length]) for at in range(len(rows)))


def _mentioned(pages: Sequence[Page]) -> frozenset[Paper]:
    text = " ".join(skeleton(_whole(row).text) for page in pages for row in page.grid)
    named = {name: rules["mention"] for name, rules in all_rules().items() if rules["mention"]}
    return frozenset(Paper(name) for name, words in named.items() if any(word in text for word in words))


def _whole(row: Sequence[Line]) -> Line:
    return Line(tuple(word for cell in row for word in cell.words))


def _unknown(pages: Sequence[Page], pictures: Sequence[bool], unnamed: float) -> Outcome:
    words = [skeleton(word.text) for page in pages for word in page.words]
    few = FEW_WORDS_ON_A_PICTURE * len(pages) if any(pictures) else FEW_WORDS
    if unnamed > UNNAMED:
        return Outcome.ILLEGIBLE
    if len(words) < few:
        return Outcome.NO_TEXT
    common = sum(word in all_rules()["words"]["common"] for word in words)
    strange = len(words) >= ENOUGH_TO_JUDGE and common < COMMON * len(words)
    return Outcome.ILLEGIBLE if strange else Outcome.OTHER_PAPER


def _tax_plate(claims: Iterable[Claim], ours: Ours, seen: frozenset[Paper]) -> Reading:
    values = list(_values(claims))
    numbers = {each.value for each in values if each.field == "tax_number"}
    taxes, persons = {each for each in numbers if len(each) == 10}, {each for each in numbers if len(each) == 11}
    if len(taxes) > 1 or len(persons) > 1:
        return Reading(Paper.TAX_PLATE, Outcome.SEVERAL, seen=seen)
    comparable = persons if len(ours.tax_number) == 11 else taxes
    if ours == NOBODY:
        return _of_nobody(values, taxes or persons, seen)
    if comparable and ours.tax_number not in comparable:
        return Reading(Paper.TAX_PLATE, Outcome.ANOTHERS, other_number=min(comparable), seen=seen)
    if not comparable and not any(_titled(each, ours) for each in values):
        return Reading(Paper.TAX_PLATE, Outcome.UNTIED, seen=seen)
    best = comparable or taxes or persons
    kept = [each for each in values if each.field != "tax_number" or each.value in best]
    return _reading(Paper.TAX_PLATE, kept, seen)


def _of_nobody(values: Sequence[Found], numbers: set[str], seen: frozenset[Paper]) -> Reading:
    """Of whom it is, by its tax number. A sole trader's that has none is known by the TCKN, which may stand for
    it: who has a VKN need not give the TCKN where a tax number is asked for."""
    if not numbers:
        return Reading(Paper.TAX_PLATE, Outcome.UNTIED, seen=seen)
    kept = [each for each in values if each.field != "tax_number" or each.value in numbers]
    return _reading(Paper.TAX_PLATE, kept, seen)


def _gazette(found: Sequence[gazette.Announcement], ours: Ours, seen: frozenset[Paper]) -> Reading:
    kept: list[Found] = []
    others: set[str] = set()
    for each in found:
        values = list(_values(each.claims))
        number = next((value.value for value in values if value.field == "mersis_number"), "")
        owner = number[1:11] if number.startswith("0") else number[:11]
        if owner and len(owner) == len(ours.tax_number):
            mine = owner == ours.tax_number
        else:
            mine = any(_titled(value, ours) for value in values)
        if mine:
            page = next((value.page for value in values if value.field == "mersis_number"), 0)
            kept += values
            kept += [Found("tax_number", owner, page)] if owner else []
        elif owner:
            others.add(owner)
    if kept:
        return _reading(Paper.GAZETTE, kept, seen)
    outcome = Outcome.ANOTHERS if found else Outcome.UNTIED
    return Reading(Paper.GAZETTE, outcome, other_number=others.pop() if len(others) == 1 else "", seen=seen)


def _titled(found: Found, ours: Ours) -> bool:
    title = ours.trade_name
    return found.field == "trade_name" and (same_title(found.value, title) or akin(found.value, title))


# Where a paper has several labels for what the application knows as one: the first that has a value.
_ONE_OF: Mapping[str, tuple[str, ...]] = {
    "trade_name": ("new_trade_name", "trade_name", "person", "name"),
    "address": ("new_address", "address"),
    "tax_office": ("tax_office",),
    "mersis_number": ("mersis_number",),
}
_NUMBERS = ("tax_number", "identity", "number")


def _values(claims: Iterable[Claim]) -> Iterator[Found]:
    """What of the claims may stand in the application, an address taken apart."""
    by_page: dict[int, list[Claim]] = {}
    for claim in claims:
        by_page.setdefault(claim.page, []).append(claim)
    for page, said in by_page.items():
        for each in said:
            if each.field in _NUMBERS and (number := cleaned("number", each.text)):
                yield Found("tax_number", number, page)
        for field, names in _ONE_OF.items():
            known = ([cleaned(field, each.text) for each in said if each.field == name] for name in names)
            for value in filter(None, next(filter(any, known), [])):
                parts = taken_apart(value) if field == "address" else {field: value}
                yield from (Found(part, text, page) for part, text in parts.items())


def _reading(paper: Paper, values: Iterable[Found], seen: frozenset[Paper]) -> Reading:
    """Each field once; a field that is said in two ways is unclear."""
    found: dict[str, Found] = {}
    unclear: set[str] = set()
    for each in values:
        first = found.setdefault(each.field, each)
        if not same(each.field, first.value, each.value):
            unclear.add(each.field)
    if "address" in unclear:
        unclear |= {part for part in ("province", "district") if part in found and not _agree(part, values)}
    clear = tuple(each for field, each in found.items() if field not in unclear)
    return Reading(paper, Outcome.READ, clear, tuple(sorted(unclear)), seen=seen)


def _agree(field: str, values: Iterable[Found]) -> bool:
    return len({each.value for each in values if each.field == field}) < 2
