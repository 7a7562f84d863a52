"""What a file is called, beside what is in it, by somebody who has seen none of the code."""

import re

import pytest
from django.urls import reverse

from documents.inspection import JPEG, PDF, inspect
from identifiers import Refused
from tests.scenarios.cast import Cast
from tests.scenarios.papers import blank_pdf, photo, upload

pytestmark = pytest.mark.django_db
OTHER_KIND, CIRCULAR = "PDF, JPEG, PNG ya da HEIC değil", "signature_circular"
NAMES = {"pdf": "PDF", "PDF": "PDF", "jpg": "JPEG", "JPEG": "JPEG", "Png": "PNG", "HEIC": "HEIC"}
ODD = ["'imza' “asıl”", "<img src=x>&amp;", "ığ" * 200, "😀🖋", "imza.", "imza.docx"]


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.mark.parametrize(("ending", "kind"), NAMES.items())
def test_a_file_that_is_not_what_its_name_says_is_told_by_the_name(ending: str, kind: str) -> None:
    for name in (f"imza.{ending}", f"imza..{ending}", f"imza.docx.{ending}"):
        with pytest.raises(Refused, match=re.escape(f"“{name}” adında {kind} yazsa da içi {OTHER_KIND}")):
            inspect(b"MZ a program", name, max_bytes=10**6, max_pages=5)


def test_a_file_of_another_name_is_told_what_is_taken_and_a_sound_one_goes_by_what_is_in_it() -> None:
    for name in ("imza.docx", "imza", "imza.pdf.exe", "imzapdf", "imza.jpg.zip", "imza.pdfx"):
        with pytest.raises(Refused, match=re.escape(f"“{name}” {OTHER_KIND}; bunlardan birini yükleyin.")):
            inspect(b"MZ a program", name, max_bytes=10**6, max_pages=5)
    for payload, name, kind in ((blank_pdf(), "x.jpg", PDF), (photo(), "x.pdf", JPEG), (blank_pdf(), '"x"', PDF)):
        assert inspect(payload, name, max_bytes=10**6, max_pages=5).content_type == kind


@pytest.mark.parametrize("name", [*(f"{each}.pdf" for each in ODD), "imza.pdf ", "imza.pdf."], ids=range(8))
def test_an_odd_name_breaks_nothing(cast: Cast, name: str) -> None:
    cast.fill_in()
    assert OTHER_KIND in cast.send("upload", CIRCULAR, file=upload(b"MZ a program", name))
    assert not cast.company.documents.exists()
    cast.send("upload", CIRCULAR, file=upload(blank_pdf(), name))
    kept = cast.company.documents.current().get(kind=CIRCULAR)
    assert kept.content_type == PDF
    for path in {each for each in cast.open("pre_application").links.values() if str(kept.pk) in each}:
        assert cast.browsers["owner"].get(path).status_code == 200, path
    assert "<img src=x>" not in cast.browsers["owner"].get(reverse("onboarding:pre_application")).content.decode()
