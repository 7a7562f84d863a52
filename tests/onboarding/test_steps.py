"""The six tables: whole, reachable, and each state with the turn that its place demands."""

import re
from pathlib import Path

import pytest

from journal.parties import Party
from onboarding.diagrams import document
from onboarding.letters.drafts import LETTERS
from onboarding.machine import LETTER_BOUNCED, LETTER_FAILED, LETTER_SENT, Standing, Step
from onboarding.steps import BY_KEY, STEPS
from tenancy.roles import Role

EACH_STEP = pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)


def test_the_steps_are_numbered_in_the_guides_order() -> None:
    assert [(step.number, step.key) for step in STEPS] == [
        (1, "pre_application"),
        (2, "status_query"),
        (3, "code_receipt"),
        (4, "package_contract"),
        (5, "partner_assignment"),
        (6, "panel_settings"),
    ]


@EACH_STEP
def test_every_state_is_somebodys_turn_or_an_end(step: Step) -> None:
    for state in step.states:
        kinds = [state in step.turns, state in step.done, state in step.stopped]
        assert kinds.count(True) == 1, state


@EACH_STEP
def test_every_state_has_a_label(step: Step) -> None:
    assert set(step.labels) == set(step.states)


TO_SOMEBODY = re.compile(
    r"\b(?:siz|sen)(?:i|e|in|de|den|inle)?\b|\w(?:[ıiuü]n[ıiuü]z|s[ıiuü]n[ıiuü]z)", re.IGNORECASE
)


@EACH_STEP
def test_every_state_has_a_label_for_support_that_speaks_to_nobody(step: Step) -> None:
    """Support reads of a firm what the firm reads of itself; "Başvurunuz" would be support's own."""
    assert set(step.support_labels) == set(step.states)
    assert [label for label in step.support_labels.values() if TO_SOMEBODY.search(label)] == []
    assert [label for label in step.support_labels.values() if label.endswith(("ın", "in", "un", "ün"))] == []


def test_what_speaks_to_somebody_is_known_when_it_is_seen() -> None:
    assert all(map(TO_SOMEBODY.search, ("Başvurunuz inceleniyor", "Kodlarınız geldi", "Sıra sizde", "SİZ")))


@EACH_STEP
def test_every_state_can_be_reached_from_the_first(step: Step) -> None:
    reached = {step.initial}
    while True:
        more = {row.target for row in step.moves if row.target is not None and row.source & reached} - reached
        if not more:
            break
        reached |= more
    assert reached == set(step.states)


@EACH_STEP
def test_no_state_that_is_not_an_end_is_a_dead_end(step: Step) -> None:
    for state in step.turns:
        ways_on = [row for row in step.moves if state in row.source and row.target not in (None, state)]
        assert [row for row in ways_on if row.name != "withdraw"], state


@EACH_STEP
def test_whose_turn_it_is_can_do_something(step: Step) -> None:
    for state, party in step.turns.items():
        rows = step.allowed(Standing(state), by=party, role=Role.OWNER)
        assert [row for row in rows if row.name not in ("withdraw", "hold")], state


@EACH_STEP
def test_moves_have_their_own_names(step: Step) -> None:
    names = [row.name for row in step.moves]
    assert len(names) == len(set(names))


@EACH_STEP
def test_every_letter_that_a_move_names_exists(step: Step) -> None:
    for row in step.moves:
        assert set(row.letters) <= set(LETTERS), row.name


@EACH_STEP
def test_only_a_letters_outcome_leaves_a_sending_state(step: Step) -> None:
    for state, party in step.turns.items():
        if party is Party.SYSTEM:
            names = {row.name for row in step.moves if state in row.source and Party.SYSTEM in row.by}
            assert names - {"own_account_failed"} == {"letter_sent", "letter_failed"}, state


@EACH_STEP
def test_a_letter_to_iys_can_go_fail_and_come_back(step: Step) -> None:
    sending = {state for state, party in step.turns.items() if party is Party.SYSTEM}
    assert len(sending) <= 1
    for state in sending:
        sent, failed, bounced = (step.move(name) for name in (LETTER_SENT, LETTER_FAILED, LETTER_BOUNCED))
        assert failed.target is not None
        assert (sent.source, failed.source) == (frozenset({state, failed.target}), frozenset({state}))
        assert (bounced.source, bounced.target) == (frozenset({sent.target}), failed.target)


def test_an_owner_is_needed_for_what_binds_the_company() -> None:
    binding = {
        ("pre_application", "submit"),
        ("status_query", "correct"),
        ("package_contract", "request"),
        ("package_contract", "accept"),
        ("partner_assignment", "submit"),
        ("panel_settings", "save"),
        ("panel_settings", "declare_anew"),
        *((step.key, "withdraw") for step in STEPS),
    }
    for key, name in binding:
        assert BY_KEY[key].move(name).role is Role.OWNER, (key, name)


def test_a_viewer_may_make_no_move_at_all() -> None:
    for step in STEPS:
        for state in step.states:
            assert step.allowed(Standing(state), by=Party.COMPANY, role=Role.VIEWER) == ()


def test_an_answer_that_comes_too_soon_is_told_from_one_that_comes_too_late() -> None:
    package = BY_KEY["package_contract"]
    paid = package.move("payment_received")
    offered, confirmed = package.state("offered"), package.state("confirmed")
    assert package.reaches(offered, paid)
    assert not package.reaches(confirmed, paid)


def test_the_diagrams_in_the_docs_are_those_of_the_tables() -> None:
    written = Path(__file__).parents[2] / "docs" / "states.md"
    assert written.read_text() == document(), "run `make docs`"
