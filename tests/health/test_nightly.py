"""Nothing waits unseen: each kind of stuck thing is mended at night, or named to who runs the portal."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from accounts.models import Session
from correspondence.models import Audience, Letter, LetterStatus, Mail, MailStatus
from correspondence.outgoing import outbox
from documents import comparing
from documents.models import DraftUpload, KeyRotation
from health import findings, nightly
from health.models import Stuck, StuckKind
from jobs import tasks
from onboarding.mail import outcomes
from onboarding.models import EvidencePack, PackState
from onboarding.reminders import digest
from privacy.models import PersonRequest, RetentionRule, Wish
from team.models import CompanyImport, ImportState
from telemetry import pulses
from telemetry.models import Pulse
from tenancy.models import Company, User
from tests.documents.test_storage import kept
from tests.scenarios.factories import CompanyFactory, UserFactory, open_application

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LONG_AGO, FAR_AHEAD = datetime(2026, 1, 5, tzinfo=UTC), datetime(2126, 1, 5, tzinfo=UTC)


@pytest.fixture
def company() -> Company:
    found: Company = CompanyFactory.create()
    return found


@pytest.fixture
def operator() -> User:
    found: User = UserFactory.create(is_staff=True, is_superuser=True)
    return found


def ago(**time: int) -> datetime:
    return timezone.now() - timedelta(**time)


def letter(company: Company, audience: Audience = Audience.COMPANY, **columns: object) -> Letter:
    found = outbox.post(
        company=company,
        idempotency_key="bir",
        body=outbox.Body("Haber", "Merhaba", "<p>Merhaba</p>"),
        address=outbox.Address(audience, ["deniz@mavideniz.example"]),
    )
    Letter.objects.filter(pk=found.pk).update(**columns)
    return found


def orphan(company: Company) -> None:
    storages["private"].save("mails/kimsesiz.eml", ContentFile(b"kimsesiz"))


def gone(company: Company) -> None:
    storages["private"].delete(kept(company).stored_name)


def abandoned(company: Company) -> None:
    letter(company, status=LetterStatus.SENDING, lease_until=ago(hours=2), attempts=1)


def held(company: Company) -> None:
    letter(company, status=LetterStatus.HELD, created_at=ago(days=8), due_at=ago(days=8))


def unhandled(company: Company) -> None:
    letter(company, Audience.IYS, status=LetterStatus.SENT, created_at=ago(hours=2))


def pack(state: PackState, **columns: object) -> Callable[[Company], None]:
    def make(company: Company) -> None:
        EvidencePack.objects.create(application=open_application(company), state=state, **columns)

    return make


def request(company: Company) -> None:
    PersonRequest.objects.create(user=UserFactory.create(), wish=Wish.COPY)
    PersonRequest.objects.update(asked_at=ago(hours=2))


def list_of_companies(waits: datetime | None, days: int) -> Callable[[Company], None]:
    def make(company: Company) -> None:
        CompanyImport.objects.create(
            partner=company.partner,
            by=UserFactory.create(),
            name="x",
            state=ImportState.RUNNING,
            waits_until=waits,
        )
        CompanyImport.objects.update(created_at=ago(days=days))

    return make


def draft(company: Company) -> None:
    name = storages["private"].save(f"drafts/{company.pk}/x", ContentFile(b"x"))
    DraftUpload.objects.create(
        company=company, person=UserFactory.create(), kind="x", name="x", content_type="image/png", size=1,
        stored_name=name,
    )  # fmt: skip
    DraftUpload.objects.update(created_at=ago(days=5))


def rotation(company: Company) -> None:
    KeyRotation.objects.create(key="x")
    KeyRotation.objects.update(begun_at=ago(days=2))


# What is made, of which kind it is, and what it is made in time: that is nobody's trouble.
STUCK: list[tuple[Callable[[Company], None], StuckKind]] = [
    (orphan, StuckKind.ORPHANS),
    (gone, StuckKind.GONE),
    (held, StuckKind.HELD),
    (pack(PackState.WAITING, asked_at=LONG_AGO), StuckKind.PACKS),
    (pack(PackState.FAILED, asked_at=LONG_AGO), StuckKind.PACKS),
    (request, StuckKind.REQUESTS),
    (list_of_companies(LONG_AGO, 0), StuckKind.LISTS),
    (list_of_companies(None, 8), StuckKind.LISTS),
    (draft, StuckKind.ERASING),
    (rotation, StuckKind.ROTATION),
]


@pytest.fixture(autouse=True)
def old_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept counts as older than a day."""
    monkeypatch.setattr(comparing, "YOUNG", timedelta(seconds=-5))


def counts() -> dict[str, int]:
    return dict(Stuck.objects.values_list("kind", "count"))


@pytest.mark.parametrize(("make", "kind"), STUCK)
def test_each_kind_is_named_to_who_runs_the_portal_until_it_is_over(
    make: Callable[[Company], None], kind: StuckKind, company: Company, operator: User
) -> None:
    tasks.look_for_stuck()
    assert counts() == {}
    make(company)
    tasks.look_for_stuck()
    assert counts() == {kind.value: 1}
    (found,) = (each for each in findings.for_person(operator, []) if each.key.startswith("stuck_"))
    assert found.says.startswith(f"1 {kind.label}")
    assert found.runbook == "stuck-found"
    assert found in findings.for_operations()
    assert not [each for each in findings.for_person(UserFactory.create(is_staff=True), []) if "stuck" in each.key]


@pytest.mark.parametrize(
    "make",
    [
        lambda company: letter(company, status=LetterStatus.HELD),
        lambda company: letter(company, Audience.IYS, status=LetterStatus.SENT),
        pack(PackState.WAITING, asked_at=FAR_AHEAD),
        pack(
            PackState.BUILDING,
            asked_at=LONG_AGO,
            lease_until=FAR_AHEAD,
        ),
        list_of_companies(FAR_AHEAD, 30),
        list_of_companies(None, 1),
        kept,
        lambda company: KeyRotation.objects.create(key="x"),
        lambda company: PersonRequest.objects.create(user=UserFactory.create(), wish=Wish.COPY),
    ],
)
def test_what_is_in_time_is_nobodys_trouble(make: Callable[[Company], None], company: Company) -> None:
    make(company)
    tasks.look_for_stuck()
    assert counts() == {}


def test_what_is_left_in_the_middle_of_sending_is_taken_up(company: Company) -> None:
    abandoned(company)
    tasks.look_for_stuck()
    assert counts() == {}
    assert Letter.objects.get().status == LetterStatus.QUEUED


def test_outcomes_are_handled_and_one_that_fails_is_named(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    unhandled(company)
    with monkeypatch.context() as patch:
        patch.setattr(outcomes, "handle_outcomes", lambda: 1 / 0)
        tasks.look_for_stuck()
    assert counts() == {StuckKind.OUTCOMES.value: 1}
    assert Pulse.objects.filter(name=pulses.NIGHT).exists(), "it was looked at, and named"
    tasks.look_for_stuck()
    assert counts() == {}


def test_sessions_that_ended_long_ago_go_and_others_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nightly, "BATCH", 2)
    now = timezone.now()
    for number, ends in enumerate((-3, -3, -3, -3, -3, 0.5, -0.5)):
        Session.objects.create(
            session_key=str(number), expire_date=now + DAY * ends, created_at=now, last_seen_at=now
        )
    tasks.look_for_stuck()
    assert counts() == {}
    assert set(Session.objects.values_list("session_key", flat=True)) == {"5", "6"}


def test_a_rule_that_is_switched_off_is_a_persons_word(company: Company) -> None:
    RetentionRule.objects.update(active=False)
    draft(company)
    tasks.look_for_stuck()
    assert counts() == {}


class TestDigests:
    NIGHT = datetime(2026, 3, 11, 1, 30, tzinfo=UTC)  # Wednesday, 04:30 in Turkey
    MORNING = datetime(2026, 3, 10, 7, 0, tzinfo=UTC)

    @pytest.fixture
    def reader(self, company: Company) -> User:
        found: User = UserFactory.create(is_staff=True, is_superuser=True, email="nobet@kiyi.example")
        User.objects.update(date_joined=datetime(2026, 1, 1, tzinfo=UTC))
        return found

    def waits(self, since: datetime) -> None:
        mail = Mail.objects.create(
            mailbox="kutu", folder="", uid_validity=0, uid="1", sha256="a", size=1, status=MailStatus.PERSON
        )
        Mail.objects.filter(pk=mail.pk).update(received_at=since)

    def test_one_that_was_not_written_is_missed(self, reader: User) -> None:
        self.waits(datetime(2026, 3, 9, tzinfo=UTC))
        assert digest.missed(self.NIGHT) == 1
        digest.send_due(now=self.MORNING)
        assert digest.missed(self.NIGHT) == 0

    def test_nothing_is_missed_where_nothing_had_waited(self, reader: User) -> None:
        assert digest.missed(self.NIGHT) == 0
        self.waits(self.MORNING + timedelta(hours=5))
        assert digest.missed(self.NIGHT) == 0

    def test_on_monday_night_before_the_morning_it_is_fridays(self, reader: User) -> None:
        self.waits(datetime(2026, 3, 1, tzinfo=UTC))
        digest.send_due(now=datetime(2026, 3, 6, 7, 0, tzinfo=UTC))
        assert digest.missed(datetime(2026, 3, 9, 1, 30, tzinfo=UTC)) == 0
        assert digest.missed(datetime(2026, 3, 9, 10, 30, tzinfo=UTC)) == 1

    def test_who_wants_none_or_is_new_misses_none(self, reader: User) -> None:
        self.waits(datetime(2026, 3, 9, tzinfo=UTC))
        User.objects.update(date_joined=datetime(2026, 3, 10, 15, tzinfo=UTC))
        assert digest.missed(self.NIGHT) == 0


def test_the_size_of_orphans_stands_in_words_and_the_first_day_stays(company: Company, operator: User) -> None:
    orphan(company)
    tasks.look_for_stuck()
    row = Stuck.objects.get()
    nightly.run(timezone.now() + DAY)
    again = Stuck.objects.get()
    assert (again.since, again.size) == (row.since, row.size)
    assert row.size > 0
    (found,) = (each for each in findings.for_person(operator, []) if each.key == "stuck_orphans")
    assert found.says.endswith(")")
    assert "bayt" in found.says or "KB" in found.says
    assert storages["private"].exists("mails/kimsesiz.eml"), "nothing is deleted without a person"


def test_one_look_that_fails_keeps_what_was_known_and_stops_no_other(
    company: Company, operator: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    orphan(company)
    tasks.look_for_stuck()
    Pulse.objects.filter(name=pulses.NIGHT).delete()

    def away(*_args: object) -> None:
        raise OSError("deniz@mavideniz.example")

    monkeypatch.setattr(comparing, "_list", away)
    request(company)
    with caplog.at_level(logging.INFO):
        tasks.look_for_stuck()
    assert counts() == {StuckKind.ORPHANS.value: 1, StuckKind.REQUESTS.value: 1}
    assert not Pulse.objects.filter(name=pulses.NIGHT).exists()
    assert "files could not be looked at: OSError" in caplog.text
    assert "mavideniz" not in caplog.text


def test_a_check_that_does_not_come_to_its_end_is_named_itself(operator: User) -> None:
    def named() -> bool:
        return any(each.key == "night" for each in findings.for_person(operator, []))

    assert not named(), "no night has been yet"
    tasks.look_for_stuck()
    assert not named()
    Pulse.objects.filter(name=pulses.NIGHT).update(at=ago(days=3))
    assert named()
    assert any(each.key == "night" for each in findings.for_operations())


def test_a_backup_that_grows_old_is_named_to_who_makes_any(operator: User) -> None:
    def named() -> list[str]:
        return [each.label for each in findings.for_person(operator, []) if each.key == "backup"]

    assert named() == [], "who makes them in another way is not reminded"
    pulses.mark(pulses.BACKUP)
    assert named() == []
    Pulse.objects.filter(name=pulses.BACKUP).update(at=ago(days=3))
    assert named() == [findings.BACKUP_OLD]


def test_it_runs_at_night() -> None:
    from iysportal.celery import app

    entry = app.conf.beat_schedule["look for what is stuck"]
    assert entry["task"] == "jobs.tasks.look_for_stuck"
