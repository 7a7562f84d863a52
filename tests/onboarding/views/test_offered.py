"""Every state of every step, under every mark, as each role: what the screen offers and says, and what is refused.

What is expected is offered.json, from the specification; what the code offers comes from the steps' tables.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from journal.parties import Party
from onboarding.steps import PRE_APPLICATION
from onboarding.views.work import WORK
from tenancy.roles import Role
from tests.onboarding.views.controls import FOLLOWED, Page, opened, words_of
from tests.onboarding.views.offered import DATA, MARKS, PLACES, ROLES, STAFF_MOVES, expected, trapped
from tests.onboarding.views.standing import DOUBT, Place
from tests.scenarios.cast import Cast

pytestmark = pytest.mark.django_db
TEMPLATES = Path(__file__).parents[3] / "templates"

# Our moves in the words of offered.json; a move that is not here fails.
MOVES: dict[str, set[str]] = {
    **{move: {"switch_channel"} for move in ("go_manual", "go_online", "go_applied")},
    **{move: {"submit"} for move in ("submit", "submit_online", "give_evidence", "correct")},
    "verify_email": {"send_code", "enter_code"},
    "query": {"lookup"},
    "query_again": {"lookup"},
    "fill": {"send_code", "enter_code"},
    "edit_form": {"fill"},
    "complete": {"complete_application"},
    "continued": {"continue_done"},
    "apply_again": {"new_attempt"},
    "type": {"type_codes"},
    "confirm": {"confirm_codes"},
    "dispute": {"dispute_codes"},
    "request": {"request_offer"},
    "request_by_account": set(),  # only with an account of the company's own
    "use_own_mail": {"own_mail_draft"},
    "request_seen": {"claim_request_sent"},
    "choose_again": {"choose_again"},
    "accept": {"accept_contract"},
    "claim_payment": {"claim_payment"},
    "unclaim_payment": {"take_back_claim"},
    "retry": {"mend_form"},
    "use_panel": {"switch_way"},
    "use_form": {"switch_way"},
    "claim": {"tick_panel_list", "claim_panel_done"},
    "unclaim": {"take_back_claim"},
    "save": {"save_declaration", "fill", "clear"},
    "declare_anew": {"change_declaration"},
    "withdraw": {"withdraw"},
    "confirm_stale": {"confirm_stale"},
    "redo": {"redo"},
}
# Work that is no move, in the same words; what is empty has no control of its own on a step's page.
WORDS_OF_WORK: dict[str, set[str]] = {
    "change_route": {"change_route"},
    "new_application": {"new_attempt"},
    "introduce_account": set(),
    "bring_any_mail": set(),
    "later_brand": set(),
    "summary": {"download_pack"},
    "choose_channel": {"switch_channel"},
    "write_data": {"fill"},
    "answer_mersis": {"fill"},
    "hand_in": {"upload"},
    "read_paper": {"upload"},
    "print_undertaking": {"download_undertaking"},
    "name_co_signatories": {"fill"},
    "sign": {"upload_signed", "send_signing_link", "download_undertaking"},
    "name_brands": {"fill"},
    "record_cargo": {"record_cargo"},
    "keep_evidence": {"fill", "upload"},
    "renew_link": {"renew_link"},
    "write_brands": {"fill", "upload"},
    "write_figures": {"fill"},
    "review": {"preview_letter"},
    "settle_differences": set(),
    "choose_package": {"fill_address_counts", "choose_package"},
    "draft_mail": {"own_mail_draft"},
    "read_contract": set(),
    "pay": {"go_to_payment"},
    "complete_papers": {"fill"},
    "answer_remarks": {"fill"},
    "prepare_form": {"download_form", "upload_signed", "fill"},
    "settle_reconciliation": {"settle_reconciliation"},
}
# Work on step 1's page that does not bring the step on.
BESIDE = {"print_undertaking", "name_co_signatories", "name_brands", "record_cargo"}
# İYS's corrections are made on step 1's pages.
CORRECTING = ("2", "correcting", "none")
# What the table allows and something else has to come first for: the query, a package, a link that holds.
LATER = {
    ("1.online", "query"): {"fill"},
    ("4", "choosing"): {"request_offer", "own_mail_draft"},
    ("1.online", "info_entry/link_expired"): {"complete_application"},
}
ON_THE_BOARD = {"change_route"}
READING = {
    "read",
    "go_to_current",
    "contact_support",
    "download_pack",
    "preview_letter",
    "view_offer",
} | ON_THE_BOARD
# What nobody can see on a page as a control, and what a page of one step does not show of the others.
UNSEEN = {"read", "go_to_current", "contact_support"}
TURNS = {"S": "Sıra destek ekibinde", "I": "Sıra İYS'de", "sys": "Portal çalışıyor"}
SAID: dict[str, tuple[str, ...]] = {
    "held": ("Destek ekibi bu adımı beklemeye aldı", "Evrak eksik geldi", "bir şey yapılamaz"),
    "stale": ("Bu adımın sonucu yeniden onay bekliyor", DOUBT, "Yapılanlar saklanıyor"),
    "stale_locked": ("Bu adım yeniden onay bekleyecek", DOUBT, "tamamlanmalı", "saklanıyor"),
    "locked": ("Önce 1. adım (Ön başvuru) tamamlanmalı",),
    "withdrawn": ("Bu başvuru kapandı: Geri çekildi", "Vazgeçtik"),
    "attention": ("Bir marka eklendi", "Destek ekibi ilgileniyor"),
    "not_needed": ("Bu adım sizin yolunuzda gerekmiyor", "muaf"),
    "none": (),
}


class Visit:
    """The step's page, the pages that it leads to, and the board, as one role sees them."""

    def __init__(self, place: Place, mark: str, role: str) -> None:
        self.role, self.verdict = role, place.verdict()
        browser = place.cast.browsers[role]
        follow = FOLLOWED | ({"pre_application"} if (*place.name, mark) == CORRECTING else set())
        paths = [reverse(f"onboarding:{place.step.key}")]
        if place.name == ("1.online", "form") and role != "viewer" and self.verdict.turn is Party.COMPANY:
            paths.append(reverse("onboarding:mobile_code"))
        pages = list(opened(browser, *paths, follow=follow))
        self.page = pages[0]
        self.board = Page(browser.get(reverse("onboarding:board")).content.decode(), reverse("onboarding:board"))
        # The board is about the step that somebody has to act on, or about the end.
        if self.verdict.active or place.cast.now().closed_at is not None:
            pages.append(self.board)
        self.words = set().union(*map(words_of, pages))
        self.said = " ".join(page.words for page in pages[:-1] if page is not self.board) or self.page.words


def by_our_tables(place: Place, mark: str, role: str) -> set[str]:
    """What the table and WORK offer to this role now, in the words of offered.json."""
    application, verdict, least = place.cast.now(), place.verdict(), Role(role)
    words: set[str] = set()
    if application.closed_at is None and verdict.passable:
        for row in place.step.allowed(place.record.standing, by=Party.COMPANY, role=least):
            words |= MOVES[row.name]
    for name, work in WORK.items():
        beside = BESIDE if place.step is PRE_APPLICATION or (*place.name, mark) == CORRECTING else set()
        of_this_page = (
            (verdict.passable and place.step in work.steps) or name == "new_application" or name in beside
        )
        if of_this_page and least.includes(work.role) and work.is_open(application):
            words |= WORDS_OF_WORK[name]
    if place.name == ("3", "differences") and "confirm_codes" in words:
        words = words - {"confirm_codes"} | {"settle_differences"}
    return words - LATER.get(place.name, set())


def reachable_marks(step: str, state: str) -> Iterator[str]:
    """`replaced` has a test of its own: what was replaced has no page any more."""
    return (mark for mark in MARKS if mark != "replaced" and expected(step, state, mark, "owner").reachable)


def probed(step: str, state: str, mark: str, turn: str) -> list[str]:
    probes = DATA["turkish_probes"]
    found = [*probes.get(mark, ()), *(probes.get(f"{step}:{state}", ()) if mark == "none" else ())]
    return found + ([] if turn in ("C", "unspecified") else probes["turn_not_company"])


def problems_of(place: Place, mark: str, role: str) -> list[str]:
    step, state = place.name
    wanted, visit = expected(step, state, mark, role), Visit(place, mark, role)
    found: list[str] = []

    def must_be_empty(words: set[str], what: str) -> None:
        if words:
            found.append(f"{mark} · {role}: {what}: {sorted(words)}")

    must_be_empty(wanted.offered - visit.words - UNSEEN, "missing")
    must_be_empty(visit.words - wanted.offered - wanted.may - UNSEEN - STAFF_MOVES, "offered, but must not be")
    must_be_empty(visit.words & STAFF_MOVES, "staff's")
    for trap, must, must_not in trapped(step, state, mark, role):
        must_be_empty(must - visit.words - UNSEEN, f"missing by {trap}")
        must_be_empty(must_not & visit.words, f"offered against {trap}")
    ours = by_our_tables(place, mark, role)
    must_be_empty(ours - visit.words - READING, "the table offers it, the screen does not")
    must_be_empty(visit.words - ours - READING - ALONE, "the screen offers it, the table does not")
    said = visit.page.words.casefold()
    must_be_empty({probe for probe in probed(step, state, mark, wanted.turn) if probe in said}, "says")
    must_be_empty({words for words in must_say(place, mark) if not re.search(words, visit.page.words)}, "silent")
    must_be_empty(turn_problems(place, visit, mark, wanted.turn), "turn")
    return found


# Controls that hang on data: a mail to bring, a letter of one's own, a contact of İYS's, a parcel or the
# last act at İYS on the board, somebody who signs together.
ALONE = {
    *("upload_mail", "confirm_prefill", "open_iys_link", "download_undertaking", "send_code", "record_cargo"),
    "send_signing_link",
    "settle_reconciliation",
}


def must_say(place: Place, mark: str) -> list[str]:
    step, state = place.name
    if mark == "none":
        return [DATA["steps"][step][state].get("words", "")]
    said = [re.escape(words) for words in SAID[mark]]
    if mark == "withdrawn":
        said.append(re.escape(str(place.cast.people["owner"])))
    return said


def turn_problems(place: Place, visit: Visit, mark: str, turn: str) -> set[str]:
    """The company's turn is said to be whose it is: who may only look is told who has to act."""
    if mark != "none":
        return set()
    if turn == "C":
        wanted = "Sıra firmanızda" if visit.role == "viewer" else "Sıra "
        wrong = (
            {"viewer is told that it is their turn"}
            if visit.role == "viewer" and "Sıra sizde" in (visit.page.words + visit.board.words)
            else set()
        )
        who = visit.role != "viewer" or f"Firma sahibi {place.cast.people['owner']}" in visit.page.words
        owner = visit.role != "owner" or "Sıra sizde" in visit.board.words
        return (
            wrong
            | (set() if wanted in visit.board.words else {wanted})
            | (set() if who else {"does not say who"})
            | (set() if owner else {"does not say that it is the owner's turn"})
        )
    words = TURNS.get(turn, "")
    return set() if words in visit.page.words and words in visit.board.words else {words}


LIVE = [place for place in PLACES if DATA["steps"][place[0]][place[1]]["kind"] != "stopped"]


@pytest.fixture(autouse=True)
def _a_gateway(settings: Any) -> None:
    """Without one no code is asked for, and a page leads on by itself."""
    settings.SMS_URL = "http://127.0.0.1:9/"


@pytest.mark.parametrize(("step", "state"), LIVE)
def test_the_screen_offers_and_says_what_it_must(step: str, state: str, at_step_six: Callable[[], Cast]) -> None:
    place = Place(step, state, at_step_six)
    found: list[str] = []
    for mark in reachable_marks(step, state):
        with place.under(mark):
            for role in ROLES:
                found += problems_of(place, mark, role)
    assert not found, "\n".join(["", *found])
