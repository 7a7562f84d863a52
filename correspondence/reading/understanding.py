"""Whether a text is understood wholly: each sentence known, and all that claim something of one kind. PURE."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from correspondence.reading.blanks import BLANKS
from correspondence.reading.extraction import BrandCode, ExtractedFields
from correspondence.reading.kinds import Kind
from correspondence.reading.known import Known, shipped
from correspondence.reading.plain_text import PlainText
from correspondence.reading.sentence_patterns import Fit
from correspondence.reading.signature import is_signature_line
from identifiers.turkish import fold

MAX_SENTENCES = 200
# A mail that names two of these speaks of two cases.
ONLY_ONE = ("application_number", "iys_code", "trade_name", "partner_name")
_GAP = re.compile(r"[\s/|•·–—_=>.,;:!…#~+-]*")
_ITEM = re.compile(r"^\d{1,2}[.)] ?(?=\D)")
_ROW = re.compile(r"(?:\d{1,2}[.)] )?[-•–· ]*([^|/:]{1,150}?) ?[|/:–-]? ?(\d{4,15})(?: |$)")
_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)|\n|$")
_TITLE_END = re.compile(r"\b(?:a\. ?s|sti)\.$")


class Meaning(StrEnum):
    """What a sentence is to the reader."""

    CLAIM = "claim"
    HARMLESS = "harmless"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the mail as it was written. `pattern` is the known sentence that it fits, with what filled its
    `blanks`; `also` as in Known."""

    text: str
    meaning: Meaning
    kind: Kind | None = None
    also: tuple[Kind, ...] = ()
    pattern: str = ""
    taught: int | None = None
    blanks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Understanding:
    """`kind` is what all claims together say, None when there is none or they do not go together. `wholly`:
    nothing else is said."""

    sentences: tuple[Sentence, ...] = ()
    kind: Kind | None = None
    wholly: bool = False
    fields: ExtractedFields = field(default_factory=ExtractedFields)


def understand(text: str, taught: Sequence[Known] = ()) -> Understanding:
    """Of a squeezed text; `taught` are the sentences that people have taught, beside the shipped ones."""
    sentences = tuple(_sentences(PlainText.of(text), taught))
    claims = [each for each in sentences if each.meaning is Meaning.CLAIM]
    fields, contradicts = _fields(sentences)
    kinds = [
        kind
        for kind in dict.fromkeys(each.kind for each in claims)
        if kind is not None and all(kind == each.kind or kind in each.also for each in claims)
    ]
    kind = kinds[0] if len(kinds) == 1 else None
    beside = all(
        each.meaning is Meaning.CLAIM
        or (each.meaning is Meaning.HARMLESS and (not each.also or kind in each.also))
        for each in sentences
    )
    return Understanding(sentences, kind, bool(kind) and beside and not contradicts, fields)


def _sentences(text: PlainText, taught: Sequence[Known]) -> Iterable[Sentence]:
    """One after the other: from each place the longest known sentence, else the words up to the next end."""
    likely = [each for each in (*shipped(), *taught) if each.pattern.literal in text.plain]
    at, closed, found = 0, False, 0
    while True:
        gap = _GAP.match(text.plain, at)
        at = gap.end() if gap else at
        if at >= len(text.plain):
            return
        found += 1
        if found > MAX_SENTENCES:
            yield Sentence(text.as_written(at, len(text.plain)), Meaning.UNKNOWN)
            return
        known, fit = _longest(likely, text, at)
        if known is not None and fit is not None:
            closed = closed or known.closes
            yield Sentence(
                text.as_written(at, fit.end),
                Meaning.HARMLESS if known.kind is None else Meaning.CLAIM,
                known.kind,
                known.also,
                known.pattern.source,
                known.taught,
                fit.filled,
            )
            at = fit.end
            continue
        line_end = text.plain.find("\n", at)
        line_end = len(text.plain) if line_end < 0 else line_end
        if closed and is_signature_line(text.plain[at:line_end], text.as_written(at, line_end)):
            yield Sentence(text.as_written(at, line_end), Meaning.HARMLESS, pattern="imza")
            at = line_end
            continue
        stop = max(_end_of_sentence(text, at), at + 1)
        yield Sentence(text.as_written(at, stop), Meaning.UNKNOWN)
        at = stop


def _end_of_sentence(text: PlainText, at: int) -> int:
    """Where words that nobody knows end; a point belongs to a short form before a small letter ("A.Ş. için"), and
    to a title's before what stands in brackets beside it."""
    for end in _SENTENCE_END.finditer(text.plain, at):
        after = text.origin[end.end()]
        follows = text.written[after : after + 2].lstrip(" ")[:1]
        goes_on = follows.islower() or (follows == "(" and _TITLE_END.search(text.plain, at, end.end()))
        if end.group() == "\n" or not goes_on:
            return end.end()
    return len(text.plain)


def _longest(likely: Sequence[Known], text: PlainText, at: int) -> tuple[Known | None, Fit | None]:
    """Of two that are equally long, the claim: what decides something is never passed over as harmless."""
    best: tuple[Known | None, Fit | None] = (None, None)
    rank = (at, False)
    for each in likely:
        fit = each.pattern.match(text, at)
        if fit is not None and (fit.end, each.kind is not None) > rank:
            best, rank = (each, fit), (fit.end, each.kind is not None)
    return best


def _fields(sentences: Iterable[Sentence]) -> tuple[ExtractedFields, bool]:
    """What the blanks say, and whether they contradict each other: two codes in one mail are none."""
    said: dict[str, list[str]] = defaultdict(list)
    brands = []
    for sentence in sentences:
        blanks = dict(sentence.blanks)
        if "marka" in blanks and "marka kodu" in blanks:
            brands.append(BrandCode(_ITEM.sub("", blanks["marka"])[:150], blanks["marka kodu"]))
        brands += [BrandCode(*row) for row in _ROW.findall(blanks.get("marka listesi", ""))]
        for name, value in sentence.blanks:
            if fold(value) not in map(fold, said[BLANKS[name].field]):
                said[BLANKS[name].field].append(value)
    only = {name: values[0] if len(values) == 1 else "" for name, values in said.items()}
    fields = ExtractedFields(
        application_number=only.get("application_number", "").upper(),
        trade_name=only.get("trade_name", "")[:250],
        partner_name=only.get("partner_name", "")[:250],
        iys_code=only.get("iys_code", ""),
        brands=tuple(dict.fromkeys(brands)),
    )
    return fields, any(len(said[name]) > 1 for name in ONLY_ONE)
