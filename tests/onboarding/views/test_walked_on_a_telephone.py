"""What a company's admin stumbled over on a telephone: words that do not fit what stands beside them."""

import pytest
from django.urls import reverse

from correspondence.models import Audience, Letter
from correspondence.outgoing.bodies import body_of
from onboarding.actions.pre_application import submission
from onboarding.actor import IYS
from onboarding.forms.dossier import DossierForm
from onboarding.forms.package_contract import CountsForm
from onboarding.overview.proposed_way import MINUTES
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from onboarding.ways import Way
from team.forms import CompanyForm
from tests.scenarios.browser import Screen, signed_in
from tests.scenarios.cast import Cast
from tests.scenarios.factories import CompanyFactory, MembershipFactory
from tests.scenarios.ladder import STAFF
from tests.scenarios.papers import blank_pdf, upload

pytestmark = pytest.mark.django_db


def test_once_all_is_there_nobody_is_told_to_upload() -> None:
    cast = Cast()
    cast.manual()
    cast.fill_in()
    assert "Belgeleri yükleyin; sonra gözden geçirip gönderin." in cast.open("pre_application")
    cast = Cast()
    cast.ready()
    page = cast.open("pre_application")
    assert "Her şey hazır: gözden geçirip gönderin." in page
    assert "Belgeleri yükleyin" not in page


def test_a_correction_that_changed_nothing_is_not_said_to_be_kept() -> None:
    cast = Cast()
    cast.submitted()
    submission.ask_changes(
        application=cast.now(), step=PRE_APPLICATION, remarks=[("website", "Açılmıyor")], actor=STAFF
    )
    page = cast.press_page("iletisim")
    assert "Değişmedi, düzeltmesi hâlâ bekleniyor: Web Sitesi." in page
    assert "Bilgiler kaydedildi" not in page
    page = cast.press_page("iletisim", website="https://yeni.example")
    assert "hâlâ bekleniyor" not in page
    assert "Bilgiler kaydedildi." in page


def test_what_was_reviewed_stands_on_the_page_after_sending() -> None:
    cast = Cast()
    cast.submitted()
    cast.company.corporate_email, cast.company.kep_address = "bilgi@mavideniz.example", "mavi@hs01.kep.tr"
    cast.company.save()
    page = cast.open("pre_application")
    assert "Kurumsal E-Posta bilgi@mavideniz.example" in page
    assert "KEP Adresi mavi@hs01.kep.tr" in page
    assert page.words.count("KEP Adresi") == 1


def test_the_signatory_is_called_on_the_review_as_on_the_form_and_to_iys_as_in_the_guide() -> None:
    cast = Cast()
    cast.ready()
    review, (sheet, letter) = cast.open("review"), cast.open("review").words.split("İYS'ye gidecek mektup")
    for label in ("İmza yetkilisinin adı soyadı", "İmza yetkilisinin e-postası", "İmza yetkilisinin cep telefonu"):
        assert label in sheet
        assert label in cast.whole()
        assert f"Değiştir: {label}" in review.links
    assert "Yetkili Kişi" not in sheet
    assert "Yetkili Kişi E-Posta" in letter
    cast.submit()
    assert "İmza yetkilisinin T.C. kimlik numarası *******" in cast.open("pre_application")


def test_each_place_calls_the_choice_of_another_way_the_same() -> None:
    cast = Cast()
    cast.manual()
    cast.fill_in()
    for page in ("board", "pre_application"):
        assert "Başka bir yolla başvur" in cast.open(page).links, page


def test_what_was_saved_of_the_parcel_leads_back_to_where_one_came_from() -> None:
    cast = Cast()
    cast.chosen()
    link = cast.open("package_contract").links["Kargo bilgisi ve etiket"]
    sent = {"carrier": "Yurtiçi", "tracking_number": "12345", "sent_on": "2026-03-02"}
    assert cast.browsers["owner"].post(link, sent)["Location"] == reverse("onboarding:board")


def test_of_an_association_the_answer_is_ticked() -> None:
    def newcomer(title: str) -> Screen:
        company = CompanyFactory.create(trade_name=title)
        return Screen(signed_in(MembershipFactory.create(company=company).user).get(reverse("onboarding:route")))

    page = newcomer("Deniz Koruma Derneği")
    assert "exempt" in page.ticked
    assert "Bu yolla başla" in page.buttons
    page = newcomer("Deniz Koruma Derneği İktisadi İşletmesi")
    assert "exempt" not in page.ticked
    assert "iktisadi işletmeleri de ilkini seçer" in page
    assert "iktisadi işletmeleri" not in newcomer("Mavi Deniz A.Ş.")


def test_how_long_it_takes_who_has_applied_is_what_it_took() -> None:
    assert MINUTES[Way.APPLIED] == 8


def test_a_list_that_is_never_blank_is_not_optional_and_counts_have_their_dots() -> None:
    cast = Cast()
    cast.chosen(message=8_000)
    page = cast.open("choose_package")
    assert "Paket (isteğe bağlı)" not in page
    assert page.fields["message_addresses"] == "8.000"
    assert CountsForm.base_fields["message_addresses"].prepare_value("8000x") == "8000x"


def test_a_finished_company_is_not_led_on_and_its_summary_has_the_parcel() -> None:
    cast = Cast()
    cast.finished()
    for name in ("code_receipt", "package_contract", "partner_assignment"):
        assert "adıma git" not in cast.open(name).words, name
    cast.send("cargo", carrier="Yurtiçi", tracking_number="12345", sent_on="2026-03-02")
    assert "Taahhütnamenin kargosu Yurtiçi · 12345 · 2 Mart 2026" in cast.open("summary")


def test_the_board_says_whose_sentence_it_is_and_the_mail_leads_to_what_is_to_be_corrected() -> None:
    cast = Cast()
    cast.at_iys()
    cast.move(STATUS_QUERY, "ask_changes", IYS, reason="Web sitesi açılmıyor")
    assert "İYS'nin yazdığı: “Web sitesi açılmıyor”" in cast.open("board")
    submission.ask_changes(
        application=cast.now(), step=STATUS_QUERY, remarks=[("website", "Açılmıyor")], actor=STAFF
    )
    letter = Letter.objects.filter(audience=Audience.COMPANY).latest("created_at")
    for said in (body_of(letter).text, body_of(letter).html):
        assert f"{reverse('onboarding:pre_application')}?" in said


def test_the_disclosure_is_named_in_full_once_and_stands_on_every_form_that_collects() -> None:
    cast = Cast()
    cast.send("mersis_question", has_mersis="evet")
    whole = "Kişisel verileriniz için aydınlatma metni"
    page = cast.open("dossier_page", "firma")
    assert whole in page
    cast.press_page("firma")
    page = cast.open("dossier_page", "iletisim")
    assert whole not in page
    assert "Aydınlatma metni" in page


def test_a_title_has_a_box_that_grows_and_a_line_break_is_a_space() -> None:
    for form in (CompanyForm, DossierForm):
        widget = form.base_fields["trade_name"].widget
        assert widget.attrs["rows"] == "2"
        assert widget.value_from_datadict({"trade_name": "GÜNEŞ OPTİK\r\nLTD. ŞTİ."}, {}, "trade_name") == (
            "GÜNEŞ OPTİK LTD. ŞTİ."
        )


def test_what_is_said_of_a_paper_stands_beside_it_alone() -> None:
    cast = Cast()
    cast.manual()
    cast.fill_in()
    payload = blank_pdf(2)
    cast.send("upload", "signature_circular", file=upload(payload, "ayni.pdf"))
    page = cast.send("upload", "trade_registry_gazette", file=upload(payload, "ayni.pdf"))
    assert page.words.count("olarak da yüklendi") == 2, "once beside each of the two"
