"""The papers of a case page by page, as pictures beside the fields; who opens one is in the journal once."""

import io
import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from PIL import Image

import documents.looks
from confinement.running import Ended
from documents import inspection
from documents.models import Document, Origin
from documents.storage import erase, store
from journal.models import Entry, Event
from tests.scenarios.ladder import submitted
from tests.scenarios.papers import blank_pdf
from tests.scenarios.support import REVIEW, Support

pytestmark = pytest.mark.django_db


@pytest.fixture
def support() -> Support:
    return Support(submitted(), *REVIEW)


@pytest.fixture
def paper(support: Support) -> Document:
    """Of two pages."""
    return store(
        company=support.application.company,
        kind="undertaking",
        payload=blank_pdf(2),
        filename="taahhütname.pdf",
        content_type=inspection.PDF,
        pages=2,
        origin=Origin.UPLOADED,
        by=None,
    )


class Later:
    @staticmethod
    def now() -> datetime:
        return timezone.now() + timedelta(minutes=20)


def page(support: Support, document: Document, number: int) -> Any:
    return support.open("page", document.pk, number)


def looked(support: Support) -> int:
    return Entry.objects.filter(event=Event.PAPER_OPENED, actor=support.user).count()


def test_each_page_is_a_picture_that_is_kept_nowhere(support: Support, paper: Document) -> None:
    for number in (1, 2):
        answer = page(support, paper, number)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        with Image.open(io.BytesIO(answer.content)) as picture:
            assert max(picture.size) == 2200


def test_there_are_no_other_pages(support: Support, paper: Document) -> None:
    assert [page(support, paper, number).status_code for number in (0, 3)] == [404, 404]
    assert support.open("page", uuid4(), 1).status_code == 404
    erase(paper)
    assert page(support, paper, 1).status_code == 404
    assert looked(support) == 0


def test_a_picture_has_no_pages(support: Support, paper: Document) -> None:
    Document.objects.filter(pk=paper.pk).update(content_type="image/jpeg", pages=None)
    assert page(support, paper, 1).status_code == 404


def test_pages_are_for_who_reviews(paper: Document, support: Support) -> None:
    looker = Support(support.application, "view_application")
    assert page(looker, paper, 1).status_code == 403


def test_leafing_through_a_paper_is_one_look(
    support: Support, paper: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2, 1):
        page(support, paper, number)
    assert looked(support) == 1
    # Somebody reads slowly.
    monkeypatch.setattr(documents.looks, "timezone", Later)
    page(support, paper, 2)
    assert looked(support) == 1
    # It is opened again, at its first page.
    page(support, paper, 1)
    assert looked(support) == 2


def test_who_leafs_in_at_the_second_page_has_looked_as_well(support: Support, paper: Document) -> None:
    page(support, paper, 2)
    assert looked(support) == 1


def test_a_page_that_cannot_be_shown_says_what_to_do_instead(
    support: Support, paper: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ends(*_args: object, **_more: object) -> None:
        raise Ended("SIGALRM")

    monkeypatch.setattr(inspection, "run", ends)
    answer = page(support, paper, 1)
    assert (answer.status_code, answer.content.decode()) == (422, inspection.NOT_SHOWN)


def test_the_page_of_the_case_has_the_first_page_and_how_many_there_are(support: Support, paper: Document) -> None:
    shown = support.open().content.decode()
    found = re.search(rf'<details[^>]*data-pages="2" data-name="{paper.name}".*?</details>', shown, re.DOTALL)
    assert found is not None
    assert f'src="{support.url("page", paper.pk, 1)}"' in found[0]
    assert "<object" not in shown
    assert "Sayfa 1/2" in found[0]
