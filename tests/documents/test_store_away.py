"""Where the file store does not answer: a page says so, and who asks right after it waits for nothing."""

from json import loads
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path, reverse
from storages.backends.s3 import S3File

from documents import encrypted_s3
from documents.encrypted import StoreAway
from documents.middleware import AWAY
from iysportal.urls import urlpatterns as ours
from launch.ports import free_port
from tests.documents.stores import in_s3
from tests.scenarios.browser import words
from tests.scenarios.cast import Cast
from tests.scenarios.mails import RECEIVED

pytestmark = pytest.mark.django_db


def needs_a_file(request: HttpRequest) -> HttpResponse:
    raise StoreAway


urlpatterns = [path("dosya/", needs_a_file), *ours]


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_page_says_so(method: str) -> None:
    answer = getattr(Client(), method)("/dosya/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "Belgelere şu anda ulaşılamıyor" in words(answer)
    assert ("Yeniden dene" in words(answer)) is (method == "get"), "what was sent has no address to go back to"


@override_settings(ROOT_URLCONF=__name__)
def test_a_part_of_a_page_stays_as_it_is() -> None:
    answer = Client().get("/dosya/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (503, b"")
    assert loads(answer["HX-Trigger"]) == {"refused": AWAY}


def test_a_mail_that_cannot_be_had_now_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cast = Cast()
    cast.at_iys()
    mail = cast.arrives(tmp_path, RECEIVED)
    page = reverse("onboarding:mail", args=[mail.pk])
    assert cast.browsers["owner"].get(page).status_code == 200

    def away(*_arguments: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(storages["private"], "open", away)
    assert cast.browsers["owner"].get(page).status_code == 503


@pytest.mark.usefixtures("swift")
def test_one_that_is_away_is_not_asked_again_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    with in_s3(endpoint_url=f"http://127.0.0.1:{free_port()}"):
        store: Any = storages["private"]
        with pytest.raises(StoreAway, match="EndpointConnectionError"):
            store.open("a")
        for act in (
            lambda: store.open("a"),
            lambda: store.exists("a"),
            lambda: store.size("a"),
            lambda: store.delete("a"),
            lambda: store.save("a", ContentFile(b"a")),
            lambda: list(store.lying()),
        ):
            with pytest.raises(StoreAway, match="a moment ago"):
                act()
        monkeypatch.setattr(store, "_asked_again_at", 0.0)
        with pytest.raises(StoreAway, match="EndpointConnectionError"):
            store.exists("a")
    assert encrypted_s3.PAUSE <= 30


@pytest.mark.usefixtures("swift")
def test_what_is_erased_while_it_is_asked_for_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    fetch = S3File.open

    def erased_first(found: Any, *arguments: Any) -> Any:
        found._storage.delete(found.name)
        return fetch(found, *arguments)

    with in_s3():
        store: Any = storages["private"]
        store.save("documents/silinen", ContentFile(b"a"))
        monkeypatch.setattr(S3File, "open", erased_first)
        with pytest.raises(FileNotFoundError):
            store.stored("documents/silinen")


@pytest.mark.usefixtures("swift")
def test_what_is_not_there_is_no_store_that_is_away() -> None:
    with in_s3():
        store = storages["private"]
        with pytest.raises(FileNotFoundError):
            store.open("documents/kimsenin")
        assert not store.exists("documents/kimsenin")
        store.save("documents/benim", ContentFile(b"a"))
        assert store.open("documents/benim").read() == b"a"
