"""What people copy from elsewhere into the forms of the steps, and files that are changed before they are kept."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from documents.storage import read
from onboarding.steps import PACKAGE_CONTRACT
from tests.scenarios.cast import Cast
from tests.scenarios.papers import heic_photo, protected_pdf, upload

pytestmark = pytest.mark.django_db
COPY_MADE = "korumasız bir kopyası hazırlanıp o kaydedildi"


def in_step_1(cast: Cast, payload: bytes, name: str) -> str:
    cast.fill_in()
    return cast.send("upload", "signature_circular", file=upload(payload, name)).words


def as_evidence(cast: Cast, payload: bytes, name: str) -> str:
    cast.send("channel", channel="applied")
    typed = {"iys_code": "711157", "brands": "Mavi Deniz, 711157", "draft": "1"}
    return cast.send("evidence", **typed, file=upload(payload, name)).words


def as_receipt(cast: Cast, payload: bytes, name: str) -> str:
    cast.accepted()
    data = {"paid_on": timezone.localdate().isoformat(), "reference": "TR-1"}
    return cast.press("payment", "payment", **data, receipt=upload(payload, name)).words


def as_assignment_form(cast: Cast, payload: bytes, name: str) -> str:
    cast.preparing()
    return cast.send("upload_assignment", file=upload(payload, name)).words


UPLOADS: list[Callable[[Cast, bytes, str], str]] = [in_step_1, as_evidence, as_receipt, as_assignment_form]


@pytest.mark.parametrize("hand_in", UPLOADS)
def test_a_protected_pdf_is_taken_and_the_copy_is_told(hand_in: Callable[[Cast, bytes, str], str]) -> None:
    cast = Cast()
    page = hand_in(cast, protected_pdf(), "belge.pdf")
    assert page.count(COPY_MADE) == 1
    assert b"/Encrypt" not in read(cast.company.documents.filter(name="belge.pdf").get())


@pytest.mark.parametrize("hand_in", UPLOADS)
def test_a_photo_in_heic_is_taken_as_a_pdf(hand_in: Callable[[Cast, bytes, str], str]) -> None:
    cast = Cast()
    assert "Fotoğrafınız PDF'e çevrildi." in hand_in(cast, heic_photo(), "IMG_0042.HEIC")
    kept = cast.company.documents.get(name="IMG_0042.pdf")
    assert (kept.content_type, kept.pages) == ("application/pdf", 1)


def test_what_was_refused_is_not_told_as_kept() -> None:
    cast = Cast()
    cast.accepted()
    tomorrow = timezone.localdate() + timedelta(days=1)
    page = cast.press("payment", "payment", paid_on=tomorrow.isoformat(), receipt=upload(protected_pdf()))
    assert COPY_MADE not in page
    assert cast.state(PACKAGE_CONTRACT) == "accepted"


def test_every_field_for_papers_offers_photos_in_heic_too() -> None:
    cast = Cast()
    cast.fill_in()
    answer = cast.answer("pre_application", role="owner")
    assert 'accept="application/pdf,image/jpeg,image/png,image/heic,image/heif,.heic,.heif"' in (
        cast.browsers["owner"].get(answer.request["PATH_INFO"]).content.decode()
    )
    assert "PDF, JPEG, PNG veya HEIC; en çok" in cast.open("pre_application")


def test_the_dossier_keeps_what_is_seen() -> None:
    cast = Cast(tax_number="8450525470")
    cast.fill_in()
    cast.write(
        trade_name="\u202eMavi\u200b Deniz\u00a0Turizm A.Ş.\u202c",
        tax_number="\u202d8450525470\u202c",
        mersis_number="\u200e0845 0525 4700 0001",
        signatory_email="ada@mavideniz.example\u200b",
        signatory_mobile="\u202a+90 555 010 20 30\u202c",
        district="\u200eBor\u00adnova",
        website="\ufeffhttps://mavideniz.example",
    )
    company, form = cast.now().company, cast.now().application_form
    assert (company.trade_name, company.tax_number) == ("Mavi Deniz Turizm A.Ş.", "8450525470")
    assert (company.mersis_number, company.district) == ("0845052547000001", "Bornova")
    assert (form.signatory_email, form.signatory_mobile) == ("ada@mavideniz.example", "+905550102030")
    assert company.website == "https://mavideniz.example"


def test_a_lost_zero_is_offered_beside_the_field() -> None:
    cast = Cast(tax_number="8450525470")
    cast.fill_in()
    page = cast.write(tax_number="8450525470", mersis_number="845052547000001")
    assert page.status == 422
    assert "Başındaki sıfır düşmüş olabilir: 0845052547000001 mı?" in page
    page = cast.write(tax_number="8450525470", mersis_number="8,45053E+14")
    assert "Excel gibi bir hesap tablosu numarayı kısaltmış (8,45053E+14)" in page
