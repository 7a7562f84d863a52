"""A paper that is doubted has one state, and nothing goes on to the review by itself meanwhile."""

import pytest
from django.urls import reverse

from documents.storage import read
from onboarding.models import DocumentKind
from tests.documents.reading.samples import gazette
from tests.scenarios.browser import Screen
from tests.scenarios.cast import Cast
from tests.scenarios.papers import blank_pdf, upload

pytestmark = pytest.mark.django_db

UNDERTAKING, FORM = DocumentKind.UNDERTAKING, DocumentKind.ASSIGNMENT_FORM
WRONG = "Bu bir taahhütname değil, ticaret sicil gazetesi gibi görünüyor."
BY_SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


def by_script(cast: Cast, payload: bytes, kind: str = UNDERTAKING) -> dict[str, object]:
    """What the page's script is told of a file that was chosen."""
    url = reverse("onboarding:upload", args=[kind])
    answer = cast.browsers["owner"].post(url, {"file": upload(payload, "belge.pdf")}, headers=BY_SCRIPT)
    told: dict[str, object] = answer.json()
    return told


def test_a_paper_of_another_kind_is_not_said_to_be_well() -> None:
    cast = Cast()
    cast.ready()
    told = by_script(cast, gazette())
    assert told["doubted"]
    assert "next" not in told, "the last paper is there, and is to be looked at again"
    page = cast.open("pre_application")
    assert WRONG in page
    assert "Kontrol edin" in page
    assert page.words.count("Kontrol edin") == 1
    again = by_script(cast, blank_pdf(4))
    assert not again["doubted"]
    assert str(again["next"]).endswith(reverse("onboarding:review"))
    assert "Kontrol edin" not in cast.open("pre_application")


def test_the_last_paper_does_not_lead_on_while_another_is_doubted() -> None:
    cast = Cast()
    cast.ready()
    by_script(cast, gazette())
    told = by_script(cast, blank_pdf(4), DocumentKind.SIGNATURE_CIRCULAR)
    assert not told["doubted"]
    assert "next" not in told


def test_without_script_the_sentence_of_such_a_paper_is_no_good_news() -> None:
    cast = Cast()
    cast.ready()
    answer = cast.browsers["owner"].post(
        reverse("onboarding:upload", args=[UNDERTAKING]), {"file": upload(gazette(), "gazete.pdf")}, follow=True
    )
    body = answer.content.decode()
    assert "callout--success" not in body
    assert "Kaşeli ve imzalı taahhütname yüklendi. Kontrol etmeniz gereken bir şey var." in Screen(answer)


def test_the_wrong_form_of_step_5_stays_where_it_was_chosen() -> None:
    cast = Cast()
    cast.preparing()
    same = cast.company.documents.current().get(kind=UNDERTAKING)
    answer = cast.browsers["owner"].post(
        reverse("onboarding:upload_assignment"), {"file": upload(read(same), "yanlis.pdf")}, follow=True
    )
    assert answer.redirect_chain[-1][0] == reverse("onboarding:partner_assignment")
    page = Screen(answer)
    assert "başka bir belge olarak da yüklendi: Kaşeli ve imzalı taahhütname" in page
    assert "Kontrol edin yanlis.pdf" in page
    assert "callout--success" not in answer.content.decode()
    assert "Gözden geçir ve gönder" in page.links, "it may be right all the same"
