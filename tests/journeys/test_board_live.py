"""The board in a browser: an answer from İYS appears while the page is open, and nothing is loaded anew."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connections
from pytest_django.live_server_helper import LiveServer

from tests.journeys.seat import seat, session_of
from tests.scenarios import mails
from tests.scenarios.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_answer_appears_by_itself_and_is_told_to_screen_readers(site: LiveServer, tmp_path: Path) -> None:
    cast = Cast()
    cast.at_iys()
    with seat(site, session_of(cast.people["viewer"]), width=390) as person:
        person.open("/basvuru/")
        person.page.evaluate("window.same = true")
        assert person.page.inner_text("#board-news") == ""

        def answer() -> None:
            cast.arrives(tmp_path, mails.RECEIVED, subject="Başvurunuz alınmıştır")
            connections.close_all()

        # The browser's own loop runs in this thread, where Django refuses to reach the database.
        with ThreadPoolExecutor(1) as elsewhere:
            elsewhere.submit(answer).result()
        person.page.get_by_role("link", name="Başvurunuz alınmıştır").wait_for(timeout=60_000)
        assert "Sıra İYS'de: İYS başvurunuzu aldı, inceliyor." in person.page.inner_text("#board-news")
        assert person.page.evaluate("window.same") is True, "the page was loaded anew"
        person.accessible()
        assert person.complaints == []


@pytest.mark.parametrize("path", ["/basvuru/", "/basvuru/adim/2/"])
def test_who_comes_back_to_the_page_is_told_at_once(site: LiveServer, path: str) -> None:
    cast = Cast()
    cast.at_iys()
    with seat(site, session_of(cast.people["viewer"]), width=390) as person:
        person.open(path)
        with person.page.expect_request(lambda request: "pulse=" in request.url, timeout=5_000):
            person.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
