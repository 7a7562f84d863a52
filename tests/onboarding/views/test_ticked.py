"""What is ticked in step 5 is what the form says: a download keeps the ticks first, and what is not used is not
ticked beforehand."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from onboarding.dossier import papers
from onboarding.models import Assignment, DocumentKind
from tests.scenarios.cast import Cast

pytestmark = pytest.mark.django_db


def said(cast: Cast, kind: str) -> str:
    paper = papers.PAPERS[DocumentKind(kind)](cast.now())
    assert paper is not None
    return render_to_string(paper.template, dict(paper.context))


@pytest.mark.parametrize(
    ("counts", "ticked"),
    [
        ({"message": 3_200, "call": 0, "email": 4_100}, ["message", "email"]),
        ({"message": 0, "call": 0, "email": 1}, ["email"]),
        ({"message": 0, "call": 0, "email": 0}, ["message", "call", "email"]),
    ],
)
def test_a_channel_without_addresses_is_not_ticked_beforehand(counts: dict[str, int], ticked: list[str]) -> None:
    cast = Cast()
    cast.preparing(**counts)
    assert cast.open("partner_assignment").ticked == ticked
    assert Assignment.of(cast.now()).channels == ticked


@pytest.mark.parametrize("paper", ["assignment_blank", "assignment_to_sign"])
def test_the_form_that_is_downloaded_says_what_is_ticked(paper: str) -> None:
    cast = Cast()
    cast.preparing(message=3_200, call=10, email=4_100)
    assert "Mesaj, Arama, E-posta" in said(cast, paper)
    answer = cast.answer("assignment_channels", channels=["email"], paper=paper)
    assert answer["Location"] == reverse("onboarding:paper", args=[paper])
    assert "<td>E-posta</td>" in said(cast, paper)
    assert cast.open("partner_assignment").ticked == ["email"]


def test_a_download_without_any_tick_is_refused_beside_the_boxes() -> None:
    cast = Cast()
    cast.preparing()
    page = cast.send("assignment_channels", paper="assignment_blank")
    assert page.status == 422
    assert "En az bir kanal seçin." in page


def test_a_form_signed_for_other_channels_is_signed_anew_after_a_download_too() -> None:
    cast = Cast()
    cast.preparing()
    cast.form_handed_in()
    cast.answer("assignment_channels", channels=["email"], paper="assignment_blank")
    page = cast.open("partner_assignment")
    assert "Kanallar değişti" in page
    assert "Gözden geçir ve gönder" not in page.links
    page = cast.send("assignment_channels", channels=["message", "email"])
    assert "Gözden geçir ve gönder" in page.links
