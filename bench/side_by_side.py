"""The same backlog for several workers on one broker, and how soon a mail is answered by a moved step."""

import random
import time
from collections.abc import Callable, Iterator
from functools import cache, partial

from bench import incoming, outgoing, standing
from bench.incoming import MAILS
from bench.measure import Figure, Row
from bench.outgoing import LETTERS
from bench.workers import EVERY, Crew, crew
from correspondence.models import Letter, LetterStatus, Mail
from jobs.tasks import deliver, fetch
from onboarding.models import Application
from onboarding.steps import STATUS_QUERY
from tests.scenarios.ladder import at_iys
from tests.scenarios.mailbox import ImapBox
from tests.scenarios.mails import RECEIVED, asked, mail

PAUSE = 5.0  # seconds between two turns of the schedule


def _crew(workers: int) -> Crew:
    return crew(workers, incoming.box().url)


def _mails(workers: int) -> None:
    _crew(workers).until(incoming.is_done, fetch)


def _letters(workers: int) -> None:
    outgoing.post(outgoing.company(), LETTERS)
    _crew(workers).until(_are_sent, deliver)


def _are_sent() -> bool:
    return Letter.objects.filter(company=outgoing.company(), status=LetterStatus.SENT).count() == LETTERS


def _rested(*workers: int) -> None:
    for each in workers:
        _crew(each).rest()


def _backlog(*workers: int) -> None:
    _rested(*workers)
    incoming.backlog()


def _empty(*workers: int) -> None:
    _rested(*workers)
    outgoing.empty()


def _where(prepare: Callable[[], None], work: Callable[[int], None], workers: int) -> Iterator[str]:
    """What a profile of this process, which only waits, cannot say."""
    prepare()
    began, before = time.perf_counter(), _crew(workers).processor()
    work(workers)
    wall, used = time.perf_counter() - began, _crew(workers).processor() - before
    yield (
        f"    of {1000 * wall:.0f} ms the {workers} workers used {1000 * used:.0f} ms of the processors;"
        f" the rest waits for PostgreSQL and for bells, which ring each {1000 * EVERY:.0f} ms"
    )


def _by_workers(
    name: str, limit: Callable[[], None], work: Callable[[int], None], goal: float, *workers: int
) -> Row:
    """The work by the last of these numbers of workers."""
    prepare = partial(_backlog if work is _mails else _empty, *workers)
    ours = workers[-1]
    return Row(name, limit, partial(work, ours), goal, prepare, where=partial(_where, prepare, work, ours))


def _the_schedule() -> Iterator[str]:
    yield f"    the mail server tells who listens (IDLE); what that misses the schedule finds, each {PAUSE:.0f} s"


@cache
def _box() -> ImapBox:
    return ImapBox()


@cache
def _scheduled() -> Crew:
    return Crew(4, _box().url, broker=15, beat=True)


@cache
def _application() -> Application:
    application = at_iys()
    standing.keep([application.pk])
    return application


@cache
def _answer_to() -> str:
    """The letter that İYS answers; before what was posted since is taken away."""
    return asked(_application().company)


def arrival() -> float:
    """Seconds from a mail's arrival in the mailbox to its step's move, at any moment of the schedule."""
    application, answered = _application(), _answer_to()
    box, workers = _box(), _scheduled()
    Mail.objects.filter(company=application.company).delete()
    standing.put_back()
    time.sleep(random.uniform(0, PAUSE))  # noqa: S311
    raw = mail(text=RECEIVED, in_reply_to=answered, message_id=f"<{time.time()}@iys.org.tr>", to=_address())
    began = time.perf_counter()
    box.put(raw)
    workers.until(lambda: application.records.get(step=STATUS_QUERY.key).state == "received")
    return time.perf_counter() - began


@cache
def _address() -> str:
    return _application().company.tracking_addresses.get(retired_at=None).email


ROWS = (
    _by_workers(f"mails in, {MAILS} that move nothing, two workers on one broker", incoming.least, _mails, 0.5, 2),
    _by_workers(f"mails in, {MAILS}: two workers on one broker beside one", partial(_mails, 1), _mails, 0.6, 1, 2),
    _by_workers(
        f"mails in, {MAILS}: four workers on one broker beside two", partial(_mails, 2), _mails, 1.1, 2, 4
    ),
    _by_workers(
        f"letters out, end to end, {LETTERS}, two workers on one broker", outgoing.plain_loop, _letters, 0.9, 2
    ),
    _by_workers(
        f"letters out, {LETTERS}: four workers on one broker beside one", partial(_letters, 1), _letters, 1.1, 1, 4
    ),
    Figure("from a mail's arrival to its step's move", arrival, 2.0, "s", where=_the_schedule),
)
