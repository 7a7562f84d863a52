"""Codes go before all other letters, and hang on no file store; all that holds a letter holds them too."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import override_settings
from django.utils import timezone

from correspondence.models import Audience, Letter, LetterStatus, SendingHold, SendingMark
from correspondence.models.sending import Pot
from correspondence.outgoing import delivery, outbox, restored
from documents.encrypted import StoreAway
from tests.correspondence.outgoing.outbox_full import many
from tests.scenarios.factories import CompanyFactory
from tests.scenarios.smtp_server import Server

pytestmark = pytest.mark.django_db


def code(to: str = "su@kuzey.example", **body: Any) -> Letter:
    return outbox.post_account(to=to, from_name="Portal", body=outbox.Body("Kodunuz", "Kod: 123456", **body))


@pytest.fixture
def store_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_arguments: object, **_more: object) -> None:
        raise StoreAway

    for name in ("open", "save", "exists", "size", "delete"):
        monkeypatch.setattr(storages["private"], name, away)


def status(letter: Letter) -> tuple[str, int]:
    found = Letter.objects.get(pk=letter.pk)
    return found.status, found.attempts


def test_a_code_goes_before_letters_that_have_waited_longer(server: Server) -> None:
    waiting = many(3)
    Letter.objects.update(due_at=timezone.now() - timedelta(hours=3))
    code()
    assert delivery.deliver_codes() == 1
    assert server.titles == ["Kodunuz"]
    assert {status(each) for each in waiting} == {("queued", 0)}
    assert delivery.deliver() == 3


def test_codes_of_a_company_are_codes_and_its_news_is_not(server: Server) -> None:
    company = CompanyFactory.create()
    for audience, title in ((Audience.ACCOUNT, "Kod"), (Audience.COMPANY, "Haber"), (Audience.IYS, "Başvuru")):
        outbox.post(
            company=company,
            idempotency_key=title,
            body=outbox.Body(title, "Metin"),
            address=outbox.Address(audience, ["ada@mavideniz.example"]),
        )
    delivery.deliver_codes()
    assert server.titles == ["Kod"]


def test_the_other_line_sends_codes_too(server: Server) -> None:
    code()
    assert delivery.deliver() == 1
    assert delivery.deliver_codes() == 0


@pytest.mark.usefixtures("store_away")
def test_while_the_store_is_away_codes_are_posted_and_go_and_other_letters_wait(server: Server) -> None:
    waiting = many(2)
    first = code()
    assert delivery.deliver_codes() == 1
    assert delivery.deliver() == 0
    assert status(first) == ("sent", 1)
    assert {status(each) for each in waiting} == {("queued", 0)}, "none wears out"


def test_what_is_posted_keeps_no_file() -> None:
    before = Letter.objects.exclude(stored_name="").count()
    code()
    many(1)
    assert Letter.objects.exclude(stored_name="").count() == before == 0


def of_a_backup() -> None:
    SendingMark.objects.update_or_create(pk=1, defaults={"place": "baska/1/2", "turn": 1})


def all_held() -> None:
    SendingHold.objects.create(reason="Dur")


def address_held() -> None:
    SendingHold.objects.create(reason="Dur", target="@kuzey.example")


@pytest.mark.parametrize("stop", [all_held, address_held])
def test_a_hold_holds_codes(server: Server, stop: Callable[[], None]) -> None:
    letter = code()
    stop()
    assert delivery.deliver_codes() == 0
    assert status(letter)[0] in {LetterStatus.QUEUED, LetterStatus.HELD}
    assert server.titles == []


def test_a_database_from_a_backup_sends_no_codes(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(restored, "_place", lambda: "buradaki/1/2")
    letter = code()
    of_a_backup()
    assert delivery.deliver_codes() == 0
    assert status(letter) == ("queued", 0)


def test_a_code_that_has_run_out_does_not_go(server: Server) -> None:
    words = outbox.Body("Kodunuz", "Kod: 123456")
    sealed = outbox.with_secrets(shown=outbox.Body("Kodunuz", "Kod: (kod gizlendi)"), sent=words)
    letter = outbox.post_account(to="su@kuzey.example", from_name="Portal", body=sealed)
    Letter.objects.filter(pk=letter.pk).update(sealed_until=timezone.now() - timedelta(seconds=1))
    assert delivery.deliver_codes() == 0
    assert server.titles == []


def test_while_the_mail_server_is_away_no_code_wears_out() -> None:
    letter = code()
    with override_settings(EMAIL_HOST="127.0.0.1", EMAIL_PORT=9):
        for _turn in range(5):
            assert delivery.deliver_codes() == 0
    assert status(letter) == ("queued", 0)


def test_their_reserve_of_the_day_is_kept(server: Server) -> None:
    with override_settings(LETTERS_PER_DAY=1, LETTERS_RESERVE=2):
        most = Pot.ACCOUNT.cap
        for number in range(most + 2):
            code(f"su-{number}@kuzey.example")
        assert (delivery.deliver_codes(), delivery.deliver_codes()) == (most, 0)
        assert len(server.titles) == most
