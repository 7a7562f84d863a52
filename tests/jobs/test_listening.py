"""A mailbox that is listened to (IDLE, RFC 2177): an answer of İYS is fetched as soon as its server announces it.

What can go wrong, and what then becomes of the answer (no other file named: the test is here):

| trap | what happens | test |
|---|---|---|
| two mails in one second | who has the lease looks once more | `TestWord` in `test_leases.py` |
| a mail while IDLE is issued anew | each beginning of IDLE rings a bell | `TestIssuedAnew` |
| words in one piece with the answer to IDLE | read before anybody waits for more | `TestWords` |
| the other machine is gone without a word | keep-alive finds it within two minutes | – |
| the server stands still (SIGSTOP) | DONE has no answer: a new line | `test_a_frozen_server_…` |
| BYE, a restart | a new line, after pauses that grow and differ | `test_a_server_that_restarts_…` |
| a host that somebody typed | reached as for fetching: public addresses alone | `test_a_line_leads_only_…` |
| a mailbox taken out, another password | noticed within ten seconds | `TestMailboxes` |
| a mailbox that is paused | none can be: one list for fetching and listening | `TestMailboxes` |
| the password is refused | one try in 15 minutes; of the schedule: `test_refusals.py` | `test_a_refused_…` |
| no IDLE at the server | left to the schedule, said once | `test_a_server_without_idle_…` |
| many mailboxes | a sleeping thread each, `MOST` at most | `test_no_more_than_so_many` |
| mail by the hundred | three bells a second of one mailbox at most | `test_a_flood_…` |
| several listeners | the second bell finds nothing new | `tests/faults/test_listening.py` |
| the database is away | the lines stay and ring | `test_a_database_that_is_away_…` |
| the broker is away | the schedule rings when it is back | `test_a_bell_that_cannot_be_rung_…` |
| SIGTERM | ends within seconds, whatever servers do | `tests/faults/test_listening.py` |
"""

import logging
import signal
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import InvalidToken
from django.db.utils import OperationalError
from django.test import override_settings
from kombu.exceptions import OperationalError as BrokerTrouble

from broker import ask
from correspondence import mailbox as mailboxes_of
from correspondence.incoming import idling, sources
from correspondence.incoming.idling import CannotIdle, Idling
from correspondence.mailbox import ImapMailbox, OutOfReach, Refused, open_mailbox
from correspondence.models import PartnerMailbox
from jobs import listening, tasks
from jobs.listening import FIRST_PAUSE, LONGEST_PAUSE, Listener, Listening, Pauses, Ring
from partners.models import Partner
from telemetry import pulses
from telemetry.models import Pulse
from tests.correspondence.test_mailbox_tls import certificate
from tests.faults.world import until
from tests.scenarios.imap_server import READY, Talker
from tests.scenarios.mailbox import ImapBox
from tests.scenarios.mails import mail
from tests.servers.dovecot import Dovecot
from tests.servers.swift import folder

EXISTS = b"* 1 EXISTS\r\n"


def imap(url: str) -> ImapMailbox:
    found = open_mailbox(url)
    assert isinstance(found, ImapMailbox)
    return found


class Waiting:
    """Somebody who waits at a mailbox: how often there was news, and how it ended."""

    def __init__(self, url: str) -> None:
        self.news = 0
        self.error: Exception | None = None
        self.idling = Idling(imap(url), self._hear)
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _hear(self) -> None:
        self.news += 1

    def _run(self) -> None:
        try:
            self.idling.run()
        except Exception as error:  # noqa: BLE001 - the test asks which
            self.error = error

    def has_begun(self) -> None:
        until(lambda: self.news == 1 or self.error, "it has begun to wait")
        assert self.error is None

    def has_more_than(self, before: int) -> bool:
        return self.news > before

    def is_over(self) -> Exception | None:
        self.thread.join(30)
        assert not self.thread.is_alive()
        return self.error


@contextmanager
def waiting(url: str) -> Iterator[Waiting]:
    found = Waiting(url)
    try:
        yield found
    finally:
        found.idling.end()
        found.is_over()


@contextmanager
def talking(*answers: bytes, context: ssl.SSLContext | None = None) -> Iterator[Talker]:
    found = Talker(answers, context=context)
    try:
        yield found
    finally:
        found.stop()


@pytest.fixture(params=["plain", "tls"])
def context(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ssl.SSLContext | None]:
    if request.param == "plain":
        yield None
        return
    known, key = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(known))
    mailboxes_of.authorities.cache_clear()
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(known, key)
    yield made
    mailboxes_of.authorities.cache_clear()


class TestWords:
    def test_what_is_announced_is_news(self, context: ssl.SSLContext | None) -> None:
        with talking(context=context) as server, waiting(server.url()) as waits:
            waits.has_begun()
            server.say(EXISTS)
            until(lambda: waits.news == 2, "it is heard")
            server.say(b"* 1 RECENT\r\n")
            until(lambda: waits.news == 3, "it is heard")

    def test_what_comes_in_one_piece_with_the_answer_is_heard(self, context: ssl.SSLContext | None) -> None:
        with talking(READY + EXISTS, context=context) as server, waiting(server.url()) as waits:
            until(lambda: waits.news == 2, "it is heard")

    def test_what_is_no_new_mail_rings_no_bell(self, context: ssl.SSLContext | None) -> None:
        with talking(context=context) as server, waiting(server.url()) as waits:
            waits.has_begun()
            server.say(b"* OK Still here\r\n* 3 EXPUNGE\r\n* 2 FETCH (FLAGS (\\Seen))\r\n")
            time.sleep(0.5)
            assert waits.news == 1
            server.say(EXISTS)
            until(lambda: waits.news == 2, "it waits on")

    def test_a_line_that_comes_in_halves_is_heard(self, context: ssl.SSLContext | None) -> None:
        with talking(context=context) as server, waiting(server.url()) as waits:
            waits.has_begun()
            server.say(EXISTS[:6])
            time.sleep(0.2)
            server.say(EXISTS[6:])
            until(lambda: waits.news >= 2, "it is heard")
            assert waits.error is None

    @pytest.mark.parametrize("last", [b"* BYE shutting down\r\n", b""])
    def test_a_server_that_ends_the_line_is_left(self, last: bytes, context: ssl.SSLContext | None) -> None:
        with talking(context=context) as server, waiting(server.url()) as waits:
            waits.has_begun()
            server.say(last)
            if not last:
                server.stop()
            assert isinstance(waits.is_over(), OSError)

    def test_a_server_that_announces_before_it_lets_one_wait_loses_nothing(self) -> None:
        """The library takes it for a refusal; the new line begins with a bell."""
        with talking(EXISTS + READY) as server:
            with waiting(server.url()) as waits:
                assert isinstance(waits.is_over(), OutOfReach)
            with waiting(server.url()) as waits:
                waits.has_begun()

    def test_a_flood_rings_three_times_a_second(self) -> None:
        with talking() as server, waiting(server.url()) as waits:
            waits.has_begun()
            began = time.monotonic()
            for _time in range(300):
                server.say(EXISTS)
                time.sleep(0.003)
            until(lambda: waits.news >= 2, "it is heard")
            time.sleep(2 * idling.GAP)
            # Beyond its beginning, and the first that was heard.
            assert waits.news <= 2 + (time.monotonic() - began) / idling.GAP


class TestIssuedAnew:
    def test_each_beginning_is_news(self, context: ssl.SSLContext | None, monkeypatch: pytest.MonkeyPatch) -> None:
        """What comes while nobody waits is not announced."""
        monkeypatch.setattr(idling, "REISSUED", 0.2)
        with talking(context=context) as server, waiting(server.url()) as waits:
            until(lambda: server.dones >= 3, "it is issued anew")
            assert waits.error is None
            dones = server.dones
            assert waits.news >= dones
            assert len(server.lines) == 1, "over one line"

    def test_at_least_every_29_minutes(self) -> None:
        assert idling.REISSUED + mailboxes_of.TIMEOUT < 29 * 60


@pytest.mark.usefixtures("dovecot")
class TestDovecot:
    def test_a_mail_is_announced(self) -> None:
        box = ImapBox()
        with waiting(box.url) as waits:
            waits.has_begun()
            box.put(mail())
            until(lambda: waits.news == 2, "it is heard")

    def test_a_mail_that_comes_while_it_is_issued_anew_is_news(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(idling, "REISSUED", 0.05)
        box = ImapBox()
        with waiting(box.url) as waits:
            waits.has_begun()
            for number in range(20):
                box.put(mail(message_id=f"<{number}@iys.org.tr>"))
                until(partial(waits.has_more_than, waits.news), "there is news after it")

    def test_a_wrong_password_is_refused(self) -> None:
        with waiting(ImapBox().url.replace("@", "x@", 1)) as waits:
            assert isinstance(waits.is_over(), Refused)


@pytest.fixture
def own(dovecot: None) -> Iterator[Dovecot]:
    """One that may be stopped. Its sockets lie below a short path: the kernel takes 107 characters."""
    with folder() as place, Dovecot(place) as server:
        yield server


def test_a_frozen_server_is_noticed_when_it_is_issued_anew(own: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idling, "REISSUED", 1.0)
    monkeypatch.setattr(idling, "TIMEOUT", 1.0)
    with waiting(own.url("kutu")) as waits:
        waits.has_begun()
        own.signal(signal.SIGSTOP)
        try:
            assert isinstance(waits.is_over(), OSError)
        finally:
            own.signal(signal.SIGCONT)


class WithoutIdle(Dovecot):
    def prepare(self) -> Any:
        command = super().prepare()
        config = self.folder / "dovecot.conf"
        config.write_text(f"{config.read_text()}\nprotocol imap {{\n  imap_capability = IMAP4rev1\n}}\n")
        return command


def test_a_server_without_idle_is_left_to_the_schedule(dovecot: None) -> None:
    with folder() as place, WithoutIdle(place) as server, waiting(server.url("kutu")) as waits:
        assert isinstance(waits.is_over(), CannotIdle)
        assert waits.news == 0


Rung = list[str]


@pytest.fixture
def rung() -> Rung:
    """The mailboxes that were to be fetched."""
    return []


@contextmanager
def listener(url: str, ring: Ring) -> Iterator[None]:
    found = Listener(imap(url), ring)
    found.start()
    try:
        yield
    finally:
        found.end()
        found.join(30)
        assert not found.is_alive()


class TestPauses:
    def test_they_grow_up_to_a_bound_and_differ(self) -> None:
        pauses = Pauses()
        took = [pauses.after(OutOfReach(), 0.0) for _time in range(20)]
        assert took[0] <= FIRST_PAUSE
        assert LONGEST_PAUSE / 2 <= took[-1] <= LONGEST_PAUSE
        assert len(set(took[-5:])) == 5

    def test_a_line_that_was_good_for_long_is_taken_up_at_once(self) -> None:
        pauses = Pauses()
        for _time in range(20):
            pauses.after(OutOfReach(), 0.0)
        assert pauses.after(OutOfReach(), 3600.0) <= FIRST_PAUSE
        assert pauses.after(OutOfReach(), 0.0) <= 2 * FIRST_PAUSE

    def test_a_refused_password_and_a_server_without_idle_are_seldom_asked(self) -> None:
        pauses = Pauses()
        assert pauses.after(Refused(), 0.0) >= 900
        assert pauses.after(CannotIdle(), 0.0) >= 900


def test_a_refused_password_is_tried_once(
    rung: Rung, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "LONGEST_PAUSE", 0.01)
    with talking() as server, listener(server.url("yanlis"), rung.append):
        until(lambda: "left to the schedule for now: Refused" in caplog.text, "it is said")
        time.sleep(0.5)
        assert len(server.lines) == 1
    assert rung == []
    assert "yanlis" not in caplog.text


def test_a_server_that_restarts_is_listened_to_again(
    own: Dovecot, rung: Rung, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    bell = "imap:kutu@127.0.0.1"
    with listener(own.url("kutu"), rung.append):
        until(lambda: rung == [bell], "it is listened to")
        own.stop()
        until(lambda: "left to the schedule for now" in caplog.text, "the line is lost")
        own.start_again()
        own.wait()
        until(lambda: rung == [bell, bell], "it is listened to again")
    said = [record.getMessage() for record in caplog.records if record.name == listening.logger.name]
    assert said.count("Mailbox imap:kutu@127.0.0.1 is listened to") == 2


def test_a_bell_that_cannot_be_rung_takes_no_line_away(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*_what: object, **_options: object) -> None:
        raise BrokerTrouble

    monkeypatch.setattr(tasks.fetch_mailbox, "apply_async", away)
    with talking() as server, listener(server.url(), partial(ask, tasks.fetch_mailbox)):
        until(lambda: caplog.text.count("The broker could not be reached") == 1, "the broker is away")
        server.say(EXISTS)
        until(lambda: caplog.text.count("The broker could not be reached") == 2, "it is tried again")
        assert len(server.lines) == 1


def test_a_line_leads_only_where_a_line_for_fetching_may_lead(
    rung: Rung, caplog: pytest.LogCaptureFixture
) -> None:
    with override_settings(MAIL_MODE="live"):
        inner = sources.opened("imap://kutu:parola@10.20.30.40/INBOX")
        assert isinstance(inner, ImapMailbox)
        found = Listener(inner, rung.append)
        found.start()
        until(lambda: "left to the schedule for now: ForbiddenHost" in caplog.text, "it is refused")
        found.end()
        found.join(30)


@contextmanager
def all_listening(rung: Rung) -> Iterator[Listening]:
    found = Listening(rung.append)
    try:
        yield found
    finally:
        found.end(30)


@pytest.mark.django_db
class TestMailboxes:
    """Which of them are listened to."""

    def test_those_that_are_read_as_they_are_read(self, rung: Rung, tmp_path: Path) -> None:
        partner = Partner.objects.create(name="Kıyı", legal_name="Kıyı A.Ş.")
        folder = f"maildir://{tmp_path}"
        with talking() as server, talking() as other, all_listening(rung) as all_of_them:
            with override_settings(MAILBOX_URLS=[server.url(), folder]):
                all_of_them.look()
                until(lambda: server.idles == 1, "that of the settings is listened to")
                row = PartnerMailbox.objects.create(partner=partner, url=other.url("yanlis"))
                all_of_them.look()
                until(lambda: len(other.lines) == 1, "that of a partner is tried")
                row.url = other.url()
                row.save()
                all_of_them.look()
                until(lambda: other.idles == 1, "with its new password it is listened to at once")
                row.delete()
                all_of_them.look()
                until(lambda: self.threads() == 1, "one that is read no more is left")
                all_of_them.look()
                assert (server.idles, len(server.lines), len(other.lines)) == (1, 1, 2), (
                    "the others stay as they are"
                )
        assert self.threads() == 0

    def test_no_more_than_so_many(self, rung: Rung, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
        monkeypatch.setattr(listening, "MOST", 1)
        with talking() as server, talking() as other, all_listening(rung) as all_of_them:
            with override_settings(MAILBOX_URLS=[server.url(), other.url()]):
                all_of_them.look()
                all_of_them.look()
            until(lambda: server.idles == 1, "the first is listened to")
            assert other.lines == []
        assert caplog.text.count("1 mailboxes are left to the schedule: 1 are listened to") == 1

    def threads(self) -> int:
        return sum(isinstance(each, Listener) for each in threading.enumerate())


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("postgresql")
@pytest.mark.parametrize("trouble", [OperationalError, InvalidToken])
def test_a_database_that_is_away_takes_no_line_away(
    trouble: type[Exception], rung: Rung, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(listening, "LOOKED", 0.05)
    with talking() as server, override_settings(MAILBOX_URLS=[server.url()]), all_listening(rung) as all_of_them:
        all_of_them.begin()
        until(lambda: server.idles == 1, "it is listened to")
        until(lambda: Pulse.objects.filter(name=pulses.LISTENER).exists(), "it shows that it is at work")
        with monkeypatch.context() as patch:
            patch.setattr(listening, "mailboxes", partial(away, trouble))
            until(lambda: f"cannot be asked: {trouble.__name__}" in caplog.text, "the database is away")
            server.say(EXISTS)
            until(lambda: len(rung) == 2, "the bell is rung all the same")
        Pulse.objects.filter(name=pulses.LISTENER).delete()
        until(lambda: Pulse.objects.filter(name=pulses.LISTENER).exists(), "it is there again")
        assert len(server.lines) == 1
    assert not Pulse.objects.filter(name=pulses.LISTENER).exists(), "who ends in order is missed by nobody"


def away(trouble: type[Exception]) -> Iterator[tuple[ImapMailbox, None]]:
    raise trouble
