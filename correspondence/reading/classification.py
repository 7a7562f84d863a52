"""What a mail says: the rules of each kind, Turkish-aware, each reading with its reason. PURE."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from correspondence.reading.bounces import FAILED, message_ids
from correspondence.reading.extraction import ExtractedFields, extracted
from correspondence.reading.html_text import Link, squeezed
from correspondence.reading.kinds import KINDS, Kind, KindSpec
from correspondence.reading.parsing import BARE_URL, Content, Envelope
from correspondence.reading.phrases import Rule, plain

StaffRules = Mapping[Kind, Sequence[Rule]]
NO_RULES: StaffRules = MappingProxyType({})
# An answer to a letter of ours, whatever the machine calls itself (RFC 3834, 5).
_ANSWERED = frozenset({"auto-replied", "auto-notified"})
_IN_BULK = frozenset({"bulk", "junk", "list"})
_AUTO_SUBJECT = re.compile(
    r"(?:otomatik (?:yanit|cevap|ileti)|automatic reply|auto(?:matic)?[- ]?reply|auto ?:|ofis disinda|izindeyim"
    r"|out of (?:the )?office|yillik izin)"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """`rule` names the rule that fired and `words` the words that made it fire. `forwarded`: they stand in a
    mail that was passed on, not in the sender's own words."""

    kind: Kind
    extracted: ExtractedFields
    rule: str
    words: str
    forwarded: bool = False


def read(head: Envelope, body: Content, staff_rules: StaffRules = NO_RULES) -> Reading:
    """Machines first, then what the sender wrote anew, then the mail that was passed on. What a reply quotes
    is read by nobody: it was said before."""
    machine = _bounce(head, body) or _answering_machine(head)
    if machine is not None:
        return machine
    for text in (body.text, body.alternative):
        found = _by_rules(text, body.links, staff_rules)
        if found is not None:
            return found
    passed_on = _by_rules(body.forwarded, body.links, staff_rules)
    if passed_on is not None:
        return Reading(passed_on.kind, passed_on.extracted, passed_on.rule, passed_on.words, forwarded=True)
    by_itself = head.auto_submitted if head.auto_submitted not in ("", "no") else ""
    bulk = head.precedence if head.precedence in _IN_BULK else ""
    if by_itself or bulk:
        return Reading(
            Kind.AUTO_REPLY, ExtractedFields(), "kendiliğinden gönderilmiş (RFC 3834)", by_itself or bulk
        )
    return Reading(Kind.UNKNOWN, ExtractedFields(), "", "")


def _bounce(head: Envelope, body: Content) -> Reading | None:
    if head.content_type == "multipart/report" and head.report_type not in ("", "delivery-status"):
        return Reading(
            Kind.AUTO_REPLY, ExtractedFields(), "okundu bilgisi ya da başka bir rapor", head.report_type
        )
    report = body.report
    if report is not None and report.action != FAILED and report.action:
        return Reading(Kind.AUTO_REPLY, ExtractedFields(), "teslim bildirimi (RFC 3464)", report.action)
    if report is not None:
        fields = ExtractedFields(
            remarks=" ".join(filter(None, (report.status, report.diagnostic))),
            bounced_ids=report.message_ids,
            bounced_to=report.recipients,
        )
        return Reading(Kind.BOUNCE, fields, "teslim raporu (RFC 3464)", report.diagnostic or report.status)
    if head.content_type == "multipart/report":
        return Reading(Kind.BOUNCE, _quoted_ids(body), "teslim raporu (RFC 3464)", head.content_type)
    sender = head.senders[0].email if head.senders else ""
    if head.return_path == "" and sender.startswith(("mailer-daemon@", "postmaster@")):
        return Reading(Kind.BOUNCE, _quoted_ids(body), "boş dönüş yolu", sender)
    return None


def _quoted_ids(body: Content) -> ExtractedFields:
    return ExtractedFields(bounced_ids=message_ids(body.full_text), remarks=squeezed(body.text)[:200])


def _answering_machine(head: Envelope) -> Reading | None:
    # Exchange calls its out-of-office answers auto-generated; what İYS's own system sends answers nothing.
    answers = head.auto_submitted not in ("", "no") and bool(head.in_reply_to or head.references)
    if head.auto_submitted in _ANSWERED or answers:
        return Reading(Kind.AUTO_REPLY, ExtractedFields(), "otomatik yanıt (RFC 3834)", head.auto_submitted)
    if head.precedence == "auto_reply" or head.answering_machine:
        return Reading(
            Kind.AUTO_REPLY,
            ExtractedFields(),
            "otomatik yanıt (RFC 3834)",
            head.answering_machine or head.precedence,
        )
    if _AUTO_SUBJECT.match(plain(head.subject)):
        return Reading(Kind.AUTO_REPLY, ExtractedFields(), "otomatik yanıt konusu", head.subject)
    return None


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
