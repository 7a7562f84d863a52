"""What people stumbled over in İYS's round of corrections, and on the way from the review to what it repeats."""

import pytest
from django.urls import reverse

from onboarding.actions.pre_application import submission
from onboarding.actor import IYS
from onboarding.machine import Step
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF
from tests.scenarios.papers import blank_pdf, upload

pytestmark = pytest.mark.django_db
REVIEWED = "/basvuru/adim/1/gozden-gecir/"


def asked_of(step: Step, *remarks: tuple[str, str]) -> Cast:
    """In the round of support's corrections (step 1) or of İYS's (step 2)."""
    cast = Cast()
    if step is STATUS_QUERY:
        cast.at_iys()
        cast.move(STATUS_QUERY, "ask_changes", IYS, reason="Düzeltin")
    else:
        cast.submitted()
    submission.ask_changes(application=cast.now(), step=step, remarks=remarks, actor=STAFF)
    return cast


@pytest.fixture
def cast() -> Cast:
    return asked_of(STATUS_QUERY, ("website", "Açılmıyor"))


def test_the_board_leads_at_once_to_where_the_corrections_are_made(cast: Cast) -> None:
    assert cast.open("board").links["Devam et"] == reverse("onboarding:pre_application")
    assert cast.open("pre_application").links["Web Sitesi"].endswith("/iletisim/#id_website")


def test_the_card_of_the_data_is_not_done_while_one_of_them_is_to_be_corrected(cast: Cast) -> None:
    def card() -> str:
        source = cast.browsers["owner"].get(reverse("onboarding:pre_application")).content.decode()
        return source.partition("<h2>Başvuru bilgileri</h2>")[2].partition("</section>")[0]

    assert "Düzeltilecek" in card()
    assert "Tamamlandı" not in card()
    assert 'class="button"' in card()
    cast.write(website="https://yeni.example")
    assert "Tamamlandı" in card()
    assert 'class="button button--secondary"' in card()


def test_the_page_of_iyss_corrections_is_named_as_such(cast: Cast) -> None:
    source = cast.browsers["owner"].get(reverse("onboarding:pre_application")).content.decode()
    assert "<h1>İYS'nin istediği düzeltmeler</h1>" in source.replace("&#x27;", "'")
    page = cast.open("pre_application")
    assert "Adım 2/6 · Düzeltme" in page
    assert "İYS'nin incelemesi" not in page, "it is the company that writes"


def test_what_support_wants_corrected_is_not_called_its_review() -> None:
    cast = asked_of(PRE_APPLICATION, ("website", "Açılmıyor"))
    page = cast.open("pre_application")
    assert "Adım 1/6 · Düzeltme" in page
    assert "Aşağıda yazanları düzeltin." in page
    assert "Gözden geçirin ve gönderin" in page
    page = cast.open("pre_application", role="viewer")
    who = f"firma sahibi {cast.people['owner']} ya da düzenleyen {cast.people['editor']}"
    assert f"Aşağıda yazanları {who} düzeltir." in page
    assert "Gözden geçirin ve gönderin" not in page


def test_who_sends_a_correction_to_whom_is_said_in_one_way(cast: Cast) -> None:
    sent = "bize gönderirsiniz; destek ekibimiz bakıp İYS'ye iletir."
    assert sent in cast.open("status_query")
    said = f"Düzeltmeyi firma sahibi {cast.people['owner']} bize gönderir; destek ekibimiz bakıp İYS'ye iletir."
    assert said in cast.open("status_query", role="editor")


def test_the_review_gets_back_who_looks_at_brands_or_parcel() -> None:
    cast = Cast()
    cast.ready()
    page = cast.open("review")
    brands = page.links["Marka adı yaz"]
    for path in (brands, page.links["Kargo bilgisi ve etiket"]):
        source = cast.browsers["owner"].get(path).content.decode()
        assert f'<a href="{REVIEWED}">Gözden geçirmeye dön</a>' in source, path
    answer = cast.browsers["owner"].post(brands, {"name": "Mavi Yelken"})
    assert answer["Location"] == brands, "another one may follow"
    page = cast.open("review")
    assert "Marka adlarını değiştir" in page.links
    shown = cast.open("brand_names", query="?geri=gozden-gecir")
    (action,) = [each for each in shown.actions if "cikar" in each]
    assert cast.browsers["owner"].post(action)["Location"] == REVIEWED


def test_a_brand_that_is_there_is_not_to_be_edited_where_nothing_can_be() -> None:
    cast = Cast()
    cast.ready()
    cast.send("brand_names", name="Mavi Yelken")
    page = cast.send("brand_names", name="MAVİ YELKEN")
    assert "Bu adla bir markanız zaten var; başka bir ad yazın." in page


@pytest.mark.parametrize("step", [PRE_APPLICATION, STATUS_QUERY])
def test_the_last_file_that_was_asked_for_leads_to_the_review_as_in_the_first_round(step: Step) -> None:
    cast = asked_of(step, ("signature_circular", "Okunmuyor"), ("trade_registry_gazette", "Eski"))
    first = cast.answer("upload", "signature_circular", file=upload(blank_pdf(2), "sirkuler.pdf"))
    assert first["Location"] == reverse("onboarding:pre_application"), "another one is asked for"
    last = cast.answer("upload", "trade_registry_gazette", file=upload(blank_pdf(3), "gazete.pdf"))
    assert last["Location"] == REVIEWED


def test_what_is_asked_of_the_whole_may_be_about_more_files_than_one() -> None:
    cast = asked_of(PRE_APPLICATION, ("", "Belgeler okunmuyor"))
    answer = cast.answer("upload", "signature_circular", file=upload(blank_pdf(2), "sirkuler.pdf"))
    assert answer["Location"] == reverse("onboarding:pre_application")
