"""What a mail says: rules as data, Turkish-aware, each reading with its reason. PURE."""

import re
from dataclasses import dataclass

from correspondence.reading.bounces import FAILED, message_ids
from correspondence.reading.extraction import BrandCode, ExtractedFields, extracted
from correspondence.reading.html_text import Link, squeezed
from correspondence.reading.parsing import BARE_URL, Content, Envelope
from correspondence.reading.phrases import plain
from correspondence.reading.rules import NEEDS, Kind, Rule, in_order

__all__ = ["BrandCode", "ExtractedFields", "Kind", "Reading", "Rule", "read"]

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


def read(head: Envelope, body: Content, staff_rules: tuple[Rule, ...] = ()) -> Reading:
    """Machines first, then what the sender wrote anew, then the mail that was passed on. What a reply quotes
    is read by nobody: it was said before."""
    rules = in_order(staff_rules)
    machine = _bounce(head, body) or _answering_machine(head)
    if machine is not None:
        return machine
    for text in (body.text, body.alternative):
        found = _by_rules(text, body.links, rules)
        if found is not None:
            return found
    passed_on = _by_rules(body.forwarded, body.links, rules)
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
        told = ExtractedFields(
            remarks=" ".join(filter(None, (report.status, report.diagnostic))),
            bounced_ids=report.message_ids,
            bounced_to=report.recipients,
        )
        return Reading(Kind.BOUNCE, told, "teslim raporu (RFC 3464)", report.diagnostic or report.status)
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


def read_words(text: str, rules: tuple[Rule, ...]) -> Reading | None:
    """What a text says by rules that are in order; its links are the addresses that stand in it."""
    links = tuple(Link("", url) for url in BARE_URL.findall(text))
    return _by_rules(text, links, rules)


def _by_rules(text: str, links: tuple[Link, ...], rules: tuple[Rule, ...]) -> Reading | None:
    if not text:
        return None
    tidy = squeezed(text)
    folded = plain(tidy)
    hits = ((rule, words) for rule in rules if (words := rule.words(folded)))
    told = None
    for rule, words in hits:
        told = told or extracted(tidy, links)
        if rule.kind in NEEDS and not getattr(told, NEEDS[rule.kind]):
            continue
        return Reading(rule.kind, _for(rule.kind, told), rule.name, _as_written(words, tidy))
    return None


def _as_written(words: str, text: str) -> str:
    """The line of the mail in which the plain words stand, for people; the words themselves over two lines."""
    return next((line.strip() for line in text.splitlines() if words in plain(line)), words)


def _for(kind: Kind, told: ExtractedFields) -> ExtractedFields:
    """Only what this kind of mail is asked for; a quoted code in a refusal is no code."""
    return {
        Kind.RECEIVED: ExtractedFields(application_number=told.application_number),
        Kind.APPROVED: ExtractedFields(
            application_number=told.application_number,
            trade_name=told.trade_name,
            iys_code=told.iys_code,
            brands=told.brands,
        ),
        Kind.OFFER: ExtractedFields(view_url=told.view_url, pay_url=told.pay_url),
        Kind.CONTINUE_LINK: ExtractedFields(continue_url=told.continue_url),
        Kind.CHANGES_ASKED: ExtractedFields(remarks=told.remarks),
        Kind.REFUSED: ExtractedFields(remarks=told.remarks),
        Kind.PAYMENT_FAILED: ExtractedFields(remarks=told.remarks),
    }.get(kind, ExtractedFields())
