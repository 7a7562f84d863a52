"""A mail that no machine understood: what stands in it fills the form of whoever decides, and no needed link is
left out unseen."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from django.urls import reverse

from correspondence.addresses import tracking_address
from correspondence.models import MailStatus
from onboarding.admin.forms import MailAnswerForm
from onboarding.models import Offer
from onboarding.steps import PACKAGE_CONTRACT
from tests.onboarding.admin.test_mails import VOUCHED, Seat, arrives
from tests.scenarios import mails
from tests.scenarios.browser import words
from tests.scenarios.cast import Cast
from tests.scenarios.papers import blank_pdf

pytestmark = pytest.mark.django_db
VIEW, PAY = "https://teklif.example/1", "https://teklif.example/ode/1"
OTHER_WORDS = "Merhabalar, talebinize istinaden hazırladığımız evrak aşağıdadır.\n"
FORWARDED = (
    "Bilginize.\n\n---------- Forwarded message ---------\nFrom: İYS Satış <satis@iys.org.tr>\n"
    "Date: 26 Kas 2026 Per 10:12\nSubject: Evrak\nTo: <bilgi@mavideniz.example>\n\n"
)


@pytest.fixture
def cast() -> Cast:
    return Cast()


def seat_of(cast: Cast, text: str, **more: Any) -> Seat:
    """Staff before a mail that came to the company's tracking address."""
    seat = Seat(arrives(text, to=tracking_address(cast.company).email, **more))
    assert seat.now().status == MailStatus.PERSON
    return seat


def standing(seat: Seat, step: str, move: str) -> Mapping[str, str]:
    page = seat.client.get(seat.url("classify", step, move)).content.decode()
    return dict(re.findall(r'<input type="url" name="(\w+)" value="([^"]*)"', page))


@pytest.mark.parametrize(
    ("text", "html", "view", "pay"),
    [
        pytest.param(f"{OTHER_WORDS}Teklifi görüntüleyin: {VIEW}\nÖdeme için: {PAY}\n", "", VIEW, PAY, id="plain"),
        pytest.param(
            OTHER_WORDS,
            f'<p>{OTHER_WORDS}</p><p><a href="{VIEW}">Teklifi inceleyin</a> <a href="{PAY}">Ödeme</a></p>',
            VIEW,
            PAY,
            id="html",
        ),
        pytest.param(
            f"{OTHER_WORDS}{VIEW}\nwww: https://iys.org.tr/\n", "", VIEW, VIEW, id="one beside a home page"
        ),
        pytest.param(
            f"{FORWARDED}{OTHER_WORDS}Teklif inceleme: {VIEW}\nÖdeme sayfası: {PAY}\n",
            "",
            VIEW,
            PAY,
            id="passed on",
        ),
        pytest.param(
            f"Ödemeniz alınmıştır.\nBununla ne demek istendiği bilinmez.\nÖdeme: {PAY}\nGörüntüle: {VIEW}\n",
            "",
            VIEW,
            PAY,
            id="read as a payment",
        ),
        pytest.param(f"{OTHER_WORDS}https://iys.org.tr\n", "", "", "", id="a home page alone"),
    ],
)
def test_links_of_a_mail_stand_in_the_form_whatever_it_was_read_as(
    cast: Cast, text: str, html: str, view: str, pay: str
) -> None:
    cast.asked()
    seat = seat_of(cast, text, html=html, sender="satis@iys.org.tr")
    shown = standing(seat, "package_contract", "offer")
    assert (shown.get("view_url", ""), shown.get("pay_url", "")) == (view, pay)


@pytest.mark.parametrize(
    ("link", "host"),
    [
        ("https://teklif.example/1", "teklif.example"),
        ("https://iys.org.tr.teklif.example/1", "iys.org.tr.teklif.example"),
        ("https://baskaiys.org.tr/1", "baskaiys.org.tr"),
        ("https://iys.org.tr@teklif.example/1", "teklif.example"),
        ("https://iys.org.tr/teklif/1", ""),
        ("https://Teklif.IYS.org.tr/1", ""),
    ],
)
def test_a_link_that_leads_elsewhere_than_to_iys_says_where(link: str, host: str) -> None:
    form = MailAnswerForm(initial={"pay_url": link}, move="offer", step=PACKAGE_CONTRACT.key, verified=True)
    said = str(form.fields["pay_url"].help_text)
    assert said.startswith(f"iys.org.tr değil, {host} sitesine gider.") if host else said == ""
    assert MailAnswerForm(move="offer", step="", verified=True, initial={"pay_url": "https://[1"}).fields


def test_an_offer_that_staff_classify_brings_the_company_its_links(cast: Cast) -> None:
    cast.asked()
    text = f"{OTHER_WORDS}Teklifi görüntüleyin: {VIEW}\nÖdeme için: {PAY}\n"
    seat = seat_of(cast, text, sender="satis@iys.org.tr", pdf=blank_pdf())
    seat.classify("package_contract", "offer", note="Teklif")
    offer = cast.application.offers.get()
    assert (offer.view_url, offer.pay_url) == (VIEW, PAY)
    assert offer.pdf is not None
    page = cast.open("package_contract")
    assert page.words.count("Teklifi aç") == 1, "one link, to the copy that is kept"
    assert page.links["Teklifi aç"] == reverse("onboarding:document", args=[offer.pdf_id])


def test_codes_and_the_number_stand_in_the_form_too(cast: Cast) -> None:
    cast.at_iys()
    seat = seat_of(cast, f"Olumlu haberimiz var.\n\n{mails.APPROVED.partition('.')[2]}")
    page = seat.client.get(seat.url("classify", "status_query", "approve")).content.decode()
    assert 'value="710482"' in page
    assert "Mavi Deniz Outlet, 710497" in page


def test_who_leaves_the_payments_link_out_says_that_it_is_on_purpose(cast: Cast) -> None:
    cast.asked()
    seat = seat_of(cast, OTHER_WORDS, sender="satis@iys.org.tr")
    answer = seat.classify("package_contract", "offer", note="Teklif")
    assert answer.status_code == 422
    assert "Bağlantıyı yazın. Yoksa aşağıdan bilerek boş bıraktığınızı işaretleyin." in words(answer)
    assert not Offer.objects.exists()
    both = seat.classify("package_contract", "offer", note="Teklif", pay_url=PAY, without_link="on")
    assert both.status_code == 422
    seat.classify("package_contract", "offer", note="Teklif", without_link="on")
    page = cast.open("package_contract")
    assert "Teklifin kendisi bizde yok: İYS onu bilgi@mavideniz.example adresine yazdı" in page
    cast.move(PACKAGE_CONTRACT, "accept", cast.owner)
    page = cast.open("package_contract")
    assert "Ödeme bağlantısı bizde yok" in page
    assert "E-postayı ya da teklifi yükle" in page.buttons


def test_a_link_to_go_on_is_asked_for_and_reaches_the_company(cast: Cast) -> None:
    cast.at_iys()
    link = "https://iys.example/basvuru/devam/1"
    seat = seat_of(cast, f"Lütfen şuradan ilerleyiniz.\n{link}\n", verdict=None)
    assert standing(seat, "status_query", "continue_link") == {"continue_url": link}
    assert seat.classify("status_query", "continue_link", continue_url="", **VOUCHED).status_code == 422
    seat.classify("status_query", "continue_link", note="Devam edilecek", **VOUCHED)
    assert link in str(cast.open("status_query").links)
