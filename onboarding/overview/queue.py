"""The queue of support as one person sees it: whose each case is, what is due, and how many there are of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When
from django.utils import timezone

from onboarding.models import QueueItem, Snooze, StepRecord
from onboarding.models.casework import lasting
from onboarding.overview.waited import in_words
from onboarding.reminders.deadlines import Deadlines
from tenancy.admin.paging import MOST, bounded
from tenancy.choices import OpenChoices
from tenancy.models import User

Rows = TypeVar("Rows", bound=QuerySet[StepRecord])
HOLDER = "application__case_holder"


class Tab(OpenChoices):
    MINE = "bende", "Bende"
    TEAM = "ekibimde", "Ekibimde"
    NOBODY = "kimsede", "Kimsede değil"
    LATE = "gecikmis", "Gecikmiş"
    SNOOZED = "ertelenmis", "Ertelenmiş"


# Parameter and value of the list of what is marked, whoever's turn it is.
MARKED = ("isaret", "var")


def arranged(rows: Rows, now: datetime) -> Rows:
    """`held_by`: the key of who has the case now, or None; `asleep`: whether it is put off."""
    held_by = Case(When(lasting(now, f"{HOLDER}__"), then=F(f"{HOLDER}__holder_id")))
    return rows.annotate(held_by=held_by, asleep=put_off(now))


def put_off(now: datetime) -> Exists:
    """Of a step's record: whether its case waits until a day or an event."""
    return Exists(Snooze.objects.in_force(timezone.localdate(now)).filter(application=OuterRef("application")))


def free_for(user: User) -> Q:
    """What waits now and no colleague has, of rows `arranged`."""
    return Q(asleep=False) & (Q(held_by=None) | Q(held_by=user.pk))


@dataclass(frozen=True, slots=True)
class Counts:
    """By tab; and of all, how many are due today and how many were due before. Each as far as it is counted
    (`tenancy.admin.paging`)."""

    all: int
    tabs: Mapping[str, int]
    today: int
    late: int


@dataclass(frozen=True, slots=True)
class Desk:
    """One person's view of the queue at one moment."""

    user: User
    now: datetime
    deadlines: Deadlines

    @classmethod
    def of(cls, user: User) -> "Desk":
        return cls(user, timezone.now(), Deadlines.of_support())

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def where(self, tab: str = "") -> Q:
        """Of rows `arranged`, those of a tab; without one all that are not put off."""
        found: Mapping[str, Q] = {
            "": Q(),
            # By the holder's own column, which has an index.
            Tab.MINE.value: lasting(self.now, f"{HOLDER}__") & Q(**{f"{HOLDER}__holder": self.user}),
            Tab.TEAM.value: lasting(self.now, f"{HOLDER}__") & ~Q(**{f"{HOLDER}__holder": self.user}),
            Tab.NOBODY.value: Q(held_by=None),
            Tab.LATE.value: self.deadlines.until(self.today - timedelta(days=1)),
            # Read from what was put off on, which are few.
            Tab.SNOOZED.value: Q(application__snooze__isnull=False),
        }
        return found[tab] & Q(asleep=tab == Tab.SNOOZED)

    def counts(self, rows: QuerySet[QueueItem]) -> Counts:
        """One query, of a queue that is counted whole; of a longer one each number by itself, to its bound."""
        wanted = {tab: self.where(tab) for tab in ("", *Tab.values)}
        wanted["today"] = self.where() & self.deadlines.until(self.today) & ~wanted[Tab.LATE.value]
        if bounded(rows, MOST) > MOST:
            found = {name: bounded(rows.filter(where), MOST) for name, where in wanted.items()}
        else:
            numbers = {f"n_{name}": Count("pk", filter=where) for name, where in wanted.items()}
            found = {
                name.removeprefix("n_"): number for name, number in rows.order_by().aggregate(**numbers).items()
            }
        tabs = {tab: found[tab] for tab in Tab.values}
        return Counts(found[""], tabs, found["today"], tabs[Tab.LATE.value])

    def waits(self, record: StepRecord) -> str:
        return in_words(self.deadlines.waited(record, self.today))

    def due(self, record: StepRecord) -> date | None:
        return self.deadlines.day_of(record)
