"""Many cases at once.

| what is done | what comes |
|---|---|
| an act is chosen for some rows | a page: what becomes of each, who is left out and why; nothing is done |
| confirmed | each row by itself; a page with what was done and what was not, and why |
| one that fits no more · one's own company's · another partner's | left out, told · the same · not even named |
| without the right to review | the act is not offered, and refused when it is sent |
| a reason is needed and missing | 422, nothing is done |
| sent once more · from a second page of before | the first report, nothing is done twice · left out, told |
| a colleague takes one, one fails, between look and press | left out with who has it now · the others are done |
| without the page, or with somebody else's, another act's, an old one | nothing is done; the page comes again |
"""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from journal.models import Entry, Event
from journal.parties import Party
from onboarding.actions import casework
from onboarding.actor import Actor, NotAllowed
from onboarding.models import Application, CaseHolder, Closing, ReminderMute
from onboarding.reminders import muting
from partners.models import Partner
from tenancy.admin import previews
from tenancy.models import PastMembership, User
from tests.scenarios.browser import signed_in, words
from tests.scenarios.bulk import bulk, look, press
from tests.scenarios.factories import CompanyFactory, open_application
from tests.scenarios.support import REVIEW, colleague

pytestmark = pytest.mark.django_db
LIST = reverse("admin:onboarding_application_changelist")


@pytest.fixture
def cases() -> list[Application]:
    partner = CompanyFactory.create().partner
    return [open_application(CompanyFactory.create(partner=partner, trade_name=f"Firma {n}")) for n in range(3)]


@pytest.fixture
def user(cases: list[Application]) -> User:
    return colleague(*REVIEW, partner=cases[0].company.partner)


@pytest.fixture
def client(user: User) -> Client:
    return signed_in(user)


def test_cases_are_taken_after_a_look_at_what_becomes_of_each(
    client: Client, user: User, cases: list[Application]
) -> None:
    ayse = colleague(*REVIEW, partner=user.partner)
    casework.give(application=cases[0], to=ayse, by=ayse)
    Application.objects.filter(pk=cases[1].pk).update(closed_at=timezone.now(), closing=Closing.WITHDRAWN)
    page = words(look(client, LIST, "uzerime", cases))
    assert "3 kayıttan 2 tanesine yapılacak" in page
    assert f"Üzerime al: şimdi {ayse} bakıyor" in page
    assert "Üzerime al: şimdi kimsede değil" in page
    assert "Atlanır: şimdiki durumu buna uygun değil" in page
    assert CaseHolder.objects.get().holder == ayse, "nothing happened yet"
    report = bulk(client, LIST, "uzerime", cases)
    leads = {reverse("admin:onboarding_application_change", args=[each.pk]) for each in cases}
    assert leads <= set(re.findall(r'href="([^"]+)"', report.content.decode())), "to each case"
    done = words(report)
    assert "Üzerinize alındı: 2 kayıt" in done
    assert "1 kayıtta yapılmadı" in done
    for each in cases:
        named = f"{each.reference} {each.company.trade_name}"
        assert (page.count(named), done.count(named)) == (1, 1)
        assert (page.count(each.company.trade_name), done.count(each.company.trade_name)) == (1, 1)
    assert set(CaseHolder.objects.values_list("holder", flat=True)) == {user.pk}
    assert Entry.objects.filter(event=Event.CASE_GIVEN, actor=user).count() == 2


def test_what_is_let_go_is_nobodys(client: Client, user: User, cases: list[Application]) -> None:
    casework.give(application=cases[0], to=user, by=user)
    for _twice in range(2):
        done = words(bulk(client, LIST, "birak", cases))
    assert "Hiçbir kayıtta yapılmadı." in done
    assert not CaseHolder.objects.exists()


def test_reminders_pause_with_a_reason_and_go_on(client: Client, cases: list[Application]) -> None:
    refused = bulk(client, LIST, "mola", cases, reason=" ")
    assert refused.status_code == 422
    assert not ReminderMute.objects.exists()
    bulk(client, LIST, "mola", cases, reason="Bayram")
    muted = ReminderMute.objects.in_force(timezone.localdate())
    assert muted.count() == 3
    assert "Bayram" in Entry.objects.filter(event=Event.REMINDERS_MUTED).latest("pk").text
    bulk(client, LIST, "mola-bitir", cases[:1])
    assert muted.count() == 2


def test_one_that_refuses_stops_no_other_and_says_why(
    client: Client, cases: list[Application], monkeypatch: pytest.MonkeyPatch
) -> None:
    give = casework.give

    def refuses(*, application: Application, to: User, by: User) -> None:
        if application == cases[0]:
            raise NotAllowed("Olmaz, çünkü öyle.")
        give(application=application, to=to, by=by)

    monkeypatch.setattr(casework, "give", refuses)
    done = words(bulk(client, LIST, "uzerime", cases))
    assert "Yapılmadı: Olmaz, çünkü öyle." in done
    assert ": 2 kayıt. Günlüğe yazıldı" in done


def test_nobodys_own_and_nobody_elses(client: Client, user: User, cases: list[Application]) -> None:
    PastMembership.objects.create(company=cases[0].company, user=user, role="viewer")
    assert "Atlanır: ekibinde olduğunuz bir firmanın" in words(look(client, LIST, "uzerime", cases))
    bulk(client, LIST, "uzerime", cases[:1])
    elsewhere = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    stranger = signed_in(colleague(*REVIEW, partner=elsewhere))
    assert cases[1].reference not in words(bulk(stranger, LIST, "uzerime", cases))
    looking = signed_in(colleague("view_application", partner=user.partner))
    assert "Üzerime al…" not in words(looking.get(LIST))
    assert "Üzerime al…" in words(client.get(LIST))
    bulk(looking, LIST, "uzerime", cases)
    assert not CaseHolder.objects.exists()


@pytest.mark.parametrize("act", ["uzerime", "mola", "birak"])
def test_a_second_press_shows_the_report_of_the_first(
    client: Client, user: User, cases: list[Application], act: str
) -> None:
    if act == "birak":
        casework.give(application=cases[0], to=user, by=user)
    before = Entry.objects.count()
    page, other = look(client, LIST, act, cases[:1]), look(client, LIST, act, cases[:1])
    reports = [words(press(client, LIST, page, act, cases[:1], reason="Bayram")) for _twice in range(2)]
    assert ": 1 kayıt. Günlüğe yazıldı" in reports[0]
    assert reports[0] == reports[1]
    late = words(press(client, LIST, other, act, cases[:1], reason="Bayram"))
    assert "Hiçbir kayıtta yapılmadı." in late
    assert Entry.objects.count() == before + 1


def test_a_filter_that_no_longer_fits_hides_no_report(client: Client, cases: list[Application]) -> None:
    url = f"{LIST}?closing__exact="
    page = look(client, url, "uzerime", cases[:1])
    Application.objects.filter(pk=cases[0].pk).update(closed_at=timezone.now(), closing=Closing.WITHDRAWN)
    assert "Yapılmadı: şimdiki durumu buna uygun değil" in words(press(client, url, page, "uzerime", cases[:1]))


def test_what_a_colleague_took_meanwhile_stays_the_colleagues(
    client: Client, user: User, cases: list[Application]
) -> None:
    page = look(client, LIST, "uzerime", cases)
    ayse = colleague(*REVIEW, partner=user.partner)
    casework.give(application=cases[0], to=ayse, by=ayse)
    done = words(press(client, LIST, page, "uzerime", cases))
    assert f"Yapılmadı: siz bakarken değişti: şimdi {ayse} bakıyor" in done
    assert ": 2 kayıt. Günlüğe yazıldı" in done
    assert CaseHolder.objects.get(application=cases[0]).holder == ayse


def test_one_that_fails_stops_no_other(
    client: Client, cases: list[Application], monkeypatch: pytest.MonkeyPatch
) -> None:
    give = casework.give

    def fails(*, application: Application, to: User, by: User) -> None:
        if application == cases[0]:
            raise RuntimeError("a fault of the portal's")
        give(application=application, to=to, by=by)

    monkeypatch.setattr(casework, "give", fails)
    done = words(bulk(client, LIST, "uzerime", cases))
    assert "Yapılmadı: bir hata oldu" in done
    assert ": 2 kayıt. Günlüğe yazıldı" in done


def test_nothing_is_done_without_the_page_that_was_looked_at(
    client: Client, user: User, cases: list[Application], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = look(client, LIST, "uzerime", cases)
    colleagues = look(signed_in(colleague(*REVIEW, partner=user.partner)), LIST, "uzerime", cases)
    another_act = look(client, LIST, "birak", cases)
    for wrong in (client.get(LIST), colleagues, another_act):
        answer = press(client, LIST, wrong, "uzerime", cases)
        assert answer.status_code == 409
        assert "Bu sayfa eskimiş; hiçbir şey yapılmadı" in words(answer)
    with monkeypatch.context() as later:
        later.setattr(previews, "LIVES", timedelta(seconds=-1))
        assert press(client, LIST, page, "uzerime", cases).status_code == 409
    assert not CaseHolder.objects.exists()


def test_a_press_that_was_cut_off_says_so(client: Client, cases: list[Application], monkeypatch: Any) -> None:
    page = look(client, LIST, "uzerime", cases)
    with monkeypatch.context() as cut:
        cut.setattr(previews, "keep_outcome", lambda *_args: None)
        press(client, LIST, page, "uzerime", cases)
    assert "Bu düğmeye az önce bastınız" in words(press(client, LIST, page, "uzerime", cases))
    assert Entry.objects.filter(event=Event.CASE_GIVEN).count() == 3


@pytest.mark.parametrize("act", ["uzerime", "birak", "mola", "mola-bitir"])
def test_a_look_asks_as_much_for_many_as_for_one(
    client: Client, user: User, cases: list[Application], act: str
) -> None:
    for case in cases:
        casework.give(application=case, to=user, by=user)
        muting.mute(
            company=case.company, reason="Bayram", until=timezone.localdate(), actor=Actor(Party.STAFF, user)
        )
    look(client, LIST, act, cases)
    with CaptureQueriesContext(connection) as one:
        look(client, LIST, act, cases[:1])
    with CaptureQueriesContext(connection) as many:
        look(client, LIST, act, cases)
    assert len(many) == len(one)
