"""Two never decide one case: who has it, how one gets it, and what becomes of who decides beside a colleague."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from journal.models import Entry, Event
from onboarding.actions import casework
from onboarding.models import Application, CaseHolder
from onboarding.models.casework import LEASE
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from partners.models import Partner
from tenancy.models import User
from tenancy.roles import Role
from tests.faults.world import until
from tests.onboarding.admin.test_next_case import next_of
from tests.onboarding.admin.test_queue import waits
from tests.scenarios.browser import words
from tests.scenarios.factories import MembershipFactory
from tests.scenarios.ladder import at_iys, submitted
from tests.scenarios.support import CORRESPONDENCE, REVIEW, Support, colleague
from tests.scenarios.waiting import somebody_waits

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    return submitted()


@pytest.fixture
def ayse() -> User:
    user = colleague(*REVIEW)
    user.full_name = "Ayşe Kaya"
    user.save()
    return user


def holder(application: Application) -> User | None:
    found = CaseHolder.objects.in_force(timezone.now()).filter(application=application).first()
    return found.holder if found else None


def test_looking_takes_nothing_and_the_page_takes_by_its_own_post(application: Application) -> None:
    support = Support(application)
    page = support.open().content.decode()
    assert f'data-take="{support.url("take")}"' in page
    assert not CaseHolder.objects.exists()
    assert support.send("take").status_code == 204
    assert holder(application) == support.user
    assert not Entry.objects.filter(event=Event.CASE_GIVEN).exists(), "opening a page is no event"


def test_a_colleague_is_named_and_the_case_is_not_taken_from_them(application: Application, ayse: User) -> None:
    casework.take(application=application, user=ayse)
    support = Support(application)
    assert "Ayşe Kaya bakıyor" in support.page()
    assert "data-take=" not in support.open().content.decode()
    refused = support.send("take")
    assert (refused.status_code, refused.json()) == (409, {"holder": "Ayşe Kaya"})
    assert holder(application) == ayse


def test_who_decides_beside_a_colleague_is_told_and_decides_nothing(application: Application, ayse: User) -> None:
    casework.take(application=application, user=ayse)
    support = Support(application)
    version = support.record(PRE_APPLICATION).version
    refused = support.press(PRE_APPLICATION, "reject", "Yetki belgesi <yok>")
    assert refused.status_code == 409
    assert "Bu başvuruya Ayşe Kaya bakıyor; işlem yapılmadı. Yapmak istediğiniz: “Reddet”." in words(refused)
    assert "Yazdıklarınız duruyor; üzerinize alırsanız işlem onlarla yapılır." in words(refused)
    assert "önce “Üzerime al” deyin" not in words(refused)
    unwritten = words(support.press(PRE_APPLICATION, "approve"))
    assert "Yapmak istediğiniz: “Onayla ve İYS'ye gönder”." in unwritten
    assert "Yazdıklarınız" not in unwritten
    assert "Siz karar verecekseniz üzerinize alın; işlem hemen yapılır." in unwritten
    assert support.state(PRE_APPLICATION) == "submitted"
    # Nothing typed is lost: it goes on from that page.
    fields = dict(
        re.findall(r'<input type="hidden" name="(?!csrf|shown)([^"]+)" value="([^"]*)"', refused.content.decode())
    )
    assert fields == {
        "move": "pre_application:reject",
        "reason": "Yetki belgesi &lt;yok&gt;",
        "expected_version": str(version),
    }
    support.send("move", move=fields["move"], reason="Yetki yok", expected_version=version, take_over="1")
    assert support.state(PRE_APPLICATION) == "rejected"
    assert "üzerine aldı" in Entry.objects.get(event=Event.CASE_GIVEN).text
    assert holder(application) is None, "who took it over for this decision has done with it"


@pytest.mark.parametrize("page", ["move", "ask_changes", "approve_online", "accept_evidence", "confirm_signature"])
def test_every_deciding_page_asks_who_has_the_case(application: Application, ayse: User, page: str) -> None:
    casework.give(application=application, to=ayse, by=ayse)
    args = (PRE_APPLICATION.key,) if page == "ask_changes" else ()
    assert Support(application).send(page, *args, website="Açılmıyor").status_code == 409


def test_who_asks_for_corrections_beside_a_colleague_reads_what_was_pressed(
    application: Application, ayse: User
) -> None:
    casework.give(application=application, to=ayse, by=ayse)
    refused = Support(application).send("ask_changes", PRE_APPLICATION.key, website="Açılmıyor")
    assert "Yapmak istediğiniz: “Düzeltmeleri iste”." in words(refused)


def test_iyss_answer_is_recorded_by_who_has_the_case(ayse: User) -> None:
    application = at_iys()
    casework.give(application=application, to=ayse, by=ayse)
    refused = Support(application).send("answer", STATUS_QUERY.key, "received", note="Telefonla")
    assert refused.status_code == 409
    assert 'value="Telefonla"' in refused.content.decode()


def test_a_decision_ends_what_was_taken_by_opening_and_not_what_was_given(
    application: Application, ayse: User
) -> None:
    support = Support(application)
    support.send("take")
    support.press(PRE_APPLICATION, "hold", "Telefon bekleniyor")
    assert holder(application) is None
    casework.give(application=application, to=support.user, by=ayse)
    support.press(PRE_APPLICATION, "resume")
    assert holder(application) == support.user


def test_untouched_it_is_free_again(application: Application, ayse: User) -> None:
    casework.take(application=application, user=ayse)
    CaseHolder.objects.update(touched_at=timezone.now() - LEASE - timedelta(seconds=1))
    support = Support(application)
    assert "Kimsede değil" in support.page()
    assert support.send("take").status_code == 204
    assert holder(application) == support.user


def test_given_by_hand_it_stays_and_is_journalled(application: Application, ayse: User) -> None:
    support = Support(application)
    support.send("give", to=ayse.pk)
    CaseHolder.objects.update(touched_at=timezone.now() - timedelta(days=9))
    assert holder(application) == ayse
    support.send("give", to="me")
    assert holder(application) == support.user
    support.send("give", to="")
    assert holder(application) is None
    texts = Entry.objects.filter(event=Event.CASE_GIVEN).order_by("pk").values_list("text", flat=True)
    assert list(texts) == ["Ayşe Kaya ilgilenecek", f"{support.user} üzerine aldı", f"{support.user} bıraktı"]


@pytest.mark.parametrize("nobody", ["999999999", "x", "-1"])
def test_a_name_that_is_nobodys_takes_it_from_nobody(application: Application, ayse: User, nobody: str) -> None:
    casework.give(application=application, to=ayse, by=ayse)
    assert Support(application).send("give", to=nobody).status_code == 404
    assert holder(application) == ayse


def test_it_is_given_to_nobody_who_may_not_decide_on_it(application: Application, ayse: User) -> None:
    elsewhere = colleague(*REVIEW, partner=Partner.objects.create(name="Liman Mesaj", legal_name="Liman A.Ş."))
    owner = application.company.memberships.get().user
    MembershipFactory.create(user=ayse, company=application.company, role=Role.VIEWER)
    support = Support(application)
    assert f'value="{elsewhere.pk}"' not in support.open().content.decode()
    for nobody in (elsewhere, owner, ayse):
        support.send("give", to=nobody.pk)
        assert holder(application) is None


def test_who_only_looks_takes_nothing(application: Application) -> None:
    support = Support(application, "view_application", "view_queueitem")
    assert "data-take=" not in support.open().content.decode()
    assert support.send("take").status_code == support.send("give", to="me").status_code == 403


def test_the_next_case_is_none_that_a_colleague_has(ayse: User) -> None:
    first, colleagues, third = (waits(submitted(), days) for days in (9, 5, 2))
    casework.take(application=colleagues, user=ayse)
    assert next_of(Support(first, user=colleague(*REVIEW, *CORRESPONDENCE))) == third.reference


def test_who_only_looked_lets_go_and_who_took_it_by_hand_does_not(application: Application, ayse: User) -> None:
    support = Support(application)
    support.send("take")
    assert holder(application) == support.user
    assert support.send("take", let_go="1").status_code == 204
    assert holder(application) is None
    support.send("give", to="me")
    support.send("take", let_go="1")
    assert holder(application) == support.user
    casework.release(application=application, by=support.user)
    casework.take(application=application, user=ayse)
    support.send("take", let_go="1")
    assert holder(application) == ayse, "a colleague's stays hers"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("postgresql")
def test_who_presses_while_the_same_case_is_decided_in_another_tab_takes_it_anew() -> None:
    application, user = submitted(), colleague(*REVIEW)
    casework.take(application=application, user=user)

    def take() -> None:
        try:
            casework.take(application=application, user=user)
        finally:
            connection.close()

    with ThreadPoolExecutor() as tabs:
        with transaction.atomic():
            casework.decided(application)
            second = tabs.submit(take)
            until(somebody_waits, "the second tab waits for the first")
        second.result()
    assert holder(application) == user
