"""What support does to many cases at once: `tenancy.admin.bulk` asks before, and says afterwards what it did."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from journal.parties import Party
from onboarding.actions import casework
from onboarding.actor import Actor
from onboarding.models import Application, ReminderMute
from onboarding.reminders import muting
from tenancy.admin.base import Act
from tenancy.models import User

PAUSE = timedelta(days=14)


def _is_open(application: Application) -> bool:
    return application.closed_at is None


def _who_has(application: Application) -> str:
    held = casework.holder_of(application)
    return f"şimdi {held.holder} bakıyor" if held else "şimdi kimsede değil"


def _with_holder(rows: QuerySet[Application]) -> QuerySet[Application]:
    return rows.select_related("case_holder__holder")


def _mutes(application: Application) -> Sequence[ReminderMute]:
    """As `_with_mutes` has found them; one at most."""
    found: Sequence[ReminderMute] = application.company.mutes_now  # type: ignore[attr-defined]
    return found


def _until(application: Application) -> str:
    return "".join(f"şimdi {mute.until:%d.%m.%Y} gününe kadar molada" for mute in _mutes(application))


def _with_mutes(rows: QuerySet[Application]) -> QuerySet[Application]:
    in_force = ReminderMute.objects.in_force(timezone.localdate())
    return rows.prefetch_related(Prefetch("company__reminder_mutes", queryset=in_force, to_attr="mutes_now"))


def _take(application: Application, _reason: str, by: User) -> None:
    casework.give(application=application, to=by, by=by)


def _release(application: Application, _reason: str, by: User) -> None:
    casework.release(application=application, by=by)


def _pause(application: Application, reason: str, by: User) -> None:
    muting.mute(
        company=application.company,
        reason=reason,
        until=timezone.localdate() + PAUSE,
        actor=Actor(Party.STAFF, by),
    )


def _go_on(application: Application, _reason: str, by: User) -> None:
    muting.lift(company=application.company, actor=Actor(Party.STAFF, by))


ACTS: Sequence[Act[Application]] = (
    Act(
        name="uzerime",
        label="Üzerime al",
        done="Üzerinize alındı",
        help="Başvurular siz bırakana kadar sizde olur; bir arkadaşınızda olanlar da size geçer.",
        verb=_take,
        offered=_is_open,
        needs_reason=False,
        note=_who_has,
        prepare=_with_holder,
    ),
    Act(
        name="birak",
        label="Bırak",
        done="Bırakıldı",
        help="Başvurular kimsede olmaz; elle verilmiş olanlar günlüğe yazılır.",
        verb=_release,
        offered=lambda application: casework.holder_of(application) is not None,
        needs_reason=False,
        note=_who_has,
        prepare=_with_holder,
    ),
    Act(
        name="mola",
        label="Hatırlatmalara iki hafta mola ver",
        done="Hatırlatmalara iki hafta mola verildi",
        help="Bu firmalara iki hafta hatırlatma gitmez. Süren bir molanın yerine geçer.",
        verb=_pause,
        offered=_is_open,
        note=_until,
        prepare=_with_mutes,
    ),
    Act(
        name="mola-bitir",
        label="Molayı bitir",
        done="Mola bitirildi",
        help="Hatırlatmalar hemen yeniden başlar.",
        verb=_go_on,
        offered=lambda application: bool(_mutes(application)),
        needs_reason=False,
        note=_until,
        prepare=_with_mutes,
    ),
)
