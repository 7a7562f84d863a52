"""What a person decides about a mail whose step is not ready yet is kept, and made once when it is."""

import pytest

from correspondence.addresses import tracking_address
from correspondence.models import Mail, MailStatus
from journal.models import Entry, Event
from onboarding import applications
from onboarding.actor import IYS, SYSTEM, NotAllowed
from onboarding.gate import Route
from onboarding.mail import pipeline, triage
from onboarding.models import Application
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from onboarding.transitions import perform
from tenancy.models import Membership
from tests.onboarding.admin.test_mails import UNKNOWN, VOUCHED, Seat, arrives
from tests.scenarios import mails
from tests.scenarios.browser import said, words
from tests.scenarios.ladder import STAFF, submitted
from tests.scenarios.support import CORRESPONDENCE, colleague

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    """At staff's review: step 2 is still locked."""
    return submitted()


@pytest.fixture
def seat(application: Application) -> Seat:
    """Before İYS's approval, which came too soon and from a sender whom no server vouches for."""
    mail = arrives(mails.APPROVED, to=tracking_address(application.company).email, verdict=None)
    by = colleague(*CORRESPONDENCE, partner=application.company.partner)
    seat = Seat(mail, by)
    seat.classify("status_query", "approve", **VOUCHED)
    assert seat.now().status == MailStatus.EARLY, seat.now().status_why
    return seat


def opens(application: Application) -> None:
    """Step 2 opens, and the poller has its turn, twice."""
    perform(application=application, step=PRE_APPLICATION, move="approve", actor=STAFF)
    perform(application=application, step=PRE_APPLICATION, move="letter_sent", actor=SYSTEM)
    pipeline.apply_due()
    pipeline.apply_due()


def state(application: Application, step: str = "status_query") -> str:
    return application.records.get(step=step).state


def moves(application: Application) -> list[Entry]:
    made = Entry.objects.filter(application_id=application.pk, step_key="status_query", event=Event.MOVED)
    return list(made.order_by("pk"))


def test_what_was_decided_early_is_kept_shown_and_made_once_when_the_step_opens(
    application: Application, seat: Seat
) -> None:
    pipeline.apply_due()
    assert state(application) == "waiting", "the gate is strict"
    page = seat.page()
    assert "Erken geldi: 2. adım" in page
    assert "İYS onayladı" in page
    assert Entry.objects.filter(event=Event.MAIL_HANDLED, text__contains="erken sayıldı").exists()
    opens(application)
    assert (state(application), state(application, "code_receipt")) == ("approved", "read")
    assert (seat.now().status, seat.now().kept_answer) == (MailStatus.APPLIED, "")
    (made,) = moves(application)
    assert (made.actor, made.data["vouched"]) == (seat.user, VOUCHED["vouched_how"])
    assert made.data["mail"] == str(seat.mail.pk), "it can be taken back like any other"
    seat.act("geri-al", "Başka firmanın")
    assert (state(application), seat.now().status) == ("waiting", MailStatus.PERSON)
    pipeline.apply_due()
    assert state(application) == "waiting"


@pytest.mark.parametrize("ways", [["erken-geri"], ["dosyala", "ele-al"], ["ayir"]])
def test_any_other_decision_puts_what_was_kept_aside(
    application: Application, seat: Seat, ways: list[str]
) -> None:
    for act in ways:
        seat.act(act)
    opens(application)
    assert (state(application), moves(application)) == ("waiting", [])
    assert seat.now().status == MailStatus.PERSON
    assert not seat.now().kept_answer


def test_taking_back_is_journalled_and_the_mail_may_be_decided_anew(application: Application, seat: Seat) -> None:
    answer = seat.client.get(seat.url("classify", "status_query", "received"))
    assert said(answer)[-1] == "Bu adım şu anda böyle bir yanıt almıyor.", "first it is taken back"
    seat.act("erken-geri", "Yanlış okudum")
    assert Entry.objects.filter(event=Event.MAIL_HANDLED, text__contains="Yanlış okudum").exists()
    seat.classify("status_query", "received", application_number="MX3ZB5JA", **VOUCHED)
    opens(application)
    assert state(application) == "received"
    assert Application.objects.get(pk=application.pk).iys_application_number == "MX3ZB5JA"


def test_whoever_may_decide_no_longer_moves_nothing_by_what_they_decided(
    application: Application, seat: Seat
) -> None:
    seat.user.user_permissions.clear()
    opens(application)
    assert state(application) == "waiting"
    assert (seat.now().status, "artık yetkisi yok" in seat.now().status_why) == (MailStatus.PERSON, True)


def test_whoever_has_become_one_of_the_company_decides_nothing_of_it(application: Application, seat: Seat) -> None:
    Membership.objects.create(company=application.company, user=seat.user, role="viewer")
    opens(application)
    assert (state(application), seat.now().status) == ("waiting", MailStatus.PERSON)


def test_what_was_decided_for_an_application_that_was_closed_moves_nothing_of_the_next(
    application: Application, seat: Seat
) -> None:
    applications.change_route(application=application, route=Route.EXEMPT, actor=SYSTEM, closes=True)
    pipeline.apply_due()
    # The route changes in place while nothing was sent: the step is not needed any more.
    live = applications.live_application(application.company)
    assert live is not None
    assert {record.step: record.state for record in live.records.all()}["status_query"] == "waiting"
    assert seat.now().status != MailStatus.APPLIED


def test_an_early_mail_of_an_application_that_was_withdrawn_does_not_wait_for_ever(
    application: Application, seat: Seat
) -> None:
    Application.objects.filter(pk=application.pk).update(closed_at="2026-01-01T00:00Z", closing="withdrawn")
    pipeline.apply_due()
    assert (seat.now().status, "kapanan" in seat.now().status_why) == (MailStatus.PERSON, True)


def test_an_answer_whose_stage_has_passed_meanwhile_is_filed(application: Application) -> None:
    seat = Seat(arrives(UNKNOWN, to=tracking_address(application.company).email))
    seat.classify("status_query", "received", note="Alınmış", application_number="MX3ZB5JA", **VOUCHED)
    assert seat.now().status == MailStatus.EARLY
    perform(application=application, step=PRE_APPLICATION, move="approve", actor=STAFF)
    perform(application=application, step=PRE_APPLICATION, move="letter_sent", actor=SYSTEM)
    perform(application=application, step=STATUS_QUERY, move="approve", actor=IYS)
    pipeline.apply_due()
    assert (state(application), seat.now().status) == ("approved", MailStatus.FILED)


def test_an_unbelieved_mail_is_kept_on_nobodys_word_alone(application: Application) -> None:
    seat = Seat(arrives(mails.APPROVED, to=tracking_address(application.company).email, verdict=None))
    answer = seat.classify("status_query", "approve")
    assert (answer.status_code, "Bu alan zorunludur." in words(answer)) == (422, True)
    assert (seat.now().status, seat.now().kept_answer) == (MailStatus.PERSON, "")


def keep(mail: Mail, seat: Seat, version: int) -> None:
    triage.apply(
        mail=mail,
        step=STATUS_QUERY,
        move="received",
        extracted={"application_number": "MX3ZB5JA"},
        note="Alınmış",
        vouched="Aradım",
        by=seat.user,
        expected_version=version,
    )


def test_two_people_who_keep_at_once_keep_one_decision(application: Application) -> None:
    seat = Seat(arrives(UNKNOWN, to=tracking_address(application.company).email))
    version = application.records.get(step="status_query").version
    first, second = seat.now(), seat.now()
    keep(first, seat, version)
    with pytest.raises(NotAllowed, match="sizden hemen önce"):
        keep(second, seat, version)
    third = seat.now()
    with pytest.raises(NotAllowed, match="sizden hemen önce"):
        keep(third, seat, version)


def test_a_decision_that_comes_just_after_the_step_opened_is_made_at_once(application: Application) -> None:
    seat = Seat(arrives(UNKNOWN, to=tracking_address(application.company).email))
    version = application.records.get(step="status_query").version
    perform(application=application, step=PRE_APPLICATION, move="approve", actor=STAFF)
    perform(application=application, step=PRE_APPLICATION, move="letter_sent", actor=SYSTEM)
    keep(seat.now(), seat, version)
    assert (state(application), seat.now().status) == ("received", MailStatus.APPLIED)
