"""An outbox that is being sent: the portal's mail server, a company's own, and what goes over their lines."""

from collections.abc import Iterator

import pytest

from tenancy.models import User
from tests.correspondence.outgoing.meanwhile import Row, three
from tests.correspondence.outgoing.outbox_full import Line
from tests.scenarios.factories import UserFactory
from tests.scenarios.smtp_server import AccountServer, Server, account_server, running


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as found:
        yield found


@pytest.fixture
def mailbox() -> Iterator[AccountServer]:
    with account_server() as found:
        yield found


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    found = Line()
    found.watch(monkeypatch)
    return found


@pytest.fixture
def support() -> User:
    found: User = UserFactory.create(is_staff=True, email="destek-kisi@kiyi.example")
    return found


@pytest.fixture
def row() -> Row:
    return three()
