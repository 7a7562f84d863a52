"""What a mail says: the rules of each kind, Turkish-aware, each reading with its reason. PURE."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from correspondence.reading.extraction import ExtractedFields, extracted
from correspondence.reading.html_text import Link, squeezed
from correspondence.reading.kinds import KINDS, Kind, KindSpec
from correspondence.reading.machines import machine_read
from correspondence.reading.parsing import BARE_URL, Content, Envelope
from correspondence.reading.phrases import Rule, plain
from correspondence.reading.result import Reading

StaffRules = Mapping[Kind, Sequence[Rule]]
NO_RULES: StaffRules = MappingProxyType({})


def read(head: Envelope, body: Content, staff_rules: StaffRules = NO_RULES) -> Reading:
    """Machines first, then what the sender wrote anew, then the mail that was passed on. What a reply quotes
    is read by nobody: it was said before."""
    machine = machine_read(head, body)
    if machine is not None:
        return machine
    for text in (body.text, body.alternative):
        found = _by_rules(text, body.links, staff_rules)
        if found is not None:
            return found
    passed_on = _by_rules(body.forwarded, body.links, staff_rules)
    if passed_on is not None:
        return Reading(passed_on.kind, passed_on.extracted, passed_on.rule, passed_on.words, forwarded=True)
    return Reading(Kind.UNKNOWN, ExtractedFields(), "", "")


def read_words(text: str, staff_rules: StaffRules) -> Reading | None:
    """What a text says; its links are the addresses that stand in it."""
    links = tuple(Link("", url) for url in BARE_URL.findall(text))
    return _by_rules(text, links, staff_rules)


def _by_rules(text: str, links: tuple[Link, ...], staff_rules: StaffRules) -> Reading | None:
    """By the rules of each kind in the order of KINDS; of one kind, the shipped ones first."""
    if not text:
        return None
    tidy = squeezed(text)
    folded = plain(tidy)
    found = None
    for spec in KINDS.values():
        for rule in (*spec.rules, *staff_rules.get(spec.kind, ())):
            words = rule.words(folded)
            if not words:
                continue
            found = found or extracted(tidy, links)
            if not spec.needs or getattr(found, spec.needs):
                return Reading(spec.kind, _asked_for(spec, found), rule.name, _as_written(words, tidy))
    return None


def _as_written(words: str, text: str) -> str:
    """The line of the mail in which the plain words stand, for people; the words themselves over two lines."""
    return next((line.strip() for line in text.splitlines() if words in plain(line)), words)


def _asked_for(spec: KindSpec, found: ExtractedFields) -> ExtractedFields:
    """Only what this kind of mail is asked for."""
    return ExtractedFields(**{name: getattr(found, name) for name in spec.extracts})
