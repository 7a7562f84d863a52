"""Beginning and ending a look at a company's pages as its people see them; what is shown: `tenancy.looking`."""

from datetime import datetime, timedelta
from enum import Enum

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format

from journal.entries import write
from journal.models import Event
from journal.parties import Party
from onboarding.models import Application
from tenancy.looking import LOOK, going_on, may_be_looked_at
from tenancy.models import Company, CompanyLook, User
from tenancy.roles import Role
from tenancy.walls import standing_of
from wall.standing import behind

LONGEST = timedelta(minutes=30)


class Ending(Enum):
    """Why a look ended, as the journal says it."""

    PRESSED = "kendisi bitirdi"
    SIGNED_OUT = "oturumunu kapattı"
    ANOTHER = "başka bir bakışa başladı"
    TIME = "süre doldu"
    TAKEN = "yetkisi kalmadı"


def begin(*, company: Company, person: User, role: Role, reason: str) -> CompanyLook:
    """A look in the place of whatever the person looked at until now. Who may is asked before
    (`tenancy.looking.MAY_LOOK`, the wall, nobody's own company)."""
    now = timezone.now()
    with transaction.atomic():
        # Two that begin at once take turns: of one person one look goes on.
        User.objects.select_for_update(no_key=True).get(pk=person.pk)
        for other in going_on(person):
            end(other, Ending.ANOTHER)
        newest = Application.objects.filter(company=company).order_by("-opened_at").first()
        look = CompanyLook.objects.create(
            company=company,
            person=person,
            role=role,
            reason=reason,
            application_id=newest.pk if newest else None,
            began_at=now,
            ends_at=now + LONGEST,
        )
        until = date_format(timezone.localtime(look.ends_at), "H:i")
        _journal(
            look, f"Firmanın gözünden bakmaya başladı ({role.label}), en geç {until}. Neden: {reason}", person
        )
    return look


def end(look: CompanyLook, why: Ending, at: datetime | None = None) -> bool:
    """False when it had ended already: an end is written once."""
    with transaction.atomic():
        still = CompanyLook.objects.filter(pk=look.pk, ended_at=None)
        if not still.update(ended_at=at or timezone.now()):
            return False
        by = None if why in (Ending.TIME, Ending.TAKEN) else look.person
        _journal(look, f"Firmanın gözünden bakış bitti: {why.value}.", by)
    return True


def end_overdue() -> None:
    """Ends what nobody ended: what is over, and of whom may look no more. The pages have been closed since then; a
    right that comes back opens none of them again."""
    now = timezone.now()
    for look in CompanyLook.objects.filter(ended_at=None).select_related("company", "person"):
        if look.ends_at <= now:
            end(look, Ending.TIME, at=look.ends_at)
        elif not may_be_looked_at(look.person, look):
            end(look, Ending.TAKEN)


def signed_out(request: HttpRequest, user: User | None, **_more: object) -> None:
    """With the session ends what was looked at in it."""
    key = request.session.get(LOOK)
    if key is None or user is None:
        return
    with behind(lambda: standing_of(user)):
        for look in going_on(user).filter(pk=key).select_related("company", "person"):
            end(look, Ending.SIGNED_OUT)


def _journal(look: CompanyLook, text: str, by: User | None) -> None:
    write(
        company=look.company,
        event=Event.LOOKED_AT,
        text=text,
        party=Party.STAFF if by else Party.SYSTEM,
        actor=by,
        application_id=look.application_id,
        data={"look": str(look.pk)},
    )
