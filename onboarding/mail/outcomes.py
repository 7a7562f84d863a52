"""What the outcome of a letter to İYS means for its step: accepted, refused or kept back, come back later."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from correspondence.models import Audience, Letter, LetterStatus
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from onboarding.actor import SYSTEM
from onboarding.machine import LETTER_BOUNCED, LETTER_FAILED, LETTER_SENT
from onboarding.models import Application
from onboarding.steps import BY_KEY
from onboarding.transitions import can, explain, perform


def handle_outcomes() -> int:
    """Moves each step whose letter to İYS was accepted, refused or kept back; returns how many outcomes were new.

    A letter in parts is accepted when all its parts are, and refused as soon as one is. A letter that staff hold
    or cancel gives them the turn like one that was refused.
    """
    handled = 0
    for letter in Letter.objects.with_unhandled_outcome().order_by("created_at"):
        with transaction.atomic():
            fresh = Letter.objects.filter(pk=letter.pk, outcome_handled_at=None).update(
                outcome_handled_at=timezone.now()
            )
            if not fresh:
                continue
            handled += 1
            _handle(letter)
    return handled


def _handle(letter: Letter) -> None:
    outcome = _outcome(letter)
    # Two workers with two parts of one letter: the second looks after the first has moved the step.
    applications = Application.objects.select_for_update()
    application = applications.filter(pk=letter.application_id).first() if letter.application_id else None
    if application is None or outcome is None or not _is_newest(outcome):
        return
    step = BY_KEY[letter.step_key]
    sent = outcome.status == LetterStatus.SENT
    name = LETTER_SENT if sent else LETTER_FAILED
    if outcome.account_id is not None and not sent:
        if outcome.status == LetterStatus.HELD:
            return  # staff will let it go; nobody else may send what must come from the corporate address
        name = "own_account_failed"
    # A withdrawal is a letter that no step waits for, and a step may have been stopped meanwhile.
    if step.has_move(name) and can(application, step, name, SYSTEM):
        perform(
            application=application,
            step=step,
            move=name,
            actor=SYSTEM,
            reason="" if sent else outcome.smtp_answer or "Mektup gönderilemedi",
            data={"letter": str(outcome.pk)},
        )
    elif outcome.status == LetterStatus.CANCELLED and step.has_move(LETTER_FAILED):
        # It had failed before, and the step stands where it stood: for support's own decision from now on.
        failed = step.move(LETTER_FAILED).target
        explain(application=application, step=step, state=failed, reason=outcome.smtp_answer)


def _is_newest(letter: Letter) -> bool:
    """Whether no other letter to İYS was written for the step since: an old one that goes late moves nothing."""
    about = Letter.objects.of_steps().filter(application_id=letter.application_id, step_key=letter.step_key)
    return about.order_by("-created_at").values_list("message_group", flat=True).first() == letter.message_group


def _outcome(letter: Letter) -> Letter | None:
    """The part that decides: the one that did not go, else the last when all were accepted, else None yet."""
    parts = list(Letter.objects.parts_of(letter))
    kept_back = (LetterStatus.FAILED, LetterStatus.HELD, LetterStatus.CANCELLED)
    stuck = next((part for part in parts if part.status in kept_back), None)
    if stuck is not None:
        return stuck
    return parts[-1] if all(part.status == LetterStatus.SENT for part in parts) else None


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a letter that came back has changed. `text` is a Turkish sentence for staff."""

    moved: bool
    text: str


def in_words(letter: Letter, recipients: Sequence[str], why: str) -> str:
    whom = f"{', '.join(recipients)} adresine ulaşmadı" if recipients else "geri döndü, kimden olduğu yazmıyor"
    return f"“{letter.subject}” {whom}: {why or 'nedeni yazmıyor'}"


def bounced(*, letter: Letter, lost: Sequence[str], why: str) -> Bounce:
    """Marks a letter that the mail server took and that came back later (RFC 3464), and gives the step's turn
    to staff as a refused letter does. `lost` are those of its addressees whom it did not reach, copies left out.

    Only the newest letter of its step counts, and only while İYS has not answered: a step after it has not
    begun. Marked once, whoever reports it. Call it for a report that is believed.
    """
    text = in_words(letter, lost, why)
    with transaction.atomic():
        marked = Letter.objects.filter(pk=letter.pk, bounced_at=None)
        if marked.update(bounced_at=timezone.now(), bounce_why=why[:500]) and letter.company is not None:
            write(
                company=letter.company,
                event=Event.LETTER_FAILED,
                text=text,
                party=Party.SYSTEM,
                application_id=letter.application_id,
                step_key=letter.step_key,
                data={"letter": str(letter.pk), "answer": why},
            )
        moved = letter.audience == Audience.IYS and _give_back(letter, text)
    return Bounce(moved, text)


def _give_back(letter: Letter, why: str) -> bool:
    applications = Application.objects.select_for_update()
    application = applications.filter(pk=letter.application_id).first() if letter.application_id else None
    step = BY_KEY.get(letter.step_key)
    if application is None or step is None or not _is_newest(letter):
        return False
    if not step.has_move(LETTER_BOUNCED):
        return False
    later = [record for record in application.records.all() if record.definition.number > step.number]
    if any(record.state != record.definition.initial for record in later):
        return False
    if not can(application, step, LETTER_BOUNCED, SYSTEM):
        return False
    perform(
        application=application,
        step=step,
        move=LETTER_BOUNCED,
        actor=SYSTEM,
        reason=why,
        data={"letter": str(letter.pk)},
    )
    return True
