import threading
from datetime import datetime

import pytest
from django.db import connection

from correspondence.models import Audience, Letter
from journal.models import Entry, Event
from journal.parties import Party
from onboarding import applications
from onboarding.actor import IYS, SYSTEM, Actor, NotAllowed, StaleState
from onboarding.gate import Route
from onboarding.models import Application, StepRecord
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from onboarding.transitions import perform
from tenancy.roles import Role
from tests.scenarios.factories import UserFactory, open_application

OWNER = Actor(Party.COMPANY, role=Role.OWNER)
STAFF = Actor(Party.STAFF)
pytestmark = pytest.mark.django_db


def record(application: Application, step: str) -> StepRecord:
    return application.records.get(step=step)


def submitted() -> Application:
    application = open_application()
    perform(application=application, step=PRE_APPLICATION, move="submit", actor=OWNER)
    return application


def sent() -> Application:
    application = submitted()
    perform(application=application, step=PRE_APPLICATION, move="approve", actor=STAFF)
    perform(application=application, step=PRE_APPLICATION, move="letter_sent", actor=SYSTEM)
    return application


def test_a_move_changes_state_turn_and_version_and_is_journalled() -> None:
    application = submitted()
    found = record(application, "pre_application")
    assert (found.state, found.turn, found.version) == ("submitted", Party.STAFF, 1)
    entry = Entry.objects.get(application_id=application.pk, event=Event.MOVED)
    since = entry.data.pop("since")
    assert entry.data.pop("before")["turn"] == "company"
    assert entry.data == {"move": "submit", "left": "draft", "state": "submitted"}
    assert datetime.fromisoformat(since) < entry.at


def test_a_locked_step_names_the_step_it_waits_for_and_changes_nothing() -> None:
    application = open_application()
    with pytest.raises(NotAllowed, match="1\\. adım"):
        perform(application=application, step=STATUS_QUERY, move="approve", actor=IYS)
    assert record(application, "status_query").version == 0
    assert not Entry.objects.filter(event=Event.MOVED).exists()


def test_a_move_that_needs_a_reason_is_refused_without_one() -> None:
    application = submitted()
    with pytest.raises(NotAllowed, match="neden"):
        perform(application=application, step=PRE_APPLICATION, move="reject", actor=STAFF, reason="  ")


def test_an_editor_does_not_submit() -> None:
    application = open_application()
    editor = Actor(Party.COMPANY, role=Role.EDITOR)
    with pytest.raises(NotAllowed, match="sahibi"):
        perform(application=application, step=PRE_APPLICATION, move="submit", actor=editor)


def test_a_screen_that_is_out_of_date_is_told_so() -> None:
    application = open_application()
    perform(application=application, step=PRE_APPLICATION, move="submit", actor=OWNER, expected_version=0)
    with pytest.raises(StaleState):
        perform(application=application, step=PRE_APPLICATION, move="approve", actor=STAFF, expected_version=0)


def test_approval_posts_one_letter_to_iys_in_the_same_transaction() -> None:
    application = submitted()
    perform(application=application, step=PRE_APPLICATION, move="approve", actor=STAFF)
    letter = Letter.objects.get(audience=Audience.IYS)
    assert letter.to == ["onkayit@iys.org.tr"]
    assert letter.cc == ["iys@kiyi.example"]
    assert letter.application_id == application.pk


def test_the_company_is_told_when_somebody_else_gives_it_the_turn() -> None:
    application = submitted()
    perform(
        application=application, step=PRE_APPLICATION, move="ask_changes", actor=STAFF, reason="Sirküler okunmuyor"
    )
    letter = Letter.objects.filter(audience=Audience.COMPANY).latest("created_at")
    assert letter.to == [application.company.members.get().email]


def test_when_a_step_is_done_the_next_one_opens_with_its_own_clock() -> None:
    application = sent()
    first, second = record(application, "pre_application"), record(application, "status_query")
    assert (first.state, first.turn) == ("sent", "")
    assert (second.turn, second.since) == (Party.IYS, first.since)


def test_reopening_marks_later_finished_steps_stale_and_deletes_nothing() -> None:
    application = sent()
    perform(application=application, step=STATUS_QUERY, move="approve", actor=IYS)
    perform(application=application, step=PRE_APPLICATION, move="reopen", actor=STAFF, reason="Unvan değişti")
    second = record(application, "status_query")
    assert (second.state, second.stale) == ("approved", True)
    assert "Unvan değişti" in second.mark_reason
    assert record(application, "pre_application").turn == Party.COMPANY


def test_a_stale_step_is_confirmed_once_it_can_be_reached_again() -> None:
    application = sent()
    perform(application=application, step=STATUS_QUERY, move="approve", actor=IYS)
    perform(application=application, step=PRE_APPLICATION, move="reopen", actor=STAFF, reason="Unvan değişti")
    with pytest.raises(NotAllowed):
        perform(application=application, step=STATUS_QUERY, move="confirm_stale", actor=OWNER)
    for move, actor in (("submit", OWNER), ("approve", STAFF), ("letter_sent", SYSTEM)):
        perform(application=application, step=PRE_APPLICATION, move=move, actor=actor)
    perform(application=application, step=STATUS_QUERY, move="confirm_stale", actor=OWNER)
    second = record(application, "status_query")
    assert (second.stale, second.mark_reason, second.turn) == (False, "", "")
    assert record(application, "code_receipt").turn == Party.IYS


def test_a_held_step_stops_the_company_and_is_staffs_to_resume() -> None:
    application = open_application()
    perform(
        application=application, step=PRE_APPLICATION, move="hold", actor=STAFF, reason="Telefonda görüşülecek"
    )
    assert record(application, "pre_application").turn == Party.STAFF
    with pytest.raises(NotAllowed, match="beklemeye"):
        perform(application=application, step=PRE_APPLICATION, move="submit", actor=OWNER)
    perform(application=application, step=PRE_APPLICATION, move="resume", actor=STAFF)
    assert record(application, "pre_application").turn == Party.COMPANY


def test_withdrawing_closes_the_application_and_tells_iys_only_what_it_knows_of() -> None:
    application = open_application()
    perform(application=application, step=PRE_APPLICATION, move="withdraw", actor=OWNER, reason="Vazgeçtik")
    application.refresh_from_db()
    assert application.closing == "withdrawn"
    assert not application.records.exclude(turn="").exists()
    assert not Letter.objects.filter(audience=Audience.IYS).exists()
    with pytest.raises(NotAllowed, match="kapanmış"):
        perform(application=application, step=PRE_APPLICATION, move="submit", actor=OWNER)


def test_a_company_has_one_live_application() -> None:
    application = open_application()
    with pytest.raises(NotAllowed):
        applications.open_application(company=application.company, route=Route.FULL, actor=OWNER)


def test_a_new_application_copies_what_was_typed() -> None:
    application = submitted()
    application.application_form.signatory_name = "Ada Yalın"
    application.application_form.save()
    perform(application=application, step=PRE_APPLICATION, move="reject", actor=STAFF, reason="Yetki belgesi yok")
    again = applications.apply_again(company=application.company, actor=OWNER)
    assert again.pk != application.pk
    assert again.application_form.signatory_name == "Ada Yalın"


def test_the_route_changes_in_place_until_a_letter_has_gone_out() -> None:
    application = open_application()
    same = applications.change_route(application=application, route=Route.EXEMPT, actor=OWNER, closes=True)
    assert same.pk == application.pk
    assert record(application, "panel_settings").turn == Party.COMPANY
    assert record(application, "pre_application").turn == ""


def test_after_a_letter_has_gone_out_another_route_is_another_application() -> None:
    application = sent()
    Letter.objects.filter(audience=Audience.IYS).update(status="sent")
    other = applications.change_route(application=application, route=Route.SELF_MANAGED, actor=OWNER, closes=True)
    application.refresh_from_db()
    assert (other.pk != application.pk, application.closing) == (True, "replaced")


def test_a_staff_member_who_records_an_answer_is_named_in_the_journal() -> None:
    application, person = sent(), UserFactory.create(is_staff=True)
    perform(application=application, step=STATUS_QUERY, move="received", actor=Actor(Party.IYS, person))
    entry = Entry.objects.filter(application_id=application.pk, step_key="status_query", event=Event.MOVED).first()
    assert entry is not None
    assert (entry.party, entry.actor) == (Party.IYS, person)


@pytest.mark.django_db(transaction=True)
def test_of_two_racing_moves_exactly_one_wins() -> None:
    application = submitted()
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def race(move: str, reason: str) -> None:
        try:
            start.wait()
            perform(
                application=application,
                step=PRE_APPLICATION,
                move=move,
                actor=STAFF,
                reason=reason,
                expected_version=1,
            )
            outcomes.append("won")
        except StaleState:
            outcomes.append("lost")
        finally:
            connection.close()

    racers = [
        threading.Thread(target=race, args=("approve", "")),
        threading.Thread(target=race, args=("reject", "Eksik belge")),
    ]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert sorted(outcomes) == ["lost", "won"]
    assert record(application, "pre_application").version == 2
