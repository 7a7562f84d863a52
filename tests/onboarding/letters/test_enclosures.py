"""What goes to İYS is called by what it is and whose: a telephone's own names say nothing, or the wrong thing."""

import pytest

from correspondence.models import Audience, Letter, LetterAttachment
from correspondence.outgoing.bodies import body_of
from onboarding.steps import PRE_APPLICATION
from tests.scenarios.cast import Cast
from tests.scenarios.papers import blank_pdf, upload

pytestmark = pytest.mark.django_db


def test_names_of_a_telephone_do_not_go_to_iys() -> None:
    cast = Cast(trade_name="Çağrı Işık Gıda Sanayi ve Ticaret Limited Şirketi")
    cast.ready()
    cast.send("upload", "signature_circular", file=upload(blank_pdf(4), "patron_IMG_2231 (1).pdf"))
    cast.submit()
    cast.move(PRE_APPLICATION, "approve")
    letter = Letter.objects.get(audience=Audience.IYS)
    names = set(LetterAttachment.objects.values_list("filename", flat=True))
    assert "imza-sirkuleri-cagri-isik.pdf" in names
    assert all(name.isascii() and name.endswith("-cagri-isik.pdf") for name in names), names
    assert "(imza-sirkuleri-cagri-isik.pdf)" in body_of(letter).text
    assert "IMG_2231" not in body_of(letter).text


def test_the_review_shows_the_name_under_which_the_form_goes() -> None:
    cast = Cast()
    cast.preparing()
    cast.send("upload_assignment", file=upload(blank_pdf(), "at1.pdf"))
    page = cast.open("review_assignment")
    assert "Ek: kaseli-ve-imzali-is-ortagi-atama-formu-mavi-deniz.pdf" in page
    assert "Ek: at1.pdf" not in page
