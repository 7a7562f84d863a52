"""What the health checks of containers ask: docker/answers.py and `manage.py at_work`."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from docker import answers
from telemetry import pulses
from telemetry.models import Pulse


def at_work(who: str) -> str:
    said = StringIO()
    call_command("at_work", who, stdout=said)
    return said.getvalue().strip()


def silent(name: str) -> None:
    Pulse.objects.filter(name=name).update(at=timezone.now() - timedelta(hours=1))


@pytest.mark.django_db
def test_who_shows_that_it_is_at_work_is_well() -> None:
    pulses.mark(pulses.BEAT)
    pulses.mark(pulses.WORKER)
    assert [at_work("beat"), at_work("worker")] == ["at work", "at work"]
    silent(pulses.WORKER)
    with pytest.raises(CommandError, match="no worker has answered a bell for"):
        at_work("worker")
    assert at_work("beat") == "at work"


@pytest.mark.django_db
def test_the_listener_is_asked_for_its_own_pulse() -> None:
    with pytest.raises(CommandError, match="nothing was heard of it yet"):
        at_work("listener")
    pulses.mark(pulses.LISTENER)
    assert at_work("listener") == "at work"
    silent(pulses.LISTENER)
    with pytest.raises(CommandError, match="nobody has listened to the mailboxes for"):
        at_work("listener")


@pytest.mark.django_db
def test_a_worker_is_not_blamed_for_a_silent_beat() -> None:
    for name in (pulses.BEAT, pulses.WORKER):
        pulses.mark(name)
        silent(name)
    assert "beat rings none" in at_work("worker")
    with pytest.raises(CommandError, match="no bell was rung for"):
        at_work("beat")


@contextmanager
def answering(status: int) -> Iterator[list[str]]:
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own name
            """Nothing for the tests' output."""

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    before, answers.PORT = answers.PORT, server.server_address[1]
    try:
        yield asked
    finally:
        answers.PORT = before
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(("status", "ends"), [(200, 0), (503, 1), (404, 1)])
def test_the_web_server_is_asked_for_its_probe(status: int, ends: int) -> None:
    with answering(status) as asked:
        assert answers.main() == ends
    assert asked == ["/healthz"]
