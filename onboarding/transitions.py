"""The only writer of state: lock, ask the gate, compare and swap, journal, post letters; one transaction."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch, Q
from django.utils import timezone

from correspondence.outgoing import news, outbox
from journal.entries import write
from journal.models import Entry, Event
from journal.parties import Party
from onboarding import gate
from onboarding.actor import Actor, NotAllowed, StaleState
from onboarding.dossier import former_codes, parcel_due
from onboarding.letters import drafts, notices, receipts, sent
from onboarding.machine import Move, Step
from onboarding.models import Application, Attention, AttentionKind, CaseHolder, Closing, StepRecord
from onboarding.models.attention import forget
from onboarding.records import as_it_stood, doubt_later_steps, stand, write_with_turns
from onboarding.steps import BY_KEY
from tenancy.walls import OwnCompany, refuse_own

# Marks about a wait: it is over with the step's next move.
WAITS = (AttentionKind.WAITS_LONG, AttentionKind.EARLY_ANSWER, AttentionKind.OWN_PACKAGE)
MOST_WORDS = 1000  # what columns of reasons hold; people are told, what mails say is cut


def perform(
    *,
    application: Application,
    step: Step,
    move: str,
    actor: Actor,
    reason: str = "",
    expected_version: int | None = None,
    data: dict[str, object] | None = None,
    more_follows: bool = False,
) -> StepRecord:
    """Makes one move of one step, wholly or not at all, and returns the step's new record.

    `expected_version` is the record's version on the screen that was clicked. `more_follows`: another move in the
    same transaction tells people what happened. Raises NotAllowed when the gate, the table or a missing reason
    forbids it, StaleState when the record has changed since.
    """
    with transaction.atomic():
        locked, records = _locked(application)
        row, record = step.move(move), records[step.key]
        if expected_version is not None and expected_version != record.version:
            raise StaleState
        _four_eyes(locked, actor)
        _refuse(locked, records, row, step, actor, reason)
        after = step.after(row, record.standing)
        past_it = step.waits_for_letter(record.standing.state) and not step.waits_for_letter(after.state)
        stops = after.state in step.stopped
        if stops or (past_it and row.name != "letter_sent"):
            # What has not gone by now must not go any more: of the step, or of all that ends with it.
            outbox.recall(
                application_id=locked.pk,
                step_key="" if stops else step.key,
                why=f"Adım ilerledi: {row.label}",
            )
        now = timezone.now()
        left = as_it_stood(record)
        stand(record, after, reason=reason, marks=row.holds is not None, now=now)
        moved = [record, *(doubt_later_steps(step, records, reason or row.label, now) if row.reopens else ())]
        with parcel_due.clock(lambda: locked) as parcel:
            verdicts = write_with_turns(locked, records, moved, now)
        _nobody_waits_long_any_more(records, now)
        entry = write(
            company=locked.company,
            event=Event.MOVED,
            text=f"{step.title}: {row.label}" + (f" — {reason}" if reason else ""),
            party=actor.party,
            actor=actor.user,
            application_id=locked.pk,
            step_key=step.key,
            data={"move": move, "state": record.state, **left, **(data or {})},
        )
        for name in row.letters:
            key = receipts.cause(name, entry)
            drafts.post(name, application=locked, step=step, idempotency_key=key, reason=reason)
        _end(locked, record, verdicts, actor, reason, now)
        if actor.user is not None and actor.party is not Party.COMPANY:
            CaseHolder.objects.decided(locked)
        notices.tell(
            locked,
            records,
            verdicts,
            entry,
            row,
            by=actor.user,
            reason=reason,
            more_follows=more_follows,
            parcel_falls_due=parcel.started,
        )
    return record


def undo(*, application: Application, entries: Sequence[Entry], actor: Actor, reason: str) -> None:
    """Puts steps back where they stood before these moves, which were made together; oldest first in `entries`.

    Raises NotAllowed when something rests on them, with what staff may do instead; StaleState when a step
    is not where its move left it.
    """
    with transaction.atomic():
        locked, records = _locked(application)
        _four_eyes(locked, actor)
        _refuse_undo(locked, records, entries, reason)
        for entry in reversed(entries):
            record, before = records[entry.step_key], entry.data["before"]
            if record.state != entry.data["state"]:
                raise StaleState
            record.state, record.turn = entry.data["left"], before["turn"]
            record.held, record.stale = before["held"], before["stale"]
            record.reason, record.mark_reason = before["reason"], before["mark_reason"]
            record.since = datetime.fromisoformat(entry.data["since"])
        moved = [records[key] for key in dict.fromkeys(entry.step_key for entry in entries)]
        verdicts = write_with_turns(locked, records, moved, timezone.now())
        if locked.finished_at is not None and not gate.finished(verdicts):
            locked.finished_at = None
            locked.save(update_fields=["finished_at"])
        step = BY_KEY[entries[0].step_key]
        entry = write(
            company=locked.company,
            event=Event.UNDONE,
            text=f"{step.title}: geri alındı ({entries[0].text}) — {reason}",
            party=actor.party,
            actor=actor.user,
            application_id=locked.pk,
            step_key=step.key,
            data={"of": [each.pk for each in entries], "state": records[step.key].state},
        )
        news.withdraw(application_id=locked.pk, why="Haber verilen işlem geri alındı.")
        if sent.told_of(entries):
            drafts.post(
                "taken_back", application=locked, step=step, idempotency_key=f"undo:{entry.pk}", reason=reason
            )


def _locked(application: Application) -> tuple[Application, dict[str, StepRecord]]:
    """The application and its company, which nobody else changes until the transaction ends, and its records."""
    found = Application.objects.select_for_update(of=("self", "company")).select_related(
        "company__partner__logo",
        "application_form",  # the letters that follow are made of them
    )
    # In no order of the applications, which would join them once more.
    locked = found.prefetch_related(Prefetch("records", StepRecord.objects.order_by("pk"))).get(pk=application.pk)
    return locked, _records(locked)


def _records(application: Application) -> dict[str, StepRecord]:
    return {record.step: record for record in application.records.all()}


def lasting_moves(application: Application, *steps: Step) -> list[Entry]:
    """What moved these steps, or without any all of them, and was not taken back; oldest first. One query."""
    moves = Q(event=Event.MOVED, step_key__in=[step.key for step in steps]) if steps else Q(event=Event.MOVED)
    written = Entry.objects.filter(moves | Q(event=Event.UNDONE), application_id=application.pk).order_by("pk")
    taken_back = {pk for entry in written if entry.event == Event.UNDONE for pk in entry.data["of"]}
    return [entry for entry in written if entry.event == Event.MOVED and entry.pk not in taken_back]


def _refuse_undo(
    application: Application, records: dict[str, StepRecord], entries: Sequence[Entry], reason: str
) -> None:
    if not reason.strip():
        raise NotAllowed("Bu işlem için bir neden yazmalısınız.")
    if application.closed_at is not None:
        raise NotAllowed("Bu başvuru kapanmış; üzerinde işlem yapılamaz.")
    if not entries or any("before" not in entry.data for entry in entries):
        raise NotAllowed("Geri alınacak bir hareket bulunamadı.")
    own, first = {entry.pk for entry in entries}, entries[0].pk
    later = next((each.text for each in lasting_moves(application) if each.pk > first and each.pk not in own), "")
    letter = sent.to_iys_since(application.pk, entries[-1].at)
    if not later and letter is None:
        return
    record = records[entries[0].step_key]
    ways = [row.label for row in record.definition.allowed(record.standing, by=Party.STAFF) if row.holds is None]
    instead = f" Bunun yerine başvurunun sayfasında: {', '.join(ways)}." if ways else ""
    rests = f"“{later}”" if later else f"“{letter.subject}” mektubu" if letter else ""
    raise NotAllowed(f"Geri alınamaz: sonrasında {rests} yapıldı ve buna dayanıyor.{instead}")


def can(application: Application, step: Step, move: str, actor: Actor) -> bool:
    """Whether the gate and the table would let the move happen now."""
    return not refusal(application, _records(application), step.move(move), step, actor)


def refusal(application: Application, records: dict[str, StepRecord], row: Move, step: Step, actor: Actor) -> str:
    """Why the move may not happen now, as a Turkish sentence; empty when it may."""
    if application.closed_at is not None:
        return "Bu başvuru kapanmış; üzerinde işlem yapılamaz."
    standings = {key: record.standing for key, record in records.items()}
    verdict = gate.verdict_of(step, gate.Route(application.route), standings)
    if verdict.because is not None:
        return f"Bu adım kilitli: önce {verdict.because.number}. adım ({verdict.because.title}) tamamlanmalı."
    if verdict.status is gate.Status.NOT_NEEDED:
        return "Seçtiğiniz yolda bu adım gerekmiyor."
    if not verdict.passable:
        return "Bu adım durduruldu."
    why = step.refusal(row, standings[step.key], by=actor.party, role=actor.role)
    if why or row.name != "confirm_stale":
        return why
    return former_codes.refusal(application, step)


def _refuse(
    application: Application, records: dict[str, StepRecord], row: Move, step: Step, actor: Actor, reason: str
) -> None:
    why = refusal(application, records, row, step, actor)
    if why:
        raise NotAllowed(why)
    if row.reason_required and not reason.strip():
        raise NotAllowed("Bu işlem için bir neden yazmalısınız.")
    if actor.party is Party.COMPANY and len(reason) > MOST_WORDS:
        raise NotAllowed(f"En çok {MOST_WORDS} karakter yazabilirsiniz; {len(reason)} karakter yazdınız.")


def _four_eyes(application: Application, actor: Actor) -> None:
    """Support's people, who also record what İYS said, decide on no company that they have part in."""
    if actor.user is None or actor.party is Party.COMPANY:
        return
    try:
        refuse_own(actor.user, application.company_id)
    except OwnCompany as refusal:
        raise NotAllowed(str(refusal)) from refusal


def _nobody_waits_long_any_more(records: dict[str, StepRecord], now: datetime) -> None:
    """Settles the marks about a wait of the steps whose wait has just ended."""
    ended = [record.pk for record in records.values() if record.flagged_at and record.since == now]
    if ended:
        waits = Attention.objects.filter(record__in=ended, kind__in=WAITS)
        waits.settle(now=now, note="Adım ilerledi.")


def explain(*, application: Application, step: Step, state: str | None, reason: str) -> None:
    """Says anew why the step stands in this state, while it does: no move, and told to nobody."""
    application.records.filter(step=step.key, state=state).update(reason=reason)


def refresh_turns(application: Application) -> None:
    """For a change of route, which is no move of any step."""
    write_with_turns(application, _records(application), [], timezone.now())


def _end(
    application: Application,
    record: StepRecord,
    verdicts: tuple[gate.Verdict, ...],
    actor: Actor,
    reason: str,
    now: datetime,
) -> None:
    """Closes the application when a step was stopped; notes when all six are done, or no longer are."""
    if record.standing.state in record.definition.stopped:
        application.closed_at = now
        application.closing = Closing.WITHDRAWN if record.state == "withdrawn" else Closing.REJECTED
        application.closing_reason = reason[:1000]
        StepRecord.objects.filter(application=application).update(turn="")
        forget(application, now=now)
        news.withdraw(application_id=application.pk, why="Başvuru kapandı.")
        event, text = Event.CLOSED, f"Başvuru kapandı: {application.get_closing_display()}"
    elif gate.finished(verdicts) and application.finished_at is None:
        application.finished_at = now
        event, text = Event.FINISHED, "Gerekli bütün adımlar tamamlandı"
    else:
        if application.finished_at is not None and not gate.finished(verdicts):
            application.finished_at = None
            application.save(update_fields=["finished_at"])
        return
    application.save(update_fields=["closed_at", "closing", "closing_reason", "finished_at"])
    write(
        company=application.company,
        event=event,
        text=text,
        party=actor.party,
        actor=actor.user,
        application_id=application.pk,
        step_key=record.step,
    )
