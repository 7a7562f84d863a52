"""More of what people get wrong, each in a browser: another firm's number, what a paper lacks, an offer that came
elsewhere."""

from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from correspondence.models import Mail, MailStatus
from documents.storage import read
from onboarding.actor import IYS
from onboarding.dossier import papers
from onboarding.models import Attention, AttentionKind, DocumentKind, Offer
from onboarding.steps import PACKAGE_CONTRACT, PRE_APPLICATION
from tenancy.models import Company
from tests.journeys.seat import apart, seat, session_of
from tests.journeys.stage import Watched
from tests.onboarding.admin.test_mails import VOUCHED, Seat
from tests.onboarding.attention.test_marks import queue
from tests.onboarding.dossier.test_needed import applied, empty_lines, paid
from tests.scenarios import mails
from tests.scenarios.cast import Cast
from tests.scenarios.factories import tckn, vkn
from tests.scenarios.papers import blank_pdf

pytestmark = pytest.mark.django_db(transaction=True)
OTHER, PERSON = vkn(977), tckn(978)
# What the page is told, by the field: another firm's tax number, a person's, and a MERSİS number with one in it.
# Where each way out of it leads; one of them back into the field.
WAYS_ON: dict[str, str | None] = {
    "Numarayı yanlış yazdım": None,
    "Bu, başka bir firmam": "team:company_new",
    "İkisi de değil, bize yazmak istiyorum": "support:questions",
}
# Another firm's tax number, a person's, and a MERSİS number with one in it; and the way that is taken.
OF_ANOTHER = dict(
    zip((("tax_number", OTHER), ("tax_number", PERSON), ("mersis_number", f"0{OTHER}00001")), WAYS_ON, strict=True)
)
LACKING = {
    "tax_office": "Bornova",
    "province": "İzmir",
    "district": "Bornova",
    "address": "Ege Caddesi No: 12",
    "contact_phone": "0232 555 01 01",
    "corporate_email": "bilgi@mavideniz.example",
    "website": "https://mavideniz.example",
    "signatory_name": "Ada Yalın",
    "signatory_email": "ada@mavideniz.example",
    "signatory_mobile": "0555 010 20 30",
    "signatory_identity": tckn(7),
    "mersis_number": "",
}


def known(company: Company) -> dict[str, object]:
    fields = ("trade_name", "tax_number", "mersis_number", "tax_office", "province", "district", "address")
    return dict(Company.objects.filter(pk=company.pk).values(*fields).get())


def test_another_firms_number_stops_with_a_choice(site: LiveServer) -> None:
    cast = Cast()
    cast.send("mersis_question", has_mersis="evet")
    before = known(cast.company)
    with seat(site, session_of(cast.people["owner"]), 390) as owner:
        for (field, number), way in OF_ANOTHER.items():
            owner.open(reverse("onboarding:dossier_page", args=["firma"]))
            owner.fill(**{field: number})
            owner.press("Kaydet ve devam et")
            owner.says("Bu numara başka bir firmaya ait görünüyor")
            assert apart(lambda: known(cast.company)) == before
            expect(owner.page.locator(f"[name={field}]")).to_have_value(number)
            for each in WAYS_ON:
                expect(owner.page.get_by_role("link", name=each)).to_be_visible()
            if WAYS_ON[way] is None:
                owner.page.get_by_role("link", name=way).click()
                expect(owner.page.locator(f"[name={field}]")).to_be_focused()
            else:
                owner.press(way)
                assert owner.page.url.partition("?")[0].endswith(reverse(WAYS_ON[way]))
        assert owner.complaints == []
    assert known(cast.company) == before
    assert cast.state(PRE_APPLICATION) == "draft"
    assert Attention.objects.filter(kind=AttentionKind.OTHER_FIRM).count() == 2, "one for each other firm"
    assert "Başka bir firmanın numarası yazıldı" in queue()


def text_of(pdf: bytes) -> str:
    """What is printed on its pages."""
    paper = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in paper)
    finally:
        paper.close()


def write_what_is_asked(owner: Watched) -> None:
    """All that the page asks for; a district once the list of its province is there."""
    asked = [name for name in LACKING if owner.page.locator(f"[name={name}]:not([type=hidden])").count()]
    assert asked, owner.page.inner_text("main")
    for name in sorted(asked, key=lambda each: each == "district"):
        if name == "district":
            owner.page.locator("select[name=district]").wait_for()
        owner.fill(**{name: LACKING[name]})
    owner.press("Kaydet ve devam et")


def test_who_had_applied_before_is_asked_for_what_the_papers_print(site: LiveServer) -> None:
    cast = applied()
    paid(cast)
    with seat(site, session_of(cast.people["owner"]), 390) as owner:
        owner.open(reverse("onboarding:package_contract"))
        owner.press("Sözleşmeyi oku ve onayla")
        assert "Belgede boş satır kalmaması için" in owner.page.inner_text("main")
        write_what_is_asked(owner)
        contract = owner.page.inner_text("main")
        assert "Ege Caddesi No: 12" in contract
        assert not empty_lines(contract), contract
        owner.tick(owner.page.get_by_label("Yukarıda bulunan sözleşmeyi okudum ve onaylıyorum."))
        owner.press("Onayla")
        assert owner.complaints == []
        apart(lambda: cast.move(PACKAGE_CONTRACT, "payment_received", IYS))
        owner.open(reverse("onboarding:partner_assignment"))
        assert not owner.page.get_by_role("link", name="Atama formunu indir").count()
        owner.press("Bilgileri yaz")
        write_what_is_asked(owner)
        owner.open(reverse("onboarding:partner_assignment"))
        expect(owner.page.get_by_role("button", name="Atama formunu indir")).to_be_visible()
        assert owner.complaints == []
    paper = papers.PAPERS[DocumentKind.ASSIGNMENT_BLANK](cast.now())
    assert paper is not None
    form = papers.render(cast.now(), DocumentKind.ASSIGNMENT_BLANK)
    assert form is not None
    words = text_of(read(form))
    for printed in ("Ada Yalın", "Ege Caddesi No: 12", "Bornova", cast.code):
        assert printed in words, words
    assert not empty_lines(words), words


def test_an_offer_that_came_to_the_corporate_mailbox_is_uploaded(site: LiveServer, tmp_path: Path) -> None:
    """İYS's own mail, saved as a file: what it says is put before support, who need not type it."""
    cast = Cast()
    cast.asked()
    file = tmp_path / "teklif.eml"
    file.write_bytes(
        mails.mail(
            sender="satis@iys.org.tr",
            to="bilgi@mavideniz.example",
            subject="İLETİ paketi teklifi",
            text=mails.OFFER,
            html=mails.OFFER_HTML,
            pdf=blank_pdf(),
            verdict=None,
        )
    )
    with seat(site, session_of(cast.people["owner"]), 390) as owner:
        owner.open(reverse("onboarding:package_contract"))
        owner.page.get_by_text("İYS'nin e-postası ya da teklifi size mi geldi?").click()
        owner.choose_file(owner.page.locator("#mail-file"), file)
        owner.says("E-postayı aldık.")
        assert "destek ekibi" in owner.page.inner_text("main")
        mail = apart(lambda: Mail.objects.get(company=cast.company, status=MailStatus.PERSON))
        assert apart(lambda: cast.state(PACKAGE_CONTRACT)) == "requested", (
            "what a company brings moves nothing by itself"
        )
        apart(lambda: Seat(mail).classify("package_contract", "offer", **VOUCHED))
        owner.open(reverse("onboarding:package_contract"))
        owner.says("İYS'nin teklifi geldi")
        opened = owner.page.get_by_role("link", name="Teklifi aç").evaluate_all(
            "all => all.map(each => each.href)"
        )
        assert len(opened) == 1, "one link for one offer"
        assert "/basvuru/belgeler/" in opened[0], "what came with the mail is at hand here"
        assert owner.complaints == []
    offer = Offer.objects.get()
    assert (offer.view_url, offer.pay_url) == ("https://teklif.example/1", "https://teklif.example/ode/1")
