"""A wrong document is taken away while something else happens to it, or to the dossier it stands in."""

import re
from typing import Any

import pytest
from django.urls import reverse

from documents.models import Document
from journal.models import Entry, Event
from onboarding.models import DocumentKind
from onboarding.steps import PRE_APPLICATION
from tests.scenarios.browser import Screen, words
from tests.scenarios.cast import Cast
from tests.scenarios.papers import blank_pdf, upload

pytestmark = pytest.mark.django_db
KIND = DocumentKind.SIGNATURE_CIRCULAR.value


@pytest.fixture
def cast() -> Cast:
    cast = Cast()
    cast.ready()
    return cast


def current(cast: Cast, kind: str = KIND) -> Document:
    found = cast.company.documents.current().of_kind(kind).get()
    assert isinstance(found, Document)
    return found


def takes(cast: Cast, document: Document, kind: str = KIND, role: str = "owner") -> Any:
    return cast.answer("upload", kind, role=role, follow=True, take_away=str(document.pk))


def gone(document: Document) -> bool:
    document.refresh_from_db()
    return document.erased_at is not None


def test_what_was_taken_away_is_missing_and_nothing_is_sent_without_it(cast: Cast) -> None:
    """Also from a review that was opened before."""
    fields = cast.open("review").fields
    takes(cast, current(cast), role="editor")
    cast.send("submit", **fields)
    assert cast.state(PRE_APPLICATION) == "draft"
    assert "Her şey hazır" not in cast.open("pre_application")
    cast.send("upload", KIND, file=upload(blank_pdf(2), "dogru.pdf"))
    assert current(cast).name == "dogru.pdf"
    cast.submit()
    assert cast.state(PRE_APPLICATION) == "submitted"


def test_a_page_that_was_open_while_it_was_handed_in_takes_nothing_away(cast: Cast) -> None:
    document = current(cast)
    cast.submit()
    answer = takes(cast, document)
    assert "artık kaldırılamaz" in words(answer)
    assert not gone(document)


def test_twice_and_from_two_tabs_is_once(cast: Cast) -> None:
    document = current(cast)
    takes(cast, document)
    answer = takes(cast, document)
    assert answer.status_code == 200
    assert "artık burada değil" in words(answer)
    assert Entry.objects.filter(event=Event.DOCUMENT_WITHDRAWN).count() == 1


@pytest.mark.parametrize("role", ["viewer"])
def test_who_only_looks_takes_nothing_away(cast: Cast, role: str) -> None:
    document = current(cast)
    assert takes(cast, document, role=role).status_code == 403
    assert not gone(document)
    assert not re.search(r"kaldır: ", " ".join(cast.open("pre_application", role=role).buttons))


def test_another_companys_document_is_not_there(cast: Cast) -> None:
    other = Cast(trade_name="Öteki Ticaret Limited Şirketi")
    other.ready()
    theirs = current(other)
    answer = takes(cast, theirs)
    assert theirs.name not in words(answer) or "kaldırıldı" not in words(answer)
    assert not gone(theirs)
    assert not gone(current(cast))


def test_the_one_before_a_replaced_one_is_left_and_the_newest_too(cast: Cast) -> None:
    first = current(cast)
    cast.send("upload", KIND, file=upload(blank_pdf(2), "yeni.pdf"))
    answer = takes(cast, first)
    assert "artık burada değil" in words(answer)
    assert current(cast).name == "yeni.pdf"


def test_the_one_before_comes_back_and_the_page_says_which_stands_there_now(cast: Cast) -> None:
    """Otherwise somebody sends what they had thrown away."""
    cast.send("upload", KIND, file=upload(blank_pdf(2), "yeni.pdf"))
    answer = takes(cast, current(cast))
    assert current(cast).name == f"{KIND}.pdf"
    assert f"{KIND}.pdf" in words(answer)


def test_asked_for_again_by_support_it_is_replaced_and_never_taken_away(cast: Cast) -> None:
    cast.submit()
    cast.move(PRE_APPLICATION, "ask_changes", reason="İmza sirküleri okunmuyor")
    document = current(cast)
    answer = takes(cast, document)
    assert "yenisiyle değiştirin" in words(answer)
    assert not gone(document)


def test_looking_at_the_address_takes_nothing_away(cast: Cast) -> None:
    document = current(cast)
    url = reverse("onboarding:upload", args=[KIND])
    assert cast.browsers["owner"].get(f"{url}?take_away={document.pk}").status_code == 302
    assert not gone(document)


def test_on_another_channel_what_is_not_asked_for_stays(cast: Cast) -> None:
    document = current(cast)
    cast.send("channel", channel="online")
    assert Screen(takes(cast, document)).status in (200, 404)
    cast.send("channel", channel="manual")
    assert current(cast) == document or gone(document)


def test_without_script_one_lands_where_the_documents_are(cast: Cast) -> None:
    answer = cast.answer("upload", KIND, take_away=str(current(cast).pk))
    assert answer.status_code == 302
    assert "#" in answer.url or answer.url.endswith("/adim/1/")
