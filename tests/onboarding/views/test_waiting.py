"""While somebody else has the turn, a step's page says who, how long, what then and where we write; and it keeps
itself up to date."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.core.cache import cache
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from correspondence.models import Audience, Letter
from correspondence.outgoing.outbox import body_of
from journal.parties import Party
from onboarding.actions.pre_application import cargo
from onboarding.actor import IYS, SYSTEM
from onboarding.machine import State, Step
from onboarding.models import Cargo, Package, PackageChoice
from onboarding.overview import expected_wait, waiting
from onboarding.reminders import muting
from onboarding.steps import PARTNER_ASSIGNMENT, PRE_APPLICATION, STATUS_QUERY, STEPS
from tenancy.notice_choices import CompanyNotices
from tests.scenarios import mails
from tests.scenarios.browser import Screen
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF

pytestmark = pytest.mark.django_db
STATES = [(step, state) for step in STEPS for state, party in step.turns.items() if party is not Party.COMPANY]


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.mark.parametrize(("step", "state"), STATES, ids=lambda each: getattr(each, "key", str(each)))
def test_each_state_in_which_another_has_the_turn_says_all_once(cast: Cast, step: Step, state: State) -> None:
    for before in STEPS[: step.number - 1]:
        cast.application.records.filter(step=before.key).update(state=min(before.done), turn="")
    cast.application.records.filter(step=step.key).update(state=state, turn=step.turns[state])
    PackageChoice.objects.create(
        application=cast.application,
        package=Package.objects.earliest("pk"),
        message_addresses=10,
        call_addresses=0,
        email_addresses=0,
        offer_email="bilgi@mavideniz.example",
    )
    page = cast.open(step.key)
    # What may have come to the company's own mailbox has a place to bring it to wherever that is asked for.
    brings = {"E-postayı yükle", "E-postayı ya da teklifi yükle"} & set(page.buttons)
    assert ("ya da yükleyin" in page) == (step.turns[state] is Party.IYS) == bool(brings)
    assert ("yeniden yollarız" in page) == (state == "send_failed")
    assert "Sıra sizde" not in page.words + cast.open("board").words
    # Of support no more is known than that it writes.
    assert page.words.count("Ne kadar sürer?") == (step.turns[state] is not Party.STAFF)
    for question in ("Siz ne yapacaksınız?", "Sonra ne olacak?", "Nasıl öğreneceksiniz?"):
        assert page.words.count(question) == 1, (step.key, state, question)
    assert waiting.short(cast.company.members.get(memberships__role="owner").email) in page


def test_how_long_comes_from_cases_where_there_are_enough(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    cast.at_iys()
    assert "İYS bir süre bildirmiyor" in cast.open("status_query")
    cache.clear()
    monkeypatch.setattr(expected_wait, "ended_waits", lambda step, state: [4] * 20)
    page = cast.open("status_query")
    assert page.words.count("Yaklaşık 4 iş günü içinde bekleniyor.") == 1
    assert "İYS bir süre bildirmiyor" not in page
    cache.clear()


def test_reminding_iys_is_promised_only_where_it_happens_and_told_when_it_has(cast: Cast) -> None:
    cast.at_iys()
    assert waiting.WILL_REMIND in cast.open("status_query")
    muting.mute(company=cast.company, reason="Bekleniyor", until=date(2999, 1, 1), actor=cast.owner)
    page = cast.open("status_query")
    assert "hatırlat" not in page.words
    assert f"bize iletin ya da yükleyin. {waiting.PARCEL}" in page, "the parcel is still to be sent"
    cast.application.records.filter(step=STATUS_QUERY.key).update(reminded=1)
    page = cast.open("status_query")
    assert waiting.REMINDED in page
    assert waiting.WILL_REMIND not in page


def test_a_paused_step_says_so_and_promises_nothing(cast: Cast) -> None:
    cast.at_iys()
    cast.move(STATUS_QUERY, "hold", reason="Evrak bekleniyor")
    page = cast.open("status_query")
    assert "beklemeye aldı; yeniden başlatınca" in page
    assert "Ne kadar sürer?" not in page


def test_whoever_wants_no_mails_is_told_that_others_get_them(cast: Cast) -> None:
    cast.at_iys()
    cast.company.memberships.filter(role="viewer").update(notices=CompanyNotices.NONE)
    page = cast.open("status_query", role="viewer")
    assert "siz bildirim almayı seçmemişsiniz" in page
    assert page.links["bildirimlerim"] == reverse("team:notices")
    assert "siz bildirim almayı seçmemişsiniz" not in cast.open("status_query", role="owner")


@pytest.mark.parametrize(
    ("email", "shown"),
    [
        ("ada@mavideniz.example", "ada@mavideniz.example"),
        ("cokuzunbiradsoyad.calisan@mavideniz.example", "cokuzunbirad…an@mavideniz.example"),
    ],
)
def test_a_long_address_is_cut_in_its_middle(email: str, shown: str) -> None:
    assert waiting.short(email) == shown


def asks(cast: Cast, name: str, role: str = "owner") -> str:
    page = cast.browsers[role].get(reverse(f"onboarding:{name}")).content.decode()
    found = re.search(r'data-live-page\s+hidden\s+hx-get="([^"]+)"', page)
    return found[1] if found else ""


@pytest.mark.parametrize(("role", "goes_on"), [("owner", True), ("viewer", False)])
def test_who_waited_for_a_step_goes_on_by_itself_once_it_is_done(
    cast: Cast, tmp_path: Path, role: str, goes_on: bool
) -> None:
    """A page that says that all is done would be one press more."""
    cast.accepted()
    address = asks(cast, "package_contract", role)
    cast.arrives(tmp_path, mails.PAID)
    answer = cast.browsers[role].get(address)
    assert answer.headers.get("HX-Redirect") == (reverse("onboarding:partner_assignment") if goes_on else None)
    assert ("HX-Refresh" in answer.headers) is not goes_on
    assert (
        "4. adım tamamlandı: İleti paketi sözleşmesi." in cast.open("partner_assignment", role=role)
    ) is goes_on


def test_who_waited_is_told_of_all_steps_that_ended_meanwhile(cast: Cast) -> None:
    cast.submitted()
    address = asks(cast, "pre_application")
    cast.move(PRE_APPLICATION, "approve")
    cast.move(PRE_APPLICATION, "letter_sent", SYSTEM)
    cast.codes_read()
    assert cast.browsers["owner"].get(address).headers["HX-Redirect"] == reverse("onboarding:code_receipt")
    assert "1. ve 2. adım tamamlandı." in cast.open("code_receipt")


def test_a_steps_page_asks_for_news_and_loads_itself_anew_when_there_are_some(
    cast: Cast, tmp_path: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    cast.at_iys()
    address = asks(cast, "status_query")
    visitor = cast.browsers["owner"]
    with django_assert_max_num_queries(3):
        answer = visitor.get(address)
    assert (answer.status_code, answer.content, "HX-Refresh" in answer) == (204, b"", False)
    cast.arrives(tmp_path, mails.RECEIVED)
    assert visitor.get(address)["HX-Refresh"] == "true"
    assert visitor.get(asks(cast, "status_query")).headers.get("HX-Refresh") is None, "and then it is quiet"
    assert visitor.get("/basvuru/canli/yok/").status_code == 404


def test_without_script_nothing_is_said_to_happen_by_itself(cast: Cast) -> None:
    cast.at_iys()
    page = cast.browsers["owner"].get(reverse("onboarding:status_query")).content.decode()
    assert '<span class="by-script">Bu sayfa da kendiliğinden yenilenir' in page
    assert re.search(rf'<noscript>.*?<a href="{reverse("onboarding:status_query")}">yenileyin</a>', page)
    assert "http-equiv" not in page, "no page is loaded anew under somebody's hands"


def test_a_step_that_is_done_asks_for_no_news_unless_the_next_one_waits(cast: Cast) -> None:
    cast.at_iys()
    assert asks(cast, "pre_application")
    cast.codes_read()
    assert asks(cast, "pre_application") == ""


def test_the_parcel_is_a_task_of_its_own_with_its_own_mark(cast: Cast) -> None:
    cast.submitted()

    def badge(page: Screen) -> str:
        found = re.search(r"(Sonra|Yapılacak|Gönderildi|Ulaştı) Taahhütnamenin (?:aslını|kargosu)", page.words)
        return found[1] if found else ""

    assert (badge(cast.open("board")), badge(cast.open("pre_application"))) == ("Sonra", "Sonra")
    assert "Kargo bilgisi ve etiket" in cast.open("board").links
    told = body_of(
        Letter.objects.filter(audience=Audience.COMPANY, subject__contains="aldık (").latest("created_at")
    ).text
    for said in (told, cast.open("pre_application").words):
        assert "aahhütnamenin aslını" in said
        assert "yapmanız gere" not in said, "nobody is told to do nothing who has something to send"
    cargo.record(
        application=cast.now(),
        actor=cast.owner,
        carrier="Hızlı Kargo",
        tracking_number="123",
        sent_on=date(2026, 3, 2),
        arrived_on=None,
    )
    assert (badge(cast.open("board")), badge(cast.open("pre_application"))) == ("Gönderildi", "Gönderildi")
    Cargo.objects.update(arrived_on="2026-03-03")
    assert (badge(cast.open("board")), badge(cast.open("pre_application"))) == ("", "Ulaştı")
    cast.move(PRE_APPLICATION, "approve", STAFF)
    assert cast.state(PARTNER_ASSIGNMENT) == "preparing", "it holds nothing back"


@pytest.mark.parametrize(("role", "goes_on"), [("owner", True), ("viewer", False)])
def test_what_is_to_be_done_in_iyss_panel_keeps_nobody_from_the_last_step(
    cast: Cast, role: str, goes_on: bool
) -> None:
    cast.form_sent()
    address = asks(cast, "partner_assignment", role)
    cast.move(PARTNER_ASSIGNMENT, "confirm", IYS)
    assert cast.now().awaits_reconciliation
    answer = cast.browsers[role].get(address)
    assert answer.headers.get("HX-Redirect") == (reverse("onboarding:panel_settings") if goes_on else None)
