"""The guide in the portal: for everybody, kept by visitors' browsers only, and light."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.scenarios.cast import Cast

pytestmark = pytest.mark.django_db
PAGE = "/rehber/belgeler/"


def test_a_visitors_browser_asks_whether_a_page_is_still_so() -> None:
    visitor = Client()
    first = visitor.get(PAGE)
    assert first["Cache-Control"] == "private, no-cache"
    again = visitor.get(PAGE, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert visitor.get("/rehber/kanal/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_nothing_is_kept_of_what_names_a_company() -> None:
    shown = Cast().browsers["owner"].get(PAGE)
    assert shown["Cache-Control"] == "private, no-store"
    assert "ETag" not in shown


def test_a_page_asks_the_database_for_no_more_than_the_frame_does() -> None:
    visitor = Client()
    for path in (PAGE, "/rehber/", "/rehber/?ara=kargo"):
        with CaptureQueriesContext(connection) as asked:
            visitor.get(path)
        assert [each["sql"] for each in asked if 'FROM "partners_partner"' not in each["sql"]] == []


@pytest.mark.parametrize("path", ["/rehber/README/", "/rehber/yok/", "/rehber/..%2FREADME/"])
def test_what_is_no_page_is_not_there(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_nothing_can_be_sent_to_it() -> None:
    assert Client().post("/rehber/").status_code == 405


def test_what_was_looked_for_is_shown_with_its_places() -> None:
    shown = Client().get("/rehber/", {"ara": "  telefonum   kayboldu "}).content.decode()
    assert 'value="telefonum kayboldu"' in shown
    assert 'href="/rehber/hesap/#telefonum-kayboldu"' in shown


def test_a_search_without_a_hit_says_so_and_shows_what_was_typed_as_text() -> None:
    shown = Client().get("/rehber/", {"ara": '"><script>zzqq'}).content.decode()
    assert "rehberde geçmiyor" in shown
    assert "<script>zzqq" not in shown
    assert reverse("guide:page", args=["sorular"]) in shown


def test_pages_lead_from_one_to_the_next() -> None:
    path, seen = "/rehber/", []
    while path:
        seen.append(path)
        found = re.search(r'rel="next" href="([^"]+)"', Client().get(path).content.decode())
        path = found[1] if found else ""
    assert len(seen) == len(set(seen)) > 15
    assert seen[1] == "/rehber/on-basvuru/"
