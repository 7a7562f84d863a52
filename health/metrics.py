"""The figures of this very moment for the monitor: what waits, connections, pulses, and what the checks say.

They are asked like the checks, so that nothing that is frozen holds the answer. What did not answer is left out:
an old figure would look like a good one.
"""

from collections.abc import Callable, Iterable, Iterator

from django.utils import timezone
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

from health import asking, figures, outside
from health.asking import Answer
from health.checks import CHECKS, Check
from telemetry import pulses, timings

HEARD = (pulses.BEAT, pulses.WORKER, pulses.FINDING, pulses.LISTENER, pulses.BACKUP)
FUTURE = float("inf")  # a pulse from the future proves nothing, however young it looks


def gauge(name: str, what: str, rows: Iterable[tuple[str, float]], label: str) -> Metric:
    family = GaugeMetricFamily(f"iysportal_{name}", what, labels=[label])
    for value, figure in rows:
        family.add_metric([value], figure)
    return family


def _of_database() -> Iterator[Metric]:
    with figures.looking():
        letters, mails = figures.letters(), figures.mails()
        due, waits = figures.letter_due_since(), figures.mail_waits_since()
        used, most = figures.connections()
        stuck, ages = figures.stuck(), pulses.ages()
    now = timezone.now()
    seconds = {name: FUTURE if age is None else max(age.total_seconds(), 0.0) for name, age in ages.items()}
    read = [age for name, age in seconds.items() if name.startswith(pulses.MAILBOX)]
    heard = {name: seconds[name] for name in HEARD if name in seconds}
    late = {"letter": due, "mail": waits}
    yield gauge("letters", "Letters that are not gone.", ((s, n) for s, (n, _age) in letters.items()), "state")
    yield gauge(
        "letters_oldest_seconds",
        "How long the oldest has been due.",
        ((s, age.total_seconds()) for s, (_n, age) in letters.items()),
        "state",
    )
    yield gauge("mails", "Mails that wait for something.", ((s, n) for s, (n, _age) in mails.items()), "state")
    yield gauge(
        "mails_oldest_seconds",
        "How long the oldest has waited.",
        ((s, age.total_seconds()) for s, (_n, age) in mails.items()),
        "state",
    )
    yield gauge(
        "waits_seconds",
        "How long the oldest has waited that nothing but the machine holds up.",
        ((kind, (now - since).total_seconds() if since else 0.0) for kind, since in late.items()),
        "kind",
    )
    yield gauge("stuck", "What the last night has found and could not mend.", stuck.items(), "kind")
    yield gauge("pulse_age_seconds", "Since when nothing was heard of it.", heard.items(), "of")
    if read:
        yield gauge(
            "mailbox_age_seconds", "Since when the mailbox read longest ago waits.", [("all", max(read))], "of"
        )
    if most:
        connections = (("used", used), ("most", most))
        yield gauge("database_connections", "Connections to PostgreSQL.", connections, "what")


def _of_broker() -> Iterator[Metric]:
    yield gauge("broker_messages", "Messages that wait.", outside.broker_lengths().items(), "queue")


class Taken:
    """What one look has brought. A look that begins forgets the one before."""

    def __init__(self, name: str, look: Callable[[], Iterator[Metric]]) -> None:
        self.look = look
        self.found: list[Metric] = []
        self.check = Check(name, self._take)

    def _take(self) -> str:
        self.found = list(self.look())
        return ""


DATABASE, BROKER = Taken("figures of the database", _of_database), Taken("figures of the broker", _of_broker)
ASKING = asking.ASKING.and_also((DATABASE.check, BROKER.check))


class _Now:
    def __init__(self, answers: list[Answer]) -> None:
        self.answers = answers

    def collect(self) -> Iterator[Metric]:
        checks = [answer for answer in self.answers if answer.check in CHECKS]
        is_well = ((each.check.name, float(not each.why)) for each in checks)
        yield gauge("check_ok", "Whether the check of /readyz is well.", is_well, "check")
        took = ((each.check.name, each.seconds) for each in checks)
        yield gauge("check_seconds", "How long the check took.", took, "check")
        answered = {answer.check.name for answer in self.answers if not answer.why}
        for taken in (DATABASE, BROKER):
            if taken.check.name in answered:
                yield from taken.found


def text() -> bytes:
    registry = CollectorRegistry()
    registry.register(_Now(ASKING.answers()))
    return timings.text() + generate_latest(registry)
