"""Two schedulers at once, one that dies in the middle, and very many who wait: real processes and PostgreSQL."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from correspondence.models import Letter
from onboarding.models import Application, Reminder, ReminderRule, StepRecord
from onboarding.reminders import due, sending
from tenancy.models import Company
from tests.scenarios.factories import PartnerFactory, open_application, vkn
from tests.scenarios.waits import MONDAY, began, business_days_later

ROOT = Path(__file__).parents[3]
NOW = business_days_later(3)
SCHEDULER = f"""
import os, sys
from datetime import datetime
import django
django.setup()
from onboarding.reminders import letters, sending
dies_after, made = int(sys.argv[1]), 0
post = letters.post
def posting(name, **more):
    global made
    letter = post(name, **more)
    made += 1
    if made == dies_after:
        os._exit(9)
    return letter
letters.post = posting
print(sending.send_due(now=datetime.fromisoformat({NOW.isoformat()!r})))
"""


def scheduler(folder: Path, dies_after: int = 0) -> "subprocess.Popen[str]":
    """A process of its own that reminds once; with `dies_after` it ends, without a word, after so many letters."""
    database = connection.settings_dict
    url = f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "iysportal.settings",
        "DATABASE_URL": url,
        "BROKER_URL": "memory://",
        "VAR_DIR": str(folder),
        "S3_BUCKET": "",
    }
    command = [sys.executable, "-c", SCHEDULER, str(dies_after)]
    return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def rule(transactional_db: None) -> ReminderRule:
    ReminderRule.objects.all().delete()
    return ReminderRule.objects.create(
        name="Sıra firmada", waits_for="company", after=3, every=3, at_most=5, to="company"
    )


def test_two_schedulers_remind_everybody_once(rule: ReminderRule, tmp_path: Path) -> None:
    applications = [began(open_application()) for _each in range(12)]
    both = [scheduler(tmp_path / name) for name in ("one", "other")]
    made = [int(each.communicate(timeout=120)[0]) for each in both]
    assert sum(made) + sending.send_due(now=NOW) == len(applications)
    assert sorted(str(letter.application_id) for letter in Letter.objects.all()) == sorted(
        str(each.pk) for each in applications
    )


def test_a_scheduler_that_dies_leaves_no_half_done_reminder(rule: ReminderRule, tmp_path: Path) -> None:
    applications = [began(open_application()) for _each in range(4)]
    died = scheduler(tmp_path, dies_after=3)
    died.communicate(timeout=120)
    assert died.returncode == 9
    assert Letter.objects.count() == Reminder.objects.count() == 0, "its transaction went with it"
    assert sending.send_due(now=NOW) == len(applications)
    assert Letter.objects.count() == Reminder.objects.count() == len(applications)
    assert sending.send_due(now=NOW) == 0


def crowd(count: int) -> None:
    """So many more companies whose turn began on the day before: nobody of them is due."""
    partner = PartnerFactory.create()
    first = Company.objects.count() + 10_000
    companies = Company.objects.bulk_create(
        Company(partner=partner, trade_name=f"Kalabalık {number}", tax_number=vkn(number))
        for number in range(first, first + count)
    )
    # Not drawn: among so many, two that are drawn are the same now and then.
    applications = Application.objects.bulk_create(
        Application(company=company, reference=f"{number:08d}")
        for number, company in enumerate(companies, start=first)
    )
    since = business_days_later(2)
    StepRecord.objects.bulk_create(
        StepRecord(application=application, step="pre_application", state="draft", turn="company", since=since)
        for application in applications
    )


@pytest.mark.django_db
def test_many_who_wait_and_are_not_due_cost_nothing() -> None:
    queries = []
    for crowded in (100, 9_900):
        crowd(crowded)
        for _each in range(3):
            began(open_application())
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert sending.send_due(now=NOW) == 3
        queries.append(len(captured))
    assert StepRecord.objects.filter(turn="company").count() >= 10_000
    assert queries[0] == queries[1]


@pytest.mark.django_db
def test_more_than_a_batch_is_worked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "BATCH", 2)
    for _each in range(5):
        began(open_application(), at=MONDAY)
    assert sending.send_due(now=NOW) == 5


@pytest.mark.django_db
def test_the_due_are_found_by_their_own_index(postgresql: None) -> None:
    crowd(2_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE onboarding_steprecord")
    rules = due.active_rules()
    rule = next(each for each in rules if each.waits_for == "company")
    plan = due.to_remind(rule, rules, NOW)[0][:50].explain()
    assert "steps_to_remind_of" in plan
