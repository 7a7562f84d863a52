"""Waiting screens, and the tasks beside the steps: true for whoever looks, also when a colleague has acted."""

from typing import Any

import pytest
from django.urls import reverse

from journal.models import Entry
from onboarding import applications
from onboarding.gate import Route
from onboarding.models import Application, Cargo
from onboarding.overview import expected_wait
from onboarding.steps import PARTNER_ASSIGNMENT
from tests.onboarding.views.test_board_live import HTMX, asks, news
from tests.onboarding.views.test_reconciliation import TASK
from tests.scenarios.browser import signed_in
from tests.scenarios.cast import Cast
from tests.scenarios.factories import MembershipFactory

pytestmark = pytest.mark.django_db
SENT = {"carrier": "Hızlı Kargo", "tracking_number": "123", "sent_on": "2026-03-02"}


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.mark.parametrize("what", ["sent", "arrived", "panel"])
def test_a_task_that_a_colleague_has_done_goes_from_the_open_board(cast: Cast, what: str) -> None:
    if what == "panel":
        cast.assigned()
    else:
        cast.submitted()
    if what == "arrived":
        cast.send("cargo", role="editor", **SENT)
    address = asks(cast)
    if what == "panel":
        assert TASK in cast.open("board")
        cast.send("reconciliation", role="editor", answer="on")
    else:
        cast.send("cargo", role="editor", **SENT, **({"arrived_on": "2026-03-04"} if what == "arrived" else {}))
    assert news(cast, address).status_code == 200
    assert news(cast, asks(cast)).status_code == 204


@pytest.mark.parametrize("rung", ["submitted", "at_iys"])
def test_who_has_a_parcel_to_send_is_not_told_that_nothing_else_is_needed(cast: Cast, rung: str) -> None:
    getattr(cast, rung)()
    step = "pre_application" if rung == "submitted" else "status_query"
    page = cast.open(step)
    assert ("Taahhütnamenin aslını kargolayın." in page) is (rung == "at_iys")
    assert ("Henüz kargolamayın" in page) is (rung == "submitted"), "what is to be waited for is said once"
    assert "başka bir şey gerekmiyor" not in page
    cast.send("cargo", **SENT)
    assert "taahhütnamenin aslını kargolayın" not in cast.open(step)
    if rung == "at_iys":
        assert "başka bir şey gerekmiyor" in cast.open(step)


def test_what_is_still_to_do_stands_before_what_was_handed_in(cast: Cast) -> None:
    """On a telephone it stood three screens below."""
    cast.submitted()
    page = cast.open("pre_application").words
    assert page.index("Taahhütnamenin aslını sonra kargolayın") < page.index("Başvuru bilgileri")
    assert f"Portal başvuru no: {cast.now().reference}" in page
    assert "Öteki belgeleri göndermeyin." in cast.open("cargo")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"carrier": " "}, "örneğin “PTT Kargo”"),
        ({"tracking_number": ""}, "kargo fişinizde bulunur"),
        ({"sent_on": "2199-01-01"}, "Bugünden sonraki bir gün olamaz."),
        ({"sent_on": "31.02.2026"}, "tarih"),
        ({"tracking_number": "1" * 61}, "60"),
    ],
)
def test_a_parcel_that_cannot_be_is_said_beside_its_field_and_the_rest_stays(
    cast: Cast, changed: dict[str, str], says: str
) -> None:
    cast.submitted()
    page = cast.send("cargo", **{**SENT, **changed})
    assert page.status == 422
    assert says in page
    kept = {name: value for name, value in {**SENT, **changed}.items() if name not in changed}
    assert {name: page.fields[name] for name in kept} == kept
    assert not Cargo.objects.exists()


def test_the_same_parcel_from_two_tabs_is_one(cast: Cast) -> None:
    cast.submitted()
    for number in ("123", "123", "456"):
        cast.send("cargo", **{**SENT, "tracking_number": number})
    assert Cargo.objects.get().tracking_number == "456"


def test_a_board_of_one_company_never_becomes_that_of_another(cast: Cast) -> None:
    """The person has both; in another tab the other one was chosen meanwhile."""
    other = Cast(trade_name="Öteki Ticaret Limited Şirketi", code="820593")
    person = cast.people["owner"]
    MembershipFactory.create(company=other.company, user=person)
    browser = signed_in(person)
    browser.post(reverse("team:choose"), {"company": str(other.company.pk)})
    shown = {**HTMX, "X-Shown-For": str(cast.company.pk)}
    for address in (asks(cast, "owner"), reverse("onboarding:step_live", args=["pre_application"])):
        answer = browser.get(address, headers=shown)
        assert (answer.status_code, answer.headers.get("HX-Refresh")) == (409, "true")
        assert "Öteki" not in answer.content.decode()


def test_a_pulse_of_another_company_is_news_and_no_silence(cast: Cast) -> None:
    other = Cast(trade_name="Öteki Ticaret Limited Şirketi", code="820593")
    cast.at_iys()
    other.at_iys()
    answer = other.browsers["viewer"].get(asks(cast), headers=HTMX)
    assert answer.status_code == 200
    assert cast.company.trade_name not in answer.content.decode()


@pytest.mark.parametrize(("cases", "known"), [(19, False), (20, True)])
def test_how_long_is_said_from_twenty_cases_on(cases: int, known: bool) -> None:
    assert (expected_wait.usual([3] * cases, enough=20) is not None) is known


@pytest.mark.parametrize("route", [Route.EXEMPT, Route.SELF_MANAGED])
def test_the_end_of_who_declares_alone_claims_no_registration(route: Route) -> None:
    cast = Cast(route)
    fields: dict[str, Any] = {"kind": route.value, "correct": "on", "exemption_basis": "Dernekler Kanunu"}
    cast.press("panel_settings", "panel_settings", **fields)
    application = Application.objects.get(company=cast.company)
    assert application.finished_at is not None
    for page in ("summary", "board"):
        shown = cast.open(page)
        assert "kaydınız tamamlandı" not in shown
        assert "Beyanınız kaydedildi" in shown
        for absent in ("Mutabakat", "BrandKod ·", "Kopyala"):
            assert absent not in shown, page


def test_the_end_has_each_code_to_copy_and_no_identity_number(cast: Cast) -> None:
    cast.finished()
    answer = cast.browsers["owner"].get(reverse("onboarding:summary"))
    page = answer.content.decode()
    assert 'data-copy="#code-iys"' in page
    assert 'data-copy="#code-1"' in page
    form = cast.now().application_form
    assert form.signatory_identity
    assert form.signatory_identity not in page


# Mutabakat Yönetimi, where nobody looked for it.


def test_the_task_stays_done_when_an_earlier_step_is_opened_again(cast: Cast) -> None:
    cast.finished()
    cast.send("reconciliation", answer="on")
    cast.move(PARTNER_ASSIGNMENT, "reopen", reason="Yetki eksik")
    assert TASK not in cast.open("board")
    assert cast.send("reconciliation", answer="on").status == 200
    assert Entry.objects.filter(text__startswith="Mutabakat").count() == 1


@pytest.mark.parametrize("answer", ["", "maybe"])
def test_what_is_no_answer_settles_nothing(cast: Cast, answer: str) -> None:
    cast.finished()
    cast.send("reconciliation", answer=answer)
    assert cast.now().reconciliation_settled_at is None


def test_looking_at_the_address_of_the_button_settles_nothing(cast: Cast) -> None:
    cast.finished()
    assert cast.browsers["owner"].get(reverse("onboarding:reconciliation")).status_code == 302
    assert cast.now().reconciliation_settled_at is None


def test_one_company_settles_nothing_of_the_other(cast: Cast) -> None:
    cast.finished()
    other = Cast(trade_name="Öteki Ticaret Limited Şirketi", code="820593")
    other.finished()
    other.send("reconciliation", answer="on")
    assert TASK in cast.open("board")
    assert cast.now().reconciliation_settled_at is None


def test_the_next_attempt_asks_for_it_anew(cast: Cast) -> None:
    """Another registration, another panel."""
    cast.finished()
    cast.send("reconciliation", answer="on")
    applications.change_route(application=cast.now(), route=Route.EXEMPT, actor=cast.owner, closes=True)
    assert cast.now().reconciliation_settled_at is None
    assert "Mutabakat" not in cast.open("board")
