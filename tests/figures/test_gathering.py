"""The figures, against a small history whose numbers can be counted by hand.

| the history | what is counted |
|---|---|
| steps that are finished | the funnel of the day of opening; median and 90 % in the month of the end |
| a minute before and after midnight in Istanbul | the day, and the month, on which it was there |
| a step that was opened anew | one application in the funnel, two times of the step |
| a move that was taken back | nothing finished |
| two attempts of one company | two applications |
| another route | no step of the funnel |
| two partners | each its own |
| nothing | nothing |
| a run twice, a night missed | the same figures |
| more cases | no more statements |
"""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from correspondence.incoming import decisions
from correspondence.models import Audience, Mail, MailStatus
from figures import gathering
from figures.models import Figure, Gathered, Measure
from jobs import tasks
from journal.models import Event
from onboarding.gate import Route
from onboarding.models import Application
from onboarding.steps import PANEL_SETTINGS, STEPS
from privacy import erasing
from privacy.kinds import KINDS
from privacy.models import DataKind, RetentionRule
from tests.figures.history import ONE, TWO, History, letter, mail, on, partner
from tests.scenarios.cast import Cast
from tests.scenarios.factories import CompanyFactory, PartnerFactory, UserFactory
from tests.scenarios.support import colleague

pytestmark = pytest.mark.django_db
HOUR, DAY = 3600, 86400
NIGHT = on("04-10", "03:00")


def told(measure: Measure, *columns: str, **where: Any) -> list[Any]:
    rows = Figure.objects.filter(measure=measure, **where).order_by("day", "key", "partner")
    names = columns or ("key", "count")
    return list(rows.values_list(*names))


def everything() -> list[Any]:
    return sorted(map(str, Figure.objects.values_list(
        "partner", "measure", "day", "key", "count", "seconds", "median", "p90"
    )))  # fmt: skip


def gathered(at: datetime = NIGHT) -> None:
    gathering.run(at)


def test_the_funnel_counts_what_each_days_applications_have_finished() -> None:
    for day in ("04-01", "04-01", "04-02"):
        each = History(on(day))
        if day == "04-01":
            each.first_step(on("04-02"), on("04-03"))
    each.moved(TWO, "waiting", "approved", on("04-05"))
    gathered()
    assert told(Measure.FUNNEL, "day", "key", "count") == [
        (date(2026, 4, 1), "opened", 2),
        (date(2026, 4, 1), ONE, 2),
        (date(2026, 4, 2), "opened", 1),
        (date(2026, 4, 2), TWO, 1),
    ]


def test_the_time_of_a_step_is_from_its_opening_to_its_end() -> None:
    for hours in (1, 2, 3, 4, 5, 6, 7, 8, 9, 100):
        opened = on("04-02", "00:00")
        History(opened).first_step(opened, opened + timedelta(hours=hours))
    both = History(on("04-01", "00:00"))
    both.first_step(on("04-01", "01:00"), on("04-01", "10:00"))
    both.moved(TWO, "waiting", "approved", on("04-03", "10:00"), turn="iys")
    gathered()
    for whose in (both.company.partner_id, None):
        assert told(Measure.TIME, "day", "key", "count", "median", "p90", partner=whose) == [
            (date(2026, 4, 1), ONE, 11, 6 * HOUR, 10 * HOUR),
            (date(2026, 4, 1), TWO, 1, 2 * DAY, 2 * DAY),
        ]


def test_who_was_waited_for_and_how_long_stands_on_the_day_of_the_end() -> None:
    person = colleague()
    one = History(on("04-01", "00:00"))
    one.first_step(on("04-01", "06:00"), on("04-03", "06:00"), by=person)
    one.moved(TWO, "waiting", "approved", on("04-03", "07:00"), turn="iys")
    History(on("04-03", "00:00")).first_step(on("04-03", "02:00"), on("04-03", "03:00"))
    gathered()
    assert told(Measure.WAIT, "day", "key", "count", "seconds") == [
        (date(2026, 4, 1), f"{ONE}:company", 1, 6 * HOUR),
        (date(2026, 4, 3), f"{ONE}:company", 1, 2 * HOUR),
        (date(2026, 4, 3), f"{ONE}:staff", 2, 2 * DAY + HOUR),
        (date(2026, 4, 3), f"{TWO}:iys", 1, HOUR),
    ]


def test_midnight_and_the_months_boundary_are_istanbuls() -> None:
    """Three hours before those of UTC."""
    late, early = on("03-31", "23:59"), on("04-01", "00:01")
    for at in (late, early):
        one = History(at)
        one.first_step(at, at)
        mail(at, company=one.company)
        letter(at, company=one.company)
    last, first = date(2026, 3, 31), date(2026, 4, 1)
    gathered()
    for measure in (Measure.MAIL, Measure.LETTER):
        assert told(measure, "day", "count") == [(last, 1), (first, 1)]
    assert told(Measure.FUNNEL, "day", key="opened") == [(last,), (first,)]
    assert told(Measure.TIME, "day", partner=None) == [(date(2026, 3, 1),), (first,)]


def test_a_step_that_was_opened_anew_is_timed_again_and_counted_once() -> None:
    one = History(on("04-01", "00:00"))
    one.first_step(on("04-01", "00:00"), on("04-01", "04:00"))
    one.moved(TWO, "waiting", "waiting", on("04-02", "00:00"), turn="iys")
    one.moved(ONE, "sent", "draft", on("04-04", "00:00"), turn="")
    one.first_step(on("04-04", "01:00"), on("04-04", "10:00"))
    gathered()
    assert told(Measure.FUNNEL, key=ONE) == [(ONE, 1)]
    assert told(Measure.TIME, "count", "median", "p90", partner=None) == [(2, 4 * HOUR, 10 * HOUR)]


def test_what_was_taken_back_is_not_finished() -> None:
    one = History(on("03-30"))
    moved = one.first_step(on("03-30"), on("03-31"))
    gathered(on("04-01", "03:00"))
    assert told(Measure.FUNNEL, key=ONE)
    assert told(Measure.TIME)
    one.undone(moved, on("04-01", "09:00"), by=colleague())
    gathered(on("04-02", "03:00"))
    assert told(Measure.FUNNEL) == [("opened", 1)]
    assert told(Measure.TIME) == []


def test_two_attempts_of_one_company_are_two_applications() -> None:
    one = History(on("04-01"))
    person = colleague()
    one.first_step(on("04-02"), on("04-03"), by=person)
    Application.objects.update(closed_at=on("04-04"), closing="withdrawn")
    History(on("04-05"), company=one.company).first_step(on("04-06"), on("04-07"), by=person)
    gathered()
    assert told(Measure.FUNNEL, "day", "key", "count") == [
        (date(2026, 4, 1), "closed", 1),
        (date(2026, 4, 1), "opened", 1),
        (date(2026, 4, 1), ONE, 1),
        (date(2026, 4, 5), "opened", 1),
        (date(2026, 4, 5), ONE, 1),
    ]
    assert told(Measure.CASES) == [(str(person.pk), 2)]


def test_who_needs_only_the_last_step_is_apart_from_the_funnel() -> None:
    History(on("04-01"), route=Route.EXEMPT).moved(PANEL_SETTINGS.key, "waiting", "declared", on("04-02"))
    gathered()
    assert told(Measure.FUNNEL) == [("short", 1)]


def test_each_partner_has_its_own() -> None:
    ours, theirs = PartnerFactory.create(), partner("Liman Mesaj")
    for whose in (ours, theirs, theirs):
        one = History(on("04-01"), company=CompanyFactory.create(partner=whose))
        mail(on("04-01"), company=one.company)
        letter(on("04-01"), company=one.company)
    mail(on("04-01"), partner=theirs)
    mail(on("04-01"))
    for measure, of_theirs, of_nobody in ((Measure.MAIL, 3, 1), (Measure.LETTER, 2, 0), (Measure.FUNNEL, 2, 0)):
        gathered()
        sums = dict(Figure.objects.filter(measure=measure).values_list("partner").annotate(Sum("count")))
        assert [sums.get(whose, 0) for whose in (ours.pk, theirs.pk, None)] == [1, of_theirs, of_nobody]


def test_what_is_nobodys_is_the_only_partners() -> None:
    only = PartnerFactory.create()
    mail(on("04-01"))
    History(on("04-01"), company=CompanyFactory.create(partner=only))
    letter(on("04-01"), company=None, audience=Audience.STAFF)
    gathered()
    assert told(Measure.MAIL, "partner", "count") == [(only.pk, 1)]
    assert told(Measure.LETTER, "partner", "key") == [(only.pk, "staff")]


def test_mails_are_counted_by_what_they_were_read_as_and_whether_a_person_had_to() -> None:
    company = History(on("04-09")).company
    person = colleague(partner=company.partner)
    mail(on("04-09"), company=company)
    mail(on("04-09"), kind="unknown", company=company, status=MailStatus.PERSON)
    filed = mail(on("04-09"), kind="unknown", company=company, status=MailStatus.PERSON)
    decisions.file_away(mail=filed, note="İlgisiz", by=person)
    late = mail(on("04-09"), company=company, status=MailStatus.EARLY)
    mail(on("04-09"), kind="", company=company, status=MailStatus.NEW)
    gathered()
    assert told(Measure.MAIL) == [("received", 2), ("unknown", 2), ("unread", 1)]
    assert told(Measure.TOUCHED) == [("unknown", 2)]
    decisions.file_away(mail=late, note="İlgisiz", by=person)
    gathered(on("04-12", "03:00"))
    assert told(Measure.TOUCHED) == [("received", 1), ("unknown", 2)]


def test_cases_of_a_person_are_counted_once_a_month_and_the_companys_own_acts_never() -> None:
    person, owner = colleague(), UserFactory.create()
    for _each in range(2):
        one = History(on("03-30"))
        one.moved(ONE, "draft", "submitted", on("03-30"))
        for day in ("03-31", "04-01", "04-02"):
            one.moved(ONE, "submitted", "submitted", on(day), turn="staff", by=person)
        one.told(Event.MOVED, on("04-02"), party="company", actor=owner, step_key=ONE, data={})
    gathered()
    who = str(person.pk)
    assert told(Measure.CASES, "day", "key", "count") == [(date(2026, 3, 1), who, 2), (date(2026, 4, 1), who, 2)]
    assert told(Measure.ACTS) == [(who, 2), (who, 4)]


def test_nothing_at_all_is_no_figure() -> None:
    gathered()
    assert not Figure.objects.exists()
    assert Gathered.objects.get().until is None


def busy() -> None:
    person = colleague()
    for number in range(28):
        day = on("03-01") + number * timedelta(days=1)
        one = History(day)
        one.first_step(day + timedelta(hours=20), day + timedelta(hours=30), by=person)
        mail(day, company=one.company)
        letter(day, company=one.company)


def test_a_run_twice_gives_the_same() -> None:
    busy()
    gathered()
    before = everything()
    assert len(before) > 100
    gathered()
    assert everything() == before
    assert gathering.run(NIGHT) == 0


def test_a_night_that_was_missed_is_caught_up() -> None:
    busy()
    for night in range(1, 29):
        if night not in (7, 8, 20):
            gathered(on(f"03-{night:02}", "03:00"))
    gathered()
    found = everything()
    Figure.objects.all().delete()
    Gathered.objects.all().delete()
    gathered()
    assert found == everything()
    assert Gathered.objects.get().until == date(2026, 4, 10)


def test_it_asks_no_more_for_many_cases_than_for_one() -> None:
    def asked() -> int:
        Figure.objects.all().delete()
        Gathered.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            gathered()
        return len(queries)

    busy()
    first = asked()
    for _each in range(3):
        busy()
    assert asked() == first


def test_what_is_erased_later_stays_counted() -> None:
    one = History(on("01-05"))
    mail(on("01-05"), company=one.company)
    gathered(on("08-01", "03:00"))
    before = told(Measure.FUNNEL) + told(Measure.MAIL)
    Mail.objects.all().delete()
    Application.objects.filter(pk=one.application.pk).delete()
    gathered(on("08-02", "03:00"))
    assert told(Measure.FUNNEL) + told(Measure.MAIL) == before


def test_nothing_is_erased_while_it_is_counted_anew() -> None:
    assert KINDS[DataKind.ABANDONED].least >= gathering.FOLLOWED.days
    assert KINDS[DataKind.UNOWNED_MAILS].least > gathering.SETTLES.days
    assert KINDS[DataKind.STAFF_FIGURES].least > 31 + gathering.SETTLES.days


def test_figures_of_people_come_to_their_end() -> None:
    History(on("04-01")).first_step(on("04-01"), on("04-02"), by=colleague())
    gathered()
    rule = RetentionRule.objects.get(kind=DataKind.STAFF_FIGURES)
    later = on("04-10") + timedelta(days=rule.days)
    erasing.run(now=later)
    assert told(Measure.CASES) + told(Measure.ACTS) == []
    assert told(Measure.FUNNEL)


def test_the_journal_as_the_portal_writes_it_is_understood() -> None:
    """A company that went all the way: each step is finished, and whom it waited for stands in each."""
    cast = Cast()
    cast.finished()
    tomorrow = cast.now().opened_at + timedelta(days=1)
    gathering.run(tomorrow)
    steps = {step.key for step in STEPS}
    assert set(told(Measure.FUNNEL)) == {("opened", 1), *((step, 1) for step in steps)}
    assert {key for (key,) in told(Measure.TIME, "key")} == steps
    assert {key.partition(":")[0] for (key,) in told(Measure.WAIT, "key")} == steps
    assert told(Measure.STANDING) == []


def test_whom_the_steps_wait_for_stands_at_the_end_of_the_day() -> None:
    cast = Cast()
    cast.ready()
    cast.submit()
    gathering.run(cast.now().opened_at + timedelta(days=1))
    assert told(Measure.STANDING) == [(f"{ONE}:staff", 1)]


def test_the_schedule_and_the_command_gather() -> None:
    History(on("04-01"))
    tasks.gather_figures()
    assert told(Measure.FUNNEL) == [("opened", 1)]
    call_command("gather_figures")
