"""A log-in that was refused is not tried with each turn of the schedule: servers shut accounts for that."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models import F
from django.test import override_settings

from correspondence.mailbox import REFUSED_PAUSE
from correspondence.models import Mail
from onboarding.mail import pipeline
from telemetry.models import Pulse
from tests.scenarios.imap_server import Talker
from tests.scenarios.mailbox import Maildir
from tests.scenarios.mails import mail

pytestmark = pytest.mark.django_db
WRONG, OTHER = "eski-sifre", "baska-sifre"


@pytest.fixture
def server() -> Iterator[Talker]:
    found = Talker()
    yield found
    found.stop()


def tries(server: Talker, password: str = WRONG) -> int:
    """How often somebody came to log in during two turns of the schedule."""
    before = len(server.lines)
    with override_settings(MAILBOX_URLS=[server.url(password)]):
        pipeline.run()
        pipeline.run()
    return len(server.lines) - before


def goes_by(seconds: float) -> None:
    Pulse.objects.update(at=F("at") - timedelta(seconds=seconds))


def test_a_refused_password_is_tried_once_in_a_quarter_of_an_hour(server: Talker) -> None:
    assert tries(server) == 1
    assert tries(server) == 0
    goes_by(REFUSED_PAUSE - 60)
    assert tries(server) == 0
    goes_by(120)
    assert tries(server) == 1


def test_another_password_is_tried_at_once_and_the_refused_one_rests(server: Talker) -> None:
    assert tries(server) == 1
    assert tries(server, OTHER) == 1
    assert tries(server) == 0


@pytest.mark.parametrize("code", ["UNAVAILABLE", "INUSE", "LIMIT", "serverbug"])
def test_a_server_that_says_not_now_is_tried_with_the_next_turn(server: Talker, code: str) -> None:
    server.refusal = f"NO [{code}] Temporary failure".encode()
    assert tries(server) == 2


def test_of_what_is_kept_nobody_learns_the_password_and_it_does_not_stay(server: Talker) -> None:
    tries(server)
    kept = Pulse.objects.get(name__startswith="refused:").name
    assert WRONG not in kept
    goes_by(REFUSED_PAUSE + 1)
    tries(server, OTHER)
    assert not Pulse.objects.filter(name=kept).exists()


def test_a_clock_that_was_set_back_shuts_no_mailbox_for_long(server: Talker) -> None:
    tries(server)
    goes_by(-86_400)
    assert tries(server) == 1


def test_another_mailbox_is_read_meanwhile(server: Talker, tmp_path: Path) -> None:
    other = Maildir(tmp_path / "box")
    with override_settings(MAILBOX_URLS=[server.url(WRONG), other.url]):
        for number in (1, 2):
            other.put(mail(text=f"{number}. yanıt"))
            pipeline.run()
    assert len(server.lines) == 1
    assert Mail.objects.count() == 2
