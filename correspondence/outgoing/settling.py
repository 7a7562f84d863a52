"""What came of a letter, written down once: sent, tried again later, given up. Never over another sender's."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from correspondence.models import Letter, LetterQuerySet, LetterStatus
from correspondence.outgoing import retry
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from limits.quotas import TooMany

logger = logging.getLogger(__name__)
OUTDATED = "Mektuptaki kodun ya da bağlantının süresi doldu; gönderilmedi."
DOUBT = "Mektup sunucuya verilmiş olabilir ama yanıtı alınamadı; aynı mektup yeniden gönderilir."


@dataclass(frozen=True)
class Outcome:
    """The mail server's answer. `code` None: the line broke; `in_doubt`: maybe after the letter was taken."""

    code: int | None
    text: str
    in_doubt: bool = False

    @property
    def accepted(self) -> bool:
        return self.code == 250

    @property
    def told(self) -> str:
        """In one word, for the metrics."""
        return "ok" if self.accepted else "line" if self.code is None else "refused"

    @property
    def answer(self) -> str:
        return f"{self.code or ''} {self.text}".strip()[:500]


def settle(letter: Letter, outcome: Outcome) -> None:
    if outcome.accepted:
        close(letter, LetterStatus.SENT, outcome.answer, sent_at=timezone.now())
    else:
        _later(letter, outcome)


def end_outdated() -> None:
    """What a letter was to bring opens nothing any more: it is not sent, nor kept. Whoever wants it asks anew."""
    now = timezone.now()
    for letter in Letter.objects.outdated(now).select_related("company"):
        with transaction.atomic():
            if Letter.objects.outdated(now).filter(pk=letter.pk).end(LetterStatus.FAILED, smtp_answer=OUTDATED):
                _journal(letter, Event.LETTER_FAILED, OUTDATED)


def take_up_abandoned() -> None:
    """Letters whose sender died: they go again, unless their copy has shown that they went."""
    for letter in Letter.objects.abandoned(timezone.now()).select_related("company"):
        if letter.delivered_at is not None:
            close(letter, LetterStatus.SENT, "Kopyası geldi.", sent_at=letter.delivered_at)
        else:
            logger.warning("Letter %s was left in the middle of sending; it goes again.", letter.pk)
            _later(letter, Outcome(None, DOUBT, in_doubt=True), at_once=True)


def not_put_together(letter: Letter, answer: str) -> None:
    """An attempt that ended before any server was asked."""
    with transaction.atomic():
        if Letter.objects.as_looked_at(letter, timezone.now()).update(attempts=F("attempts") + 1):
            letter.attempts += 1
            _later(letter, Outcome(None, answer))


def unsendable(letter: Letter, answer: str) -> None:
    """The letter can never go as it is."""
    close(letter, LetterStatus.FAILED, answer, attempts=F("attempts") + 1)


def put_off(letter: Letter, refusal: TooMany) -> None:
    """Back into the queue until the measure gives room again; others go meanwhile."""
    until = refusal.until or timezone.now() + timedelta(days=1)
    Letter.objects.as_looked_at(letter, timezone.now()).update(
        due_at=until, smtp_answer=f"{refusal.quota.says} {refusal.goes_on} kendiliğinden gönderilecek."
    )


def _later(letter: Letter, outcome: Outcome, *, at_once: bool = False) -> None:
    """Back into the queue for as long as the row of delays says (`at_once`: not at all), then given up."""
    kind = retry.classify(outcome.code, outcome.text, own_account=letter.account_id is not None)
    wait = retry.delay(kind, letter.attempts)
    if wait is None:
        close(letter, LetterStatus.FAILED, outcome.answer, **_doubt(outcome))
        return
    with transaction.atomic():
        settled = _still_ours(letter).update(
            status=LetterStatus.QUEUED,
            due_at=timezone.now() + (timedelta() if at_once else wait),
            smtp_answer=outcome.answer,
            lease_until=None,
            **_doubt(outcome),
        )
        if settled and outcome.in_doubt:
            _journal(letter, Event.LETTER_DOUBTED, outcome.answer)


def _doubt(outcome: Outcome) -> dict[str, object]:
    return {"doubted_at": timezone.now(), "doubt_seen_at": None} if outcome.in_doubt else {}


def _still_ours(letter: Letter, *, accepted: bool = False) -> LetterQuerySet:
    """The row as it was taken: an outcome is written down once, and never over another sender's.

    Who was `accepted` by a mail server and heard too late (the database was away for longer than the lease) must
    not go again: it may have been put back into the queue, as long as nobody has taken it from there.
    """
    open_ = Letter.objects.filter(pk=letter.pk, status__in=(LetterStatus.QUEUED, LetterStatus.SENDING))
    ours = Q(lease_until=letter.lease_until)
    if accepted:
        ours |= Q(status=LetterStatus.QUEUED, attempts=letter.attempts)
    return open_.filter(ours)


def close(letter: Letter, status: LetterStatus, answer: str, **fields: object) -> None:
    """Ends a letter for good, as sent or as failed."""
    with transaction.atomic(savepoint=False):
        ours = _still_ours(letter, accepted=status is LetterStatus.SENT)
        closed = ours.end(status, smtp_answer=answer[:500], lease_until=None, **fields)
        if not closed:
            return
        if status is LetterStatus.FAILED:
            # The parts that follow would speak of one that never came.
            following = Letter.objects.parts_of(letter).filter(status=LetterStatus.QUEUED)
            following.end(status, smtp_answer="Önceki parçası gönderilemediği için gönderilmedi.")
        _journal(letter, Event.LETTER_SENT if status is LetterStatus.SENT else Event.LETTER_FAILED, answer)


def _journal(letter: Letter, event: Event, answer: str) -> None:
    if letter.company is not None:
        write(
            company=letter.company,
            event=event,
            text=f"“{letter.subject}” → {', '.join(letter.to)}",
            party=Party.SYSTEM,
            application_id=letter.application_id,
            step_key=letter.step_key,
            data={"letter": str(letter.pk), "answer": answer},
        )
