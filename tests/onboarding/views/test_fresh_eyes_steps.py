"""What a walk stumbled over in steps 4 and 5 and at the choice of a way."""

import pytest
from django.urls import reverse

from correspondence.models import Audience, Letter
from journal.models import Entry
from onboarding.models import DocumentKind
from onboarding.overview.proposed_way import NEEDS, every
from onboarding.steps import PACKAGE_CONTRACT, PARTNER_ASSIGNMENT
from onboarding.ways import Way
from tests.scenarios.cast import Cast
from tests.scenarios.papers import blank_pdf, upload

pytestmark = pytest.mark.django_db


def test_the_wrong_paper_as_assignment_form_is_said_until_the_letter_goes() -> None:
    cast = Cast()
    cast.preparing()
    paper = blank_pdf(3)
    undertaking = cast.company.documents.current().get(kind=DocumentKind.UNDERTAKING)
    sent = cast.send("upload_assignment", file=upload(paper, "form.pdf"))
    assert "başka bir belge olarak da yüklendi" not in sent
    # The very file of step 1: it is taken, since nobody but a person can say what a scan is.
    cast.company.documents.filter(kind=DocumentKind.ASSIGNMENT_FORM).update(sha256=undertaking.sha256)
    for page in ("partner_assignment", "review_assignment"):
        assert "başka bir belge olarak da yüklendi: Kaşeli ve imzalı taahhütname" in cast.open(page), page


def test_who_says_by_mistake_that_it_paid_reads_what_to_do() -> None:
    cast = Cast()
    cast.accepted()
    page = cast.press("payment", "payment", reference="yok")
    assert "Yanlışlıkla bastıysanız" in page
    written = cast.browsers["owner"].get(reverse("support:questions") + "?konu=odenmedi").content.decode()
    assert "“Ödemeyi yaptım” dedim ama ödeme tamamlanmadı." in written
    cast.move(PACKAGE_CONTRACT, "payment_failed", reason="Kart reddedildi")
    assert "başka bir kart deneyin ya da bankanızla görüşün." in cast.open("package_contract")


def test_what_was_said_by_mistake_is_taken_back_with_its_receipt_until_support_decides() -> None:
    cast = Cast()
    cast.accepted()
    payments, receipts = (
        cast.now().payments,
        cast.company.documents.current().of_kind(DocumentKind.PAYMENT_RECEIPT),
    )
    page = cast.press("payment", "payment", reference="yok", receipt=upload(blank_pdf(), "dekont.pdf"))
    assert "Ödeme bildirimini geri al" in page.buttons
    assert "Ödeme bildirimini geri al" not in cast.open("package_contract", role="viewer").buttons
    letters = Letter.objects.filter(audience=Audience.IYS).count()
    assert payments.count() == receipts.count() == 1
    page = cast.press("package_contract", "unclaim_payment", role="editor")
    assert "Ödeme bildiriminiz geri alındı; sıra yine sizde." in page
    assert "Ödemeyi yaptım" in page.links
    assert cast.state(PACKAGE_CONTRACT) == "accepted"
    assert not payments.exists()
    assert not receipts.exists()
    assert Letter.objects.filter(audience=Audience.IYS).count() == letters
    said = list(Entry.objects.filter(application_id=cast.application.pk).values_list("text", flat=True))
    assert {"İleti paketi sözleşmesi: Ödeme bildirimini geri al", "Belge kaldırıldı: dekont.pdf"} <= set(said)
    cast.press("payment", "payment", reference="TR-1")
    cast.move(PACKAGE_CONTRACT, "confirm")
    assert "geri alındı" not in cast.send("unclaim_payment")
    assert cast.state(PACKAGE_CONTRACT) == "confirmed"
    assert payments.get().reference == "TR-1"


def test_who_says_by_mistake_that_the_partner_was_appointed_takes_it_back() -> None:
    cast = Cast()
    cast.preparing()
    cast.press("partner_assignment", "assignment_move", move="use_panel")
    cast.press("partner_assignment", "claim_assignment", ticks=["menu", "partner", "permissions"])
    page = cast.press("partner_assignment", "assignment_move", move="unclaim")
    assert cast.state(PARTNER_ASSIGNMENT) == "panel"
    assert "Atamayı yaptım" in page.buttons


def test_who_has_applied_is_told_of_the_signature_and_the_data_that_come_later() -> None:
    (applied,) = [each for each in every() if each.way is Way.APPLIED]
    assert "formunu imzalarsınız" in applied.signature
    assert any("vergi dairesi, imza yetkilisi" in each for each in NEEDS[Way.APPLIED])
