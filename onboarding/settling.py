"""Telling the steps what became of their letters."""

from django.db import transaction
from django.utils import timezone

from correspondence.models import Letter, LetterStatus
from onboarding.models import Onboarding
from onboarding.steps import BY_KEY
from onboarding.transitions import SYSTEM, can, perform


def tell_steps() -> int:
    """Moves each step whose letter to İYS was accepted or refused; returns how many letters were told.

    A letter in parts is accepted when all its parts are, and refused as soon as one is.
    """
    told = 0
    for letter in Letter.objects.untold().order_by("created_at"):
        with transaction.atomic():
            fresh = Letter.objects.filter(pk=letter.pk, told_at=None).update(told_at=timezone.now())
            if not fresh:
                continue
            told += 1
            _tell(letter)
    return told


def _tell(letter: Letter) -> None:
    outcome = _outcome(letter)
    # Two workers that tell two parts of one letter: the second looks after the first has moved the step.
    attempts = Onboarding.objects.select_for_update()
    attempt = attempts.filter(pk=letter.subject_id).first() if letter.subject_id else None
    if attempt is None or outcome is None:
        return
    step = BY_KEY[letter.topic]
    name = "letter_sent" if outcome.status == LetterStatus.SENT else "letter_failed"
    # A withdrawal is a letter that no step waits for, and a step may have been stopped meanwhile.
    if any(row.name == name for row in step.moves) and can(attempt, step, name, SYSTEM):
        perform(
            onboarding=attempt,
            step=step,
            move=name,
            actor=SYSTEM,
            reason="" if outcome.status == LetterStatus.SENT else outcome.smtp_answer or "Mektup gönderilemedi",
            data={"letter": str(outcome.pk)},
        )


def _outcome(letter: Letter) -> Letter | None:
    """The part that decides: the one that failed, else the last when all were accepted, else None yet."""
    parts = list(Letter.objects.parts_of(letter))
    failed = next((part for part in parts if part.status == LetterStatus.FAILED), None)
    if failed is not None:
        return failed
    return parts[-1] if all(part.status == LetterStatus.SENT for part in parts) else None
