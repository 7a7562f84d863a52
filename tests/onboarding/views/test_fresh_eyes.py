"""What people stumbled over who saw the portal for the first time."""

import pytest
from django.test import Client
from django.urls import reverse

from documents.storage import read
from onboarding.actions import package_contract
from onboarding.actions.pre_application import already_applied, submission
from onboarding.dossier import changes, papers
from onboarding.forms.fields import brand_lines
from onboarding.forms.way import WayForm
from onboarding.models import DocumentKind, Package
from onboarding.steps import PRE_APPLICATION
from tests.scenarios.browser import Screen, signed_in
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF
from tests.scenarios.papers import blank_pdf, upload

pytestmark = pytest.mark.django_db


def test_the_portals_own_paper_is_not_taken_for_the_signed_one() -> None:
    cast = Cast()
    cast.fill_in()
    blank = papers.render(cast.now(), DocumentKind.UNDERTAKING_BLANK)
    assert blank is not None
    page = cast.send("upload", "undertaking", file=upload(read(blank), "taahhutname.pdf"))
    assert "Bu, portaldan indirdiğiniz imzasız belge." in page
    assert not cast.company.documents.of_kind(DocumentKind.UNDERTAKING).exists()


def test_the_very_paper_that_is_to_be_replaced_is_refused() -> None:
    cast = Cast()
    cast.submitted()
    remarks = [("signature_circular", "İkinci sayfa okunmuyor")]
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    before = cast.company.documents.current().of_kind(DocumentKind.SIGNATURE_CIRCULAR).get()
    page = cast.send("upload", "signature_circular", file=upload(read(before), "yine.pdf"))
    assert "Bu, düzeltilmesi istenen dosyanın aynısı. Yeni “İmza sirküleri” dosyasını seçin." in page
    page = cast.send("upload", "signature_circular", file=upload(blank_pdf(3), "yeni.pdf"))
    assert "İmza sirküleri yüklendi." in page


def test_no_version_of_before_counts_as_corrected() -> None:
    """Neither in a later round, nor one that had been exchanged before anything was handed in."""
    cast = Cast()
    cast.ready()
    kind, old = "signature_circular", {"draft": blank_pdf(5), "first": blank_pdf(2), "second": blank_pdf(3)}

    def bring(payload: bytes) -> Screen:
        return cast.send("upload", kind, file=upload(payload, "tarama.pdf"))

    bring(old["draft"])
    for handed_in in ("first", "second"):
        bring(old[handed_in])
        cast.submit()
        submission.ask_changes(
            application=cast.now(), step=PRE_APPLICATION, remarks=[(kind, "Eksik")], actor=STAFF
        )
    for each in ("draft", "first"):
        assert "Bu dosyayı düzeltme istenmeden önce de yüklemiştiniz." in bring(old[each])
    assert "Bu, düzeltilmesi istenen dosyanın aynısı. Yeni “İmza sirküleri”" in bring(old["second"])
    assert not changes.asked(cast.now())[0].is_done
    corrected = blank_pdf(4)
    assert "İmza sirküleri yüklendi." in bring(corrected)
    assert "Bu dosya zaten yüklü" in bring(corrected)
    assert "Bu dosyayı düzeltme istenmeden önce de" in bring(old["first"])
    assert changes.asked(cast.now())[0].is_done


def test_the_board_says_what_of_the_corrections_is_done() -> None:
    cast = Cast()
    cast.submitted()
    remarks = [("website", "Açılmıyor"), ("signature_circular", "Okunmuyor")]
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    assert "İmza sirküleri: Okunmuyor" in cast.open("board")
    cast.send("upload", "signature_circular", file=upload(blank_pdf(3), "yeni.pdf"))
    page = cast.open("board")
    assert "Okunmuyor Düzeltildi" in page
    assert "Açılmıyor Düzeltildi" not in page


def test_who_applied_at_iyss_site_types_nothing_twice() -> None:
    cast = Cast()
    cast.send("channel", channel="applied")
    given = cast.open("evidence").fields
    cast.send(
        "evidence",
        **{**given, "iys_application_number": "MX3ZB5JA", "brands": "Ahtapot, 711234"},
        file=upload(blank_pdf(), "onay.pdf"),
    )
    already_applied.accept(
        application=cast.now(),
        approved=True,
        actor=STAFF,
        expected_version=cast.record(PRE_APPLICATION).version,
    )
    fields = cast.open("type_codes").fields
    assert (fields["name_1"], fields["code_1"]) == ("Ahtapot", "711234")


def test_where_support_asks_again_for_what_was_applied_the_page_and_the_mail_say_so() -> None:
    cast = Cast()
    cast.send("channel", channel="applied")
    given = cast.open("evidence").fields
    cast.send("evidence", **{**given, "iys_code": "711234", "brands": "Ahtapot, 711234"}, file=upload(blank_pdf()))
    submission.ask_changes(
        application=cast.now(), step=PRE_APPLICATION, remarks=[("iys_code", "Eksik")], actor=STAFF
    )
    assert cast.company.letters.latest("created_at").subject == "Sıra sizde: Düzeltmeniz istendi"
    assert "Düzeltmeniz istendi" in cast.open("board")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Ahtapot, Kalamar", "“Ahtapot, Kalamar” satırı: Bu bir kod değil"),
        ("A, MX3ZB5JA", "ön başvuru numaranıza"),
    ],
)
def test_a_word_is_no_code_and_the_line_is_named(line: str, said: str) -> None:
    with pytest.raises(Exception, match=said):
        brand_lines(f"Mavi Deniz, 711157\n{line}")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Ege Deniz Canlıları Koruma Derneği", True),
        ("MAVİ VAKFI", True),
        ("Mavi Vakfı İktisadi İşletmesi", False),
        ("Vakıfbağ Gıda A.Ş.", False),
    ],
)
def test_an_association_is_told_where_to_look(name: str, *, said: bool) -> None:
    told = WayForm(None, trade_name=name).fields["situation"].help_text
    assert ("Unvanınıza göre dernek ya da vakıfsınız" in told) is said


def test_the_address_for_the_offer_is_the_companys_where_none_was_asked_for_before() -> None:
    cast = Cast(corporate_email="")
    chosen = {"message_addresses": 1, "call_addresses": 0, "email_addresses": 0}
    cast.choosing()
    package = Package.objects.first()
    assert package is not None
    package_contract.choose(application=cast.now(), package=package, offer_email="info@mavi.example", **chosen)
    cast.company.refresh_from_db()
    assert cast.company.corporate_email == "info@mavi.example"


def test_the_start_page_leads_on_who_is_signed_in(client: Client) -> None:
    cast = Cast()
    page = Screen(cast.browsers["owner"].get(reverse("start")))
    assert page.links["Başvurunuza devam edin"] == reverse("onboarding:board")
    assert "Kaydolun" not in page.links
    assert "Kaydolun" in Screen(client.get(reverse("start"))).links
    assert signed_in(cast.people["owner"]).get(reverse("start")).status_code == 200
