"""What a mail says: understood wholly, or suggested to a person by what was recognised of it. PURE."""

import re
from collections.abc import Sequence
from dataclasses import fields, replace

from correspondence.reading.extraction import MAX_REMARKS, ExtractedFields, extracted
from correspondence.reading.html_text import squeezed
from correspondence.reading.kinds import KINDS, Kind
from correspondence.reading.known import Known
from correspondence.reading.machines import machine_read
from correspondence.reading.parsing import Content, Envelope
from correspondence.reading.phrases import plain
from correspondence.reading.result import Reading
from correspondence.reading.understanding import Meaning, Understanding, understand
from identifiers.masking import masked
from identifiers.turkish import fold

NO_SENTENCE = "İçinde okunacak bir cümle yok."
ENCLOSED = "Metni bir şey bildirmiyor; ekine bakın."
NOTHING_SAID = "Bütün cümleleri zararsız: bir şey bildirmiyor."
TWO_THINGS = "Birbiriyle bağdaşmayan iki şey söylüyor."
TWO_FORMS = "Düz metni ile HTML'i aynı şeyi söylemiyor."
TOO_LONG = "E-postanın tamamı okunamayacak kadar uzun."
OTHER_SUBJECT = "Konu satırı metinden başka bir şey söylüyor."
PASSED_ON = "Sözler iletilen bir e-postanın içinde."
# A subject is no sentence, and a reply carries that of our letter; but bad news may stand there alone.
_BAD_SUBJECT = re.compile(
    r"\b(?:iptal|redd|ret\b|olumsuz|onaylanm(?!is)|onaylanama|alinama|alinmad|alinmam|basarisiz|yetersiz|eksik"
    r"|kismi\b|aski|pasif|gecersiz|hatali|yanlis|sehven|dikkate alma|duzeltme|geri (?:al|cek|cagir)|recall|iade"
    r"|itiraz|silin|kaldiril|kapatil|sonlan|fesh|fesih|durdur|dondur|engellen|bekle|ertele|henuz|test|deneme"
    r"|taslak|ornek|sahte)"
)


def read(head: Envelope, body: Content, taught: Sequence[Known] = ()) -> Reading:
    """Machines first, then what the sender wrote anew, then the mail that was passed on. What a reply quotes
    is read by nobody: it was said before."""
    return machine_read(head, body) or read_words(head, body, taught)


def read_words(head: Envelope, body: Content, taught: Sequence[Known] = ()) -> Reading:
    """What people, and İYS's own system, write: each form in which the mail says it has to say the same."""
    text = squeezed(body.text)
    own = understand(text, taught)
    other = understand(squeezed(body.alternative), taught) if body.alternative else own
    seen = extracted(text, body.links)
    found = _fields(own, other, seen)
    doubt = _doubt(head, body, own, other, found)
    if not doubt and own.kind is not None:
        return _reading(own.kind, found, own)
    shown = other if own.wholly else own
    suggested = _suggestion(shown, found, seen)
    if suggested is None and body.forwarded:
        text = squeezed(body.forwarded)
        said = understand(text, taught)
        seen = extracted(text, body.links)
        suggested = _suggestion(said, _fields(said, said, seen), seen)
        suggested = replace(suggested, forwarded=True) if suggested else None
        shown, doubt = (shown if shown.sentences else said), PASSED_ON
    nothing = Reading(Kind.UNKNOWN, ExtractedFields(), "", "")
    return replace(suggested or nothing, doubt=doubt, sentences=shown.sentences)


def standing(body: Content) -> ExtractedFields:
    """What stands in the sender's words, else in the mail that was passed on, whatever the mail was taken for: for
    people, who say what it is."""
    own, passed_on = (extracted(squeezed(text), body.links) for text in (body.text, body.forwarded))
    return ExtractedFields(
        **{each.name: getattr(own, each.name) or getattr(passed_on, each.name) for each in fields(own)}
    )


def _suggestion(said: Understanding, found: ExtractedFields, seen: ExtractedFields) -> Reading | None:
    """What the mail may be, for a person: bad news on a phrase, anything else on a claim alone. `seen` is what
    stands anywhere in the text, for forms to be filled with."""
    text = "\n".join(each.text for each in said.sentences if each.meaning is not Meaning.HARMLESS)
    if (bad := _bad_news(text)) is not None:
        kind, rule, words = bad
        return Reading(kind, _asked_for(kind, seen), rule, _as_written(words, text))
    more = {each.name: getattr(seen, each.name) or getattr(found, each.name) for each in fields(found)}
    found = ExtractedFields(**more)
    if said.kind is not None and _has_what_it_needs(said.kind, found):
        return _reading(said.kind, found, said)
    return None


def _doubt(head: Envelope, body: Content, own: Understanding, other: Understanding, found: ExtractedFields) -> str:
    """Why the mail is not understood wholly, as a Turkish sentence; empty when it is."""
    if body.truncated:
        return TOO_LONG
    if body.unopened:
        return body.unopened[0]
    for form in (own, other):
        strange = next((each for each in form.sentences if each.meaning is Meaning.UNKNOWN), None)
        if strange is not None:
            return f"Bilinmeyen bir cümle var: “{masked(strange.text)[:200]}”"
    if not _claims(own):
        return TWO_FORMS if _claims(other) else _why_nothing(body, own)
    if own.kind is None or not own.wholly:
        return TWO_THINGS
    if other.kind is not own.kind or not _agree(own, other):
        return TWO_FORMS
    if not _has_what_it_needs(own.kind, found):
        return f"“{KINDS[own.kind].label}” diyor ama {KINDS[own.kind].needs_example} yok."
    if not KINDS[own.kind].rules and _BAD_SUBJECT.search(plain(head.subject)):
        return OTHER_SUBJECT
    return PASSED_ON if body.forwarded else ""


def _why_nothing(body: Content, own: Understanding) -> str:
    if body.attachments:
        return ENCLOSED
    return NOTHING_SAID if own.sentences else NO_SENTENCE


def _claims(said: Understanding) -> bool:
    return any(each.meaning is Meaning.CLAIM for each in said.sentences)


def _has_what_it_needs(kind: Kind, found: ExtractedFields) -> bool:
    needed = KINDS[kind].needs
    return not needed or bool(getattr(found, needed))


def _fields(own: Understanding, other: Understanding, seen: ExtractedFields) -> ExtractedFields:
    """What the sentences say in either form, the links of what is `seen` in the text, and as remarks the claims
    with what goes with them."""
    told = [
        each.text
        for each in own.sentences
        if each.meaning is Meaning.CLAIM or (own.kind is not None and own.kind in each.also)
    ]
    return ExtractedFields(
        **{
            each.name: getattr(own.fields, each.name) or getattr(other.fields, each.name)
            for each in fields(own.fields)
        }
        | {
            "view_url": seen.view_url,
            "pay_url": seen.pay_url,
            "continue_url": seen.continue_url,
            "remarks": " ".join(told)[:MAX_REMARKS],
        }
    )


def _agree(one: Understanding, other: Understanding) -> bool:
    """Whether two forms of a mail contradict each other in nothing: no number, no name, no sum."""
    pairs = [(getattr(one.fields, each.name), getattr(other.fields, each.name)) for each in fields(one.fields)]
    mine, theirs = _claimed(one), _claimed(other)
    pairs += [(mine[name], theirs[name]) for name in mine.keys() & theirs.keys()]
    return all(not said or not said_too or said == said_too for said, said_too in pairs)


def _claimed(said: Understanding) -> dict[str, set[str]]:
    """What fills the blanks of the claims."""
    found: dict[str, set[str]] = {}
    for sentence in said.sentences:
        for name, value in sentence.blanks if sentence.meaning is Meaning.CLAIM else ():
            found.setdefault(name, set()).add(fold(value))
    return found


def _reading(kind: Kind, found: ExtractedFields, said: Understanding) -> Reading:
    claims = [each for each in said.sentences if each.meaning is Meaning.CLAIM]
    claim = next((each for each in claims if each.kind == kind), claims[0])
    return Reading(kind, _asked_for(kind, found), claim.pattern[:80], claim.text, sentences=said.sentences)


def _bad_news(text: str) -> tuple[Kind, str, str] | None:
    """What the phrases of bad news suggest: (kind, rule, words)."""
    folded = plain(text)
    for spec in KINDS.values():
        for rule in spec.rules:
            if words := rule.words(folded):
                return (spec.kind, rule.name, words) if spec.kind is not Kind.UNKNOWN else None
    return None


def _as_written(words: str, text: str) -> str:
    """The line of the mail in which the plain words stand, for people; the words themselves over two lines."""
    return next((line.strip() for line in text.splitlines() if words in plain(line)), words)


def _asked_for(kind: Kind, found: ExtractedFields) -> ExtractedFields:
    """Only what this kind of mail is asked for."""
    return ExtractedFields(**{name: getattr(found, name) for name in KINDS[kind].extracts})
