"""Telling the steps what became of their letters."""

from django.db import transaction
from django.utils import timezone

from correspondence.models import Letter, LetterStatus
from onboarding.models import Onboarding
from onboarding.steps import BY_KEY
from onboarding.transitions import SYSTEM, can, perform


def tell_steps() -> int:
    """Moves each step whose letter to İYS was accepted, refused or kept back; returns how many letters were told.

    A letter in parts is accepted when all its parts are, and refused as soon as one is. A letter that staff hold
    or cancel gives them the turn like one that was refused.
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
    if attempt is None or outcome is None or not _is_newest(outcome):
        return
    step = BY_KEY[letter.topic]
    sent = outcome.status == LetterStatus.SENT
    names = ["letter_sent"] if sent else ["own_account_failed"] * bool(outcome.account_id) + ["letter_failed"]
    # A withdrawal is a letter that no step waits for, and a step may have been stopped meanwhile.
    known = {row.name for row in step.moves}
    name = next((each for each in names if each in known and can(attempt, step, each, SYSTEM)), None)
    if name is not None:
        perform(
            onboarding=attempt,
            step=step,
            move=name,
            actor=SYSTEM,
            reason="" if sent else outcome.smtp_answer or "Mektup gönderilemedi",
            data={"letter": str(outcome.pk)},
        )


def _is_newest(letter: Letter) -> bool:
    """Whether no other letter to İYS was written for the step since: an old one that goes late moves nothing."""
    about = Letter.objects.filter(audience=letter.audience, subject_id=letter.subject_id, topic=letter.topic)
    return about.order_by("-created_at").values_list("whole", flat=True).first() == letter.whole


def _outcome(letter: Letter) -> Letter | None:
    """The part that decides: the one that did not go, else the last when all were accepted, else None yet."""
    parts = list(Letter.objects.parts_of(letter))
    kept_back = (LetterStatus.FAILED, LetterStatus.HELD, LetterStatus.CANCELLED)
    stuck = next((part for part in parts if part.status in kept_back), None)
    if stuck is not None:
        return stuck
    return parts[-1] if all(part.status == LetterStatus.SENT for part in parts) else None
