"""Support's first page: how much waits, since when, and nothing of what one may not see."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from onboarding.actions import casework
from partners.models import Partner
from tenancy.models import JoinRequest, User
from tests.scenarios.browser import signed_in, words
from tests.scenarios.factories import CompanyFactory, UserFactory
from tests.scenarios.ladder import at_iys, submitted
from tests.scenarios.support import colleague

pytestmark = pytest.mark.django_db
HOME = reverse("admin:index")
LATE = "Gecikmiş adım"
MARKED = "Başvuruda dikkat işareti var"
SEES = ("view_queueitem", "view_joinrequest", "view_mail")


def waiting(user: User) -> dict[str, int]:
    """What the page counts, by its words."""
    page = signed_in(user).get(HOME).content.decode()
    found = re.findall(r"<strong>(\d+)</strong>\s*<span>([^<]+)</span>", page)
    return {label: int(count) for count, label in found}


def test_it_counts_what_waits_and_says_since_when() -> None:
    first, second = submitted(), submitted()
    at_iys()
    first.records.filter(step="pre_application").update(since=timezone.now() - timedelta(days=400))
    JoinRequest.objects.create(user=UserFactory.create(), company=second.company, trade_name="Lodos A.Ş.")
    user = colleague(*SEES)
    assert waiting(user) == {
        "İncelemenizi bekleyen adım": 2,
        LATE: 1,
        "Karar bekleyen e-posta": 0,
        "Katılma isteği": 1,
        MARKED: 0,
    }
    page = words(signed_in(user).get(HOME))
    assert "2 İncelemenizi bekleyen adım en eskisi" in page
    assert "0 Karar bekleyen e-posta bekleyen yok" in page


def test_each_number_leads_to_its_list() -> None:
    submitted()
    user = signed_in(colleague(*SEES))
    links = re.findall(r'<li[^>]*>\s*<a href="([^"]+)">\s*<strong>', user.get(HOME).content.decode())
    assert len(links) == 5
    assert {user.get(link).status_code for link in links} == {200}


def test_what_is_late_is_counted_as_the_queue_counts_it() -> None:
    late, asleep, held = submitted(), submitted(), submitted()
    submitted()
    for each in (late, asleep, held):
        each.records.filter(step="pre_application").update(since=timezone.now() - timedelta(days=40))
    held.records.filter(step="pre_application").update(held=True)
    user = colleague(*SEES)
    until = timezone.localdate() + timedelta(days=3)
    casework.snooze(application=asleep, until=until, event="", note="", by=user)
    assert waiting(user)[LATE] == 1
    link = reverse("admin:onboarding_queueitem_changelist") + "?kimde=gecikmis"
    assert f'href="{link}"' in signed_in(user).get(HOME).content.decode()
    listed = words(signed_in(user).get(link))
    assert "Gecikmiş: 1" in listed
    assert late.reference in listed


def test_another_partners_work_is_not_counted() -> None:
    submitted()
    elsewhere = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    submitted(CompanyFactory.create(partner=elsewhere))
    assert waiting(colleague("view_queueitem", partner=elsewhere)) == {
        "İncelemenizi bekleyen adım": 1,
        LATE: 0,
        MARKED: 0,
    }


def test_who_may_not_see_a_list_is_not_told_of_it() -> None:
    submitted()
    assert waiting(colleague("view_application")) == {}
    assert signed_in(UserFactory.create()).get(HOME).status_code == 302


def test_it_costs_the_same_however_much_waits() -> None:
    user = signed_in(colleague(*SEES))

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert user.get(HOME).status_code == 200
        return len(counted)

    submitted()
    queries()  # the first page of a session also writes that it is there
    few = queries()
    for _more in range(3):
        submitted()
    assert queries() == few
