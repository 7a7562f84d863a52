"""Letters to İYS and its answers, as the company's pages list them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from correspondence.incoming.authentication import SenderAuthentication
from correspondence.models import Audience, Letter, LetterStatus, Mail, MailStatus
from correspondence.reading.kinds import KINDS
from onboarding.machine import Step
from onboarding.models import Application
from onboarding.steps import CODE_RECEIPT, PRE_APPLICATION, STATUS_QUERY


@dataclass(frozen=True, slots=True)
class ThreadItem:
    """A letter or an answer, as the company sees it."""

    who: str
    subject: str
    detail: str
    when: datetime
    badge: str
    tone: str
    mail_id: str = ""
    letter_id: str = ""


OWN, SUPPORT = "SİZ", "DESTEK"  # whose the letters are
AUTHENTICATION_BADGES = {
    SenderAuthentication.VERIFIED: ("doğrulandı", "success"),
    SenderAuthentication.COMPANY: ("firmanızdan", "info"),
    SenderAuthentication.UNVERIFIED: ("doğrulanmadı", "warn"),
}
# Its subject may be a forger's news.
DISBELIEVED = "Göndereni doğrulanmamış bir e-posta"
LETTER_BADGES = {
    LetterStatus.QUEUED: ("sırada", "info"),
    LetterStatus.SENDING: ("gönderiliyor", "info"),
    LetterStatus.SENT: ("iletildi", "success"),
    LetterStatus.FAILED: ("gönderilemedi", "danger"),
    LetterStatus.HELD: ("beklemede", "warn"),
    LetterStatus.CANCELLED: ("gönderilmedi", "warn"),
}
# Of rows with many columns, those that an item is made of.
OF_LETTERS = ("status", "by_hand", "to", "cc", "subject", "sent_at", "created_at")
OF_MAILS = ("status", "sender_authentication", "kind", "extracted", "subject", "received_at")


def thread(application: Application, *, step: Step | None = None, limit: int | None = None) -> list[ThreadItem]:
    """Letters to İYS and its answers, newest first; only what concerns `step` when it is given."""
    about = Q(application_id=application.pk, company_id=application.company_id)
    of_letters, of_mails = _concerning(application, step)
    letters = Letter.objects.filter(about & of_letters, audience=Audience.IYS).only(*OF_LETTERS)
    mails = Mail.objects.filter(about & of_mails).exclude(status=MailStatus.FILED).only(*OF_MAILS)
    # Grouped rows have no order of their own model's: without one, any of them would be those that are shown.
    counted = letters.annotate(attached=Count("attachments")).order_by("-created_at")
    items = [*map(_of_letter, counted[:limit]), *map(_of_mail, mails[:limit])]
    return sorted(items, key=lambda item: item.when, reverse=True)[:limit]


def _concerning(application: Application, step: Step | None) -> tuple[Q, Q]:
    """Which letters and which mails are a step's own: what step 2 waits for an answer to was sent by step 1,
    and the codes of step 3 come with the approval that ends step 2."""
    if step is None:
        return Q(), Q()
    if step is STATUS_QUERY:
        return Q(step_key__in=(PRE_APPLICATION.key, step.key)), Q(step_key=step.key)
    if step is CODE_RECEIPT:
        brought = [each.mail_id for each in application.code_readings.all() if each.mail_id]
        return Q(step_key=step.key), Q(step_key=step.key) | Q(pk__in=brought)
    return Q(step_key=step.key), Q(step_key=step.key)


def _of_letter(letter: Letter) -> ThreadItem:
    badge, tone = LETTER_BADGES[LetterStatus(letter.status)]
    attached: int = letter.attached  # type: ignore[attr-defined]
    parts = [", ".join(letter.to), f"{attached} belge ekli" if attached else ""]
    parts.append(f"bilgi: {', '.join(letter.cc)}" if letter.cc else "")
    return ThreadItem(
        who=SUPPORT if letter.by_hand else OWN,
        subject=letter.subject,
        detail=" · ".join(filter(None, parts)),
        when=letter.sent_at or letter.created_at,
        badge=badge,
        tone=tone,
        letter_id=str(letter.pk),
    )


def _of_mail(mail: Mail) -> ThreadItem:
    sender_authentication = (
        SenderAuthentication(mail.sender_authentication)
        if mail.sender_authentication
        else SenderAuthentication.UNVERIFIED
    )
    badge, tone = AUTHENTICATION_BADGES[sender_authentication]
    detail = _news(mail)
    if mail.status != MailStatus.APPLIED:
        detail = " · ".join(filter(None, [detail, mail.get_status_display()]))
    return ThreadItem(
        who="İYS" if sender_authentication is SenderAuthentication.VERIFIED else "E-POSTA",
        subject=DISBELIEVED if is_disbelieved(mail) else mail.subject,
        detail=detail,
        when=mail.received_at,
        badge=badge,
        tone=tone,
        mail_id=str(mail.pk),
    )


def is_disbelieved(mail: Mail) -> bool:
    """Whether nobody knows whose words these are, and no person has vouched for them."""
    known = (SenderAuthentication.VERIFIED, SenderAuthentication.COMPANY)
    return mail.status != MailStatus.APPLIED and mail.sender_authentication not in known


def _news(mail: Mail) -> str:
    """The line that says what the mail brought: for what has moved its step, or will when that is open. What waits
    for people may be about another firm."""
    if not mail.kind or mail.status not in (MailStatus.APPLIED, MailStatus.EARLY):
        return ""
    extracted = {**mail.extracted, "brand_count": len(mail.extracted.get("brands", []))}
    return KINDS[mail.kind].detail.format_map(extracted)
