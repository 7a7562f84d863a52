"""The board keeps itself up to date: silent until something is new, cheap, and the same page as without it."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from correspondence.models import Letter, LetterStatus
from onboarding.actor import IYS, SYSTEM
from onboarding.models import StepRecord
from onboarding.overview.threads import thread
from onboarding.steps import CODE_RECEIPT, PANEL_SETTINGS, PRE_APPLICATION, STATUS_QUERY
from tests.scenarios import mails
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def cast() -> Cast:
    return Cast()


def asks(cast: Cast, role: str = "viewer") -> str:
    """The address that the board as it is now will ask; empty when it asks no more."""
    page = cast.browsers[role].get("/basvuru/").content.decode()
    found = re.search(r'hx-get="([^"]+)"', page)
    return found[1] if found else ""


def news(cast: Cast, address: str) -> Any:
    return cast.browsers["viewer"].get(address, headers=HTMX)


def test_nothing_new_costs_few_queries_and_no_words(cast: Cast, django_assert_max_num_queries: Any) -> None:
    cast.at_iys()
    address = asks(cast)
    with django_assert_max_num_queries(5):
        answer = news(cast, address)
    assert (answer.status_code, answer.content) == (204, b"")


def test_a_move_is_shown_without_loading_the_page_anew(cast: Cast) -> None:
    cast.at_iys()
    address = asks(cast)
    cast.codes_read()
    answer = news(cast, address)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Kodlarınız onayınızı bekliyor" in page
    assert 'hx-swap-oob="innerHTML:#board-news">Sayfa yenilendi. 6 adımdan 3. adımdasınız. Sıra' in page
    assert "<html" not in page
    fresh = re.search(r'hx-get="([^"]+)"', page)
    assert fresh is not None
    assert news(cast, fresh[1]).status_code == 204


@pytest.mark.parametrize("what", ["letter", "mail", "hold", "route", "day"])
def test_whatever_the_board_shows_makes_news(
    cast: Cast, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.at_iys()
    address = asks(cast)
    if what == "letter":
        Letter.objects.filter(audience="iys").update(status=LetterStatus.SENT)
    elif what == "mail":
        cast.arrives(tmp_path, "Bizi arayın lütfen.")
    elif what == "hold":
        cast.move(STATUS_QUERY, "hold", STAFF, "Bayram")
    elif what == "route":
        cast.send("route", route="exempt")
    else:
        tomorrow = timezone.localdate() + timedelta(days=1)
        monkeypatch.setattr(timezone, "localdate", lambda *_args: tomorrow)
    assert news(cast, address).status_code == 200


def test_another_company_makes_no_news(cast: Cast) -> None:
    cast.at_iys()
    address = asks(cast)
    Cast().at_iys()
    assert news(cast, address).status_code == 204


def test_a_board_on_which_nothing_can_change_asks_no_more(cast: Cast) -> None:
    cast.assigned()
    assert asks(cast)
    cast.move(PANEL_SETTINGS, "save", cast.owner)
    assert asks(cast) == ""


def test_a_withdrawn_board_asks_no_more(cast: Cast) -> None:
    cast.move(PRE_APPLICATION, "withdraw", cast.owner, "Vazgeçtik")
    assert asks(cast) == ""


def test_whoever_was_signed_out_meanwhile_is_led_to_the_log_in(cast: Cast) -> None:
    for address in ("/basvuru/canli/", "/basvuru/ozet/kanit/durum/"):
        answer = Client().get(address, headers=HTMX)
        assert (answer.status_code, answer.headers["HX-Refresh"]) == (204, "true")
    assert Client().get("/basvuru/canli/").status_code == 302


def test_since_when_and_how_long_still(cast: Cast) -> None:
    cast.at_iys()
    cache.set("usual-wait:status_query:waiting", 4, 60)
    page = cast.open("board", role="viewer")
    assert "2. adım · Başvuru durumu · bugün" in page
    assert page.words.count("Yaklaşık 4 iş günü içinde bekleniyor.") == 1, "in the card, not beside the step too"
    since = timezone.now() - timedelta(days=60)
    StepRecord.objects.filter(application=cast.application, step="status_query").update(since=since)
    assert "Genellikle yaklaşık 4 iş günü sürer; bu kez daha uzun sürüyor." in cast.open("board")
    cast.move(STATUS_QUERY, "hold", STAFF, "Bayram")
    assert "iş günü sürer" not in cast.open("board")


def test_nobody_is_told_how_long_the_companys_own_turn_takes(cast: Cast) -> None:
    cache.set("usual-wait:pre_application:draft", 4, 60)
    assert "iş günü içinde" not in cast.open("board")


def test_each_step_shows_its_own_letters_and_answers(cast: Cast, tmp_path: Path) -> None:
    cast.at_iys()
    dossier = Letter.objects.get(audience="iys").subject
    cast.arrives(tmp_path, mails.RECEIVED, subject="Başvurunuz alınmıştır")
    cast.arrives(tmp_path, mails.APPROVED, subject="Başvurunuz onaylandı")
    assert cast.state(CODE_RECEIPT) == "read"
    titles = {dossier, "Başvurunuz alınmıştır", "Başvurunuz onaylandı"}
    pages = {name: cast.open(name) for name in ("pre_application", "status_query", "code_receipt", "board")}
    shown = {name: {title for title in titles if title in page} for name, page in pages.items()}
    assert shown == {
        "pre_application": {dossier},
        "status_query": {dossier, "Başvurunuz alınmıştır", "Başvurunuz onaylandı"},
        "code_receipt": {"Başvurunuz onaylandı"},
        "board": {dossier, "Başvurunuz alınmıştır", "Başvurunuz onaylandı"},
    }


def test_a_dossier_that_is_open_again_still_shows_the_letter_that_failed(cast: Cast) -> None:
    cast.submitted()
    cast.move(PRE_APPLICATION, "approve")
    cast.move(PRE_APPLICATION, "letter_failed", SYSTEM, "550 kutu dolu")
    cast.move(PRE_APPLICATION, "return_failed", STAFF, "Adresi birlikte bakalım")
    page = cast.open("pre_application")
    assert "Gözden geçirin ve gönderin" in page
    assert Letter.objects.get(audience="iys").subject in page.links


def test_paper_has_all_letters_with_the_reference_and_the_date(cast: Cast, tmp_path: Path) -> None:
    cast.at_iys()
    for number in range(7):
        cast.arrives(tmp_path, "Bizi arayın lütfen.", subject=f"Soru {number}")
    page = cast.browsers["viewer"].get("/basvuru/").content.decode()
    assert page.count('class="thread__item print-only"') == 3, "five of the eight are on the screen"
    assert all(f"Soru {number}" in page for number in range(7))
    shown = cast.open("board")
    assert f"{cast.company.trade_name} · Portal başvuru no: {cast.application.reference}" in shown
    assert f"Yazdırıldı: {timezone.localdate().day}" in shown


def test_of_more_letters_than_are_shown_the_newest_stay(cast: Cast) -> None:
    cast.at_iys()
    letter, now = Letter.objects.defer(None).get(audience="iys"), timezone.now()
    for number in range(1, 5):
        letter.pk, letter.subject = UUID(int=number), f"Mektup {number}"
        letter.idempotency_key = letter.message_id = letter.message_group = f"mektup-{number}"
        letter.save(force_insert=True)
        Letter.objects.filter(pk=letter.pk).update(created_at=now + timedelta(days=number))
    shown = thread(cast.now(), limit=2)
    assert [item.subject for item in shown] == ["Mektup 4", "Mektup 3"]


def test_iyss_answer_by_telephone_makes_news_too(cast: Cast) -> None:
    cast.at_iys()
    address = asks(cast)
    cast.move(STATUS_QUERY, "received", IYS)
    assert "İYS başvurunuzu aldı" in news(cast, address).content.decode()
