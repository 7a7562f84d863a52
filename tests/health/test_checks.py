"""Each check by itself: what is late, what only waits by somebody's will, and what no clock may hide."""

from datetime import timedelta
from typing import cast

import pytest
from botocore.exceptions import ClientError
from django.conf import settings
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import override_settings
from django.utils import timezone

from correspondence.models import Audience, Letter, LetterStatus, Mail, MailStatus, SendingHold
from finding import renewing
from finding.models import Mark
from health import checks, figures, outside
from telemetry import pulses
from telemetry.models import Pulse
from tests.scenarios.factories import CompanyFactory, UserFactory

pytestmark = pytest.mark.django_db


def letter(number: int = 0, *, late: timedelta, status: str = LetterStatus.QUEUED) -> Letter:
    company = CompanyFactory.create()
    return Letter.objects.create(
        company=company,
        audience=Audience.COMPANY,
        idempotency_key=f"health:{number}",
        message_group=f"health:{number}",
        status=status,
        message_id=f"<{number}@health.example>",
        due_at=timezone.now() - late,
        stored_name="letters/none.json",
    )


def mail(*, late: timedelta, status: str = MailStatus.NEW) -> Mail:
    made = Mail.objects.create(
        mailbox="m", folder="INBOX", uid_validity=0, uid="1", stored_name="x", sha256="0", size=1, status=status
    )
    Mail.objects.update(received_at=timezone.now() - late)
    return made


def pulse(name: str, ago: timedelta) -> None:
    Pulse.objects.update_or_create(name=name, defaults={"at": timezone.now() - ago})


class TestLetters:
    def test_one_that_is_long_due_is_told_whosever_it_is(self) -> None:
        letter(late=timedelta(minutes=30))
        assert checks.letters() == "the oldest letter has been due for 30 min"

    @pytest.mark.parametrize("late", [timedelta(minutes=1), timedelta(days=-1)])
    def test_one_that_has_just_become_due_or_goes_tomorrow_is_not_late(self, late: timedelta) -> None:
        letter(late=late)
        assert checks.letters() == ""

    @pytest.mark.parametrize("status", [LetterStatus.SENT, LetterStatus.FAILED, LetterStatus.CANCELLED])
    def test_what_goes_no_more_is_not_waited_for(self, status: str) -> None:
        letter(late=timedelta(days=30), status=status)
        assert checks.letters() == ""

    def test_what_somebody_has_stopped_is_no_fault(self) -> None:
        letter(late=timedelta(hours=3))
        SendingHold.objects.create(reason="geri yükleme", held_by=UserFactory.create(is_staff=True))
        assert checks.letters() == ""


class TestMails:
    @pytest.mark.parametrize("status", [MailStatus.NEW, MailStatus.READ])
    def test_one_that_was_stored_and_not_worked_on_is_told(self, status: str) -> None:
        mail(late=timedelta(hours=5), status=status)
        assert checks.mails() == "the oldest stored mail has waited for 5 h"

    @pytest.mark.parametrize(
        "status", [MailStatus.PERSON, MailStatus.EARLY, MailStatus.APPLIED, MailStatus.BROKEN]
    )
    def test_what_waits_for_people_is_no_fault_of_the_machine(self, status: str) -> None:
        mail(late=timedelta(days=5), status=status)
        assert checks.mails() == ""


class TestPulses:
    def test_nothing_has_run_yet(self) -> None:
        assert checks.beat() == "no bell was rung yet"
        assert checks.mailboxes() == "no mailbox was ever read"

    def test_all_are_at_work(self) -> None:
        for name in (pulses.BEAT, pulses.WORKER):
            pulses.mark(name)
            pulses.mark(name)
        pulses.keep_mailboxes(["imap.example"])
        assert (checks.beat(), checks.worker(), checks.mailboxes()) == ("", "", "")
        assert Pulse.objects.count() == 3

    def test_a_silent_worker_is_told_where_bells_are_rung(self) -> None:
        pulse(pulses.BEAT, timedelta(seconds=5))
        pulse(pulses.WORKER, timedelta(minutes=20))
        assert checks.worker() == "no worker has answered a bell for 20 min"

    def test_where_no_bell_is_rung_the_worker_cannot_be_blamed(self) -> None:
        pulse(pulses.BEAT, timedelta(hours=1))
        pulse(pulses.WORKER, timedelta(hours=1))
        assert checks.beat() == "no bell was rung for 60 min"
        assert "cannot be told" in checks.worker()

    def test_a_pulse_from_before_the_clock_was_set_back_proves_nothing(self) -> None:
        pulse(pulses.BEAT, timedelta(hours=-6))
        assert checks.beat() == "no bell was rung since the clock of the database was set back"
        pulses.mark(pulses.BEAT)
        assert checks.beat() == ""

    def test_a_clock_of_this_machine_that_is_wrong_changes_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        pulses.mark(pulses.BEAT)
        ahead = timezone.now() + timedelta(days=2)
        monkeypatch.setattr(timezone, "now", lambda: ahead)
        assert checks.beat() == ""


class TestFinding:
    """Marks of the index that wait too long: its worker says when none was left."""

    def marked(self) -> None:
        CompanyFactory.create()
        assert Mark.objects.exists()

    def test_a_turn_that_leaves_nothing_says_so(self) -> None:
        pulse(pulses.WORKER, timedelta())
        self.marked()
        assert checks.finding() == "the index of what is found was not up to date yet"
        renewing.renew_marked()
        assert checks.finding() == ""

    def test_turns_that_leave_something_or_fail_are_told_after_a_while(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pulse(pulses.WORKER, timedelta())
        pulse(pulses.FINDING, timedelta(minutes=20))
        self.marked()
        with monkeypatch.context() as patch:
            patch.setattr(renewing, "TURNS", 1)
            patch.setattr(renewing, "BATCH", 1)
            renewing.renew_marked()
        with monkeypatch.context() as patch:
            patch.setattr(renewing, "RENEW", {"company": lambda _keys: 1 / 0})
            self.marked()
            with pytest.raises(ZeroDivisionError):
                renewing.renew_marked()
        assert checks.finding() == "the index of what is found was not up to date for 20 min"

    def test_a_silent_worker_is_told_once(self) -> None:
        pulse(pulses.FINDING, timedelta(minutes=20))
        pulse(pulses.WORKER, timedelta(minutes=20))
        assert checks.finding() == ""


class TestListener:
    def test_where_nobody_has_listened_yet_nobody_is_missed(self) -> None:
        assert checks.listener() == ""

    def test_one_that_was_there_and_is_silent_is_told(self) -> None:
        pulses.mark(pulses.LISTENER)
        assert checks.listener() == ""
        pulse(pulses.LISTENER, timedelta(minutes=20))
        assert checks.listener() == "nobody has listened to the mailboxes for 20 min"

    def test_one_that_has_ended_in_order_is_missed_by_nobody(self) -> None:
        pulse(pulses.LISTENER, timedelta(minutes=20))
        pulses.forget(pulses.LISTENER)
        assert checks.listener() == ""


class TestMailboxes:
    def test_one_of_two_that_is_not_reached_is_counted_and_not_named(self) -> None:
        names = ["imap:takip@posta.example", "imap:kopya@kiyi.example"]
        pulses.keep_mailboxes(names)
        pulse(pulses.of_mailbox(names[0]), timedelta(hours=3))
        assert checks.mailboxes() == "1 of 2 were not read for up to 3 h"
        assert not Pulse.objects.filter(name__contains="@").exists()

    def test_one_that_was_never_reached_is_late_since_it_was_entered(self) -> None:
        pulses.keep_mailboxes(["imap:a"])
        Pulse.objects.update(at=timezone.now() - timedelta(minutes=11))
        pulses.keep_mailboxes(["imap:a"])
        assert checks.mailboxes().startswith("1 of 1 were not read for up to 11 min")

    def test_one_that_was_taken_out_is_waited_for_no_longer(self) -> None:
        pulses.keep_mailboxes(["imap:a", "imap:b"])
        Pulse.objects.update(at=timezone.now() - timedelta(days=1))
        pulses.mark(pulses.of_mailbox("imap:b"))
        pulses.keep_mailboxes(["imap:b"])
        assert checks.mailboxes() == ""


def test_a_migration_that_is_missing_is_named() -> None:
    assert checks.migrations() == ""
    MigrationRecorder.Migration.objects.filter(app="telemetry", name="0001_initial").delete()
    assert checks.migrations() == "1 not applied, the first is telemetry.0001_initial"


def test_migrations_of_a_newer_version_are_no_fault_of_this_one() -> None:
    MigrationRecorder.Migration.objects.create(app="telemetry", name="9999_later")
    assert checks.migrations() == ""


class TestStore:
    def test_a_folder_that_takes_files(self) -> None:
        assert outside.store_fault() == ""

    @pytest.mark.usefixtures("swift")
    def test_a_bucket_that_is_not_there_is_not_taken_for_an_empty_one(self) -> None:
        with override_settings(STORAGES={**settings.STORAGES, "private": settings.PRIVATE_FILES}):
            assert outside.store_fault() == ""
        options = {**cast(dict[str, object], settings.PRIVATE_FILES["OPTIONS"]), "bucket_name": "yok"}
        there = {**settings.PRIVATE_FILES, "OPTIONS": options}
        with override_settings(STORAGES={**settings.STORAGES, "private": there}), pytest.raises(ClientError):
            outside.store_fault()


def test_a_full_queue_is_counted_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "MOST", 2)
    for number in range(4):
        letter(number, late=timedelta(minutes=number))
    with figures.looking():
        assert figures.letters()["queued"][0] == 2
