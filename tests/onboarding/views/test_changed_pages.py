"""One bad page of several: another comes in its place, or it goes, and nothing that was handed in is lost."""

from typing import Any

import pytest
from django.urls import reverse

from documents.models import Document
from documents.storage import read
from onboarding.actions.pre_application import submission
from onboarding.steps import PRE_APPLICATION
from tests.documents.test_made_small import painted
from tests.onboarding.views.test_added_pages import BLUE, BY_SCRIPT, RED, current
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF
from tests.scenarios.papers import photo, upload

pytestmark = pytest.mark.django_db
GREEN = (10, 200, 10)
OFFER = "Bir sayfayı değiştir ya da çıkar"


@pytest.fixture
def cast() -> Cast:
    found = Cast()
    found.fill_in()
    return found


def photographed(cast: Cast, *colours: tuple[int, int, int], kind: str = "signature_circular") -> Document:
    pages = [upload(photo(colour), f"{number}.jpg") for number, colour in enumerate(colours, 1)]
    cast.send("upload", kind, file=pages)
    return current(cast, kind)


def change(cast: Cast, of: Document, page: int | str, *files: Any, **more: Any) -> Any:
    return cast.send("upload", of.kind, onto=str(of.pk), page=["", str(page)], file=list(files), **more)


def colours(document: Document) -> list[str]:
    names = ("red", "green", "blue")
    middles: list[Any] = [page.getpixel((30, 40)) for page in painted(read(document))]
    return [names[max(range(3), key=middle.__getitem__)] for middle in middles]


def test_another_page_in_the_place_of_one(cast: Cast) -> None:
    first = photographed(cast, RED, BLUE, RED)
    page = change(cast, first, 2, upload(photo(GREEN), "yeni.jpg"))
    whole = current(cast)
    assert colours(whole) == ["red", "green", "red"]
    assert "2. sayfa değişti: İmza sirküleri. Önceki hali belgelerinizde durur." in page.words
    first.refresh_from_db()
    assert first.replaced_by == whole
    assert first.erased_at is None
    assert "Önceki sürümler (1)" in cast.open("documents").words


def test_two_in_the_place_of_the_last_one(cast: Cast) -> None:
    change(cast, photographed(cast, RED, BLUE), 2, upload(photo(GREEN), "2.jpg"), upload(photo(RED), "3.jpg"))
    assert colours(current(cast)) == ["red", "green", "red"]


def test_a_page_is_taken_out(cast: Cast) -> None:
    page = change(cast, photographed(cast, RED, BLUE, GREEN), 1, take_out="1")
    assert colours(current(cast)) == ["blue", "green"]
    assert "1. sayfa çıkarıldı: İmza sirküleri artık 2 sayfa." in page.words


def test_it_is_offered_with_each_page_where_there_are_several(cast: Cast) -> None:
    photographed(cast, RED)
    assert OFFER not in cast.open("pre_application").words
    found = photographed(cast, RED, BLUE)
    page = cast.open("pre_application")
    assert page.words.index(OFFER) < page.words.index("1. sayfa") < page.words.index("2. sayfa")
    body = cast.browsers["owner"].get(reverse("onboarding:pre_application")).content.decode()
    for number in (1, 2):
        assert f'src="{reverse("onboarding:document_page", args=[found.pk, number])}"' in body


def test_a_page_is_shown_to_who_may_open_its_paper(cast: Cast) -> None:
    found = photographed(cast, RED, BLUE)
    path = reverse("onboarding:document_page", args=[found.pk, 2])
    shown = cast.browsers["owner"].get(path)
    assert shown["Content-Type"] == "image/jpeg"
    assert cast.browsers["editor"].get(path).status_code == 403
    assert cast.browsers["owner"].get(path.replace("/2/", "/3/")).status_code == 404
    seen = cast.browsers["editor"].get(reverse("onboarding:pre_application")).content.decode()
    assert "2. sayfa" in seen
    assert path not in seen


def test_the_form_of_step_5_too() -> None:
    cast = Cast()
    cast.preparing()
    cast.send("upload_assignment", file=[upload(photo(RED), "1.jpg"), upload(photo(BLUE), "2.jpg")])
    assert OFFER in cast.open("partner_assignment").words
    form = current(cast, "assignment_form")
    page = cast.send("upload_assignment", onto=str(form.pk), page="1", file=upload(photo(GREEN), "1.jpg"))
    assert "1. sayfa değişti" in page.words
    assert colours(current(cast, "assignment_form")) == ["green", "blue"]


def test_once_a_correction_is_asked_for() -> None:
    cast = Cast()
    cast.ready()
    found = photographed(cast, RED, BLUE, kind="undertaking")
    cast.press("review", "submit")
    assert OFFER not in cast.open("pre_application").words
    remarks = [("undertaking", "İkinci sayfası okunmuyor.")]
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    assert OFFER in cast.open("pre_application").words
    change(cast, found, 2, upload(photo(GREEN), "2.jpg"))
    assert colours(current(cast, "undertaking")) == ["red", "green"]
    assert "Düzeltildi" in cast.open("pre_application").words


class TestRefused:
    def test_where_no_page_is_named(self, cast: Cast) -> None:
        found = photographed(cast, RED, BLUE)
        sent: dict[str, Any] = {"onto": str(found.pk), "page": "", "file": upload(photo(GREEN), "2.jpg")}
        path = reverse("onboarding:upload", args=[found.kind])
        answer = cast.browsers["owner"].post(path, sent, headers=BY_SCRIPT)
        assert answer.json()["error"] == "Önce hangi sayfa olduğunu seçin."
        assert "Önce hangi sayfa olduğunu seçin." in cast.send("upload", found.kind, **sent | {"file": []}).words
        assert current(cast) == found

    def test_without_a_file_and_the_last_page(self, cast: Cast) -> None:
        found = photographed(cast, RED, BLUE)
        assert "Önce bir dosya seçin." in change(cast, found, 1).words
        change(cast, found, 1, take_out="1")
        assert "Belgenin tek sayfası çıkarılamaz" in change(cast, current(cast), 1, take_out="1").words
        assert colours(current(cast)) == ["blue"]

    def test_a_page_that_is_not_there(self, cast: Cast) -> None:
        found = photographed(cast, RED, BLUE)
        for named in ("0", "3", "-1", "x"):
            assert "sayfalarına dokunulmadı" in change(cast, found, named, take_out="1").words
        assert current(cast) == found
