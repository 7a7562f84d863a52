"""The read model of the company's home page: a few queries, one dataclass."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from correspondence.incoming.authentication import SenderAuthentication
from correspondence.models import Audience, Letter, LetterStatus, Mail, MailStatus
from correspondence.reading.kinds import KINDS
from journal.parties import Party
from onboarding import gate
from onboarding.business_days import Exceptions, business_days_between
from onboarding.dossier import changes
from onboarding.machine import Move, Step
from onboarding.models import Application, Attention, AttentionKind, DayException, StepRecord
from onboarding.overview import expected_wait
from onboarding.steps import CODE_RECEIPT, PRE_APPLICATION, STATUS_QUERY

WHOSE_TURN = {
    Party.COMPANY: "Sıra sizde",
    Party.STAFF: "Sıra destek ekibinde",
    Party.IYS: "Sıra İYS'de",
    Party.SYSTEM: "Portal çalışıyor",
}

# Of a step whose papers and data are whole: what its state asks for is done, sending is left.
READY = "Her şey hazır, gözden geçirip gönderin"


def whose_turn(turn: Party, *, mine: bool) -> str:
    """In words for somebody of the company; `mine` when that person may act in the company's turn."""
    return "Sıra firmanızda" if turn is Party.COMPANY and not mine else WHOSE_TURN[turn]


@dataclass(frozen=True, slots=True)
class StepCard:
    """One of the six steps. `note` is a short line under the title; `turn`, `waited` (business days) and
    `expected` (a sentence) say more of the step that somebody has to act on now."""

    number: int
    key: str
    title: str
    verdict: str
    state: str
    note: str
    is_current: bool
    since: datetime | None
    stale: bool
    turn: str = ""
    waited: int = 0
    expected: str = ""


@dataclass(frozen=True, slots=True)
class NextThing:
    """The one thing that happens next; `mine` when it is for whoever looks to do it. `remarks`: (label, text)."""

    step: StepCard
    headline: str
    turn: str
    mine: bool
    reason: str
    remarks: tuple[tuple[str, str], ...]
    held: bool


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


@dataclass(frozen=True, slots=True)
class Board:
    reference: str
    steps: tuple[StepCard, ...]
    next: NextThing | None
    finished: bool
    closed: bool
    closing: str
    closing_reason: str
    lead: str
    marks: tuple[Attention, ...]


def board(application: Application, *, mine: bool = True, ready: bool = False) -> Board:
    """`mine` as in `whose_turn`, for who looks; `ready` when nothing is left in the current step but to send.

    Three queries beside the application: its records, its open remarks, the days that count otherwise than the
    calendar has them; another one when something is marked.
    """
    records = {record.step: record for record in application.records.all()}
    verdicts = application.verdicts()
    current = gate.current(verdicts) if application.closed_at is None else None
    exceptions = DayException.objects.by_day()
    cards = tuple(
        _card(verdict, records[verdict.step.key], current, application, exceptions, mine=mine, ready=ready)
        for verdict in verdicts
    )
    following = _next(application, current, cards, records, mine=mine, ready=ready) if current else None
    return Board(
        reference=application.reference,
        steps=cards,
        next=following,
        finished=application.finished_at is not None,
        closed=application.closed_at is not None,
        closing=application.get_closing_display(),
        closing_reason=application.closing_reason,
        lead=_lead(application, following),
        marks=marks_of(records.values()),
    )


# Of what the company's own pages say otherwise: what was typed, and whose work it is now.
SUPPORTS_OWN = (AttentionKind.OTHER_FIRM, AttentionKind.EARLY_ANSWER)


def marks_of(records: Iterable[StepRecord]) -> tuple[Attention, ...]:
    """What support looks at. That the company itself, or support, takes long is not for the company's page, nor is
    what is SUPPORTS_OWN."""
    marked = [record.pk for record in records if record.flagged_at]
    if not marked:
        return ()
    marks = Attention.objects.open().filter(record__in=marked).select_related("record")
    own_wait = Q(kind=AttentionKind.WAITS_LONG) & ~Q(record__turn=Party.IYS)
    return tuple(marks.exclude(own_wait | Q(kind__in=SUPPORTS_OWN)))


def _card(
    verdict: gate.Verdict,
    record: StepRecord,
    current: gate.Verdict | None,
    application: Application,
    exceptions: Exceptions,
    *,
    mine: bool,
    ready: bool,
) -> StepCard:
    step = verdict.step
    label = READY if ready and verdict is current else record.state_label
    notes = {
        gate.Status.LOCKED: locked_note(step, record, application),
        gate.Status.NOT_NEEDED: "Sizin yolunuzda gerekmiyor",
    }
    now = timezone.now()
    return StepCard(
        number=step.number,
        key=step.key,
        title=step.title,
        verdict=verdict.status.value,
        state=record.state,
        note=notes.get(verdict.status, "Yeniden onayınızı bekliyor" if record.stale else label),
        is_current=verdict is current,
        since=record.since if verdict.active or verdict.status is gate.Status.DONE else None,
        stale=record.stale,
        turn=whose_turn(verdict.turn, mine=mine) if verdict.turn and verdict is current else "",
        waited=business_days_between(timezone.localdate(record.since), timezone.localdate(now), exceptions),
        expected=_expected(record, now) if verdict is current else "",
    )


def locked_note(step: Step, record: StepRecord, application: Application) -> str:
    """When a step that is locked opens; in words for everybody."""
    if application.closed_at is not None:
        return "Bu adıma gelinmedi"
    waits = f"yeniden onaylanır ({record.mark_reason})" if record.stale else "açılır"
    return f"{step.number - 1}. adım bitince {waits}"


def _expected(record: StepRecord, now: datetime) -> str:
    """A held step waits for people and not for what usually happens."""
    if record.held:
        return ""
    return expected_wait.sentence(record.step, record.state, record.turn, record.since, now)


def _next(
    application: Application,
    current: gate.Verdict,
    cards: tuple[StepCard, ...],
    records: dict[str, StepRecord],
    *,
    mine: bool,
    ready: bool,
) -> NextThing:
    record = records[current.step.key]
    turn = current.turn or Party.SYSTEM
    return NextThing(
        step=cards[current.step.number - 1],
        headline="Destek ekibi bu adımı beklemeye aldı" if record.held else READY if ready else record.state_label,
        turn=whose_turn(turn, mine=mine),
        mine=turn is Party.COMPANY and mine,
        reason=record.mark_reason if record.held or record.stale else record.reason,
        remarks=changes.named(application, step=current.step.key),
        held=record.held,
    )


def _lead(application: Application, following: NextThing | None) -> str:
    if application.finished_at is not None:
        return "Bütün adımlar tamamlandı."
    if following is None:
        return "Bu başvuru kapandı."
    return f"6 adımdan {following.step.number}. adımdasınız. {following.turn}: {following.headline}."


OWN = "SİZ"  # whose the letters are
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


def thread(application: Application, *, step: Step | None = None, limit: int | None = None) -> list[ThreadItem]:
    """Letters to İYS and its answers, newest first; only what concerns `step` when it is given."""
    about = Q(application_id=application.pk, company_id=application.company_id)
    of_letters, of_mails = _concerning(application, step)
    letters = Letter.objects.filter(about & of_letters, audience=Audience.IYS).prefetch_related("attachments")
    mails = Mail.objects.filter(about & of_mails).exclude(status=MailStatus.FILED)
    items = [*map(_of_letter, letters[:limit]), *map(_of_mail, mails[:limit])]
    return sorted(items, key=lambda item: item.when, reverse=True)[:limit]


def _concerning(application: Application, step: Step | None) -> tuple[Q, Q]:
    """Which letters and which mails are a step's own: what step 2 waits for an answer to was sent by step 1,
    and the codes of step 3 come with the approval that ends step 2."""
    if step is None:
        return Q(), Q()
    if step is STATUS_QUERY:
        return Q(step_key__in=(PRE_APPLICATION.key, step.key)), Q(step_key=step.key)
    if step is CODE_RECEIPT:
        brought = application.code_readings.exclude(mail=None).values("mail")
        return Q(step_key=step.key), Q(step_key=step.key) | Q(pk__in=brought)
    return Q(step_key=step.key), Q(step_key=step.key)


def _of_letter(letter: Letter) -> ThreadItem:
    badge, tone = LETTER_BADGES[LetterStatus(letter.status)]
    attached = len(letter.attachments.all())
    parts = [", ".join(letter.to), f"{attached} belge ekli" if attached else ""]
    parts.append(f"bilgi: {', '.join(letter.cc)}" if letter.cc else "")
    return ThreadItem(
        who=OWN,
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


def staff_moves(application: Application) -> list[tuple[StepRecord, tuple[Move, ...], tuple[Move, ...]]]:
    """For each step that the gate lets through: what staff may do, and what of İYS's word they may record."""
    if application.closed_at is not None:
        return []
    records = {record.step: record for record in application.records.all()}
    return [
        (
            records[verdict.step.key],
            verdict.step.allowed(records[verdict.step.key].standing, by=Party.STAFF),
            verdict.step.allowed(records[verdict.step.key].standing, by=Party.IYS),
        )
        for verdict in application.verdicts()
        if verdict.passable
    ]
