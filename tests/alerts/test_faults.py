"""Each alert comes of its fault in a real installation, and goes when its page's “What to do” has been done.

Prometheus asks a real web server and a real worker, by the portal's own configuration; only its times are shorter.
Where something has to be old, its time is let pass in the database. Commands are those of the pages, without what
stands before them in the compose setup.
"""

import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg2
import pytest

from tests.alerts.installation import Installation
from tests.alerts.rules import rules
from tests.faults.watched import BEARER, TOKEN
from tests.faults.world import until
from tests.servers.swift import roomy_folder

LOOK = ("celery", "-A", "iysportal", "call", "jobs.tasks.look_for_stuck")
PAGES = 'iysportal_request_seconds_bucket{status="2xx"}'
MARKS = "from finding.models import Mark; print(Mark.objects.count())"


@pytest.fixture(scope="module")
def installation(postgresql: None, redis: None, dovecot: None, swift: None) -> Iterator[Installation]:
    """With servers of its own; where the suite has none, the programs may be missing too."""
    with tempfile.TemporaryDirectory(prefix="portal-alerts-", dir=roomy_folder()) as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o711)
        made = Installation(folder)
        for server in (made.postgres, made.redis, made.dovecot, made.swift):
            stack.enter_context(server)
        made.prepare()
        made.sink.start()
        stack.callback(made.sink.stop)
        stack.enter_context(made.at_work())
        stack.enter_context(made.prometheus)
        until(lambda: made.said() == {"state": "ready"}, "all are at work")
        until(lambda: made.prometheus.knows("up == 1") == 2, "both are asked")
        yield made


@pytest.fixture
def place(installation: Installation) -> Installation:
    installation.is_calm()
    return installation


def test_each_alert_has_its_fault() -> None:
    here = Path(__file__).read_text()
    assert [rule["alert"] for rule in rules() if f'"{rule["alert"]}"' not in here] == []


def test_worker_beat_and_listener_are_gone(place: Installation) -> None:
    place.stop_part("beat")
    place.stop_part("worker", signal.SIGKILL)
    place.stop_part("listener", signal.SIGKILL)
    for name in ("beat", "worker", "listener"):
        place.passed(name, "10 minutes")
    place.desk("ring", "600")
    place.is_on("BeatSilent", "WorkerSilent", "ListenerSilent", "QueueLong")
    # QueueLong, 3: the bells alone may be thrown away.
    assert "Purged 600 messages" in place.ran("celery", "-A", "iysportal", "purge", "-f")
    place.is_over("QueueLong")
    # 1: it works through them quickly.
    place.desk("ring", "600")
    place.is_on("QueueLong")
    place.start_part("worker")
    place.is_over("QueueLong")
    assert "pong" in place.ran("celery", "-A", "iysportal", "inspect", "ping")
    place.start_part("beat")
    place.is_over("BeatSilent", "WorkerSilent")
    # ListenerSilent, 3: it comes back no more.
    place.ran("manage.py", "shell", "-c", "from telemetry import pulses; pulses.forget(pulses.LISTENER)")
    place.is_over("ListenerSilent")
    # 1: gone, it is started.
    place.start_part("listener")
    until(lambda: place.ask("SELECT 1 FROM telemetry_pulse WHERE name = 'listener'"), "it shows itself")
    assert place.ran("manage.py", "at_work", "listener") == "at work\n"


def test_the_web_server_is_gone_and_prometheus_has_a_wrong_token(place: Installation) -> None:
    place.stop_part("web")
    place.is_on("PortalSilent")
    place.start_part("web")
    place.is_over("PortalSilent")
    place.prometheus.token_file.write_text("another-token-of-somebody")
    place.is_on("PortalSilent")
    assert place.get("/healthz").status_code == 200
    place.prometheus.token_file.write_text(TOKEN)
    place.is_over("PortalSilent")


def test_mail_server_mailbox_store_and_broker_are_away(place: Installation) -> None:
    place.sink.stop()
    place.desk("post", "1")
    place.ask("UPDATE correspondence_letter SET due_at = now() - interval '20 minutes' WHERE status = 'queued'")
    place.dovecot.stop()
    place.passed("mailbox", "20 minutes")
    place.is_on("LettersLate", "MailboxSilent")
    until(lambda: "The mail server cannot be reached" in place.lately(), "the worker says so of letters")
    until(lambda: "is out of reach" in place.lately(), "and of the mailbox")
    place.sink.start()
    place.dovecot.start_again()
    place.is_over("LettersLate", "MailboxSilent")

    # A mail was stored when the store went away.
    place.stop_part("worker")
    place.mail_comes()
    assert place.desk("fetch") == "1\n"
    place.swift.stop()
    place.ask("UPDATE correspondence_mail SET received_at = now() - interval '20 minutes'")
    place.start_part("worker")
    place.is_on("StoreAway", "MailsLate")
    until(lambda: " waits: mails/" in place.lately(), "the worker says why")
    place.swift.start_again()
    place.is_over("StoreAway", "MailsLate")

    place.redis.stop()
    place.is_on("BrokerAway")
    assert "broker" in place.said()
    place.redis.start_again()
    place.is_over("BrokerAway")
    until(lambda: place.said() == {"state": "ready"}, "the worker is connected again")


def test_the_database_is_away_or_full_or_slow_or_of_another_version(place: Installation) -> None:
    # Prometheus tells how much more there is of what it has seen before.
    until(lambda: place.page() == 200 and place.prometheus.knows(PAGES), "pages that are well are counted")
    place.frozen_pages(4.5, 2)
    place.is_on("PagesSlow")
    held = [psycopg2.connect(place.postgres.url) for _number in range(85)]
    place.is_on("DatabaseConnectionsScarce")
    for line in held:
        line.close()
    place.is_over("DatabaseConnectionsScarce", "PagesSlow")

    place.postgres.stop()
    place.is_on("PortalNotReady", "PagesFail", "TasksFail", meanwhile=place.page)
    # That nothing can be told of pulses is no silence of beat and worker.
    assert not {"BeatSilent", "WorkerSilent", "PortalSilent"} & place.prometheus.firing()
    place.postgres.start_again()
    place.is_over("PortalNotReady", "PagesFail", "TasksFail")

    place.ran("manage.py", "migrate", "health", "0001")
    place.is_on("PortalNotReady")
    assert "health.0002_stuck" in place.get("/readyz", BEARER).text
    place.ran("manage.py", "migrate")
    place.ran("manage.py", "first_data")
    place.is_over("PortalNotReady")


def test_letters_are_refused_and_mails_wait_for_people(place: Installation) -> None:
    place.sink.answer = "550 5.7.1 We do not take mail of this domain"
    place.desk("post", "8")
    place.mail_comes()
    place.is_on("LettersFail")
    until(lambda: place.ask("SELECT 1 FROM correspondence_mail WHERE status = 'person'"), "the mail waits")
    place.ask("UPDATE correspondence_mail SET received_at = now() - interval '4 days'")
    place.is_on("MailsWaitForPeople")
    place.sink.answer = "250 OK"
    place.desk("press", "dene", "failed")
    place.desk("file_mails")
    place.is_over("LettersFail", "MailsWaitForPeople")
    assert place.not_sent() == 0
    # Each letter is put off again and again: none is ever late, and none arrives.
    place.sink.answer = "451 4.3.0 Try again later"
    place.desk("post", "15")
    place.is_on("LettersLate")
    place.sink.answer = "250 OK"
    place.let_time_pass()
    place.is_over("LettersLate")


def test_the_index_fails_something_is_stuck_and_the_backup_is_old(place: Installation) -> None:
    place.desk("post", "1")
    until(lambda: place.ask("SELECT 1 FROM finding_mark") == [], "what is new can be found")
    place.ask("ALTER TABLE finding_word RENAME TO finding_lost")
    place.ask("UPDATE tenancy_company SET trade_name = 'Mavi Deniz Seyahat A.Ş.'")
    place.passed("finding", "20 minutes")
    place.ran("manage.py", "backup")
    place.passed("backup", "2 days")
    until(lambda: place.not_sent() == 0, "the letter is gone")
    held = "UPDATE correspondence_letter SET status = 'held', created_at = {0}, due_at = {0}"
    place.ask(held.format("now() - interval '9 days'"))
    place.ran(*LOOK)
    place.is_on("FindingLate", "TasksFail", "BackupOld", "StuckFound")
    assert place.ran("manage.py", "shell", "-v", "0", "-c", MARKS) == "1\n"
    assert "finding_word" in place.lately()

    place.ask("ALTER TABLE finding_lost RENAME TO finding_word")
    place.ran("manage.py", "find_index")
    place.ran("manage.py", "backup")
    place.desk("press", "birak", "held")
    place.ran(*LOOK)
    place.is_over("FindingLate", "TasksFail", "BackupOld", "StuckFound")
