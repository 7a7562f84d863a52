"""Early mails that contradict, repeat or outlive what they were about."""

import pytest

from correspondence.addresses import tracking_address
from correspondence.models import Letter, Mail
from journal.models import Entry, Event
from onboarding import applications
from onboarding.actor import IYS, SYSTEM
from onboarding.gate import Route
from onboarding.mail import against
from onboarding.models import Application
from onboarding.steps import PACKAGE_CONTRACT, PARTNER_ASSIGNMENT, PRE_APPLICATION, STATUS_QUERY
from tests.onboarding.admin.test_mails import Seat, arrives
from tests.onboarding.mail.test_orders import (
    APPLIED,
    EARLY,
    FILED,
    PERSON,
    asks,
    became,
    come,
    confirms,
    opens,
)
from tests.scenarios import mails
from tests.scenarios.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


def moved(cast: Cast, step: str) -> int:
    return Entry.objects.filter(company=cast.company, step_key=step, event=Event.MOVED).count()


@pytest.mark.parametrize("names", [["ASG", "REF5"], ["REF5", "ASG"]], ids=" ".join)
def test_an_appointment_and_its_refusal_that_both_came_early_are_for_people(cast: Cast, names: list[str]) -> None:
    cast.accepted()
    found = come(cast, *names)
    cast.move(PACKAGE_CONTRACT, "payment_received", IYS)
    assert became(found) == [PERSON, PERSON]
    assert {Mail.objects.get(pk=each.pk).status_why for each in found} == {against.EARLY}
    assert cast.state(PARTNER_ASSIGNMENT) == "preparing"


def test_of_two_early_offers_the_newer_stands(cast: Cast) -> None:
    cast.choosing()
    found = come(cast, "OFF")
    newer = mails.OFFER_HTML.replace("teklif.example/1", "teklif.example/2").replace("ode/1", "ode/2")
    found.append(arrives(mails.OFFER, to=cast_address(cast), sender="satis@iys.org.tr", html=newer))
    assert became(found) == [EARLY, EARLY]
    asks(cast)
    assert set(became(found)) <= {APPLIED, FILED}
    assert cast.state(PACKAGE_CONTRACT) == "offered"
    page = cast.open("package_contract")
    assert any("teklif.example/2" in link for link in page.links.values())
    assert not any("teklif.example/1" in link for link in page.links.values())


def cast_address(cast: Cast) -> str:
    return tracking_address(cast.company).email


def test_the_same_early_mail_from_two_mailboxes_is_made_once(cast: Cast) -> None:
    cast.submitted()
    found = come(cast, "APP", "APP")
    opens(cast)
    assert sorted(became(found)) == sorted([APPLIED, FILED])
    assert moved(cast, "status_query") == 1
    assert cast.application.code_readings.count() == 1
    told = Letter.objects.filter(company=cast.company, message_group__startswith="turn:").count()
    became(found)
    assert Letter.objects.filter(company=cast.company, message_group__startswith="turn:").count() == told


def test_an_early_answer_waits_out_a_second_round_of_supports_corrections(cast: Cast) -> None:
    """It came before anything was sent: whatever it answers, the gate stays strict until the letter has gone."""
    cast.submitted()
    found = come(cast, "APP")
    cast.move(PRE_APPLICATION, "ask_changes", reason="İmza sirküleri okunmuyor")
    assert became(found) == [EARLY]
    cast.submit()
    assert became(found) == [EARLY]
    assert moved(cast, "status_query") == 0
    opens(cast)
    assert became(found) == [APPLIED]
    assert moved(cast, "status_query") == 1


def test_an_early_mail_of_a_route_that_was_left_and_taken_again_is_not_lost(cast: Cast) -> None:
    cast.submitted()
    found = come(cast, "APP")
    applications.change_route(application=cast.now(), route=Route.EXEMPT, actor=cast.owner, closes=False)
    assert became(found) != [APPLIED]
    assert cast.state(STATUS_QUERY) == "waiting"
    applications.change_route(application=cast.now(), route=Route.FULL, actor=cast.owner, closes=False)
    became(found)
    assert cast.state(STATUS_QUERY) == "waiting"
    opens(cast)
    became(found)
    assert Mail.objects.get(pk=found[0].pk).status in (APPLIED, PERSON)


def test_what_support_reads_otherwise_before_the_step_opens_is_what_counts(cast: Cast) -> None:
    """An assignment refused: support see that it is an out-of-office answer in good words, and file it."""
    cast.accepted()
    (mail,) = come(cast, "REF5")
    Seat(mail).act("dosyala", "Başka firmanın")
    cast.move(PACKAGE_CONTRACT, "payment_received", IYS)
    became([mail])
    assert cast.state(PARTNER_ASSIGNMENT) == "preparing"


def test_an_early_mail_of_a_case_that_was_withdrawn_and_begun_anew_answers_nothing_of_the_new(cast: Cast) -> None:
    cast.at_iys()
    come(cast, "APP")
    confirms(cast)
    (mail,) = come(cast, "ASG")
    assert became([mail]) == [EARLY]
    cast.move(PACKAGE_CONTRACT, "withdraw", cast.owner, reason="Vazgeçtik")
    application = applications.apply_again(company=cast.company, actor=cast.owner)
    assert became([mail]) == [PERSON]
    assert Application.objects.get(pk=application.pk).records.get(step="partner_assignment").state == "preparing"


def test_an_early_offer_for_another_package_than_is_asked_for_later_is_for_people(cast: Cast) -> None:
    cast.choosing()
    text = mails.OFFER + "İLETİ-75 paketi için teklifimizi ekte bilgilerinize sunarız.\n"
    mail = arrives(text, to=cast_address(cast), sender="satis@iys.org.tr", html="")
    became([mail])
    asks(cast)
    assert became([mail]) != [APPLIED]
    assert cast.state(PACKAGE_CONTRACT) == "requested"


def test_a_held_step_takes_an_early_answer_when_it_opens(cast: Cast) -> None:
    """The pause is about reminders and about the company's own acts; İYS's word counts."""
    cast.submitted()
    found = come(cast, "REC")
    cast.move(PRE_APPLICATION, "hold", reason="Telefon bekleniyor")
    assert became(found) == [EARLY]
    cast.move(PRE_APPLICATION, "resume", reason="Aradı")
    cast.move(PRE_APPLICATION, "approve")
    cast.move(PRE_APPLICATION, "letter_sent", SYSTEM)
    assert became(found) == [APPLIED]
    assert cast.state(STATUS_QUERY) == "received"
