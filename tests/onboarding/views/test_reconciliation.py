"""“Mutabakat Yönetimi” in İYS's panel, the last act of all: told where the partner is appointed, in the mail too,
and on the board until somebody has done it. Without it the whole way was for nothing; only the company sees it.
"""

from datetime import date

import pytest
from django.urls import reverse

from correspondence.models import Audience, Letter
from correspondence.outgoing.bodies import body_of
from journal.models import Entry
from onboarding.gate import Route
from onboarding.models import Application
from onboarding.steps import PACKAGE_CONTRACT, PARTNER_ASSIGNMENT
from tests.scenarios.cast import Cast

pytestmark = pytest.mark.django_db
TASK = "İYS panelinde “Mutabakat Yönetimi”ni açın"
RECONCILIATION = reverse("onboarding:reconciliation")
PAGES = ("board", "partner_assignment", "panel_settings", "summary")


@pytest.fixture
def cast() -> Cast:
    cast = Cast()
    cast.finished()
    return cast


def last_letter(cast: Cast) -> tuple[str, str]:
    letter = Letter.objects.filter(company=cast.company, audience=Audience.COMPANY).latest("created_at")
    body = body_of(letter)
    return body.text, body.html


@pytest.mark.parametrize("page", PAGES)
def test_it_stands_on_every_page_of_the_end_until_it_is_done(cast: Cast, page: str) -> None:
    assert TASK in cast.open(page)
    assert "giremiyorsanız İYS'yi arayın (0850 333 3338)" in cast.open(page)
    cast.press("board", "reconciliation", answer="on")
    assert TASK not in cast.open(page)


@pytest.mark.parametrize(("answer", "kept"), [("on", "İYS panelinde açık"), ("later", "hatırlatma kaldırıldı")])
def test_what_was_said_is_kept_in_the_journal(cast: Cast, answer: str, kept: str) -> None:
    cast.press("board", "reconciliation", answer=answer, role="editor")
    entry = Entry.objects.filter(company=cast.company).latest("pk")
    assert entry.text == f"Mutabakat Yönetimi: {kept}"
    assert entry.actor == cast.people["editor"]
    assert not cast.now().awaits_reconciliation


def test_who_says_so_on_the_summary_stays_there(cast: Cast) -> None:
    for page, to in (("summary", "summary"), ("panel_settings", "board")):
        came = f"http://testserver{reverse(f'onboarding:{page}')}"
        answer = cast.browsers["owner"].post(RECONCILIATION, {"answer": "on"}, headers={"Referer": came})
        assert answer["Location"] == reverse(f"onboarding:{to}")


def test_who_says_so_before_step_6_is_led_to_it() -> None:
    cast = Cast()
    cast.assigned()
    for page in ("partner_assignment", "board"):
        Application.objects.update(reconciliation_settled_at=None)
        came = f"http://testserver{reverse(f'onboarding:{page}')}"
        answer = cast.browsers["owner"].post(RECONCILIATION, {"answer": "on"}, headers={"Referer": came})
        assert answer["Location"] == reverse("onboarding:panel_settings")


def test_the_packages_last_day_is_said_where_it_is_known(cast: Cast) -> None:
    assert "on günü" not in cast.open("package_contract")
    Application.objects.update(package_ends_on=date(2027, 3, 1))
    assert "Son günü: 1 Mart 2027" in cast.open("package_contract")
    assert "son günü 1 Mart 2027" in cast.open("summary")


def test_a_double_click_is_harmless(cast: Cast) -> None:
    for _click in ("first", "second"):
        assert cast.answer("reconciliation", answer="on").status_code == 302
    assert Entry.objects.filter(company=cast.company, text__startswith="Mutabakat").count() == 1


def test_a_viewer_reads_it_and_has_no_button(cast: Cast) -> None:
    page = cast.open("board", role="viewer")
    assert TASK in page
    assert "Açtım</button>" not in page
    assert cast.answer("reconciliation", role="viewer", answer="on").status_code == 403


def test_it_is_no_task_before_the_partner_is_appointed() -> None:
    cast = Cast()
    cast.preparing()
    assert TASK not in cast.open("board")
    cast.send("reconciliation", answer="on")
    assert cast.now().reconciliation_settled_at is None


def test_it_is_none_for_who_declares_alone() -> None:
    cast = Cast(Route.EXEMPT)
    cast.press("panel_settings", "panel_settings", kind="exempt", correct="on", exemption_basis="Dernek 34-1")
    for page in ("board", "panel_settings", "summary"):
        assert "Mutabakat" not in cast.open(page)
    for said in last_letter(cast):
        assert "Mutabakat" not in said


def test_the_mails_that_announce_step_6_and_the_end_say_it() -> None:
    cast = Cast()
    cast.assigned()
    for said in last_letter(cast):
        assert "“Mutabakat Yönetimi”ni açın" in said
    cast.declare()
    for said in last_letter(cast):
        assert "“Mutabakat Yönetimi”ni açın" in said


def test_the_mail_of_the_end_does_not_ask_for_what_was_done() -> None:
    cast = Cast()
    cast.assigned()
    cast.press("partner_assignment", "reconciliation", answer="on")
    cast.declare()
    for said in last_letter(cast):
        assert "Mutabakat" not in said


def test_mails_of_other_steps_do_not_speak_of_it() -> None:
    cast = Cast()
    cast.offered()
    for said in last_letter(cast):
        assert "Mutabakat" not in said


def test_an_assignment_in_doubt_is_confirmed_first(cast: Cast) -> None:
    cast.move(PACKAGE_CONTRACT, "reopen", reason="Teklif yanlış")
    assert cast.record(PARTNER_ASSIGNMENT).stale
    assert TASK not in cast.open("board")
