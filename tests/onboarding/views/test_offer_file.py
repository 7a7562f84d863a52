"""An offer that came to the company's own mailbox alone: the mail, or the offer itself, is brought to step 4."""

import pytest

from correspondence.models import Mail, MailStatus
from onboarding.steps import PACKAGE_CONTRACT
from tests.onboarding.admin.test_mails import VOUCHED, Seat
from tests.scenarios import mails
from tests.scenarios.cast import Cast
from tests.scenarios.papers import blank_pdf, heic_photo, upload

pytestmark = pytest.mark.django_db
PAY = "https://teklif.example/ode/1"


@pytest.fixture
def cast() -> Cast:
    cast = Cast()
    cast.asked()
    return cast


def bring(cast: Cast, payload: bytes, name: str, step: str = "package_contract", role: str = "owner") -> str:
    return cast.send("upload_mail", file=upload(payload, name), step=step, role=role).words


def test_the_page_takes_the_mail_or_the_offer_beside_forwarding_it(cast: Cast) -> None:
    page = cast.open("package_contract")
    assert "E-posta dosyası (.eml) ya da teklif (PDF)" in page
    assert "E-postayı ya da teklifi yükle" in page.buttons
    assert "E-postayı ya da teklifi yükle" not in cast.open("package_contract", role="viewer").buttons


@pytest.mark.parametrize(
    ("payload", "name"), [(blank_pdf(), "Teklif ŞİRKET.pdf"), (heic_photo(), "teklif.heic")], ids=["PDF", "photo"]
)
def test_the_offer_itself_reaches_support_once_and_then_the_page(cast: Cast, payload: bytes, name: str) -> None:
    assert "Teklif dosyanızı aldık." in bring(cast, payload, name, role="editor")
    bring(cast, payload, name, role="editor")
    mail = Mail.objects.get()
    assert (mail.status, mail.sender_authentication) == (MailStatus.PERSON, "company")
    assert cast.state(PACKAGE_CONTRACT) == "requested", "a company's word is not İYS's"
    Seat(mail).classify("package_contract", "offer", note="Teklif", pay_url=PAY, **VOUCHED)
    offer = cast.application.offers.get()
    assert offer.pdf is not None
    assert offer.pdf.name == name if name.endswith(".pdf") else offer.pdf.content_type == "application/pdf"
    assert "Teklifi aç" in cast.open("package_contract").links


def test_the_mail_is_still_read_as_a_mail(cast: Cast) -> None:
    raw = mails.mail(text=mails.OFFER, html=mails.OFFER_HTML, sender="satis@iys.org.tr", verdict=None)
    bring(cast, raw, "teklif.eml")
    assert Mail.objects.get().kind == "offer"


@pytest.mark.parametrize(
    ("payload", "name", "step", "sentence"),
    [
        (b"MZ\x90 program", "teklif.exe", "package_contract", "E-postanın kendisini yükleyecekseniz .eml"),
        (blank_pdf(), "yanit.pdf", "status_query", "Bu dosya bir e-posta değil."),
    ],
    ids=["a program", "a PDF where a mail is needed"],
)
def test_what_is_neither_is_refused_with_what_to_do(
    cast: Cast, payload: bytes, name: str, step: str, sentence: str
) -> None:
    assert sentence in bring(cast, payload, name, step)
    assert not Mail.objects.exists()
