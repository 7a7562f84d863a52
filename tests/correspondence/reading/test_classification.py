import pytest

from correspondence.reading.classification import ENCLOSED, NO_SENTENCE, NOTHING_SAID, TWO_FORMS, read
from correspondence.reading.extraction import BrandCode
from correspondence.reading.kinds import Kind
from correspondence.reading.parsing import content, envelope
from correspondence.reading.result import Reading
from tests.scenarios import mails
from tests.scenarios.mails import mail


def reading(raw: bytes) -> Reading:
    return read(envelope(raw), content(raw))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (mails.RECEIVED, Kind.RECEIVED),
        (mails.APPROVED, Kind.APPROVED),
        (mails.OFFER, Kind.OFFER),
        (mails.PAID, Kind.PAYMENT_RECEIVED),
        (mails.ASSIGNED, Kind.ASSIGNMENT_CONFIRMED),
        (mails.ASSIGNMENT_REFUSED, Kind.REFUSED),
        (mails.CHANGES, Kind.CHANGES_ASKED),
        (mails.REQUEST, Kind.PACKAGE_REQUEST),
        ("Başvurunuz onaylanmamıştır. İYS Numaranız: 710482", Kind.REFUSED),
        ("Ödemeniz alınamamıştır, kartınızı kontrol ediniz.", Kind.PAYMENT_FAILED),
        ("Aşağıdaki bağlantıyla başvurunuza devam edebilirsiniz.\nhttps://basvuru.example/1", Kind.CONTINUE_LINK),
        ("Merhaba, nasılsınız?", Kind.UNKNOWN),
        ("Onay süreci hakkında bilgi verir misiniz? İYS Numaranız nedir?", Kind.UNKNOWN),
        ("", Kind.UNKNOWN),
    ],
)
def test_what_iys_writes_is_read_as_it_is_meant(text: str, kind: Kind) -> None:
    assert reading(mail(text=text)).kind is kind


def test_the_application_number_is_read_out() -> None:
    assert reading(mail(text=mails.RECEIVED)).extracted.application_number == "MX3ZB5JA"


@pytest.mark.parametrize(
    "text",
    [
        mails.APPROVED,
        mails.APPROVED.upper().replace("I", "I"),
        "Hizmet sağlayıcı: MAVİ DENİZ TURİZM ANONİM ŞİRKETİ / İYS Numaranız: 710482 / Markalarınız: Mavi Deniz / "
        "İYS Numarası: 710482 / Mavi Deniz Outlet / İYS Numarası: 710497",
    ],
    ids=["lines", "upper", "one line"],
)
def test_codes_are_read_out_of_an_approval(text: str) -> None:
    extracted = reading(mail(text=text)).extracted
    assert extracted.iys_code == "710482"
    assert [brand.code for brand in extracted.brands] == ["710482", "710497"]


def test_brands_keep_their_names() -> None:
    extracted = reading(mail(text=mails.APPROVED)).extracted
    assert extracted.brands == (BrandCode("Mavi Deniz", "710482"), BrandCode("Mavi Deniz Outlet", "710497"))
    assert extracted.trade_name == "MAVİ DENİZ TURİZM ANONİM ŞİRKETİ"


def test_an_offers_two_links_are_told_apart() -> None:
    extracted = reading(mail(text=mails.OFFER, html=mails.OFFER_HTML)).extracted
    assert (extracted.view_url, extracted.pay_url) == ("https://teklif.example/1", "https://teklif.example/ode/1")


def test_a_quoted_answer_is_not_taken_for_a_new_one() -> None:
    text = (
        f"Teşekkürler, bekliyoruz.\n\n24.11.2026 tarihinde İYS <onkayit@iys.org.tr> şunu yazdı:\n> {mails.CHANGES}"
    )
    body = content(mail(text=text))
    assert body.text == "Teşekkürler, bekliyoruz."


def test_a_forwarded_approval_is_read() -> None:
    text = (
        f"Bilginize\n\n---------- Forwarded message ---------\nFrom: İYS <onkayit@iys.org.tr>\n\n{mails.APPROVED}"
    )
    assert reading(mail(text=text, sender="a@mavideniz.example", domain="mavideniz.example")).kind is Kind.APPROVED


@pytest.mark.parametrize(
    "raw",
    [
        mail(text=mails.APPROVED, Auto_Submitted="auto-replied"),
        mail(text=mails.APPROVED, Precedence="auto_reply"),
        mail(text=mails.APPROVED, subject="Otomatik yanıt: ofis dışındayım"),
    ],
    ids=["Auto-Submitted", "Precedence", "Subject"],
)
def test_a_machines_answer_is_never_an_answer(raw: bytes) -> None:
    assert reading(raw).kind in (Kind.AUTO_REPLY, Kind.UNKNOWN)


def test_a_delivery_report_is_a_bounce() -> None:
    raw = (
        b"From: mailer-daemon@mx.portal.example\r\nTo: t-aaaaaaaaaaaaaaaaaaaa@takip.portal.example\r\n"
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain\r\n\r\nUser unknown\r\n"
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n--b--\r\n"
    )
    assert reading(raw).kind is Kind.BOUNCE


def test_every_reading_says_why() -> None:
    found = reading(mail(text=mails.PAID))
    assert (found.doubt, found.words) == ("", "Ödemeniz alınmıştır.")
    assert [each.meaning for each in found.sentences]


def test_what_says_nothing_is_told_from_what_is_empty_and_from_what_its_other_form_says() -> None:
    said = reading(mail(text="Teşekkür ederiz."))
    assert (said.kind, said.doubt) == (Kind.UNKNOWN, NOTHING_SAID)
    assert reading(mail(text="")).doubt == NO_SENTENCE
    assert reading(mail(text="Teşekkür ederiz.", pdf=b"%PDF-1.4")).doubt == ENCLOSED
    two = mail(text="Teşekkür ederiz.", html=f"<p>{mails.RECEIVED}</p>")
    assert reading(two).doubt == TWO_FORMS
