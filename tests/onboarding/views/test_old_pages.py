"""What is sent from a page of before: a sentence says what happened, and leads to the page of now."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from brands.models import Brand
from documents.models import Document, DraftUpload
from onboarding.actions.pre_application import co_signatories
from onboarding.models import DocumentKind
from onboarding.steps import PRE_APPLICATION
from onboarding.transitions import perform
from onboarding.views import board
from sandbox.authority import Authority
from tenancy.old_pages import GONE
from tenancy.requests import AUTOSAVE_HEADER
from tests.scenarios.browser import Screen
from tests.scenarios.cast import Cast
from tests.scenarios.factories import tckn
from tests.scenarios.online import BRAND, Online
from tests.scenarios.papers import blank_pdf, upload

pytestmark = pytest.mark.django_db
BY_SCRIPT = {"X-Requested-With": "XMLHttpRequest"}
LEADS_ON = "Güncel sayfayı açın"
CIRCULAR = str(DocumentKind.SIGNATURE_CIRCULAR)


@pytest.fixture
def cast() -> Cast:
    found = Cast()
    found.fill_in()
    return found


def posts(cast: Cast, name: str, *args: object, page: str = "", headers: Any = None, **data: Any) -> Any:
    """From a form that stood on `page`."""
    path = reverse(name, args=args or None)
    came = {"Referer": f"http://testserver{page}"} if page else {}
    return cast.browsers["owner"].post(path, data, headers={**came, **(headers or {})})


def uploads(cast: Cast, **more: Any) -> Any:
    return posts(cast, "onboarding:upload", CIRCULAR, file=upload(blank_pdf()), **more)


SAYS = (
    "Bu sayfa eskimiş: başvurunuz şimdi “Çevrim içi başvuru” yoluyla sürüyor; bu haliyle “İmza sirküleri” "
    "istenmiyor. Dosyanız kaydedilmedi."
)


def test_an_upload_for_the_channel_of_before_says_that_another_one_is_gone_now(cast: Cast) -> None:
    cast.send("channel", channel="online")
    page = Screen(uploads(cast))
    assert page.status == 404
    assert SAYS in page
    assert cast.browsers["owner"].get(page.links[LEADS_ON], follow=True).status_code == 200
    assert page.links[LEADS_ON] == reverse("onboarding:pre_application")
    assert not Document.objects.exists()


def test_the_script_is_told_the_same_beside_the_file(cast: Cast) -> None:
    cast.send("channel", channel="online")
    answer = uploads(cast, headers=BY_SCRIPT)
    assert answer.status_code == 404
    assert answer.json()["error"] == SAYS
    assert f'href="{reverse("onboarding:pre_application")}"' in answer.json()["details"]


def test_a_channel_that_is_being_chosen_anew_says_so(cast: Cast) -> None:
    form = cast.now().application_form
    form.channel = ""
    form.save(update_fields=["channel"])
    page = Screen(posts(cast, "onboarding:upload", "tax_plate", file=upload(blank_pdf())))
    assert "başvurunuz için henüz yol seçilmedi; “Vergi levhası" in page


def test_what_is_no_document_at_all_is_told_of_in_general(cast: Cast) -> None:
    assert GONE in Screen(posts(cast, "onboarding:upload", "yok", file=upload(blank_pdf())))


@pytest.mark.parametrize("name", ["onboarding:cargo", "onboarding:submit", "onboarding:renew_link"])
def test_a_form_of_an_application_that_was_closed_meanwhile(cast: Cast, name: str) -> None:
    cast.move(PRE_APPLICATION, "withdraw", cast.owner, reason="Vazgeçtik")
    page = Screen(posts(cast, name))
    assert page.status == 404
    assert "başvurunuz bu arada kapandı" in page
    assert page.links[LEADS_ON] == reverse("onboarding:board")


def test_an_application_that_is_closed_while_its_withdrawal_is_read(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(**given: Any) -> None:
        cast.move(PRE_APPLICATION, "withdraw", cast.owner, reason="Vazgeçtik")
        perform(**given)

    monkeypatch.setattr(board, "perform", slowly)
    page = Screen(posts(cast, "onboarding:withdraw", reason="Vazgeçtik"))
    assert (page.status, page.links[LEADS_ON]) == (404, reverse("onboarding:board"))
    assert "başvurunuz bu arada kapandı" in page


def test_what_a_colleague_has_taken_away_leads_back_to_the_page_that_is_as_it_is_now(cast: Cast) -> None:
    person = co_signatories.add(application=cast.now(), name="Ege Yalın", identity=tckn(8), actor=cast.owner)
    page = reverse("onboarding:co_signatories")
    gone = person.pk
    assert posts(cast, "onboarding:remove_co_signatory", gone, page=page).status_code == 302
    told = Screen(posts(cast, "onboarding:remove_co_signatory", gone, page=page))
    assert GONE in told
    assert told.links[LEADS_ON] == page


@pytest.mark.parametrize("page", ["https://evil.example/x", ""])
def test_no_other_sites_page_is_led_to(cast: Cast, page: str) -> None:
    path = reverse("onboarding:remove_co_signatory", args=[4711])
    answer = cast.browsers["owner"].post(path, headers={"Referer": page} if page else None)
    assert Screen(answer).links[LEADS_ON] == reverse("onboarding:board")


def test_htmx_is_led_to_the_page_of_now(authority: Authority, trust: Path) -> None:
    cast = Online(authority, trust)
    with cast.settings:
        cast.entering()
        brand = Brand.objects.create(company=cast.company, name="Lodos")
        brand_path = reverse("onboarding:edit_brand", args=[brand.pk])
        brand.delete()
        page = reverse("onboarding:info_entry")
        headers = {"HX-Request": "true", "Referer": f"http://testserver{page}"}
        answer = cast.browsers["owner"].post(brand_path, BRAND, headers=headers)
    assert (answer.status_code, answer["HX-Redirect"]) == (404, page)
    assert GONE in Screen(cast.browsers["owner"].get(page, follow=True))


def test_what_a_page_saves_by_itself_is_told_in_its_own_way(cast: Cast) -> None:
    cast.move(PRE_APPLICATION, "withdraw", cast.owner, reason="Vazgeçtik")
    answer = posts(cast, "onboarding:dossier_page", "firma", headers={AUTOSAVE_HEADER: "1"})
    assert (answer.status_code, "kapandı" in answer.json()["said"]) == (409, True)


def test_a_page_with_a_form_that_is_closed_now_does_not_swallow_what_is_sent(
    authority: Authority, trust: Path
) -> None:
    cast = Online(authority, trust)
    with cast.settings:
        cast.fill()
        said = cast.send("figures", message_sent="12")
        assert "Bu sayfa siz açtıktan sonra kapandı; gönderdiğiniz kaydedilmedi." in said
        signed = posts(cast, "onboarding:sign", headers=BY_SCRIPT, file=upload(blank_pdf()))
        assert signed.status_code == 422
        cast.send("channel", channel="manual")
        signed = posts(cast, "onboarding:sign", headers=BY_SCRIPT, file=upload(blank_pdf()))
        assert "kapandı" in signed.json()["error"]
    assert not DraftUpload.objects.exists()


def test_looking_for_what_is_gone_stays_a_page_that_is_not_there(cast: Cast) -> None:
    answer = cast.browsers["owner"].get(reverse("onboarding:document", args=[uuid4()]))
    assert answer.status_code == 404
    assert "Sayfa bulunamadı" in Screen(answer)
