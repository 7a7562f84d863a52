"""What waits although nothing holds it up: each night it is mended, or named to who runs the portal.

What the checks find within minutes (`health.checks`) is not looked for here again. Each kind is looked at by
itself: one that fails keeps what was known of it, and the others go on. May run twice, and beside itself.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.models import Session
from correspondence.models import Letter, LetterStatus
from correspondence.outgoing import settling
from documents import comparing
from documents.models import KeyRotation
from health.figures import MOST
from health.models import Stuck, StuckKind
from onboarding.mail import outcomes
from onboarding.models import EvidencePack, PackState
from onboarding.reminders import digest
from privacy import warning
from privacy.kinds import KINDS
from privacy.models import DataKind, PersonRequest, RetentionRule
from team.models import CompanyImport, ImportState
from telemetry import pulses

logger = logging.getLogger(__name__)
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
ERASING_LATE = timedelta(days=2)  # a night that was left out is made good in the next
BATCH = 500


@dataclass(frozen=True, slots=True)
class Found:
    """What is left after the mending. `size`: of files, in bytes."""

    kind: StuckKind
    count: int
    size: int = 0


def _files(now: datetime) -> Iterator[Found]:
    """Nothing is deleted: a database that was loaded from a backup knows less than the store."""
    count = size = 0
    with comparing.compared(now) as both:
        for batch in both.orphans():
            count += len(batch)
            size += sum(each.size for each in batch)
        yield Found(StuckKind.ORPHANS, count, size)
        yield Found(StuckKind.GONE, sum(1 for _each in both.gone()))


def _letters(now: datetime) -> Iterator[Found]:
    settling.take_up_abandoned()
    abandoned = Letter.objects.abandoned(now - HOUR)
    yield Found(StuckKind.SENDING, abandoned[:MOST].count())
    held = Letter.objects.filter(status=LetterStatus.HELD, created_at__lt=now - WEEK, due_at__lt=now - WEEK)
    yield Found(StuckKind.HELD, held[:MOST].count())


def _outcomes(now: datetime) -> Iterator[Found]:
    """One that fails stands before all that come after it."""
    try:
        outcomes.handle_outcomes()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what is to be named
        logger.error("An outcome of a letter could not be handled: %s", type(error).__name__)  # noqa: TRY400
    waiting = Letter.objects.with_unhandled_outcome().filter(created_at__lt=now - HOUR)
    yield Found(StuckKind.OUTCOMES, waiting[:MOST].count())


def _packs(now: datetime) -> Iterator[Found]:
    """Lost ones are asked for again every half minute: what waits for an hour all the same is not taken up."""
    lost = EvidencePack.objects.lost(now).filter(asked_at__lt=now - HOUR)
    failed = EvidencePack.objects.filter(state=PackState.FAILED)
    yield Found(StuckKind.PACKS, lost.count() + failed.count())


def _requests(now: datetime) -> Iterator[Found]:
    waiting = PersonRequest.objects.filter(done_at=None, asked_at__lt=now - HOUR)
    yield Found(StuckKind.REQUESTS, waiting[:MOST].count())


def _lists(now: datetime) -> Iterator[Found]:
    """A list goes on every half minute, or says until when its quota makes it wait."""
    late = Q(waits_until__lt=now - HOUR) | Q(waits_until=None, created_at__lt=now - WEEK)
    yield Found(StuckKind.LISTS, CompanyImport.objects.filter(late, state=ImportState.RUNNING).count())


def _digests(now: datetime) -> Iterator[Found]:
    yield Found(StuckKind.DIGESTS, digest.missed(now))


def _erasing(now: datetime) -> Iterator[Found]:
    """Of companies and people only so many go a night, so what is left of them is no trouble."""
    count = 0
    for rule in RetentionRule.objects.filter(active=True):
        kind = KINDS[DataKind(rule.kind)]
        if not kind.one_by_one:
            count += warning.due(rule, kind, now - ERASING_LATE).order_by()[:MOST].count()
    yield Found(StuckKind.ERASING, count)


def _sessions(now: datetime) -> Iterator[Found]:
    """What the job of the night has left."""
    ended, mended = Session.objects.filter(expire_date__lt=now - DAY), 0
    while keys := list(ended.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        gone, _by_table = ended.filter(pk__in=keys).delete()
        if not gone:
            break
        mended += gone
    if mended:
        logger.warning("%s sessions that had ended were still there and are deleted.", mended)
    yield Found(StuckKind.SESSIONS, ended[:MOST].count())


def _rotation(now: datetime) -> Iterator[Found]:
    yield Found(StuckKind.ROTATION, KeyRotation.objects.filter(finished_at=None, begun_at__lt=now - DAY).count())


LOOKS: tuple[Callable[[datetime], Iterator[Found]], ...] = (
    _letters, _outcomes, _packs, _requests, _lists, _digests, _erasing, _sessions, _rotation, _files,
)  # fmt: skip


def run(now: datetime | None = None) -> None:
    now = now or timezone.now()
    failed = 0
    for look in LOOKS:
        try:
            for found in look(now):
                _write_down(found, now)
        except Exception as error:  # noqa: BLE001 - each library has its own errors, and one kind stops no other
            failed += 1
            # What an error says may name somebody.
            logger.error("%s could not be looked at: %s", look.__name__.strip("_"), type(error).__name__)  # noqa: TRY400
    if not failed:
        pulses.mark(pulses.NIGHT)


def _write_down(found: Found, now: datetime) -> None:
    if not found.count:
        Stuck.objects.filter(kind=found.kind).delete()
        return
    logger.warning("Stuck: %s %s.", found.count, found.kind.value)
    Stuck.objects.update_or_create(
        kind=found.kind,
        defaults={"count": found.count, "size": found.size},
        create_defaults={"count": found.count, "size": found.size, "since": now},
    )
