"""Step 2 on the screens: each state's sentence, correcting what İYS names, going on at İYS's site, refusal."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from correspondence.models import Letter
from documents.storage import read
from identifiers import web
from onboarding.actions.pre_application import submission
from onboarding.actor import IYS, SYSTEM
from onboarding.mail import answers
from onboarding.models import Application
from onboarding.steps import STATUS_QUERY
from tests.documents.test_inspection import pdf
from tests.scenarios import mails
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF
from tests.scenarios.papers import upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(at_iys: Callable[[], Cast]) -> Cast:
    return at_iys()


ANSWERING = "Neden değiştirmiyorsunuz?"
# What no person fills in: for which company and application the page stands, and which disclosure it showed.
WITH_EACH_PAGE = ("csrfmiddlewaretoken", "shown_for", "shown_to", "application", "disclosure")


def says(cast: Cast, move: str, reason: str = "", **extracted: str) -> None:
    answers.take(
        application=cast.application, step=STATUS_QUERY, move=move, extracted=extracted, actor=IYS, reason=reason
    )


def asked(cast: Cast, *fields: str) -> None:
    """İYS asked for changes, support made a precise list of them."""
    says(cast, "ask_changes", "Bazı bilgiler hatalı")
    remarks = [(field, f"{field} hatalı") for field in fields]
    submission.ask_changes(application=cast.application, step=STATUS_QUERY, remarks=remarks, actor=STAFF)


def test_while_iys_has_said_nothing(cast: Cast) -> None:
    page = cast.open("status_query")
    assert "Sıra İYS'de" in page
    assert (
        "Başvurunuz İYS'ye gönderildi. İYS aldığını bildirince ön başvuru numaranızı burada göreceksiniz." in page
    )
    assert "İYS ön başvuru numarası Henüz gelmedi" in page
    assert f"Portal başvuru no {cast.application.reference}" in page
    assert "İYSKod değildir" not in page


def test_the_received_application_has_a_number(cast: Cast, tmp_path: Path) -> None:
    cast.arrives(tmp_path, mails.RECEIVED)
    page = cast.open("status_query", role="viewer")
    assert "MX3ZB5JA no'lu başvurunuz İYS'de inceleniyor." in page
    assert "Başvuru numaranızın yer aldığı e-postayı saklayın." in page
    assert "İYS ön başvuru numarası MX3ZB5JA" in page
    assert "doğrulandı" in page


def test_changes_asked_are_with_support_first(cast: Cast, tmp_path: Path) -> None:
    cast.arrives(tmp_path, mails.CHANGES)
    page = cast.open("status_query")
    assert "Sıra destek ekibinde" in page
    assert "İYS düzeltme istedi, destek ekibi hazırlıyor" in page
    assert re.search("İYS'nin yazdığı: “[^”]*web sitesi açılmıyor", page.words), "not what she has to do yet"
    assert "Düzeltmeye başla" not in page.links


def test_correcting_opens_exactly_what_was_named(cast: Cast) -> None:
    asked(cast, "website", "signature_circular")
    page = cast.open("status_query")
    assert (
        "İYS şunların düzeltilmesini istedi: Web Sitesi: website hatalı İmza sirküleri: signature_circular hatalı "
        "Yalnızca bunlar yeniden açıldı" in page
    )
    page = cast.open("pre_application")
    assert "Düzeltilecekler" in page
    assert "MERSİS yanıtını değiştir" not in page.links
    assert [name for name in page.labels if name != ANSWERING] == ["İmza sirküleri"]
    page = cast.whole()
    assert set(page.fields) == {"website", "before-website", *WITH_EACH_PAGE}
    page = cast.write(website="", trade_name="Başka A.Ş.")
    assert (
        page.status,
        f"Web sitesi: Web sitenizi yazın. {web.WITHOUT}" in page,
    ) == (422, True)
    cast.write(website="https://dogru.example", trade_name="Başka A.Ş.")
    before = cast.company.trade_name
    cast.company.refresh_from_db()
    assert (cast.company.website, cast.company.trade_name) == ("https://dogru.example", before)
    assert "Bu bilgi şu anda değiştirilemez" in cast.send("upload", "trade_registry_gazette", file=upload(pdf()))


def test_a_correction_goes_by_support_to_iys_and_step_1_stays_done(cast: Cast) -> None:
    asked(cast, "signature_circular")
    new = pdf(pages=2)
    cast.send("upload", "signature_circular", file=upload(new, "yeni.pdf"))
    page = cast.press("review", "submit")
    assert "Düzeltmeniz alındı." in page
    assert cast.state(STATUS_QUERY) == "re_review"
    assert "Düzeltmeniz inceleniyor" in cast.open("status_query")
    assert "Yeniden düzelttir" not in cast.open("status_query").buttons
    cast.move(STATUS_QUERY, "send_correction")
    assert "Düzeltme İYS'ye gönderiliyor" in cast.open("status_query")
    letter = Letter.objects.filter(audience="iys", step_key="status_query").get()
    attached = {each.document.kind: read(each.document) for each in letter.attachments.select_related("document")}
    assert attached["signature_circular"] == new
    cast.move(STATUS_QUERY, "letter_sent", SYSTEM)
    assert "no'lu başvurunuz İYS'de inceleniyor" in cast.open("status_query")
    assert "Düzeltme İYS'ye gönderildi" in cast.open("status_query")
    assert cast.application.records.get(step="pre_application").state == "sent"


def test_iys_asks_again_and_each_time_is_kept(cast: Cast) -> None:
    for fields in (("website",), ("address", "tax_office")):
        asked(cast, *fields)
        assert set(cast.whole().fields) == {*fields, *(f"before-{name}" for name in fields), *WITH_EACH_PAGE}
        cast.touch_all()
        cast.press("review", "submit")
        cast.move(STATUS_QUERY, "send_correction")
        cast.move(STATUS_QUERY, "letter_sent", SYSTEM)
    assert cast.application.submissions.filter(step="status_query").count() == 2
    texts = set(cast.application.remarks.values_list("text", flat=True))
    assert {"website hatalı", "address hatalı", "tax_office hatalı"} <= texts
    page = cast.open("status_query", role="viewer")
    for words in ("2. tur", "1. tur", "Web Sitesi website hatalı", "Düzeltme incelemeye gönderildi"):
        assert words in page


def test_support_sends_a_correction_back(cast: Cast) -> None:
    asked(cast, "website")
    cast.touch_all()
    cast.press("review", "submit")
    remarks = [("website", "Hâlâ açılmıyor")]
    submission.ask_changes(application=cast.application, step=STATUS_QUERY, remarks=remarks, actor=STAFF)
    page = cast.open("status_query")
    assert "İYS şunların düzeltilmesini istedi: Web Sitesi: Hâlâ açılmıyor" in page


def test_going_on_at_iyss_own_site(cast: Cast, tmp_path: Path) -> None:
    link = "Aşağıdaki bağlantıyla başvurunuza devam edebilirsiniz.\nhttps://basvuru.example/1\n"
    cast.arrives(tmp_path, link)
    page = cast.open("status_query")
    assert "İYS, başvurunuza kendi sitesinde devam etmenizi istiyor." in page
    assert page.links["Başvuruya devam et (İYS sitesi)"] == "https://basvuru.example/1"
    assert cast.open("status_query", role="viewer").buttons == []
    cast.press("status_query", "continued", role="editor")
    assert cast.state(STATUS_QUERY) == "received"


def test_a_link_that_nobody_vouches_for_is_never_shown_as_iyss(cast: Cast, tmp_path: Path) -> None:
    link = "Aşağıdaki bağlantıyla başvurunuza devam edebilirsiniz.\nhttps://{}.example/1\n"
    cast.arrives(tmp_path, link.format("basvuru"))
    cast.arrives(tmp_path, link.format("tuzak"), verdict="fail")
    page = cast.open("status_query")
    assert page.links["Başvuruya devam et (İYS sitesi)"] == "https://basvuru.example/1"


def test_a_link_told_on_the_telephone_is_asked_for_there(cast: Cast) -> None:
    says(cast, "continue_link")
    page = cast.open("status_query")
    assert "İYS, başvurunuza kendi sitesinde devam etmenizi istiyor." in page
    assert page.buttons == ["İYS sitesinde tamamladım"]
    assert "Başvuruya devam et (İYS sitesi)" not in page.links


def test_a_refusal_goes_to_support_and_then_opens_a_new_beginning(cast: Cast) -> None:
    says(cast, "refuse", "Faaliyet konusu uygun değil")
    page = cast.open("status_query")
    assert "İYS başvuruyu reddetti, destek ekibi ilgileniyor" in page
    assert "Faaliyet konusu uygun değil" in page
    assert page.buttons == []
    cast.move(STATUS_QUERY, "offer_again", reason="Yeni unvanla başvurabilirsiniz")
    page = cast.open("status_query")
    assert "Yeni unvanla başvurabilirsiniz" in page
    assert page.buttons == ["Yeniden başvur"]
    assert cast.open("status_query", role="editor").buttons == []
    cast.send("apply_again")
    now = cast.now()
    assert now.pk != cast.application.pk
    assert Application.objects.get(pk=cast.application.pk).closing == "rejected"
    assert now.application_form.signatory_name == "Ada Yalın"


def test_an_approval_leads_to_the_codes(cast: Cast) -> None:
    cast.codes_read()
    page = cast.open("status_query")
    assert "İYS başvurunuzu onayladı Kodlarınız 3. adımda." in page
    assert "Kodlara git" in page.links


def test_a_held_step_says_so_and_waits_for_support(cast: Cast) -> None:
    asked(cast, "website")
    cast.move(STATUS_QUERY, "hold", reason="Telefonla görüşeceğiz")
    page = cast.open("board")
    assert "Destek ekibi bu adımı beklemeye aldı" in page
    assert "Not: Telefonla görüşeceğiz" in page
    assert "Başvuru bilgileri şu anda değiştirilemez." in cast.whole()
