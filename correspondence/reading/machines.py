"""Mails that machines write by themselves: delivery reports, answers of somebody who is away. PURE."""

import re

from correspondence.reading.bounces import FAILED, message_ids
from correspondence.reading.extraction import ExtractedFields
from correspondence.reading.html_text import squeezed
from correspondence.reading.kinds import Kind
from correspondence.reading.parsing import Content, Envelope
from correspondence.reading.phrases import plain
from correspondence.reading.result import Reading

# An answer to a letter of ours, whatever the machine calls itself (RFC 3834, 5).
_ANSWERED = frozenset({"auto-replied", "auto-notified"})
_AUTO_SUBJECT = re.compile(
    r"(?:otomatik (?:yanit|cevap|ileti)|automatic reply|auto(?:matic)?[- ]?reply|auto ?:|ofis disinda|izindeyim"
    r"|out of (?:the )?office|yillik izin)"
)


def machine_read(head: Envelope, body: Content) -> Reading | None:
    """The reading of what a machine wrote; None when a person, or İYS's own system, wrote the mail."""
    return _bounce(head, body) or _answering_machine(head)


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
