"""A case is put off until a day or an event, and comes back by itself."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from correspondence.models import Mail
from journal.entries import write
from journal.models import Entry, Event
from journal.parties import Party
from onboarding.actions import casework
from onboarding.actor import Actor
from onboarding.attention import marks
from onboarding.models import Application, AttentionKind, Snooze
from onboarding.reminders.digest import queue_of
from onboarding.steps import PRE_APPLICATION
from onboarding.transitions import perform
from support.models import Message, Question
from tenancy.models import User
from tests.onboarding.admin.test_case_holders import holder
from tests.onboarding.admin.test_next_case import next_of
from tests.onboarding.admin.test_queue import queue, tabs, waits
from tests.scenarios.browser import Screen, words
from tests.scenarios.ladder import submitted
from tests.scenarios.support import REVIEW, Support, colleague

pytestmark = pytest.mark.django_db


@pytest.fixture
def support() -> Support:
    return Support(waits(submitted(), 9), user=colleague(*REVIEW))


def tomorrow(days: int = 1) -> date:
    return timezone.localdate() + timedelta(days=days)


def put_off(support: Support, event: str = "company", until: date | None = None) -> None:
    casework.snooze(
        application=support.application, until=until, event=event, note="Faks gelecek", by=support.user
    )


def test_it_leaves_the_queue_and_stands_under_its_tab(support: Support) -> None:
    other, user = waits(submitted(), 2), support.user
    support.send("take")
    answer = support.send("snooze", event="company", until=tomorrow(3).isoformat(), note="Faks gelecek")
    assert answer.status_code == 302
    assert queue(user) == queue(user, "?kimde=kimsede") == [other.reference]
    assert queue(user, "?kimde=bende") == []
    assert queue(user, "?kimde=ertelenmis") == [support.application.reference]
    assert (tabs(user)["Hepsi"], tabs(user)["Ertelenmiş"]) == (1, 1)
    assert "firma yanıtlayınca ya da" in words(
        support.client.get("/destek/onboarding/queueitem/?kimde=ertelenmis")
    )
    assert next_of(Support(other, user=user)) == ""
    assert [record.application for record in queue_of(user).steps] == [other]
    assert "Faks gelecek" in support.page()
    assert "data-take=" not in support.open().content.decode(), "looking at it again does not take it again"
    assert holder(support.application) is None
    entry = Entry.objects.get(event=Event.SNOOZED)
    assert (entry.actor, "Faks gelecek" in entry.text) == (user, True)


def test_the_day_brings_it_back(support: Support) -> None:
    put_off(support, "", tomorrow())
    assert Snooze.objects.in_force(timezone.localdate()).exists()
    assert not Snooze.objects.in_force(tomorrow()).exists()


def moved(application: Application, user: User) -> None:
    by = Actor(Party.STAFF, user)
    perform(application=application, step=PRE_APPLICATION, move="hold", actor=by, reason="x")


def written(application: Application, user: User) -> None:
    write(company=application.company, event=Event.DOCUMENT_ADDED, text="Belge", party=Party.COMPANY,
          application_id=application.pk)  # fmt: skip


def mailed(application: Application, user: User) -> None:
    Mail.objects.create(
        mailbox="m", folder="INBOX", uid_validity=1, uid="9", stored_name="x", sha256="9" * 64, size=1,
        company=application.company, application_id=application.pk,
    )  # fmt: skip


def asked(application: Application, user: User) -> None:
    now, owner = timezone.now(), application.company.memberships.get().user
    question = Question.objects.create(company=application.company, asked_by=owner, asked_at=now)
    Message.objects.create(question=question, by=owner, from_staff=False, text="Yolladık", at=now)


def marked(application: Application, user: User) -> None:
    record = application.records.get(step="pre_application")
    marks.raise_mark(record=record, kind=AttentionKind.CARGO_MISSING, idempotency_key="x", text="Kargo")


@pytest.mark.parametrize("happen", [moved, written, mailed, asked, marked])
@pytest.mark.parametrize("event", ["company", "mail", ""])
def test_whatever_happens_brings_it_back(
    support: Support, happen: Callable[[Application, User], None], event: str
) -> None:
    put_off(support, event, None if event else tomorrow(9))
    assert queue(support.user) == []
    happen(support.application, support.user)
    assert queue(support.user) == [support.application.reference]
    assert queue(support.user, "?kimde=ertelenmis") == []


def test_what_support_notes_of_itself_does_not(support: Support) -> None:
    put_off(support)
    casework.give(application=support.application, to=support.user, by=support.user)
    by = Actor(Party.STAFF, support.user)
    marks.mark_by_hand(application=support.application, step=PRE_APPLICATION, text="Faksa bak", actor=by)
    assert queue(support.user) == []


def test_it_is_taken_back_by_hand(support: Support) -> None:
    put_off(support)
    support.send("wake")
    assert queue(support.user) == [support.application.reference]
    assert Entry.objects.filter(event=Event.SNOOZED).count() == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"note": "Faks"}, "Bir olay ya da bir gün seçin."),
        ({"note": "Faks", "until": "2020-01-01"}, "Yarın ya da daha sonraki bir gün seçin."),
    ],
)
def test_it_is_not_put_off_for_ever_or_into_the_past(support: Support, typed: dict[str, str], said: str) -> None:
    refused = support.send("snooze", **typed)
    assert refused.status_code == 422
    assert said in words(refused)
    assert Screen(refused).fields["note"] == "Faks", "nothing typed is lost"
    assert not Snooze.objects.exists()


def test_a_colleagues_case_is_not_put_off(support: Support) -> None:
    ayse = colleague(*REVIEW)
    casework.take(application=support.application, user=ayse)
    assert support.send("snooze", event="company").status_code == 409


@pytest.mark.parametrize(("days", "ahead"), [("1", 1), ("7", 7)])
def test_the_days_that_are_chosen_most_are_one_press(support: Support, days: str, ahead: int) -> None:
    page = words(support.open("snooze"))
    assert f"Ertele: {support.application.company}" in page
    assert "Yarına kadar 1 hafta" in page
    answer = support.client.post(support.url("snooze"), {"event": "", "until": "", "days": days}, follow=True)
    until = Snooze.objects.get().until
    assert until == tomorrow(ahead)
    said_ = f"Ertelendi: {date_format(until, 'j F')} gününe kadar sırada görünmez."
    assert said_ in words(answer)


def test_what_waits_for_an_event_alone_is_told_without_a_day(support: Support) -> None:
    answer = support.client.post(support.url("snooze"), {"event": "company", "until": ""}, follow=True)
    assert "Ertelendi: firma yanıtlayınca sıraya döner." in words(answer)
