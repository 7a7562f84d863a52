"""Mails that machines write by themselves: delivery reports, receipts, answers of somebody who is away. PURE.

What is read here as AUTO_REPLY may be filed without anybody having seen it. So it is narrow: nothing with words
that a person may have written is one, whatever its headers say.
"""

import re

from correspondence.reading import absence, bounce_words
from correspondence.reading.bounces import DELAYED, FAILED, GIVEN_UP, MAX_IDS, Report, message_ids
from correspondence.reading.extraction import ExtractedFields
from correspondence.reading.html_text import squeezed
from correspondence.reading.kinds import Kind
from correspondence.reading.parsing import Content, Envelope
from correspondence.reading.phrases import plain
from correspondence.reading.result import Reading

ANSWER = "otomatik yanıt (RFC 3834)"  # the rule of what calls itself an answering machine
# An answer to a letter of ours, whatever the machine calls itself (RFC 3834, 5).
_ANSWERED = frozenset({"auto-replied", "auto-notified"})
_AUTO_SUBJECT = re.compile(
    r"(?:otomatik (?:yanit|cevap|ileti)|automatic reply|auto(?:matic)?[- ]?reply|auto ?:|ofis disinda|izindeyim"
    r"|out of (?:the )?office|yillik izin|abwesenheit|автоответ)"
)
_MACHINE = re.compile(
    r"mailer-?daemon|postmaster|mail ?delivery|delivery (?:sub)?system|microsoft ?exchange|microsoft outlook"
    r"|mail server|mdaemon|posta teslim|posta sunucu"
)
# Postfix's pipe writes the first where others write nothing, qmail the last for a report about a report.
_NO_PATH = re.compile(r"(?:mailer-?daemon(?:@.*)?|\"\"|#@\[\])?", re.IGNORECASE)
_RECEIPT = re.compile(r"okundu|goruntulendi|silindi|(?:was|has been) (?:read|displayed|deleted)|gelesen")
_NO = frozenset({"no", "none", "false", "0"})


def machine_read(head: Envelope, body: Content) -> Reading | None:
    """The reading of what a machine wrote; None when a person, or İYS's own system, wrote the mail."""
    return _read_receipt(head, body) or _read_report(head, body) or _read_answer(head, body)


def report_of(head: Envelope, body: Content) -> Report | None:
    """What a delivery report says, by its part for machines or by its words; None for what is no report."""
    if not _is_report(head, body):
        return None
    failed = _failed_recipients(head)
    known = head.recipients | {sender.email for sender in head.senders}
    told = body.report
    if told is not None and told.action:
        action, recipients, status, why = told.action, told.recipients, told.status, told.diagnostic
    else:
        action = bounce_words.action(head.subject, body.text or body.full_text) or (FAILED if failed else "")
        named = bounce_words.recipients(body.text, known=known)
        if not named and not body.original:
            named = bounce_words.recipients(body.full_text, known=known)
        status, recipients = "", failed if failed and action in GIVEN_UP else named
        why = squeezed(bounce_words.explanation(body.text))[:400]
    ids = (*message_ids(body.original), *message_ids(body.full_text), head.in_reply_to, *reversed(head.references))
    return Report(action, status, recipients, why, tuple(dict.fromkeys(filter(None, ids)))[:MAX_IDS])


def came_from_nobody(head: Envelope) -> bool:
    """Whether nothing can be sent back to it, as a report must have it (RFC 3464, 2; RFC 5321, 4.5.5); not every
    server writes down the path."""
    return head.return_path is None or _NO_PATH.fullmatch(head.return_path) is not None


def _is_report(head: Envelope, body: Content) -> bool:
    machine = _MACHINE.search(plain(_value(head, "from"))) is not None
    nobody = head.return_path is not None and came_from_nobody(head)
    if head.content_type == "multipart/report":
        return head.report_type in ("", "delivery-status", "global-delivery-status")
    if body.report is not None:
        # A person who forwards a report writes from an address of his own.
        return machine or nobody
    if not machine and not nobody:
        return False
    if _value(head, "x-failed-recipients") or (machine and nobody):
        return True
    said = bounce_words.action(head.subject, body.text or body.full_text)
    return came_from_nobody(head) and bool(said) and (machine or said in GIVEN_UP)


def _read_report(head: Envelope, body: Content) -> Reading | None:
    report = report_of(head, body)
    if report is None:
        return None
    if report.action not in GIVEN_UP and report.action:
        return _not_lost(head, body, report)
    by_machine = body.report is not None and bool(body.report.action)
    fields = ExtractedFields(
        remarks=" ".join(filter(None, (report.status, report.diagnostic))),
        bounced_ids=report.message_ids,
        # What does not say that it failed says of nobody that he did not get it.
        bounced_to=report.recipients if report.action else (),
    )
    rule = "teslim raporu (RFC 3464)" if by_machine else "teslim raporu (sözlerinden)"
    return Reading(Kind.BOUNCE, fields, rule, report.diagnostic or report.status or head.subject)


def _not_lost(head: Envelope, body: Content, report: Report) -> Reading:
    """Delayed, delivered, passed on: nobody has to do anything. Words alone have to come from nobody as well."""
    rule = "gecikme bildirimi" if report.action == DELAYED else "teslim bildirimi"
    sure = body.report is not None or (head.return_path is not None and came_from_nobody(head))
    return Reading(Kind.AUTO_REPLY if sure else Kind.UNKNOWN, ExtractedFields(), rule, head.subject)


def _read_receipt(head: Envelope, body: Content) -> Reading | None:
    """ "Your mail was displayed" (RFC 8098)."""
    if head.content_type != "multipart/report" or head.report_type != "disposition-notification":
        return None
    told = any(each.content_type == "message/disposition-notification" for each in body.attachments)
    if not told and not _RECEIPT.search(plain(f"{head.subject} {body.text}")):
        return None
    return Reading(Kind.AUTO_REPLY, ExtractedFields(), "okundu bilgisi", "")


def _read_answer(head: Envelope, body: Content) -> Reading | None:
    """`words` of the reading are what an answering machine would not have said: empty for a mere "I am away".

    Where the headers do not make sure of the machine, a mail with such words is a person's to read.
    """
    text = f"{body.text}\n{body.alternative}" if body.text or body.alternative else body.full_text
    said = absence.beyond(text) or next((f"ek: {each.filename}" for each in body.attachments), "")
    by_itself = head.auto_submitted not in ("", "no")
    answers = bool(head.in_reply_to or head.references)
    if head.auto_submitted in _ANSWERED or head.precedence == "auto_reply" or _names_itself(head):
        return Reading(Kind.AUTO_REPLY, ExtractedFields(), ANSWER, said)
    titled = _AUTO_SUBJECT.match(plain(head.subject)) is not None
    # Exchange calls its out-of-office answers auto-generated; what İYS's own system sends is called so as well.
    exchange = head.auto_submitted == "auto-generated" and bool(_value(head, "x-auto-response-suppress"))
    unknown = by_itself and head.auto_submitted != "auto-generated"
    if not said and (titled or (by_itself and absence.is_told(text))):
        return Reading(Kind.AUTO_REPLY, ExtractedFields(), "otomatik yanıt", "")
    if titled or (answers and (exchange or unknown)):
        rule = "otomatik yanıt olabilir, ama okunması gereken sözleri var"
        return Reading(Kind.UNKNOWN, ExtractedFields(), rule, said)
    return None


def _names_itself(head: Envelope) -> bool:
    return bool(head.answering_machine) and _value(head, head.answering_machine.lower()).lower() not in _NO


def _failed_recipients(head: Envelope) -> tuple[str, ...]:
    """As Exim and Gmail write them."""
    named = _value(head, "x-failed-recipients")
    found = (address.strip().strip("<>").lower() for address in named.split(","))
    return tuple(dict.fromkeys(address for address in found if "@" in address and address.isascii()))


def _value(head: Envelope, name: str) -> str:
    return next((value for each, value in head.headers if each == name), "")
