"""The read model of the company's home page: a few queries, one dataclass."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from correspondence.models import Audience, Letter, LetterStatus, Mail, MailStatus
from correspondence.reading import Kind
from correspondence.trust import Trust
from onboarding import gate
from onboarding.machine import Move, Party
from onboarding.models import Onboarding, Remark, StepRecord

WHOSE_TURN = {
    Party.COMPANY: "Sıra sizde",
    Party.STAFF: "Sıra destek ekibinde",
    Party.IYS: "Sıra İYS'de",
    Party.SYSTEM: "Portal çalışıyor",
}


@dataclass(frozen=True, slots=True)
class StepCard:
    """One of the six steps in the rail. `note` is a short line under the title."""

    number: int
    key: str
    title: str
    verdict: str
    state: str
    note: str
    is_current: bool
    since: datetime | None
    stale: bool


@dataclass(frozen=True, slots=True)
class NextThing:
    """The one thing that happens next; `mine` when it is the company that has to do it."""

    step: StepCard
    headline: str
    turn: str
    mine: bool
    reason: str
    remarks: tuple[Remark, ...]
    held: bool


@dataclass(frozen=True, slots=True)
class ThreadItem:
    """A letter or an answer, as the company sees it."""

    who: str
    title: str
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


def board(onboarding: Onboarding) -> Board:
    """Two queries beside the attempt itself: its records and its open remarks."""
    records = {record.step: record for record in onboarding.records.all()}
    verdicts = onboarding.verdicts()
    current = gate.current(verdicts) if onboarding.closed_at is None else None
    cards = tuple(_card(verdict, records[verdict.step.key], current) for verdict in verdicts)
    following = _next(onboarding, current, cards, records) if current else None
    return Board(
        reference=onboarding.reference,
        steps=cards,
        next=following,
        finished=onboarding.finished_at is not None,
        closed=onboarding.closed_at is not None,
        closing=onboarding.get_closing_display(),
        closing_reason=onboarding.closing_reason,
        lead=_lead(onboarding, following),
    )


def _card(verdict: gate.Verdict, record: StepRecord, current: gate.Verdict | None) -> StepCard:
    step = verdict.step
    notes = {
        gate.Status.LOCKED: f"{step.number - 1}. adım bitince açılır",
        gate.Status.NOT_NEEDED: "Sizin yolunuzda gerekmiyor",
    }
    return StepCard(
        number=step.number,
        key=step.key,
        title=step.title,
        verdict=verdict.status.value,
        state=record.state,
        note=notes.get(verdict.status, "Yeniden onayınızı bekliyor" if record.stale else record.state_label),
        is_current=verdict is current,
        since=record.since if verdict.active or verdict.status is gate.Status.DONE else None,
        stale=record.stale,
    )


def _next(
    onboarding: Onboarding,
    current: gate.Verdict,
    cards: tuple[StepCard, ...],
    records: dict[str, StepRecord],
) -> NextThing:
    record = records[current.step.key]
    turn = current.turn or Party.SYSTEM
    return NextThing(
        step=cards[current.step.number - 1],
        headline="Destek ekibi bu adımı beklemeye aldı" if record.held else record.state_label,
        turn=WHOSE_TURN[turn],
        mine=turn is Party.COMPANY,
        reason=record.mark_reason if record.held or record.stale else record.reason,
        remarks=tuple(onboarding.remarks.filter(step=current.step.key, settled_at=None)),
        held=record.held,
    )


def _lead(onboarding: Onboarding, following: NextThing | None) -> str:
    if onboarding.finished_at is not None:
        return "Bütün adımlar tamamlandı."
    if following is None:
        return "Bu başvuru kapandı."
    return f"6 adımdan {following.step.number}. adımdasınız. {following.turn}: {following.headline}."


ANSWER_DETAIL = {
    Kind.RECEIVED: "Ön başvuru numaranız: {application_number} (bu numara İYSKod değildir)",
    Kind.APPROVED: "İYS Numaranız: {iys_code} · {brand_count} marka",
    Kind.CHANGES_ASKED: "{remarks}",
    Kind.REFUSED: "{remarks}",
}
TRUST_BADGES = {
    Trust.VERIFIED: ("doğrulandı", "success"),
    Trust.COMPANY: ("firmanızdan", "info"),
    Trust.UNVERIFIED: ("doğrulanmadı", "warn"),
}
LETTER_BADGES = {
    LetterStatus.QUEUED: ("sırada", "info"),
    LetterStatus.SENDING: ("gönderiliyor", "info"),
    LetterStatus.SENT: ("iletildi", "success"),
    LetterStatus.FAILED: ("gönderilemedi", "danger"),
}


def thread(onboarding: Onboarding, *, topic: str = "", limit: int | None = None) -> list[ThreadItem]:
    """Letters to İYS and its answers, newest first; of one step when `topic` names it."""
    about: dict[str, Any] = {"subject_id": onboarding.pk, "company_id": onboarding.company_id}
    if topic:
        about["topic"] = topic
    letters = Letter.objects.filter(**about, audience=Audience.IYS).prefetch_related("attachments")
    mails = Mail.objects.filter(**about).exclude(status=MailStatus.FILED)
    items = [*map(_of_letter, letters[:limit]), *map(_of_mail, mails[:limit])]
    return sorted(items, key=lambda item: item.when, reverse=True)[:limit]


def _of_letter(letter: Letter) -> ThreadItem:
    badge, tone = LETTER_BADGES[LetterStatus(letter.status)]
    attached = len(letter.attachments.all())
    parts = [", ".join(letter.to), f"{attached} belge ekli" if attached else ""]
    parts.append(f"bilgi: {', '.join(letter.cc)}" if letter.cc else "")
    return ThreadItem(
        who="SİZ",
        title=letter.title,
        detail=" · ".join(filter(None, parts)),
        when=letter.sent_at or letter.created_at,
        badge=badge,
        tone=tone,
        letter_id=str(letter.pk),
    )


def _of_mail(mail: Mail) -> ThreadItem:
    trust = Trust(mail.trust) if mail.trust else Trust.UNVERIFIED
    badge, tone = TRUST_BADGES[trust]
    detail = ""
    if mail.kind in ANSWER_DETAIL:
        facts = {**mail.facts, "brand_count": len(mail.facts.get("brands", []))}
        detail = ANSWER_DETAIL[Kind(mail.kind)].format_map(facts)
    if mail.status != MailStatus.APPLIED:
        detail = " · ".join(filter(None, [detail, mail.get_status_display()]))
    return ThreadItem(
        who="İYS" if trust is Trust.VERIFIED else "E-POSTA",
        title=mail.title,
        detail=detail,
        when=mail.taken_in_at,
        badge=badge,
        tone=tone,
        mail_id=str(mail.pk),
    )


def staff_moves(onboarding: Onboarding) -> list[tuple[StepRecord, tuple[Move, ...], tuple[Move, ...]]]:
    """For each step that the gate lets through: what staff may do, and what of İYS's word they may record."""
    if onboarding.closed_at is not None:
        return []
    records = {record.step: record for record in onboarding.records.all()}
    return [
        (
            records[verdict.step.key],
            verdict.step.allowed(records[verdict.step.key].standing, by=Party.STAFF),
            verdict.step.allowed(records[verdict.step.key].standing, by=Party.IYS),
        )
        for verdict in onboarding.verdicts()
        if verdict.passable
    ]
