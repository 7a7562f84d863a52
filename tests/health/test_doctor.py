"""`manage.py doctor`: what is wrong with an installation, and the next thing to do."""

from collections.abc import Iterator
from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.test import override_settings

from correspondence.models import SendingHold
from correspondence.outgoing import outbox
from health import checks, doctor
from onboarding import first_data
from telemetry import pulses
from telemetry.models import Pulse
from tenancy.models import User
from tests.scenarios.factories import CompanyFactory, UserFactory
from tests.scenarios.mailbox import Maildir
from tests.scenarios.smtp_server import running

pytestmark = pytest.mark.django_db


@pytest.fixture
def healthy(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[User]:
    """An installation with all that it needs in sandbox mode."""
    mailbox = Maildir(tmp_path_factory.mktemp("kutu"))
    for name in (pulses.BEAT, pulses.WORKER, pulses.FINDING, pulses.of_mailbox("kutu")):
        pulses.mark(name)
    first_data.load()
    CompanyFactory.create()
    # No Redis stands beside tests without servers.
    monkeypatch.setattr(checks, "CHECKS", [each for each in checks.CHECKS if each.name != "broker"])
    with running(), mailbox.watched():
        yield UserFactory.create(is_staff=True, is_superuser=True)


def said() -> tuple[str, bool]:
    """Everything, and whether it ended well."""
    out = StringIO()
    try:
        call_command("doctor", stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}{error}", False
    return out.getvalue(), True


def test_a_healthy_installation_has_only_things_for_later(healthy: User) -> None:
    text, well = said()
    assert well, text
    assert " 0 wrong," in text
    assert "[later]  MAIL_MODE is 'sandbox'" in text


def test_the_next_command_stands_below_what_is_wrong(healthy: User) -> None:
    User.objects.update(is_superuser=False)
    SendingHold.objects.create(reason="yedek yükleniyor", target="")
    Pulse.objects.filter(name=pulses.BEAT).delete()
    text, well = said()
    assert not well
    for sentence, do in (
        ("Nobody may run the portal yet.", "manage.py first_staff"),
        ("All sending is stopped: yedek yükleniyor", "manage.py resume_sending"),
        ("Beat: no bell was rung yet.", "celery -A iysportal beat"),
    ):
        assert f"[wrong]  {sentence}\n         → " in text
        assert do in text


def test_keys_that_cannot_read_what_is_stored(healthy: User) -> None:
    body = outbox.Body("Konu", "Merhaba", "<p>Merhaba</p>")
    outbox.post_to_staff(to=healthy.email, idempotency_key="x", body=body)
    assert "FIELD_KEYS read what is stored." in said()[0]
    with override_settings(FIELD_KEYS=[Fernet.generate_key().decode()]):
        text, well = said()
    assert not well
    assert "FIELD_KEYS cannot read what is stored" in text
    assert "correspondence.Letter" in text


def test_a_portal_address_of_the_own_machine_is_wrong_where_mail_is_live(healthy: User) -> None:
    assert "[later]  PORTAL_URL is http://localhost" in said()[0]
    with override_settings(MAIL_MODE="live"):
        text, well = said()
    assert not well
    assert "[wrong]  PORTAL_URL is http://localhost" in text
    assert "[wrong]  No legal text of the kind" in text


def test_a_database_that_cannot_be_asked_ends_it(healthy: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> str:
        raise ConnectionError("could not connect")

    monkeypatch.setattr(checks, "database", away)
    text, well = said()
    assert not well
    assert "The database cannot be asked: ConnectionError: could not connect." in text
    assert "Look at DATABASE_URL." in text
    assert "Beat" not in text


def test_every_check_of_readyz_has_a_next_step() -> None:
    assert set(doctor.NEXT) == {check.name for check in checks.CHECKS if not check.needed}
