"""A journey finds nothing of one that went before it on the same servers, and leaves nothing at work."""

import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.core.signals import request_started
from pytest_django.live_server_helper import LiveServer

from tests.faults.world import until
from tests.journeys.stage import own_environment, own_maildir
from tests.scenarios.mailbox import Maildir
from tests.scenarios.mails import mail


def test_its_mailbox_is_empty_when_it_begins(swift: None) -> None:
    Maildir(own_maildir()).put(mail(text="Merhaba"))
    own_environment()
    assert list(own_maildir().rglob("*.host")) == []


@pytest.fixture
def answering() -> Iterator[list[str]]:
    """Asks, once the site has ended, whether the last answer has."""
    found: list[str] = []

    def slowly(**_signal: object) -> None:
        found.append("begun")
        time.sleep(1)
        found.append("ended")

    request_started.connect(slowly)
    yield found
    request_started.disconnect(slowly)
    assert found == ["begun", "ended"]


@pytest.mark.django_db(transaction=True)
def test_its_site_ends_when_all_is_answered(answering: list[str], site: LiveServer) -> None:
    port = urlsplit(site.url).port
    with socket.create_connection(("localhost", port or 0)) as line:
        line.sendall(b"GET /hesap/login/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        until(lambda: answering, "it has begun")
