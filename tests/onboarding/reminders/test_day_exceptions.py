"""Days off and working days that staff enter: whatever is counted in business days goes by them."""

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from correspondence.models import Letter
from onboarding.business_days import business_days_between, is_business_day, last_start
from onboarding.models import Application, DayException, DayKind, StepRecord
from onboarding.overview import expected_wait
from onboarding.overview.board import board
from onboarding.reminders import digest, sending
from tests.onboarding.business_days_table import TABLE, Row
from tests.scenarios.browser import signed_in, words
from tests.scenarios.cast import Cast
from tests.scenarios.factories import UserFactory, open_application
from tests.scenarios.support import REVIEW, colleague
from tests.scenarios.waits import MONDAY, began, business_days_later

# From that Monday on, 2 November 2026: its week, the Saturday of it, and the Monday after.
TUESDAY, WEDNESDAY = date(2026, 11, 3), date(2026, 11, 4)
SATURDAY, NEXT_MONDAY = date(2026, 11, 7), date(2026, 11, 9)
REPUBLIC_DAY = date(2026, 10, 29)


def off(*days: date) -> None:
    for day in days:
        DayException.objects.create(day=day, kind=DayKind.OFF, reason="İdari izin")


def working(*days: date) -> None:
    for day in days:
        DayException.objects.create(day=day, kind=DayKind.WORKING, reason="Telafi")


def test_a_row_counts_more_than_the_calendar() -> None:
    told = {TUESDAY: False, SATURDAY: True, REPUBLIC_DAY: True}
    assert not is_business_day(TUESDAY, told)
    assert is_business_day(SATURDAY, told)
    assert is_business_day(REPUBLIC_DAY, told)
    assert is_business_day(WEDNESDAY, told)
    assert not is_business_day(SATURDAY + timedelta(days=1), told)
    assert business_days_between(MONDAY.date(), NEXT_MONDAY, told) == 5
    assert business_days_between(MONDAY.date(), NEXT_MONDAY) == 5
    assert business_days_between(MONDAY.date(), SATURDAY, told) == 4


def test_the_last_day_to_have_begun_goes_by_the_rows_too() -> None:
    told = {date(2026, 1, 1) + timedelta(days=n): n % 3 == 0 for n in range(0, 365, 2)}
    for day in (date(2026, 2, 1) + timedelta(days=n) for n in range(300)):
        for waited in (0, 1, 3, 10):
            last = last_start(day, waited, told)
            assert business_days_between(last, day, told) >= waited
            assert business_days_between(last + timedelta(days=1), day, told) < waited or not waited


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_a_year_with_its_leave(row: Row) -> None:
    told = dict.fromkeys(row.off, False) | dict.fromkeys(row.working, True)
    for count, day in enumerate(row.following, 1):
        assert is_business_day(day, told)
        assert business_days_between(row.start, day, told) == count
        assert business_days_between(row.start, day - timedelta(days=1), told) == count - 1
        assert last_start(day, count, told) >= row.start
    for day, count in row.until:
        assert business_days_between(row.start, day, told) == count


@pytest.fixture
def waiting(db: None) -> Application:
    """An application whose company has had the turn since that Monday."""
    return began(open_application())


def test_a_reminder_comes_a_day_later_for_each_day_off(waiting: Application) -> None:
    off(TUESDAY, WEDNESDAY)
    assert sending.send_due(now=business_days_later(3)) == 0
    assert sending.send_due(now=business_days_later(4)) == 0
    assert sending.send_due(now=business_days_later(5)) == 1


def test_a_reminder_comes_a_day_sooner_for_each_working_day(waiting: Application) -> None:
    off(TUESDAY, WEDNESDAY)
    working(SATURDAY)
    saturday = MONDAY + timedelta(days=5)
    assert sending.send_due(now=saturday) == 1, "on a Saturday, since it is worked"
    assert sending.send_due(now=business_days_later(5)) == 0


def test_nothing_goes_out_on_a_day_off_and_escalation_waits_too(waiting: Application) -> None:
    twentieth = business_days_later(20)
    off(twentieth.date())
    assert sending.send_due(now=twentieth) == 0
    StepRecord.objects.update(reminded=5)
    assert sending.send_due(now=twentieth + timedelta(days=1)) == 1
    assert waiting.records.get(step="pre_application").flagged_at is not None


def test_a_reminder_that_went_out_is_not_repeated_when_a_day_off_is_added_later(waiting: Application) -> None:
    assert sending.send_due(now=business_days_later(3)) == 1
    off(TUESDAY)
    assert sending.send_due(now=business_days_later(4)) == 0
    assert Letter.objects.count() == 1


def test_the_dry_run_counts_as_the_reminders_do(waiting: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    off(TUESDAY)
    monkeypatch.setattr("django.utils.timezone.now", lambda: business_days_later(3))
    out = StringIO()
    call_command("remind", "--dry-run", stdout=out)
    assert "[erken]" in out.getvalue()
    assert "2 iş günüdür sıra firmada; sıradaki 3. iş gününde" in out.getvalue()
    assert "mesai dışı" not in out.getvalue()
    off(business_days_later(3).date())
    out = StringIO()
    call_command("remind", stdout=out)
    assert "Mesai dışı: hatırlatma yapılmadı" in out.getvalue()


@pytest.mark.django_db
def test_staff_get_their_morning_mail_when_it_is_worked() -> None:
    cast = Cast()
    UserFactory.create(is_staff=True, partner=cast.company.partner)
    cast.submitted()
    saturday = datetime.combine(SATURDAY, MONDAY.time(), MONDAY.tzinfo)
    off(TUESDAY)
    assert digest.send_due(now=MONDAY + timedelta(days=1)) == 0
    assert digest.send_due(now=saturday) == 0
    working(SATURDAY)
    assert digest.send_due(now=saturday) == 1


def test_the_companys_page_counts_and_expects_by_the_rows(
    waiting: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: business_days_later(4))
    assert board(waiting).steps[0].waited == 4
    off(TUESDAY, WEDNESDAY)
    assert board(waiting).steps[0].waited == 2
    cache.set("usual-wait:status_query:waiting", 3, 60)
    said = expected_wait.sentence("status_query", "waiting", "iys", MONDAY, business_days_later(4))
    cache.delete("usual-wait:status_query:waiting")
    assert said == "Yaklaşık 1 iş günü içinde bekleniyor."


ADD = reverse("admin:onboarding_dayexception_add")
LIST = reverse("admin:onboarding_dayexception_changelist")


@pytest.fixture
def chief(db: None) -> Client:
    return signed_in(UserFactory.create(is_staff=True, is_superuser=True))


def test_days_are_entered_in_the_admin_and_shown_beside_the_calendar(chief: Client) -> None:
    assert chief.post(ADD, {"day": "03.11.2026", "kind": "off", "reason": "Bayram idari izni"}).status_code == 302
    assert chief.post(ADD, {"day": "07.11.2026", "kind": "working", "reason": "Telafi"}).status_code == 302
    assert DayException.objects.by_day() == {TUESDAY: False, SATURDAY: True}
    page = words(chief.get(LIST))
    assert "Çalışılmıyor (idari izin) iş günü Bayram idari izni" in page
    assert "Çalışılıyor (telafi günü) tatil Telafi" in page
    assert "İzin ve telafi günleri" in words(chief.get(reverse("admin:index")))


def test_a_day_is_entered_once(chief: Client) -> None:
    off(TUESDAY)
    answer = chief.post(ADD, {"day": "03.11.2026", "kind": "working", "reason": "Telafi"})
    assert "Bu gün listede zaten var." in words(answer)
    assert DayException.objects.count() == 1


@pytest.mark.django_db
def test_support_looks_at_the_days_and_changes_none() -> None:
    off(TUESDAY)
    support = signed_in(colleague(*REVIEW))
    assert "İdari izin" in words(support.get(LIST))
    assert support.get(ADD).status_code == 403
    row = reverse("admin:onboarding_dayexception_change", args=[DayException.objects.get().pk])
    assert support.get(row).status_code == 200
    assert support.post(row, {"day": "04.11.2026", "kind": "off", "reason": "x"}).status_code == 403
