"""Bells ring for each mailbox and each line by itself; before a slow server stands one worker at most."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from broker import EXPIRES
from correspondence.models import Letter, LetterStatus, Mail
from correspondence.outgoing import delivery, notify, outbox
from iysportal.celery import CODES, LETTERS, MAILS, REST, app
from jobs import leases, tasks
from onboarding.mail import pipeline
from telemetry import pulses
from tests.scenarios.mailbox import Maildir
from tests.scenarios.mails import mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """The bells that were rung, each task by its name and what it was told."""
    found: list[tuple[str, Any]] = []
    monkeypatch.setattr(tasks, "ask", lambda task, *told: found.append((task.name, *told)))
    return found


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Maildir, Maildir]]:
    boxes = Maildir(tmp_path / "bir"), Maildir(tmp_path / "iki")
    with override_settings(MAILBOX_URLS=[box.url for box in boxes]):
        yield boxes


def test_each_mailbox_has_a_bell_of_its_own(two: tuple[Maildir, Maildir], rung: list[tuple[str, Any]]) -> None:
    for box in two:
        box.put(mail(message_id=f"<{box.path.name}@iys.org.tr>"))
    tasks.fetch()
    assert [name for name, _told in rung] == ["jobs.tasks.fetch_mailbox"] * 2
    assert not Mail.objects.exists(), "the bell itself waits before no server"
    tasks.fetch_mailbox(rung[1][1])
    assert [row.mailbox for row in Mail.objects.all()] == [rung[1][1]]
    tasks.fetch_mailbox(rung[0][1])
    assert Mail.objects.count() == 2
    assert not Mail.objects.filter(status="new").exists(), "and what was fetched is read at once"


def test_a_mailbox_that_somebody_is_at_is_left_to_them(
    two: tuple[Maildir, Maildir], rung: list[tuple[str, Any]]
) -> None:
    two[0].put(mail())
    name = pipeline.names_of_mailboxes()[0]
    with leases.held(pulses.of_mailbox(name)):
        tasks.fetch_mailbox(name)
        assert not Mail.objects.exists()
    tasks.fetch_mailbox(name)
    assert Mail.objects.count() == 1


def test_a_mail_that_comes_while_somebody_is_at_the_mailbox_is_not_left_lying(
    two: tuple[Maildir, Maildir], rung: list[tuple[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    name, fetch = pipeline.names_of_mailboxes()[0], pipeline.fetch

    def too_early(name: str) -> int:
        new = fetch(name)
        two[0].put(mail())
        tasks.fetch_mailbox(name)
        return new

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "fetch", too_early)
        tasks.fetch_mailbox(name)
    assert not Mail.objects.exists()
    assert rung == [("jobs.tasks.fetch_mailbox", name)]
    tasks.fetch_mailbox(name)
    assert Mail.objects.count() == 1
    assert len(rung) == 1, "then nobody has come meanwhile"


def test_a_mailbox_that_is_read_no_more_is_not_read() -> None:
    tasks.fetch_mailbox("maildir:nirgendwo")
    assert not Mail.objects.exists()


@pytest.mark.parametrize(("task", "lease", "sends"), [
    ("send_codes", "codes", "deliver_codes"),
    ("deliver", "letters", "deliver_over_own_line"),
])  # fmt: skip
def test_a_line_that_somebody_is_at_is_left_to_them(
    monkeypatch: pytest.MonkeyPatch, task: str, lease: str, sends: str
) -> None:
    began: list[str] = []
    monkeypatch.setattr(delivery, sends, lambda: began.append(sends))
    with leases.held(lease):
        app.tasks[f"jobs.tasks.{task}"]()
        assert began == []
    app.tasks[f"jobs.tasks.{task}"]()
    assert began == [sends]


def test_every_task_is_in_the_queue_of_its_kind() -> None:
    app.loader.import_default_modules()
    ours = {name for name in app.tasks if not name.startswith("celery.")}
    queues: dict[str, set[str]] = {}
    for name in ours:
        queues.setdefault(app.amqp.router.route({}, name)["queue"].name, set()).add(name.rpartition(".")[2])
    assert queues[CODES] == {"send_codes", "send_sms", "render_paper"}
    assert queues[LETTERS] == {"deliver", "deliver_over_account", "test_account"}
    assert queues[MAILS] == {"fetch", "fetch_mailbox"}
    assert set(queues) == {CODES, LETTERS, MAILS, REST}
    assert {queue.name for queue in app.conf.task_queues} == set(queues), "a worker serves them all"


def test_no_bell_waits_for_ever() -> None:
    for name, entry in app.conf.beat_schedule.items():
        if isinstance(entry["schedule"], int | float):
            assert 0 < entry["options"]["expires"] <= 3 * entry["schedule"], name
    assert EXPIRES <= 120


def test_a_code_rings_for_itself(monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any) -> None:
    asked: list[str] = []
    monkeypatch.setattr(notify, "ask", lambda task: asked.append(task.name))
    with django_capture_on_commit_callbacks(execute=True):
        outbox.post_account(to="su@kuzey.example", from_name="Portal", body=outbox.Body("Kod", "123456"))
    assert asked == ["jobs.tasks.send_codes"]
    with django_capture_on_commit_callbacks(execute=True):
        outbox.post_to_staff(to="su@kuzey.example", idempotency_key="a", body=outbox.Body("Haber", "Selam"))
    assert asked == ["jobs.tasks.send_codes", "jobs.tasks.deliver"]
    assert Letter.objects.filter(status=LetterStatus.QUEUED).count() == 2
