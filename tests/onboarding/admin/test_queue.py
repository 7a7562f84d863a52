"""What waits for support, the longest waiting first."""

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from finding import renewing
from journal.parties import Party
from onboarding.actions import casework
from onboarding.actions.pre_application import submission
from onboarding.actor import SYSTEM, Actor
from onboarding.attention import marks
from onboarding.business_days import business_days_between, last_start
from onboarding.models import Application, CaseHolder, ReminderRule
from onboarding.models.casework import LEASE
from onboarding.overview import queue as queue_of
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from onboarding.transitions import perform
from partners.models import Partner
from tenancy.admin import paging
from tenancy.models import User
from tests.scenarios.browser import signed_in, words
from tests.scenarios.factories import CompanyFactory, UserFactory, open_application
from tests.scenarios.ladder import STAFF, Ladder, at_iys, submitted
from tests.scenarios.support import REVIEW, colleague

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:onboarding_queueitem_changelist")


def waits(application: Application, days: int) -> Application:
    application.records.filter(step="pre_application").update(
        since=timezone.now() - timedelta(days=days, minutes=1)
    )
    return application


def queue(user: User, query: str = "") -> list[str]:
    """The applications in the order of the page, by their numbers."""
    page = signed_in(user).get(QUEUE + query)
    assert page.status_code == 200
    return re.findall(r"\bP-[A-Z0-9]{6}\b", words(page))


def in_business_days(days: int) -> str:
    """A wait that began so many days ago, as the list says it."""
    today = timezone.localdate()
    waited = business_days_between(today - timedelta(days=days), today)
    return f"{waited} iş günü" if waited else "bugün"


def test_who_waits_longest_stands_first() -> None:
    new, oldest, older = waits(submitted(), 0), waits(submitted(), 9), waits(submitted(), 3)
    user = colleague("view_queueitem")
    assert queue(user) == [oldest.reference, older.reference, new.reference]
    shown = words(signed_in(user).get(QUEUE))
    for application, days in ((oldest, 9), (older, 3), (new, 0)):
        case = f"{application.reference} {application.company.trade_name}"
        assert f"{case} 1. Ön başvuru Başvuru inceleme bekliyor {in_business_days(days)}" in shown


def test_only_what_is_supports_turn_is_there() -> None:
    open_application()
    at_iys()
    rejected = submitted()
    perform(
        application=rejected, step=PRE_APPLICATION, move="reject", actor=Actor(Party.STAFF), reason="Yetki yok"
    )
    assert queue(colleague("view_queueitem")) == []


def test_what_support_holds_waits_for_support() -> None:
    application = open_application()
    perform(application=application, step=PRE_APPLICATION, move="hold", actor=Actor(Party.STAFF), reason="Telefon")
    assert queue(colleague("view_queueitem")) == [application.reference]


def test_another_partners_applications_are_not_there() -> None:
    ours = submitted()
    elsewhere = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    theirs = submitted(CompanyFactory.create(partner=elsewhere))
    assert queue(colleague("view_queueitem")) == [ours.reference]
    assert queue(colleague("view_queueitem", partner=elsewhere)) == [theirs.reference]
    nobodys = UserFactory.create(is_staff=True)
    nobodys.user_permissions.set(colleague("view_queueitem").user_permissions.all())
    assert queue(nobodys) == []
    assert set(queue(UserFactory.create(is_staff=True, is_superuser=True))) == {ours.reference, theirs.reference}


def test_it_is_searched_by_number_and_by_company() -> None:
    one, other = submitted(), submitted(CompanyFactory.create(trade_name="Kuzey Işığı Gıda A.Ş."))
    renewing.renew_marked()
    user = colleague("view_queueitem")
    assert queue(user, f"?q={one.reference}") == [one.reference]
    assert queue(user, "?q=Kuzey") == [other.reference]


def test_a_row_leads_to_the_application() -> None:
    application = submitted()
    user = colleague("view_queueitem", "view_application")
    page = signed_in(user).get(QUEUE).content.decode()
    path = reverse("admin:onboarding_application_change", args=[application.pk])
    assert f'<a href="{path}?sira=">{application.reference}</a>' in page
    item = application.records.get(step="pre_application").pk
    by_item = signed_in(user).get(reverse("admin:onboarding_queueitem_change", args=[item]))
    assert by_item["Location"] == path


def test_it_is_for_support_alone() -> None:
    application = submitted()
    owner = application.company.memberships.get().user
    assert signed_in(owner).get(QUEUE).status_code == 302
    assert signed_in(colleague("view_application")).get(QUEUE).status_code == 403


# Whose each case is, and until when.


def tabs(user: User) -> dict[str, int]:
    page = signed_in(user).get(QUEUE).content.decode()
    found = re.findall(r'<a href="\?[^"]*"[^>]*>([^<]+) <span>(\d+)</span></a>', page.partition('class="tabs"')[2])
    return {label: int(number) for label, number in found}


def due_before(application: Application, days: int) -> Application:
    """Whose last day was so many days ago; rules give support two business days (migration 0002)."""
    today = timezone.localdate()
    began = last_start(today - timedelta(days=days), 2)
    since = timezone.make_aware(datetime.combine(began, time(12)))
    application.records.filter(step="pre_application").update(since=since)
    return application


def test_tabs_say_whose_each_case_is() -> None:
    mine, colleagues, free = (waits(submitted(), days) for days in (9, 5, 2))
    user, ayse = colleague(*REVIEW), colleague(*REVIEW)
    casework.give(application=mine, to=user, by=user)
    casework.give(application=colleagues, to=ayse, by=user)
    assert queue(user) == [mine.reference, colleagues.reference, free.reference]
    assert queue(user, "?kimde=bende") == [mine.reference]
    assert queue(user, "?kimde=ekibimde") == [colleagues.reference]
    assert queue(user, "?kimde=kimsede") == [free.reference]
    shown = tabs(user)
    assert [shown[label] for label in ("Hepsi", "Bende", "Ekibimde", "Kimsede değil")] == [3, 1, 1, 1]
    assert str(ayse) in words(signed_in(user).get(QUEUE))


def test_tabs_count_what_the_other_filters_leave() -> None:
    held, free = waits(submitted(), 9), waits(submitted(), 5)
    held.records.filter(step="pre_application").update(held=True)
    user = colleague(*REVIEW)
    casework.give(application=free, to=user, by=user)
    page = words(signed_in(user).get(QUEUE + "?held__exact=1"))
    assert "Hepsi 1 Bende 0 Ekibimde 0 Kimsede değil 1" in page


def test_what_is_marked_is_listed_alone() -> None:
    waits(submitted(), 9)
    marked, user = at_iys(), colleague(*REVIEW)
    marks.mark_by_hand(application=marked, step=STATUS_QUERY, text="İYS'yi arayın", actor=SYSTEM)
    answer = signed_in(user).get(QUEUE + "?isaret=var")
    assert [item.application for item in answer.context["cl"].result_list] == [marked]
    assert "Hepsi 1" in words(answer)


def test_what_is_on_hold_is_marked_and_has_no_last_day() -> None:
    application, user = waits(submitted(), 9), colleague(*REVIEW)
    application.records.filter(step="pre_application").update(held=True, mark_reason="Telefon bekleniyor")
    page = signed_in(user).get(QUEUE)
    assert '<span class="mark">Beklemede (Başvuru inceleme bekliyor): Telefon bekleniyor</span>' in (
        page.content.decode()
    )
    assert f"{in_business_days(9)} beklemede" in words(page)


def test_whose_turn_it_is_stands_where_it_is_another_ones() -> None:
    ours, marked, user = waits(submitted(), 9), at_iys(), colleague(*REVIEW)
    staff = Actor(Party.STAFF, user)
    marks.mark_by_hand(application=marked, step=STATUS_QUERY, text="Kargo gecikti", actor=staff)
    page = words(signed_in(user).get(QUEUE))
    assert f"{ours.company.trade_name} 1. Ön başvuru Başvuru inceleme bekliyor" in page
    assert f"{marked.company.trade_name} 2. Başvuru durumu · sıra: İYS " in page


def test_what_was_taken_by_opening_is_free_again_untouched() -> None:
    application, user = submitted(), colleague(*REVIEW)
    casework.take(application=application, user=user)
    assert queue(user, "?kimde=bende") == [application.reference]
    CaseHolder.objects.update(touched_at=timezone.now() - LEASE - timedelta(seconds=1))
    assert queue(user, "?kimde=bende") == []
    assert queue(user, "?kimde=kimsede") == [application.reference]


def test_a_long_queues_tabs_are_counted_to_a_bound_each_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (paging, queue_of):
        monkeypatch.setattr(module, "MOST", 2)
    mine, colleagues, *_free = (waits(submitted(), days) for days in (9, 5, 3, 2, 1))
    user, ayse = colleague(*REVIEW), colleague(*REVIEW)
    casework.give(application=mine, to=user, by=user)
    casework.give(application=colleagues, to=ayse, by=user)
    with CaptureQueriesContext(connection) as asked:
        page = words(signed_in(user).get(QUEUE))
    assert "Hepsi 2+ Bende 1 Ekibimde 1 Kimsede değil 2+" in page
    assert "Ertelenmiş 0" in page
    counts = [each["sql"] for each in asked if "COUNT(" in each["sql"] and "onboarding_steprecord" in each["sql"]]
    assert counts
    assert not [sql for sql in counts if "LIMIT" not in sql]


def test_what_is_due_today_stands_above_and_what_was_due_before_is_a_tab(monkeypatch: pytest.MonkeyPatch) -> None:
    wednesday = datetime(2026, 11, 25, 9, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: wednesday)
    user = colleague(*REVIEW)
    due_before(submitted(), 0)
    late = due_before(submitted(), 1)
    waits(submitted(), 0)
    assert queue(user, "?kimde=gecikmis") == [late.reference]
    shown = words(signed_in(user).get(QUEUE))
    assert "Son günü bugün: 1 · Gecikmiş: 1" in shown
    assert "24 Kasım, gecikti" in shown
    assert "27 Kasım" in shown


def test_what_is_put_off_is_not_called_late() -> None:
    late, user = due_before(submitted(), 3), colleague(*REVIEW)
    assert "gecikti" in words(signed_in(user).get(QUEUE))
    tomorrow = timezone.localdate() + timedelta(days=1)
    casework.snooze(application=late, until=tomorrow, event="", note="", by=user)
    page = signed_in(user).get(f"{QUEUE}?kimde=ertelenmis").content.decode()
    assert late.reference in page
    assert "gecikti" not in page


def test_many_cases_cost_as_many_queries_as_one() -> None:
    user = colleague(*REVIEW)
    client = signed_in(user)

    def another() -> None:
        application = submitted()
        casework.give(application=application, to=user, by=user)
        marks.mark_by_hand(
            application=application, step=PRE_APPLICATION, text="Bakın", actor=Actor(Party.STAFF, user)
        )

    another()
    client.get(QUEUE)
    with CaptureQueriesContext(connection) as one:
        client.get(QUEUE)
    for _each in range(6):
        another()
    with CaptureQueriesContext(connection) as many:
        client.get(QUEUE)
    assert len(many) == len(one)


def test_without_rules_nothing_is_due_and_all_is_counted() -> None:
    ReminderRule.objects.all().delete()
    user = colleague(*REVIEW)
    waits(submitted(), 9)
    assert (tabs(user)["Hepsi"], tabs(user)["Kimsede değil"], tabs(user)["Gecikmiş"]) == (1, 1, 0)
    assert queue(user, "?kimde=gecikmis") == []


def test_what_comes_back_corrected_is_told_from_what_is_new() -> None:
    new, corrected = submitted(), submitted()
    submission.ask_changes(
        application=corrected, step=PRE_APPLICATION, remarks=[("website", "Açılmıyor")], actor=STAFF
    )
    Ladder(corrected).submit()
    user = colleague(*REVIEW, partner=new.company.partner)
    rows = signed_in(user).get(QUEUE).content.decode().split("<tr")
    said_of = {key: next(each for each in rows if key in each) for key in (new.reference, corrected.reference)}
    assert "Başvuru inceleme bekliyor" in said_of[new.reference]
    assert "Firmanın düzeltmesi inceleme bekliyor" in said_of[corrected.reference]


def test_in_a_file_the_number_and_the_company_can_be_sorted_apart() -> None:
    application = submitted()
    user = colleague(*REVIEW, partner=application.company.partner)
    answer: Any = signed_in(user).post(QUEUE, {"export": "csv"})
    head, row = b"".join(answer.streaming_content).decode().splitlines()
    assert head.removeprefix("\ufeff").startswith("Başvuru no;Firma;Neden bekliyor;")
    assert row.startswith(f"{application.reference};{application.company.trade_name};")
