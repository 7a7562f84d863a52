import threading
from datetime import datetime

import pytest
from django.db import connection

from correspondence.models import Audience, Letter
from journal.models import Entry, Event
from onboarding import applications
from onboarding.actor import IYS, SYSTEM, Actor, NotAllowed, StaleState
from onboarding.gate import Route
from onboarding.machine import Party, Role
from onboarding.models import Onboarding, StepRecord
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from onboarding.transitions import perform
from tests.factories import UserFactory, open_attempt

OWNER = Actor(Party.COMPANY, role=Role.OWNER)
STAFF = Actor(Party.STAFF)
pytestmark = pytest.mark.django_db


def record(attempt: Onboarding, step: str) -> StepRecord:
    return attempt.records.get(step=step)


def submitted() -> Onboarding:
    attempt = open_attempt()
    perform(onboarding=attempt, step=PRE_APPLICATION, move="submit", actor=OWNER)
    return attempt


def sent() -> Onboarding:
    attempt = submitted()
    perform(onboarding=attempt, step=PRE_APPLICATION, move="approve", actor=STAFF)
    perform(onboarding=attempt, step=PRE_APPLICATION, move="letter_sent", actor=SYSTEM)
    return attempt


def test_a_move_changes_state_turn_and_version_and_is_journalled() -> None:
    attempt = submitted()
    found = record(attempt, "pre_application")
    assert (found.state, found.turn, found.version) == ("submitted", Party.STAFF, 1)
    entry = Entry.objects.get(subject=attempt.pk, event=Event.MOVED)
    since = entry.data.pop("since")
    assert entry.data.pop("before")["turn"] == "company"
    assert entry.data == {"move": "submit", "left": "draft", "state": "submitted"}
    assert datetime.fromisoformat(since) < entry.at


def test_a_locked_step_names_the_step_it_waits_for_and_changes_nothing() -> None:
    attempt = open_attempt()
    with pytest.raises(NotAllowed, match="1\\. adım"):
        perform(onboarding=attempt, step=STATUS_QUERY, move="approve", actor=IYS)
    assert record(attempt, "status_query").version == 0
    assert not Entry.objects.filter(event=Event.MOVED).exists()


def test_a_move_that_needs_a_reason_is_refused_without_one() -> None:
    attempt = submitted()
    with pytest.raises(NotAllowed, match="neden"):
        perform(onboarding=attempt, step=PRE_APPLICATION, move="reject", actor=STAFF, reason="  ")


def test_an_editor_does_not_submit() -> None:
    attempt = open_attempt()
    editor = Actor(Party.COMPANY, role=Role.EDITOR)
    with pytest.raises(NotAllowed, match="sahibi"):
        perform(onboarding=attempt, step=PRE_APPLICATION, move="submit", actor=editor)


def test_a_screen_that_is_out_of_date_is_told_so() -> None:
    attempt = open_attempt()
    perform(onboarding=attempt, step=PRE_APPLICATION, move="submit", actor=OWNER, seen=0)
    with pytest.raises(StaleState):
        perform(onboarding=attempt, step=PRE_APPLICATION, move="approve", actor=STAFF, seen=0)


def test_approval_posts_one_letter_to_iys_in_the_same_transaction() -> None:
    attempt = submitted()
    perform(onboarding=attempt, step=PRE_APPLICATION, move="approve", actor=STAFF)
    letter = Letter.objects.get(audience=Audience.IYS)
    assert letter.to == ["onkayit@iys.org.tr"]
    assert letter.cc == ["iys@kiyi.example"]
    assert letter.subject_id == attempt.pk


def test_the_company_is_told_when_somebody_else_gives_it_the_turn() -> None:
    attempt = submitted()
    perform(onboarding=attempt, step=PRE_APPLICATION, move="ask_changes", actor=STAFF, reason="Sirküler okunmuyor")
    letter = Letter.objects.get(audience=Audience.COMPANY)
    assert letter.to == [attempt.company.members.get().email]


def test_when_a_step_is_done_the_next_one_opens_with_its_own_clock() -> None:
    attempt = sent()
    first, second = record(attempt, "pre_application"), record(attempt, "status_query")
    assert (first.state, first.turn) == ("sent", "")
    assert (second.turn, second.since) == (Party.IYS, first.since)


def test_reopening_marks_later_finished_steps_stale_and_deletes_nothing() -> None:
    attempt = sent()
    perform(onboarding=attempt, step=STATUS_QUERY, move="approve", actor=IYS)
    perform(onboarding=attempt, step=PRE_APPLICATION, move="reopen", actor=STAFF, reason="Unvan değişti")
    second = record(attempt, "status_query")
    assert (second.state, second.stale) == ("approved", True)
    assert "Unvan değişti" in second.mark_reason
    assert record(attempt, "pre_application").turn == Party.COMPANY


def test_a_stale_step_is_confirmed_once_it_can_be_reached_again() -> None:
    attempt = sent()
    perform(onboarding=attempt, step=STATUS_QUERY, move="approve", actor=IYS)
    perform(onboarding=attempt, step=PRE_APPLICATION, move="reopen", actor=STAFF, reason="Unvan değişti")
    with pytest.raises(NotAllowed):
        perform(onboarding=attempt, step=STATUS_QUERY, move="confirm_stale", actor=OWNER)
    for move, actor in (("submit", OWNER), ("approve", STAFF), ("letter_sent", SYSTEM)):
        perform(onboarding=attempt, step=PRE_APPLICATION, move=move, actor=actor)
    perform(onboarding=attempt, step=STATUS_QUERY, move="confirm_stale", actor=OWNER)
    second = record(attempt, "status_query")
    assert (second.stale, second.mark_reason, second.turn) == (False, "", "")
    assert record(attempt, "code_receipt").turn == Party.IYS


def test_a_held_step_stops_the_company_and_is_staffs_to_resume() -> None:
    attempt = open_attempt()
    perform(onboarding=attempt, step=PRE_APPLICATION, move="hold", actor=STAFF, reason="Telefonda görüşülecek")
    assert record(attempt, "pre_application").turn == Party.STAFF
    with pytest.raises(NotAllowed, match="beklemeye"):
        perform(onboarding=attempt, step=PRE_APPLICATION, move="submit", actor=OWNER)
    perform(onboarding=attempt, step=PRE_APPLICATION, move="resume", actor=STAFF)
    assert record(attempt, "pre_application").turn == Party.COMPANY


def test_withdrawing_closes_the_attempt_and_tells_iys_only_what_it_knows_of() -> None:
    attempt = open_attempt()
    perform(onboarding=attempt, step=PRE_APPLICATION, move="withdraw", actor=OWNER, reason="Vazgeçtik")
    attempt.refresh_from_db()
    assert attempt.closing == "withdrawn"
    assert not attempt.records.exclude(turn="").exists()
    assert not Letter.objects.filter(audience=Audience.IYS).exists()
    with pytest.raises(NotAllowed, match="kapanmış"):
        perform(onboarding=attempt, step=PRE_APPLICATION, move="submit", actor=OWNER)


def test_a_company_has_one_live_attempt() -> None:
    attempt = open_attempt()
    with pytest.raises(NotAllowed):
        applications.open_attempt(company=attempt.company, route=Route.FULL, actor=OWNER)


def test_a_new_attempt_copies_what_was_typed() -> None:
    attempt = submitted()
    attempt.application_form.signatory_name = "Ada Yalın"
    attempt.application_form.save()
    perform(onboarding=attempt, step=PRE_APPLICATION, move="reject", actor=STAFF, reason="Yetki belgesi yok")
    again = applications.apply_again(company=attempt.company, actor=OWNER)
    assert again.pk != attempt.pk
    assert again.application_form.signatory_name == "Ada Yalın"


def test_the_route_changes_in_place_until_a_letter_has_gone_out() -> None:
    attempt = open_attempt()
    same = applications.change_route(onboarding=attempt, route=Route.EXEMPT, actor=OWNER)
    assert same.pk == attempt.pk
    assert record(attempt, "panel_settings").turn == Party.COMPANY
    assert record(attempt, "pre_application").turn == ""


def test_after_a_letter_has_gone_out_another_route_is_another_attempt() -> None:
    attempt = sent()
    Letter.objects.filter(audience=Audience.IYS).update(status="sent")
    other = applications.change_route(onboarding=attempt, route=Route.SELF_MANAGED, actor=OWNER)
    attempt.refresh_from_db()
    assert (other.pk != attempt.pk, attempt.closing) == (True, "replaced")


def test_a_staff_member_who_records_an_answer_is_named_in_the_journal() -> None:
    attempt, person = sent(), UserFactory.create(is_staff=True)
    perform(onboarding=attempt, step=STATUS_QUERY, move="received", actor=Actor(Party.IYS, person))
    entry = Entry.objects.filter(subject=attempt.pk, topic="status_query", event=Event.MOVED).first()
    assert entry is not None
    assert (entry.party, entry.actor) == (Party.IYS, person)


@pytest.mark.django_db(transaction=True)
def test_of_two_racing_moves_exactly_one_wins() -> None:
    attempt = submitted()
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def race(move: str, reason: str) -> None:
        try:
            start.wait()
            perform(onboarding=attempt, step=PRE_APPLICATION, move=move, actor=STAFF, reason=reason, seen=1)
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
    assert record(attempt, "pre_application").version == 2
