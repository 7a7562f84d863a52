"""What staff may do to letters that have not gone: hold, release, try again, cancel; hold all sending and go on.

Every act swaps the status that it was meant for, so that a letter which is just going is never held, and
leaves an entry in the company's journal; a hold on sending is its own record.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime

from django.contrib.auth.backends import ModelBackend
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from correspondence.models import WAITING, Letter, LetterStatus
from correspondence.models.sending import Pot, SendingHold
from correspondence.outgoing import restored
from correspondence.outgoing.notify import notify_worker
from correspondence.outgoing.outbox import post_to_staff, render, requeue
from documents.encrypted import StoreAway
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from partners.models import Partner
from tenancy.models import Company, User


class NotNow(Exception):
    """The letter or the hold is not what it was when the button was shown; a Turkish sentence."""


def hold(*, letter: Letter, reason: str, by: User) -> None:
    """Keeps a queued letter back until it is released."""
    _needs(reason)
    sentence = f"Destek ekibi beklemeye aldı: {reason}"
    with transaction.atomic():
        _swap(letter, (LetterStatus.QUEUED,), LetterStatus.HELD, sentence)
        _journal(letter, Event.LETTER_HELD, reason, by)


def release(*, letter: Letter, by: User) -> None:
    with transaction.atomic():
        if not _is(letter, LetterStatus.HELD) or not requeue(letter):
            raise NotNow("Mektup artık beklemede değil.")
        _journal(letter, Event.LETTER_RELEASED, "Beklemeden çıkarıldı", by)


def retry(*, letter: Letter, by: User) -> None:
    """Sends a letter that failed once more, with all parts of it that did not go and the same Message-IDs."""
    with transaction.atomic():
        failed = list(Letter.objects.parts_of(letter).filter(status=LetterStatus.FAILED))
        if any(part.is_wiped for part in failed):
            raise NotNow("Mektuptaki kod ya da bağlantı silindi; yenisi istenmeli.")
        if not failed or not all(requeue(part) for part in failed):
            raise NotNow("Mektup artık “Gönderilemedi” durumunda değil.")
        _journal(letter, Event.LETTER_RELEASED, "Yeniden denenecek", by)


def cancel(*, letter: Letter, reason: str, by: User) -> None:
    """A letter that will never go; the parts after it neither. The step that waits for it comes to staff."""
    _needs(reason)
    sentence = f"Mektubu destek ekibi iptal etti, gönderilmeyecek: {reason}"
    with transaction.atomic():
        _swap(letter, WAITING, LetterStatus.CANCELLED, sentence)
        following = Letter.objects.parts_of(letter).filter(part__gt=letter.part, status__in=WAITING)
        following.end(LetterStatus.CANCELLED, smtp_answer=sentence[:500], outcome_handled_at=None)
        _journal(letter, Event.LETTER_CANCELLED, reason, by)


def mark_sent(*, letter: Letter, reason: str, by: User | None, at: datetime | None = None) -> None:
    """Counts a letter as gone without sending it: somebody knows that a mail server had it, `at` if that is known.

    The step that waits for it goes on as if the portal had sent it.
    """
    _needs(reason)
    with transaction.atomic():
        sentence = f"Gönderildi sayıldı: {reason}"
        _swap(letter, WAITING, LetterStatus.SENT, sentence, sent_at=at or timezone.now(), sending_hold=None)
        _journal(letter, Event.LETTER_SENT, sentence, by)


def hold_unproven(letter: Letter) -> None:
    """After a restore: nothing shows whether the letter went, so a person says. What is no company's is looked at
    by nobody (codes, links, what is told to staff): it ends, since whoever needs it asks anew."""
    sentence = "Yedekten yüklendi; gitmiş olabilir. Posta sunucusunun kaydına bakın."
    with transaction.atomic():
        target = LetterStatus.CANCELLED if letter.company_id is None else LetterStatus.HELD
        _swap(letter, (LetterStatus.QUEUED,), target, sentence)
        _journal(letter, Event.LETTER_HELD, sentence, None)


def clear_doubt(*, letter: Letter, by: User) -> None:
    """Staff have looked at a letter that may have gone twice."""
    seen = Letter.objects.filter(pk=letter.pk, doubt_seen_at=None).exclude(doubted_at=None)
    with transaction.atomic():
        if not seen.update(doubt_seen_at=timezone.now()):
            raise NotNow("Bu işaret zaten kaldırılmış.")
        _journal(letter, Event.LETTER_DOUBTED, "Destek ekibi gördü", by)


def hold_sending(*, partner: Partner | None, target: str, reason: str, by: User | None) -> SendingHold:
    """Holds all letters (empty `target`), or those to an address or an @domain, until the hold is lifted. Without
    `by` a command asks for it."""
    _needs(reason)
    try:
        with transaction.atomic():
            return SendingHold.objects.create(
                partner=partner, target=target.strip().casefold(), reason=reason[:300], held_by=by
            )
    except IntegrityError:
        raise NotNow("Bu gönderim zaten durdurulmuş.") from None


def lift(*, sending_hold: SendingHold, by: User | None) -> int:
    """Ends a hold; returns how many of its letters go on. Without `by` a command asks for it."""
    if sending_hold.partner_id is None and not sending_hold.target:
        _refuse_unseen_restore()
    with transaction.atomic():
        in_force = SendingHold.objects.filter(pk=sending_hold.pk, lifted_at=None)
        if not in_force.update(lifted_at=timezone.now(), lifted_by=by):
            raise NotNow("Bu durdurma zaten kaldırılmış.")
        held = list(
            Letter.objects.filter(sending_hold=sending_hold, status=LetterStatus.HELD).select_related("company")
        )
        for letter in held:
            if requeue(letter):
                _journal(letter, Event.LETTER_RELEASED, f"{sending_hold} yeniden açıldı", by)
        transaction.on_commit(notify_worker)
    return len(held)


def _refuse_unseen_restore() -> None:
    """Whoever starts all sending must know that the database was loaded from a backup."""
    try:
        if restored.noticed():
            raise NotNow(restored.REASON)
    except StoreAway:
        raise NotNow("Dosya deposuna ulaşılamıyor; gönderim o gelmeden açılamaz.") from None


def all_held(company: Company) -> bool:
    """Whether all letters of the company's partner stand still."""
    holds = SendingHold.objects.filter(lifted_at=None, target="")
    return holds.filter(Q(partner=None) | Q(partner=company.partner_id)).exists()


def hold_over(letter: Letter, holds: Iterable[SendingHold]) -> SendingHold | None:
    """The one of these holds that is on a recipient of the letter; for a hold on all sending see `due`."""
    partner = letter.company.partner_id if letter.company else None
    return next(
        (
            each
            for each in holds
            if each.target
            and each.partner_id in (None, partner)
            and any(map(each.covers, (*letter.to, *letter.cc)))
        ),
        None,
    )


def hold_back(letter: Letter, sending_hold: SendingHold) -> bool:
    """Keeps a letter back until the hold is lifted; False when that has happened meanwhile, or the letter is not
    as it was looked at."""
    sentence = f"{sending_hold} adresine gönderim durduruldu: {sending_hold.reason}"[:500]
    with transaction.atomic():
        if not SendingHold.objects.select_for_update().filter(pk=sending_hold.pk, lifted_at=None).exists():
            return False
        waiting = Letter.objects.as_looked_at(letter, timezone.now())
        held = waiting.update(
            status=LetterStatus.HELD, smtp_answer=sentence, outcome_handled_at=None, sending_hold=sending_hold
        )
        if held:
            _journal(letter, Event.LETTER_HELD, sentence, None)
            transaction.on_commit(notify_worker)
    return bool(held)


def tell_of_cap(pot: Pot) -> None:
    """Tells those who may hold sending, each once a day and pot, that letters wait for tomorrow."""
    today = timezone.localdate()
    body = render(template="cap_reached_to_staff", context={"day": today, "pot": pot})
    for person in _who_may_hold():
        # Two senders may meet the cap at once: the second finds the letter of the first.
        with suppress(IntegrityError), transaction.atomic():
            post_to_staff(to=person.email, idempotency_key=f"cap:{today}:{pot}:{person.pk}", body=body)


def _who_may_hold() -> QuerySet[User]:
    return ModelBackend().with_perm("correspondence.hold_sending").filter(is_staff=True)


def _needs(reason: str) -> None:
    if not reason.strip():
        raise NotNow("Bu işlem için bir neden yazmalısınız.")


def _is(letter: Letter, status: LetterStatus) -> bool:
    return Letter.objects.filter(pk=letter.pk, status=status).exists()


def _swap(
    letter: Letter,
    source: Sequence[LetterStatus],
    target: LetterStatus,
    sentence: str,
    **fields: object,
) -> None:
    """Compare and swap; the step that waits for the letter is told of the new status."""
    rows = Letter.objects.filter(pk=letter.pk, status__in=source)
    values = {"smtp_answer": sentence[:500], "outcome_handled_at": None, **fields}
    goes_on = target == LetterStatus.HELD
    swapped = rows.update(status=target, **values) if goes_on else rows.end(target, **values)
    if not swapped:
        raise NotNow("Mektubun durumu bu arada değişti; sayfa güncel durumu gösteriyor.")
    transaction.on_commit(notify_worker)


def _journal(letter: Letter, event: Event, words: str, by: User | None) -> None:
    if letter.company is not None:
        write(
            company=letter.company,
            event=event,
            text=f"“{letter.subject}” → {', '.join(letter.to)}: {words}",
            party=Party.STAFF if by else Party.SYSTEM,
            actor=by,
            application_id=letter.application_id,
            step_key=letter.step_key,
            data={"letter": str(letter.pk)},
        )
