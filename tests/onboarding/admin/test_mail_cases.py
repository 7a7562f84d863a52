"""The mail desk asks who has the case: two of support never decide on one, be it on its page or on a mail's."""

import re

import pytest
from django.utils import timezone

from correspondence.addresses import tracking_address
from correspondence.incoming import decisions
from correspondence.models import MailStatus
from onboarding.actions import casework
from onboarding.models import Application, CaseHolder
from onboarding.steps import STATUS_QUERY
from tenancy.models import User
from tests.onboarding.admin.test_mails import UNKNOWN, VOUCHED, Seat, arrives
from tests.scenarios.browser import words
from tests.scenarios.ladder import at_iys
from tests.scenarios.support import CORRESPONDENCE, REVIEW, Support, colleague

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    return at_iys()


@pytest.fixture
def ayse() -> User:
    user = colleague(*REVIEW, *CORRESPONDENCE)
    user.full_name = "Ayşe Kaya"
    user.save()
    return user


@pytest.fixture
def seat(application: Application) -> Seat:
    return Seat(arrives(UNKNOWN, to=tracking_address(application.company).email))


def holder(application: Application) -> User | None:
    found = CaseHolder.objects.in_force(timezone.now()).filter(application=application).first()
    return found.holder if found else None


def test_the_page_of_a_mail_says_who_has_its_case_and_takes_it_by_its_own_post(
    application: Application, seat: Seat, ayse: User
) -> None:
    page = seat.client.get(seat.url("change")).content.decode()
    assert f'data-take="{Support(application).url("take")}"' in page
    assert holder(application) is None, "looking takes nothing"
    casework.take(application=application, user=ayse)
    page = seat.client.get(seat.url("change")).content.decode()
    assert "Ayşe Kaya bakıyor" in page
    assert "data-take" not in page


def test_a_mail_is_not_applied_beside_a_colleague_and_what_was_typed_goes_on(
    application: Application, seat: Seat, ayse: User
) -> None:
    casework.take(application=application, user=ayse)
    refused = seat.classify(STATUS_QUERY.key, "received", application_number="MX3ZB5JA", note="Alındı", **VOUCHED)
    assert refused.status_code == 409
    assert "Bu başvuruya Ayşe Kaya bakıyor; işlem yapılmadı." in words(refused)
    assert seat.now().status == MailStatus.PERSON
    fields = dict(
        re.findall(r'<input type="hidden" name="(?!csrf|shown)([^"]+)" value="([^"]*)"', refused.content.decode())
    )
    assert (fields["application_number"], fields["note"]) == ("MX3ZB5JA", "Alındı")
    path = seat.url("classify", STATUS_QUERY.key, "received")
    seat.client.post(path, {**fields, **VOUCHED, "take_over": "1"})
    assert seat.now().status == MailStatus.APPLIED
    assert holder(application) == seat.user, "it was taken over by hand"


def test_no_act_about_a_mail_is_done_beside_a_colleague(application: Application, seat: Seat, ayse: User) -> None:
    casework.give(application=application, to=ayse, by=ayse)
    refused = seat.act("dosyala", "Bilgi e-postası")
    assert refused.status_code == 409
    assert 'value="Bilgi e-postası"' in refused.content.decode()
    assert seat.now().status == MailStatus.PERSON


def test_a_decision_about_a_mail_ends_what_was_taken_by_opening_it(application: Application, seat: Seat) -> None:
    Support(application, user=seat.user).send("take")
    assert holder(application) == seat.user
    seat.act("dosyala")
    assert (seat.now().status, holder(application)) == (MailStatus.FILED, None)


def test_a_decision_that_was_refused_ends_nothing(
    application: Application, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mail was decided about between the look at it and the lock."""

    def overtaken(**_asked: object) -> None:
        raise decisions.Outdated

    monkeypatch.setattr(decisions, "file_away", overtaken)
    seat.act("dosyala")
    assert holder(application) == seat.user


def test_who_decides_on_a_mail_has_the_case_before_whoever_decides_on_its_page(
    application: Application, seat: Seat, ayse: User
) -> None:
    Support(application, user=seat.user).send("take")
    other = Support(application, user=ayse)
    assert other.press(STATUS_QUERY, "hold", "Bekliyor").status_code == 409


def test_a_mail_of_no_company_is_decided_without_a_case(ayse: User) -> None:
    seat = Seat(arrives(UNKNOWN, to="kim@bilinmez.example"))
    assert "data-take" not in seat.client.get(seat.url("change")).content.decode()
    seat.act("dosyala")
    assert seat.now().status == MailStatus.FILED
