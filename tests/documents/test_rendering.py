"""Papers: what stands on them, that nothing is fetched for them, and that they are rendered once."""

import http.server
import io
import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pikepdf
import pytest
from weasyprint.urls import FatalURLFetchingError

from documents import rendering, samples
from documents.inspection import inspect
from documents.models import LegalKind, Origin
from documents.storage import read
from onboarding.models import PackageChoice
from tenancy.models import Company
from tests.documents.pdf_text import pages
from tests.scenarios.factories import CompanyFactory

LINES = [
    SimpleNamespace(label="Ticaret Unvanı", value="Işık & Gölge <b>Turizm</b> A.Ş."),
    SimpleNamespace(label="İletişim Adresi", value="Şehit Ömer Çığ Cad. No: 12"),
]


def legal(kind: LegalKind, *, sample: bool = True, times: int = 1) -> SimpleNamespace:
    title, body = samples.TEXTS[kind]
    return SimpleNamespace(title=title, body="\n\n".join([body] * times), is_sample=sample, version=3)


def undertaking(company: object, **changes: object) -> dict[str, object]:
    return {
        "text": legal(LegalKind.UNDERTAKING),
        "company": company,
        "lines": LINES,
        "signatory_name": "Deniz Yalın",
        "reference": "P-7KQ4MX",
    } | changes


def assignment(company: object, email: int, message: int = 1250) -> dict[str, object]:
    return {
        "text": legal(LegalKind.ASSIGNMENT_FORM),
        "company": company,
        "partner": SimpleNamespace(legal_name="Kıyı İletişim Hizmetleri A.Ş.", integrator_code="120045"),
        "iys_code": "612003",
        "brands": [SimpleNamespace(name="Çığlık Koyu", code="612004")],
        "choice": PackageChoice(message_addresses=message, call_addresses=0, email_addresses=email),
        "channels": ["Mesaj", "E-posta"],
        "signatory_name": "Deniz Yalın",
        "reference": "P-7KQ4MX",
    }


@pytest.fixture
def company() -> SimpleNamespace:
    return SimpleNamespace(
        trade_name="Mavi Deniz Turizm Anonim Şirketi",
        tax_number="8450525470",
        tax_office="Bornova",
        mersis_number="0845052547000001",
        address="Ege Caddesi No: 12",
        district="Bornova",
        province="İzmir",
    )


@pytest.fixture
def kept_company(db: None) -> Company:
    return CompanyFactory.create()


def test_an_undertaking_holds_what_was_typed_as_it_was_typed(company: SimpleNamespace) -> None:
    (page,) = pages(rendering.render("pdf/undertaking.html", undertaking(company)))
    for words in (
        "İYS Temel Hizmetler Kullanım Taahhütnamesi",
        "Işık & Gölge <b>Turizm</b> A.Ş.",
        "Şehit Ömer Çığ Cad. No: 12",
        "Deniz Yalın",
        "Portal başvuru no: P-7KQ4MX · metin sürümü 3",
    ):
        assert "".join(words.split()) in page


def test_every_page_has_its_number_its_mark_and_room_for_stamp_and_signature(company: SimpleNamespace) -> None:
    context = undertaking(company, text=legal(LegalKind.UNDERTAKING, times=6))
    found = pages(rendering.render("pdf/undertaking.html", context))
    assert len(found) > 1
    for number, page in enumerate(found, start=1):
        assert f"Sayfa{number}/{len(found)}" in page
        assert "Hersayfakaşelenipimzalanacaktır." in page
        assert "ÖRNEK,hukukimetindeğildir" in page
        # The last page has the place for the signature itself, and not a second one.
        assert ("Busayfanınkaşesi" in page, "İmzayayetkilikişi" in page) == (
            number < len(found),
            number == len(found),
        )


@pytest.mark.parametrize("times", range(1, 7))
def test_the_signature_stands_under_words_that_are_signed(company: SimpleNamespace, times: int) -> None:
    context = undertaking(company, text=legal(LegalKind.UNDERTAKING, times=times))
    last = pages(rendering.render("pdf/undertaking.html", context))[-1]
    assert "İmzayayetkilikişi" in last
    assert "imzalanarakverilmiştir." in last


def test_a_text_that_is_no_sample_is_not_marked_as_one(company: SimpleNamespace) -> None:
    context = undertaking(company, text=legal(LegalKind.UNDERTAKING, sample=False))
    assert "ÖRNEK" not in pages(rendering.render("pdf/undertaking.html", context))[0]


def test_an_assignment_form_says_so_when_there_are_few_addresses(company: SimpleNamespace) -> None:
    (page,) = pages(rendering.render("pdf/assignment_form.html", assignment(company, 4310)))
    assert "Onaylıiletişimadresisayımız5.000'denazdır:4.310." in page
    for words in (
        "KıyıİletişimHizmetleriA.Ş.",
        "120045",
        "612003",
        "Marka:ÇığlıkKoyu",
        "BrandKod612004",
        "1.250",
        "YetkiverilenkanallarMesaj,E-posta",
    ):
        assert words in page


def test_an_assignment_form_says_nothing_of_it_otherwise(company: SimpleNamespace) -> None:
    (page,) = pages(rendering.render("pdf/assignment_form.html", assignment(company, 5000)))
    assert "azdır" not in page
    assert "5.000" in page


def test_no_address_at_all_is_few_addresses_too(company: SimpleNamespace) -> None:
    (page,) = pages(rendering.render("pdf/assignment_form.html", assignment(company, 0, 0)))
    assert "5.000'denazdır:0." in page


def test_an_address_label_is_one_page_for_the_parcel(company: SimpleNamespace) -> None:
    iys = SimpleNamespace(
        legal_name="İLETİ YÖNETİM SİSTEMİ A.Ş.",
        cargo_address="Esentepe Mah. Harman 1 Sokak No: 10-5 TOBB Plaza Şişli / İstanbul",
        phone="0850 333 3338",
    )
    context = {"iys": iys, "company": company, "reference": "P-7KQ4MX"}
    (page,) = pages(rendering.render("pdf/address_label.html", context))
    for words in ("İLETİYÖNETİMSİSTEMİA.Ş.", "TOBBPlaza", "MaviDenizTurizmAnonimŞirketi", "P-7KQ4MX"):
        assert words in page


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A web server's address, and the paths that were asked of it."""
    paths: list[str] = []

    class Listening(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, *_arguments: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listening)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "html",
    [
        '<img src="{}/a.png">',
        '<link rel="stylesheet" href="{}/a.css">',
        "<style>@import url({}/a.css);</style>",
        '<p style="background: url({}/a.png)">Merhaba</p>',
        '<object data="{}/a.svg"></object>',
        '<link rel="attachment" href="{}/a.pdf">',
    ],
)
def test_a_paper_fetches_nothing(html: str, asked: tuple[str, list[str]]) -> None:
    address, paths = asked
    with pytest.raises(FatalURLFetchingError):
        rendering.html_to_pdf(html.format(address))
    assert paths == []


def test_a_paper_reads_no_file_of_the_machine() -> None:
    with pytest.raises(FatalURLFetchingError):
        rendering.html_to_pdf('<link rel="attachment" href="file:///etc/hostname">')


def test_the_same_content_is_rendered_once(kept_company: Company) -> None:
    def ensured(**changes: object) -> object:
        return rendering.ensure(
            company=kept_company,
            kind="undertaking_blank",
            template="pdf/undertaking.html",
            context=undertaking(kept_company, **changes),
            filename="taahhutname.pdf",
            by=None,
        )

    first = ensured()
    assert ensured() == first
    assert kept_company.documents.count() == 1
    second = ensured(signatory_name="Işık Yalın")
    assert second != first
    assert list(kept_company.documents.current()) == [second]


def test_a_paper_that_two_workers_render_at_once_is_issued_once(kept_company: Company) -> None:
    def ensured(finish: Callable[[bytes], bytes] | None) -> object:
        return rendering.ensure(
            company=kept_company,
            kind="undertaking_to_sign",
            template="pdf/undertaking.html",
            context=undertaking(kept_company),
            filename="taahhutname.pdf",
            by=None,
            finish=finish,
        )

    issued: list[object] = []

    def overtaken(payload: bytes) -> bytes:
        """The other worker is done while this one is still at it."""
        issued.append(ensured(None))
        return payload + b"\n% ours\n"

    assert ensured(overtaken) == issued[0]
    assert list(kept_company.documents.all()) == issued


def test_a_rendered_paper_is_found_and_is_a_sound_pdf(kept_company: Company) -> None:
    context = undertaking(kept_company)
    wanted = {"company": kept_company, "kind": "undertaking_blank", "template": "pdf/undertaking.html"}
    assert rendering.existing(**wanted, context=context) is None  # type: ignore[arg-type]
    made = rendering.ensure(**wanted, context=context, filename="taahhutname.pdf", by=None)  # type: ignore[arg-type]
    assert rendering.existing(**wanted, context=context) == made  # type: ignore[arg-type]
    assert (made.origin, made.name) == (Origin.GENERATED, "taahhutname.pdf")
    # A company that hands the portal's own paper in again must not be refused.
    assert inspect(read(made), made.name, max_bytes=1024 * 1024, max_pages=5).pages == made.pages == 1


@pytest.mark.parametrize(
    ("template", "title"),
    [
        ("pdf/undertaking.html", "İYS Temel Hizmetler Kullanım Taahhütnamesi"),
        ("pdf/undertaking_to_sign.html", "İYS Temel Hizmetler Kullanım Taahhütnamesi"),
        ("pdf/address_label.html", "Kargo adres etiketi"),
    ],
)
def test_a_paper_is_tagged_and_says_its_language_and_title(
    company: SimpleNamespace, template: str, title: str
) -> None:
    """A screen reader reads it in its order, in Turkish, and a window names it (ISO 32000-1, 14.7 to 14.9)."""
    iys = SimpleNamespace(legal_name="İYS A.Ş.", cargo_address="Şişli / İstanbul", phone="0850 333 3338")
    context = undertaking(company, iys=iys, names=["Deniz Yalın"])
    with pikepdf.open(io.BytesIO(rendering.render(template, context))) as document:
        root = document.Root
        assert root.MarkInfo.Marked
        assert root.Lang == "tr"
        assert root.ViewerPreferences.DisplayDocTitle
        assert document.docinfo["/Title"] == title
        kinds = {str(each.S) for each in document.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each}
        assert {"/Document"} <= kinds
        if template != "pdf/address_label.html":
            assert {"/H1", "/P", "/Table", "/TR", "/TH", "/TD"} <= kinds
