"""Triage: what staff make of a mail that no machine could decide, by the same transitions as every screen's."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from correspondence.incoming import decisions, taught
from correspondence.incoming.authentication import SenderAuthentication
from correspondence.incoming.processing import READING, record_reading
from correspondence.models import Mail, MailStatus
from correspondence.reading.extraction import ExtractedFields
from correspondence.reading.kinds import KINDS, Kind
from correspondence.reading.parsing import Unreadable
from correspondence.reading.result import Reading
from documents.antivirus import Unchecked
from journal.parties import Party
from onboarding.actor import Actor, NotAllowed, StaleState
from onboarding.applications import live_application
from onboarding.machine import Move, Step
from onboarding.mail import answers, early
from onboarding.models import Application, StepRecord
from onboarding.overview.board import staff_moves
from tenancy.models import User

UNREAD = "Karar geri alındığında e-postanın içine bakılamadı."
OUTDATED = "Bu e-postaya sizden hemen önce başka biri karar verdi. Sayfa güncel durumu gösteriyor."


@dataclass(frozen=True, slots=True)
class Choice:
    """A thing that the mail may say to a step; `suggested`: the machine read it so, `early`: the step is not ready
    for it yet."""

    record: StepRecord
    move: Move
    suggested: bool
    early: bool = False


def choices(mail: Mail) -> list[Choice]:
    """What the mail may say to the steps of its company, now or when they are ready; empty when it has no live
    application, or when that is decided and kept."""
    application = live_application(mail.company) if mail.company else None
    if application is None or early.kept(mail):
        return []
    meant = KINDS[mail.kind].move_at(mail.step_key) if mail.kind else None
    now = [
        Choice(record, row, meant == (record.step, row.name))
        for record, of_staff, of_iys in staff_moves(application)
        for row in (*of_iys, *(row for row in of_staff if (record.step, row.name) in early.OF_COMPANIES))
    ]
    later = early.awaited(application)
    return now + [Choice(record, row, meant == (record.step, row.name), early=True) for record, row in later]


def choice(mail: Mail, step: str, move: str) -> Choice | None:
    return next((each for each in choices(mail) if (each.record.step, each.move.name) == (step, move)), None)


def apply(
    *,
    mail: Mail,
    step: Step,
    move: str,
    extracted: Mapping[str, Any],
    note: str,
    vouched: str,
    by: User,
    expected_version: int,
) -> None:
    """Makes the move that the mail stands for, with the staff member as witness; while its step is not ready for
    it, the decision is kept until it is.

    `vouched` says how the sender of an unverified mail was checked otherwise; without it such a mail moves
    nothing. Raises NotAllowed, also when somebody else decided about the mail meanwhile.
    """
    if mail.sender_authentication != SenderAuthentication.VERIFIED and not vouched.strip():
        raise NotAllowed("Gönderen doğrulanmadı: ayrıca nasıl doğruladığınızı yazın.")
    application = live_application(mail.company) if mail.company else None
    if application is None:
        raise NotAllowed("E-posta, başvurusu süren bir firmaya eklenmeden uygulanamaz.")
    if not decisions.is_undecided(mail):
        raise NotAllowed("Bu e-postaya zaten karar verilmiş.")
    known = mail.extracted if isinstance(mail.extracted, dict) else {}
    said = {**known, **extracted}
    decided = early.Decision(step.key, move, said, note, vouched, by.pk)
    actor = decided.actor(by)
    why_not = early.not_now(application, step, decided.row, actor.party)
    if why_not is not None and why_not[0] == MailStatus.EARLY:
        return _keep(mail, application, decided, by=by, expected_version=expected_version)
    with transaction.atomic(), outdated_is_refused():
        decisions.decide(
            mail,
            application_id=application.pk,
            step_key=step.key,
            status=MailStatus.APPLIED,
            status_why=f"{by} uyguladı: {decided.row.label}"[:500],
            kind=decided.kind,
            extracted=said,
        )
        try:
            answers.take(
                application=application,
                step=step,
                move=move,
                extracted=said,
                actor=actor,
                reason=note,
                mail=mail,
                expected_version=expected_version,
                data=decided.journalled,
            )
        except Unchecked as error:
            raise NotAllowed("Eki virüs taramasından geçirilemedi; az sonra yeniden deneyin.") from error
        except Unreadable as error:
            raise NotAllowed("Bu e-posta çözümlenemiyor; yanıtı başvurunun sayfasından kaydedin.") from error


def _keep(
    mail: Mail, application: Application, decided: early.Decision, *, by: User, expected_version: int
) -> None:
    """Keeps what the mail says until its step is ready. Raises NotAllowed as `apply` does."""
    if decided.row.reason_required and not decided.note.strip():
        raise NotAllowed("Bu işlem için bir neden yazmalısınız.")
    with transaction.atomic(), outdated_is_refused():
        # Whoever opens the step waits: either the decision is there by then, or the step's new version is.
        Application.objects.select_for_update().get(pk=application.pk)
        if application.records.get(step=decided.step).version != expected_version:
            raise StaleState
        if Mail.objects.select_for_update().get(pk=mail.pk).kept_answer:
            raise decisions.Outdated
        decisions.decide(
            mail,
            application_id=application.pk,
            step_key=decided.step,
            status=MailStatus.EARLY,
            status_why=f"{decided.in_words} — {by} karar verdi; adım hazır olunca uygulanacak."[:500],
            kept_answer=decided.as_text(),
        )
        decisions.journal(mail, by=by, text=f"erken sayıldı, adımı hazır olunca uygulanacak: {decided.in_words}")


def may_take_back_early(mail: Mail) -> bool:
    return mail.status == MailStatus.EARLY and bool(mail.kept_answer)


def take_back_early(*, mail: Mail, reason: str, by: User) -> None:
    """Puts aside what was decided about a mail and kept; it waits for a decision again. Raises Outdated."""
    if not may_take_back_early(mail):
        raise decisions.Outdated
    with transaction.atomic():
        why = f"Erken karar geri alındı ({by}): {reason}"[:500]
        decisions.decide(mail, status=MailStatus.PERSON, status_why=why)
        decisions.journal(mail, by=by, text=f"erken verilen karar geri alındı — {reason}")


def may_take_back(mail: Mail) -> bool:
    return mail.status == MailStatus.APPLIED


def take_back(*, mail: Mail, reason: str, by: User) -> None:
    """Undoes what the mail moved; it waits for a decision again. Raises NotAllowed when something rests on it."""
    if not may_take_back(mail) or mail.application_id is None:
        raise NotAllowed("Bu e-posta hiçbir adımı ilerletmedi.")
    application = Application.objects.get(pk=mail.application_id)
    read = _as_read(mail)
    with transaction.atomic(), outdated_is_refused():
        answers.take_back(application=application, mail=mail, actor=Actor(Party.STAFF, by), reason=reason)
        why = f"Geri alındı ({by}): {reason}"[:500]
        decisions.decide(mail, status=MailStatus.PERSON, status_why=why, **read)


def _as_read(mail: Mail) -> Mapping[str, object]:
    """What the mail says by today's sentences, in its columns: a person's decision, taken back, is no reading, and
    must not be proposed as one. Of what cannot be read now nothing stays."""
    fresh = Mail.objects.select_related("company").get(pk=mail.pk)
    try:
        said = taught.read_again(fresh, taught.active())
    except (Unreadable, OSError):
        said = Reading(Kind.UNKNOWN, ExtractedFields(), "", "", doubt=UNREAD)
    record_reading(fresh, said)
    return {name: getattr(fresh, name) for name in READING}


@contextmanager
def outdated_is_refused() -> Iterator[None]:
    """Turns Outdated into NotAllowed, for staff."""
    try:
        yield
    except decisions.Outdated as error:
        raise NotAllowed(OUTDATED) from error
