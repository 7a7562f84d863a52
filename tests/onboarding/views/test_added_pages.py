"""Pages that come behind what was uploaded: one by one with a camera, or the second that was forgotten."""

from typing import Any

import pytest
from django.test import override_settings
from django.urls import reverse

from documents.models import Document, DraftUpload
from documents.storage import read
from onboarding.actions.pre_application import submission
from onboarding.models import DocumentKind
from onboarding.steps import PRE_APPLICATION
from tests.documents.test_made_small import painted
from tests.onboarding.views.test_pages_lacking import made
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF
from tests.scenarios.papers import blank_pdf, photo, upload

pytestmark = pytest.mark.django_db
RED, BLUE = (200, 10, 10), (10, 10, 200)
ADD = "Sayfa ekle"
BY_SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


@pytest.fixture
def cast() -> Cast:
    found = Cast()
    found.fill_in()
    return found


def current(cast: Cast, kind: str = "signature_circular") -> Document:
    return cast.company.documents.current().of_kind(kind).get()


def photographed(cast: Cast, kind: str = "signature_circular") -> Document:
    cast.send("upload", kind, file=upload(photo(BLUE), "sirkuler.jpg"))
    return current(cast, kind)


def add(cast: Cast, onto: Document, *files: Any, **more: Any) -> Any:
    return cast.send("upload", onto.kind, onto=str(onto.pk), file=list(files), **more)


def test_the_second_page_comes_behind_the_first_without_script(cast: Cast) -> None:
    first = photographed(cast)
    page = add(cast, first, upload(photo(RED), "2.jpg"))
    whole = current(cast)
    assert (whole.pages, whole.name) == (2, "sirkuler.pdf")
    front, behind = painted(read(whole))
    assert front.getpixel((30, 40))[2] > 150 > behind.getpixel((30, 40))[2]  # type: ignore[index]
    assert "İmza sirküleri artık 2 sayfa." in page.words
    first.refresh_from_db()
    assert first.replaced_by == whole, "the earlier file is kept as every one that is replaced"
    assert first.erased_at is None


def test_further_pages_in_their_order(cast: Cast) -> None:
    add(cast, photographed(cast), upload(photo(RED), "2.jpg"), upload(photo(BLUE), "3.jpg"))
    add(cast, current(cast), upload(blank_pdf(), "4.pdf"))
    assert current(cast).pages == 4


def test_it_is_offered_beside_what_was_photographed_alone(cast: Cast) -> None:
    cast.send("upload", "signature_circular", file=upload(blank_pdf(), "tarama.pdf"))
    assert ADD not in cast.open("pre_application").words
    photographed(cast)
    assert ADD in cast.open("pre_application").words


def test_it_is_what_the_warning_of_too_few_pages_begins_with() -> None:
    cast = Cast()
    cast.ready()
    made(cast, DocumentKind.UNDERTAKING_BLANK, 2)
    cast.send("upload", "undertaking", file=upload(blank_pdf(), "tarama.pdf"))
    words = cast.open("pre_application").words
    assert words.index("Eksik sayfa varsa “Sayfa ekle” ile ekleyin") < words.index("Sayfa ekle:")
    add(cast, current(cast, "undertaking"), upload(photo(), "2.jpg"))
    assert "Portalın hazırladığı" not in cast.open("pre_application").words


def test_the_review_that_the_last_paper_leads_to_leads_back_to_its_pages() -> None:
    cast = Cast()
    cast.ready()
    photographed(cast, "undertaking")
    link = cast.open("review").links["Sayfa ekle: Kaşeli ve imzalı taahhütname"]
    assert link.endswith("#sayfa-ekle-undertaking")
    assert 'id="sayfa-ekle-undertaking"' in cast.browsers["owner"].get(link).content.decode()


def test_the_form_of_step_5_takes_pages_too() -> None:
    cast = Cast()
    cast.preparing()
    made(cast, DocumentKind.ASSIGNMENT_BLANK, 2)
    cast.send("upload_assignment", file=upload(photo(), "form.jpg"))
    assert ADD in cast.open("partner_assignment").words
    first = current(cast, "assignment_form")
    page = cast.send("upload_assignment", onto=str(first.pk), file=upload(photo(RED), "2.jpg"))
    assert "atama formu artık 2 sayfa." in page.words
    assert current(cast, "assignment_form").pages == 2
    assert "Portalın hazırladığı" not in page.words


def test_photos_that_wait_to_be_added_are_not_taken_for_a_new_paper(cast: Cast) -> None:
    first = photographed(cast)
    path = reverse("onboarding:keep_draft", args=["signature_circular"])
    sent = {"file": upload(photo(RED), "2.jpg"), "about": str(first.pk)}
    kept = cast.browsers["owner"].post(path, sent, headers=BY_SCRIPT)
    assert kept.status_code == 201
    draft = str(kept.json()["id"])
    assert "Önce bir dosya seçin" in cast.send("upload", "signature_circular").words
    page = cast.send("upload", "signature_circular", file_kept=draft)
    assert "Seçtiğiniz dosya artık burada değil" in page.words, "they belong to the other form"
    add(cast, first, file_kept=draft)
    assert current(cast).pages == 2
    assert not DraftUpload.objects.exists()


class TestRefused:
    def test_where_the_paper_has_become_another_since(self, cast: Cast) -> None:
        first = photographed(cast)
        cast.send("upload", "signature_circular", file=upload(blank_pdf(), "baska.pdf"))
        page = add(cast, first, upload(photo(RED), "2.jpg"))
        assert "Bu belge bu arada değişti ya da kaldırıldı; sayfalarına dokunulmadı." in page.words
        assert current(cast).name == "baska.pdf"

    @override_settings(UPLOAD_MAX_PAGES=2)
    def test_more_pages_than_a_paper_may_have(self, cast: Cast) -> None:
        add(cast, photographed(cast), upload(photo(RED), "2.jpg"))
        page = add(cast, current(cast), upload(photo(BLUE), "3.jpg"))
        assert "Birlikte 3 sayfa oluyor; bir belge en çok 2 sayfa olabilir." in page.words
        assert current(cast).pages == 2

    def test_more_bytes_than_are_kept(self, cast: Cast) -> None:
        first = photographed(cast)
        with override_settings(DOCUMENT_MAX_BYTES=first.size + 100, UPLOAD_MAX_BYTES=10**7):
            page = add(cast, first, upload(photo(RED), "2.jpg"))
        assert "Sayfalar birlikte çok büyük oluyor" in page.words
        assert current(cast).pages == 1

    def test_what_was_signed_before_the_data_changed(self) -> None:
        cast = Cast()
        cast.ready()
        first = photographed(cast, "undertaking")
        cast.write(address="Liman Cad. No: 9")
        assert ADD not in cast.open("pre_application").words
        page = add(cast, first, upload(photo(RED), "2.jpg"))
        assert "Bilgiler taahhütname imzalandıktan sonra değişti" in page.words
        assert current(cast, "undertaking") == first

    def test_once_it_is_handed_in_until_a_correction_is_asked_for(self) -> None:
        cast = Cast()
        cast.ready()
        first = photographed(cast, "undertaking")
        cast.press("review", "submit")
        assert ADD not in cast.open("pre_application").words
        add(cast, first, upload(photo(RED), "2.jpg"))
        assert current(cast, "undertaking") == first
        remarks = [("undertaking", "İkinci sayfası eksik.")]
        submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
        assert ADD in cast.open("pre_application").words
        add(cast, first, upload(photo(RED), "2.jpg"))
        assert current(cast, "undertaking").pages == 2
        assert "Düzeltildi" in cast.open("pre_application").words

    def test_another_companys_paper(self, cast: Cast) -> None:
        other = Cast()
        other.fill_in()
        theirs = photographed(other)
        page = add(cast, theirs, upload(photo(RED), "2.jpg"))
        assert "sayfalarına dokunulmadı" in page.words
        assert not cast.company.documents.exists()
