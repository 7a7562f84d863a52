"""The portal knows how many pages it made of a paper: one that comes back shorter is told, and stopped nowhere."""

import pytest

from documents.inspection import PDF
from documents.models import Origin
from documents.rendering import digest_of
from documents.storage import store
from onboarding.dossier import papers
from onboarding.models import DocumentKind
from onboarding.steps import PARTNER_ASSIGNMENT
from tests.scenarios.cast import Cast
from tests.scenarios.papers import blank_pdf, upload
from tests.scenarios.support import Support

pytestmark = pytest.mark.django_db


def made(cast: Cast, kind: DocumentKind, pages: int) -> None:
    """As if the paper had been rendered and downloaded."""
    paper = papers.PAPERS[kind](cast.now())
    assert paper is not None
    store(
        company=cast.company,
        kind=kind,
        payload=blank_pdf(pages + 4),  # another file than what is handed in
        filename="bos.pdf",
        content_type=PDF,
        pages=pages,
        origin=Origin.GENERATED,
        by=None,
        source_sha256=digest_of(paper.template, paper.context),
    )


def test_an_undertaking_without_its_second_page_is_said_to_the_company_and_to_support() -> None:
    said = "Portalın hazırladığı taahhütname 2 sayfa, yüklediğiniz 1 sayfa."
    cast = Cast()
    cast.ready()
    made(cast, DocumentKind.UNDERTAKING_BLANK, 2)
    page = cast.send("upload", "undertaking", file=upload(blank_pdf(), "foto.pdf"))
    assert said in page.words or said in cast.open("pre_application")
    assert said in cast.open("pre_application")
    assert "Portalın hazırladığı taahhütname 2 sayfa, yüklenen 1 sayfa." in Support(cast.now()).page()
    cast.press("review", "submit")
    assert cast.now().submissions.exists(), "it is said and stops nothing"


@pytest.mark.parametrize("pages", [2, 3])
def test_a_whole_one_is_said_nothing_of(pages: int) -> None:
    cast = Cast()
    cast.ready()
    made(cast, DocumentKind.UNDERTAKING_BLANK, 2)
    cast.send("upload", "undertaking", file=upload(blank_pdf(pages), "tam.pdf"))
    assert "Portalın hazırladığı" not in cast.open("pre_application")


def test_a_paper_that_was_never_made_here_is_compared_with_nothing() -> None:
    cast = Cast()
    cast.ready()
    assert "Portalın hazırladığı" not in cast.open("pre_application")


def test_a_form_of_step_5_without_its_second_page_is_said_too() -> None:
    said = "Portalın hazırladığı atama formu 2 sayfa, yüklediğiniz 1 sayfa."
    cast = Cast()
    cast.preparing()
    made(cast, DocumentKind.ASSIGNMENT_BLANK, 2)
    page = cast.send("upload_assignment", file=upload(blank_pdf(), "foto.pdf"))
    assert said in page, "on the review, which is next"
    assert said in cast.open("partner_assignment")
    assert "Portalın hazırladığı atama formu 2 sayfa, yüklenen 1 sayfa." in Support(cast.now()).page()
    cast.press("review_assignment", "review_assignment")
    assert cast.state(PARTNER_ASSIGNMENT) == "form_review"
