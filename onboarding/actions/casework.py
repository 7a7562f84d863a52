"""Who of support has a case, so that two never decide one: by opening it, by hand, by deciding."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from correspondence.models import Mail
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from onboarding.actor import NotAllowed
from onboarding.models import Application, CaseHolder, MailHolder, Snooze
from tenancy.models import User
from tenancy.walls import has_part


class HeldByColleague(NotAllowed):
    """A colleague has the case, or is at the mail; `what` says which, as one would look at it."""

    def __init__(self, holder: User, what: str = "başvuruya") -> None:
        self.holder, self.what = holder, what
        super().__init__(
            f"Bu {what} {holder} bakıyor; işlem yapılmadı. Siz karar verecekseniz önce “Üzerime al” deyin."
        )


def take(*, application: Application, user: User, over: bool = False) -> CaseHolder:
    """By opening for decision, and by each decision: for LEASE from now. Who has it by hand keeps it so; `over`
    from a colleague if that was said, journalled.

    Raises HeldByColleague.
    """
    with transaction.atomic():
        _lock(application)
        now = timezone.now()
        # A decision made meanwhile takes the row away, and asks for no lock of the case.
        rows = CaseHolder.objects.select_for_update(of=("self",)).select_related("holder")
        held = rows.filter(application=application).first()
        if held is not None and held.holder_id != user.pk and held.lasts(now):
            if not over:
                raise HeldByColleague(held.holder)
            _journal(application, f"{user} üzerine aldı", user)
        if held is None:
            return CaseHolder.objects.create(application=application, holder=user, touched_at=now)
        held.holder, held.by_hand = user, held.by_hand and held.holder_id == user.pk
        held.touched_at = now
        held.save(update_fields=["holder", "by_hand", "touched_at"])
        return held


def let_go(*, application: Application, user: User) -> None:
    """Who only looked at the case goes on to another. Who was given it, or took it by hand, keeps it."""
    CaseHolder.objects.filter(holder=user).decided(application)


def decided(application: Application | None) -> None:
    """A decision that moves no step is one as well: who took the case by opening it has done with it."""
    if application is not None:
        CaseHolder.objects.decided(application)


def take_mail(*, mail: Mail, user: User, over: bool = False) -> None:
    """A mail that belongs to no case, as `take` does; `over` from a colleague if that was said.

    Raises HeldByColleague.
    """
    with transaction.atomic():
        Mail.objects.select_for_update().only("pk").get(pk=mail.pk)
        now = timezone.now()
        held = MailHolder.objects.select_related("holder").filter(mail=mail).first()
        if held is not None and held.holder_id != user.pk and held.lasts(now) and not over:
            raise HeldByColleague(held.holder, "e-postaya")
        MailHolder.objects.update_or_create(mail=mail, defaults={"holder": user, "touched_at": now})


def let_go_mail(*, mail: Mail, user: User) -> None:
    """Who only looked at the mail goes on to another."""
    MailHolder.objects.filter(mail=mail, holder=user).delete()


def decided_mail(mail: Mail) -> None:
    """Who was at it has done with it."""
    MailHolder.objects.filter(mail=mail).delete()


def holder_of_mail(mail: Mail) -> MailHolder | None:
    """Who is at the mail now."""
    held = MailHolder.objects.filter(mail=mail).select_related("holder").first()
    return held if held is not None and held.lasts(timezone.now()) else None


def holder_of(application: Application) -> CaseHolder | None:
    """Who has the case now."""
    held: CaseHolder | None = getattr(application, "case_holder", None)
    return held if held is not None and held.lasts(timezone.now()) else None


def snooze_of(application: Application) -> Snooze | None:
    """Until when the case is put off now."""
    if getattr(application, "snooze", None) is None:
        return None
    # Whether something has happened since is asked of all that can happen.
    sleeping = Snooze.objects.in_force(timezone.localdate()).select_related("snoozed_by")
    return sleeping.filter(application=application).first()


def give(*, application: Application, to: User, by: User) -> None:
    """By hand, to oneself or to a colleague who may see the case; it stays until it is given on. Journalled,
    once where it is given to the same person again.

    Raises NotAllowed for who may not have it.
    """
    if not colleagues(application).filter(pk=to.pk).exists() and to != by:
        raise NotAllowed("Başvuru yalnızca bu firmayı gören destek ekibinden birine verilebilir.")
    if has_part(to, application.company_id):
        raise NotAllowed(f"{to} bu firmanın ekibinde ya da ekibindeydi; başvuruya başka biri bakmalı.")
    with transaction.atomic():
        _lock(application)
        if CaseHolder.objects.filter(application=application, holder=to, by_hand=True).exists():
            return
        CaseHolder.objects.update_or_create(
            application=application, defaults={"holder": to, "by_hand": True, "touched_at": timezone.now()}
        )
        _journal(application, f"{to} üzerine aldı" if to == by else f"{to} ilgilenecek", by)


def release(*, application: Application, by: User) -> None:
    """Nobody's again. Journalled where it was given by hand."""
    with transaction.atomic():
        _lock(application)
        held = CaseHolder.objects.filter(application=application).first()
        if held is None:
            return
        if held.by_hand:
            left = "bıraktı" if held.holder == by else "artık ilgilenmiyor"
            _journal(application, f"{held.holder} {left}", by)
        held.delete()


def snooze(*, application: Application, until: date | None, event: str, note: str, by: User) -> Snooze:
    """Puts the case off; a case that was put off before is put off anew. Who had it by opening it has it no more.

    Raises NotAllowed without a day or an event, for a day that has come, and on a closed application.
    """
    if application.closed_at is not None:
        raise NotAllowed("Bu başvuru kapanmış; üzerinde işlem yapılamaz.")
    if why := why_not_until(until, event):
        raise NotAllowed(why)
    with transaction.atomic():
        _lock(application)
        now = timezone.now()
        put_off, _made = Snooze.objects.update_or_create(
            application=application,
            defaults={"until": until, "event": event, "note": note, "snoozed_by": by, "snoozed_at": now},
        )
        CaseHolder.objects.decided(application)
        why = f" — {note}" if note else ""
        _journal(application, f"{put_off.words} ertelendi{why}", by, Event.SNOOZED)
        return put_off


def why_not_until(until: date | None, event: str) -> str:
    """Why a case cannot be put off so, for a screen; empty when it can."""
    if until is None:
        return "" if event else "Bir olay ya da bir gün seçin."
    return "" if until > timezone.localdate() else "Yarın ya da daha sonraki bir gün seçin."


def wake(*, application: Application, by: User) -> None:
    """Back into the queue."""
    with transaction.atomic():
        _lock(application)
        gone, _each = Snooze.objects.filter(application=application).delete()
        if gone:
            _journal(application, "sıraya geri alındı", by, Event.SNOOZED)


def colleagues(application: Application) -> QuerySet[User]:
    """Support's people of the company's partner, from whom a holder is chosen."""
    staff = User.objects.filter(is_staff=True, is_active=True)
    return staff.filter(partner=application.company.partner_id).order_by("full_name", "pk")


def _lock(application: Application) -> None:
    """Who takes a case at the same moment waits here and sees what the other did."""
    Application.objects.select_for_update().get(pk=application.pk)


def _journal(application: Application, text: str, by: User, event: Event = Event.CASE_GIVEN) -> None:
    write(
        company=application.company,
        event=event,
        text=text,
        party=Party.STAFF,
        actor=by,
        application_id=application.pk,
    )
