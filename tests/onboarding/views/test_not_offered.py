"""A click that the screen does not offer, as from a page of before: refused in words, and nothing changes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from correspondence.models import Letter
from journal.parties import Party
from onboarding import transitions
from onboarding.actor import Actor
from onboarding.machine import Move
from tenancy.roles import Role
from tests.onboarding.views.controls import Page
from tests.onboarding.views.offered import ROLES
from tests.onboarding.views.standing import Place
from tests.onboarding.views.test_offered import LIVE, reachable_marks
from tests.scenarios.cast import Cast

pytestmark = pytest.mark.django_db

DECLARED = {"kind": "partner", "iys_code": "710482", "correct": "on"}
# Where each move of the company is posted, with what is whole and valid. A move that is not here fails.
POSTS: dict[str, tuple[str, dict[str, Any]]] = {
    "go_manual": ("channel", {"channel": "manual"}),
    "go_online": ("channel", {"channel": "online"}),
    "go_applied": ("channel", {"channel": "applied"}),
    "submit": ("submit", {}),
    "submit_online": ("submit", {}),
    "correct": ("submit", {}),
    "verify_email": ("email_code", {"code": "123456"}),
    "query": ("query", {"mersis_number": "0845052547000001", "identity": "10000000146"}),
    "query_again": ("query_again", {}),
    "fill": ("mobile_code", {"code": "123456"}),
    "edit_form": ("edit_form", {}),
    "complete": ("complete", {"correct": "on"}),
    "give_evidence": ("evidence", {"iys_application_number": "MX3ZB5JA"}),
    "continued": ("continued", {}),
    "apply_again": ("apply_again", {}),
    "type": ("type_codes", {"iys_code": "710482", "name_1": "Mavi Deniz", "code_1": "710482"}),
    "confirm": ("confirm_codes", {}),
    "dispute": ("dispute_codes", {"move": "dispute", "reason": "Neden?"}),
    "request": ("request_offer", {"way": "portal"}),
    "request_by_account": ("request_offer", {"way": "account"}),
    "use_own_mail": ("request_offer", {"way": "own"}),
    "request_seen": ("package_move", {"move": "request_seen"}),
    "choose_again": ("package_move", {"move": "choose_again"}),
    "accept": ("contract", {"read": "1"}),
    "claim_payment": ("payment", {"paid_on": "2026-01-05", "reference": "1"}),
    "unclaim_payment": ("unclaim_payment", {}),
    "retry": ("assignment_move", {"move": "retry"}),
    "unclaim": ("assignment_move", {"move": "unclaim"}),
    "use_panel": ("assignment_move", {"move": "use_panel"}),
    "use_form": ("assignment_move", {"move": "use_form"}),
    "claim": ("claim_assignment", {"ticks": ["menu", "partner", "permissions"]}),
    "save": ("panel_settings", DECLARED),
    "declare_anew": ("panel_settings", DECLARED),
    "withdraw": ("withdraw", {"reason": "Vazgeçtik"}),
    "confirm_stale": ("stale", {"move": "confirm_stale"}),
    "redo": ("stale", {"move": "redo"}),
}
# One URL serves two moves: it is refused only when neither may be made.
TOGETHER = [
    {"go_manual", "go_online", "go_applied"},
    {"submit", "submit_online", "correct"},
    {"save", "declare_anew"},
]


def refused_moves(place: Place, role: str) -> list[Move]:
    application = place.cast.now()
    records = {record.step: record for record in application.records.all()}
    actor = Actor(Party.COMPANY, role=Role(role))
    offered = {
        row.name
        for step in (record.definition for record in records.values())
        for row in step.moves
        if not transitions.refusal(application, records, row, step, actor)
    }
    shared = set().union(*(names for names in TOGETHER if names & offered))
    company = [row for row in place.step.moves if Party.COMPANY in row.by]
    # Who has ended an application applies again by the same URL as who was refused.
    again = {"apply_again"} if application.closed_at is not None else set()
    return [row for row in company if row.name not in offered | shared | again]


def refuses(place: Place, row: Move, role: str) -> str:
    """What is wrong with the answer to this move; empty when it is refused as it should be."""
    name, data = POSTS[row.name]
    if data is DECLARED:
        data = {**data, **{f"code_{brand.pk}": "710482" for brand in place.cast.company.brands.all()[:1]}}
    args = [place.step.key] if name == "stale" else None
    before = place.as_it_stands(), Letter.objects.count()
    current = {"expected_version": place.record.version}
    if row.name == "withdraw" and not place.verdict().active and place.cast.now().closed_at is None:
        return ""  # the application's own step is withdrawn from, wherever one looks from
    answer = place.cast.browsers[role].post(
        reverse(f"onboarding:{name}", args=args), {**current, **data}, follow=True
    )
    if (place.as_it_stands(), Letter.objects.count()) != before:
        return f"{row.name}: something changed"
    if answer.status_code >= 500:
        return f"{row.name}: {answer.status_code}"
    page = Page(answer.content.decode(), "")
    told = "callout" in page.html or "field__error" in page.html or "error-summary" in page.html
    if answer.status_code == 200 and not told:
        return f"{row.name}: not a word"
    return ""


@pytest.fixture(autouse=True)
def _a_gateway(settings: Any) -> None:
    """Without one no code is asked for, and a page leads on by itself."""
    settings.SMS_URL = "http://127.0.0.1:9/"


@pytest.mark.parametrize(("step", "state"), LIVE)
def test_what_is_not_offered_is_refused_and_changes_nothing(
    step: str, state: str, at_step_six: Callable[[], Cast]
) -> None:
    """As the owner under every mark; as the others where their role alone forbids it."""
    place = Place(step, state, at_step_six)
    found: list[str] = []
    owners = {row.name for row in refused_moves(place, "owner")}
    for mark in reachable_marks(step, state):
        with place.under(mark):
            for row in refused_moves(place, "owner"):
                # What no mark takes away was refused under none.
                if mark == "none" or row.name not in owners:
                    found += [f"{mark} · {each}" for each in [refuses(place, row, "owner")] if each]
    for role in ROLES[:-1]:
        for row in refused_moves(place, role):
            if row.name not in owners:
                found += [f"{role} · {each}" for each in [refuses(place, row, role)] if each]
    assert not found, "\n".join(["", *found])
