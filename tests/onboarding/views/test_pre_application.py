"""Step 1 on the screens: question, fields, drafts, papers to hand in, cargo, review and sending."""

import json
from typing import Any

import pikepdf
import pytest
from django.test import override_settings
from django.utils import timezone

from journal.models import Entry, Event
from onboarding.actions.pre_application import submission
from onboarding.dossier.pages import PAGES
from onboarding.forms.aged import BEFORE
from onboarding.models import ApplicationForm, Cargo, DocumentKind
from onboarding.steps import PRE_APPLICATION
from tests.documents.test_inspection import pdf
from tests.scenarios.browser import Screen
from tests.scenarios.cast import Cast
from tests.scenarios.factories import CompanyFactory, tckn, vkn
from tests.scenarios.ladder import PAPERS, STAFF
from tests.scenarios.papers import blank_pdf, photo, upload

pytestmark = pytest.mark.django_db
WITHOUT_MERSIS = ("tax_plate", "identity_card", "signature_circular", "undertaking")
CARRIED = {"csrfmiddlewaretoken", "shown_for", "shown_to", "disclosure", "application"}
THIRTEEN = {
    "signatory_identity",
    "signatory_name",
    "signatory_email",
    "signatory_mobile",
    "trade_name",
    "mersis_number",
    "tax_number",
    "tax_office",
    "website",
    "contact_phone",
    "province",
    "district",
    "address",
}


@pytest.fixture
def cast() -> Cast:
    return Cast()


def typed(cast: Cast, **changes: str | None) -> dict[str, Any]:
    """What a careful person types, changed by `changes`."""
    company = cast.company
    return {
        "signatory_identity": tckn(7),
        "signatory_name": "Çiğdem Işık",
        "signatory_email": "cigdem@mavideniz.example",
        "signatory_mobile": "0555 010 20 30",
        "trade_name": company.trade_name,
        "mersis_number": company.mersis_number,
        "tax_number": company.tax_number,
        "tax_office": "Karşıyaka",
        "website": "mavideniz.example",
        "contact_phone": "0232 555 01 01",
        "corporate_email": "bilgi@mavideniz.example",
        "province": "İzmir",
        "district": "bornova",
        "address": "Ege Caddesi No: 12",
        **changes,
    }


def open_in(page: Screen) -> set[str]:
    """The fields of a page but for those that say what stood in them."""
    return {name for name in page.fields if not name.startswith(BEFORE)}


def form_of(cast: Cast) -> ApplicationForm:
    return ApplicationForm.objects.get(application=cast.application)


def test_the_way_begins_with_the_question_about_mersis(cast: Cast) -> None:
    assert "MERSİS numaranız var mı?" in cast.open("pre_application")
    page = cast.send("mersis_question")
    assert (page.status, form_of(cast).has_mersis) == (422, None)


def test_with_mersis_the_thirteen_fields_are_asked(cast: Cast) -> None:
    cast.send("mersis_question", has_mersis="evet")
    assert open_in(cast.whole()) | {"signatory_foreign"} == {
        *THIRTEEN,
        "corporate_email",
        "kep_address",
        "signatory_foreign",
        *CARRIED,
    }
    page = cast.open("pre_application")
    assert "MERSİS numarası olan firma" in page
    for label in ("İmza sirküleri", "Ticaret sicil gazetesi", "Kaşeli ve imzalı taahhütname"):
        assert f"{label} Bekleniyor" in page
    assert "Vergi levhası" not in page


def test_without_mersis_one_field_falls_away_and_other_documents_are_asked(cast: Cast) -> None:
    cast.send("mersis_question", has_mersis="hayir")
    page = cast.whole()
    assert "mersis_number" not in page.fields
    assert set(page.fields) >= THIRTEEN - {"mersis_number"}
    page = cast.open("pre_application")
    for kind in WITHOUT_MERSIS:
        assert f"{DocumentKind(kind).label} Bekleniyor" in page
    assert "Oda (meslek kuruluşu) kayıt belgesi (varsa) İsteğe bağlı" in page
    assert "Ticaret sicil gazetesi" not in page


def test_what_was_typed_is_kept_in_its_official_form(cast: Cast) -> None:
    cast.send("mersis_question", has_mersis="evet")
    page = cast.write(**typed(cast))
    assert "Bilgiler kaydedildi." in page
    assert "Tamamlandı" in page
    form = form_of(cast)
    form.application.company.refresh_from_db()
    company = form.application.company
    assert (form.complete, form.signatory_identity, form.signatory_mobile) == (True, tckn(7), "+905550102030")
    assert (company.province, company.district) == ("İzmir", "Bornova")
    assert (company.website, company.contact_phone) == ("https://mavideniz.example", "+902325550101")


def test_the_identity_number_never_comes_back_into_the_page(cast: Cast) -> None:
    cast.send("mersis_question", has_mersis="evet")
    cast.write(**typed(cast))
    page = cast.whole()
    assert tckn(7) not in page.words + "".join(page.fields.values())
    assert f"Kayıtlı: *******{tckn(7)[-4:]}" in page
    cast.write(**typed(cast, signatory_identity="", tax_office="Bornova"))
    assert (form_of(cast).signatory_identity, form_of(cast).complete) == (tckn(7), True)


BAD = [
    ("signatory_identity", "12345678901", "bir rakam yanlış görünüyor; kimlikteki numarayla"),
    ("signatory_identity", "1234567890", "11 haneli olmalı; 10 hane yazdınız"),
    ("signatory_identity", "1234567890A", "yalnızca rakamlardan oluşur"),
    ("signatory_email", "ada@", "ad@firmaniz.com.tr biçiminde olmalı"),
    ("signatory_email", "çiğdem@mavideniz.example", "Türkçe harf"),
    ("signatory_mobile", "0232 555 01 01", "bir cep telefonu değil"),
    ("signatory_mobile", "0555 010", "eksik ya da fazla haneli"),
    ("contact_phone", "yok", "yalnızca rakamlarla yazın"),
    ("kep_address", "bilgi@mavideniz.example", "Bu bir KEP adresi değil"),
    ("kep_address", "mavideniz", "E-posta adresi firmaniz@hs01.kep.tr biçiminde olmalı."),
    ("mersis_number", "084505254700000", "16 haneli olmalı; 15 hane yazdınız"),
    ("mersis_number", "0845052547000009999"[:16], "vergi kimliğine ait görünüyor"),
    ("mersis_number", "0845052546000009", "ticaret sicil gazetenizle karşılaştırın"),
    ("tax_number", "1234567891", "vergi levhasıyla karşılaştırın"),
    ("tax_number", "12345", "10 haneli olmalı; 5 hane yazdınız"),
    ("website", "mavideniz", "bir alan adıyla bitmeli"),
    ("province", "Atlantis", "Geçerli bir seçenek"),
    ("district", "Çankaya", "İzmir ilinde “Çankaya” adında bir ilçe yok"),
    ("trade_name", "", "Bu alan zorunludur"),
    ("address", "", "Bu alan zorunludur"),
    ("tax_office", "", "Bu alan zorunludur"),
]


@pytest.mark.parametrize(("field", "value", "sentence"), BAD)
def test_bad_input_gets_a_sentence_and_keeps_all_else(cast: Cast, field: str, value: str, sentence: str) -> None:
    cast.send("mersis_question", has_mersis="evet")
    sent = typed(cast, **{field: value})
    page = cast.write(**sent)
    assert page.status == 422
    assert "1 yeri düzeltmeniz gerekiyor" in page
    assert sentence in page
    # What is chosen from a list comes back as it is listed there.
    kept = {
        name: text for name, text in sent.items() if name in page.fields and name not in ("province", "district")
    }
    assert field in (*kept, "province", "district")
    if "signatory_identity" in kept and field != "signatory_identity":
        kept["signatory_identity"] = ""  # it is stored, and goes back into no page
    assert {name: page.fields[name] for name in kept} == kept
    assert not form_of(cast).complete


def test_who_types_other_tax_numbers_learns_of_none_whether_it_is_a_customers(cast: Cast) -> None:
    other, own = CompanyFactory.create(), cast.company.tax_number
    cast.send("mersis_question", has_mersis="hayir")
    cast.write(**typed(cast, tax_number=vkn(900)))
    said = set()
    for number in (other.tax_number, vkn(901)):
        page = cast.write(**typed(cast, tax_number=number))
        assert "Numara değişecekse kaydı destek ekibimiz tamamlayacak" in page
        assert other.trade_name not in page.words
        assert "tax_number" in cast.saves_itself("firma", **typed(cast, tax_number=number)).json()["errors"]
        assert cast.now().company.tax_number == own
        said.add((page.status, page.words))
    assert len(said) == 1, said


def test_a_tax_number_is_corrected_where_corrections_are_asked_for(cast: Cast) -> None:
    asked(cast, "tax_number")
    cast.write(tax_number=vkn(901))
    assert cast.now().company.tax_number == vkn(901)


def test_a_foreign_signatory_gives_a_passport_number(cast: Cast) -> None:
    cast.send("mersis_question", has_mersis="evet")
    page = cast.write(**typed(cast, signatory_identity="U 1234567"))
    assert "yalnızca rakamlardan oluşur" in page
    page = cast.write(**typed(cast, signatory_identity="u 1234567", signatory_foreign="on"))
    assert page.status == 200
    assert form_of(cast).signatory_identity == "U1234567"
    cast.hand_in(*PAPERS)
    assert "İmza yetkilisinin pasaport numarası ****4567" in cast.open("review")


def test_who_is_no_foreigner_any_more_has_to_give_a_national_number(cast: Cast) -> None:
    cast.send("mersis_question", has_mersis="evet")
    cast.write(**typed(cast, signatory_identity="U1234567", signatory_foreign="on"))
    page = cast.write(**typed(cast, signatory_identity="", signatory_foreign=None))
    assert page.status == 422
    assert "İmza yetkilisinin T.C. kimlik numarasını da yazın." in page
    page = cast.write(**typed(cast, signatory_foreign=None))
    assert (page.status, form_of(cast).signatory_identity) == (200, tckn(7))


def test_a_national_number_is_not_taken_for_a_passport(cast: Cast) -> None:
    cast.send("mersis_question", has_mersis="evet")
    cast.write(**typed(cast))
    page = cast.write(**typed(cast, signatory_identity="", signatory_foreign="on"))
    assert page.status == 422
    assert "pasaport numarasını da yazın" in page


def test_what_is_saved_while_typing_keeps_what_is_valid(cast: Cast) -> None:
    cast.send("mersis_question", has_mersis="evet")
    half: dict[str, Any] = {"signatory_name": "Çiğdem Işık", "signatory_mobile": "0555"}
    answer = cast.saves_itself("imza-yetkilisi", **half)
    assert "eksik ya da fazla haneli" in answer.json()["errors"]["signatory_mobile"]
    assert "signatory_name" not in answer.json()["errors"]
    form = form_of(cast)
    assert (form.signatory_name, form.signatory_mobile, form.complete) == ("Çiğdem Işık", "", False)
    assert not Entry.objects.filter(event=Event.FILLED_IN).exists(), "a draft is no event"
    for _twice in range(2):
        for page in PAGES:
            mine = {name: value for name, value in typed(cast).items() if name in page.fields}
            answer = cast.saves_itself(page.key, **mine).json()
            assert (answer["said"], answer["errors"]) == ("", {})
            assert answer["kept"].keys() >= mine.keys()
    assert form_of(cast).complete
    assert Entry.objects.filter(event=Event.FILLED_IN).count() == 1, "the same once more is no event either"


def test_nothing_is_saved_while_typing_once_it_is_handed_in(cast: Cast) -> None:
    cast.submitted()
    answer = cast.saves_itself("imza-yetkilisi", signatory_name="Başkası")
    assert (answer.status_code, answer.json()["said"]) == (409, "Başvuru bilgileri şu anda değiştirilemez.")
    assert form_of(cast).signatory_name == "Ada Yalın"


def test_a_page_keeps_what_is_right_beside_what_is_wrong(cast: Cast) -> None:
    cast.send("mersis_question", has_mersis="evet")
    page = cast.write(**typed(cast, tax_office="Karşıyaka", website="mavideniz"))
    assert page.status == 422
    assert "1 yeri düzeltmeniz gerekiyor Web sitesi bir alan adıyla bitmeli" in page
    assert page.fields["website"] == "mavideniz"
    assert form_of(cast).application.company.tax_office == "Karşıyaka"
    assert form_of(cast).application.company.contact_phone == "+902325550101"


def test_changing_the_answer_about_mersis_asks_for_the_fields_again(cast: Cast) -> None:
    cast.fill_in()
    cast.send("mersis_question", has_mersis="hayir")
    assert "mersis_number" not in cast.whole().fields
    assert "Başvuru bilgileri henüz tamamlanmadı." in cast.open("pre_application")


def test_a_task_list_names_what_is_missing_and_submitting_is_refused(cast: Cast) -> None:
    cast.fill_in()
    cast.hand_in("signature_circular")
    page = cast.open("review")
    for sentence in ("“Ticaret sicil gazetesi” henüz yüklenmedi.", "“Kaşeli ve imzalı taahhütname” henüz"):
        assert sentence in page
    assert "Onaylıyorum, gönderin" not in page.buttons
    page = cast.send("submit", expected_version="0")
    assert "“Ticaret sicil gazetesi” henüz yüklenmedi." in page
    assert cast.state(PRE_APPLICATION) == "draft"
    assert not cast.application.submissions.exists()


def test_a_document_that_no_mail_can_carry_is_refused_before_sending(cast: Cast) -> None:
    cast.fill_in()
    cast.hand_in(*PAPERS)
    with override_settings(LETTER_MAX_BYTES=1024):
        page = cast.open("review")
        assert "bir e-postaya sığmıyor. Daha düşük çözünürlükle tarayıp yeniden yükleyin." in page
        cast.send("submit", expected_version="0")
    assert cast.state(PRE_APPLICATION) == "draft"


def encrypted() -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="a", user="b"))


def scripted() -> bytes:
    return pdf(lambda document: setattr(document.Root, "OpenAction", script()))


def script() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


@pytest.mark.parametrize(
    ("payload", "name", "sentence"),
    [
        (b"PK\x03\x04 a word document", "sirküler.docx", "“sirküler.docx” PDF, JPEG, PNG ya da HEIC değil"),
        (
            b"MZ a program",
            "sirküler.pdf",
            "adında PDF yazsa da içi PDF, JPEG, PNG ya da HEIC değil",
        ),
        (encrypted(), "sirküler.pdf", "PDF şifreli. Parolasını kaldırıp"),
        (scripted(), "sirküler.pdf", "PDF betik (çalışan kod) içeriyor"),
        (blank_pdf()[:-200], "sirküler.pdf", "PDF'in sonu eksik"),
        (pdf(pages=4), "sirküler.pdf", "PDF 4 sayfa; en çok 3 sayfa olabilir"),
        (blank_pdf() + b"\0" * 70_000, "sirküler.pdf", "en çok 0,1 MB olabilir"),
        (b"", "sirküler.pdf", "Dosya boş"),
    ],
    ids=["word", "program", "encrypted", "script", "half", "pages", "size", "empty"],
)
def test_a_bad_upload_is_refused_with_a_sentence(cast: Cast, payload: bytes, name: str, sentence: str) -> None:
    cast.fill_in()
    with override_settings(UPLOAD_MAX_BYTES=65_536, UPLOAD_MAX_PAGES=3):
        page = cast.send("upload", "signature_circular", file=upload(payload, name))
    assert "İmza sirküleri: " in page
    assert sentence in page
    assert not cast.company.documents.exists()


def test_no_file_at_all_and_an_unknown_kind(cast: Cast) -> None:
    cast.fill_in()
    assert "İmza sirküleri: Önce bir dosya seçin." in cast.send("upload", "signature_circular")
    assert cast.answer("upload", "tax_plate", file=upload(blank_pdf())).status_code == 404
    assert cast.answer("upload", "offer", file=upload(blank_pdf())).status_code == 404


def test_an_upload_is_listed_and_a_second_one_replaces_it(cast: Cast) -> None:
    cast.fill_in()
    page = cast.send("upload", "signature_circular", file=upload(blank_pdf(), "sirküler.pdf"))
    assert "İmza sirküleri yüklendi." in page
    assert "İmza sirküleri Yüklendi sirküler.pdf" in page
    page = cast.send("upload", "signature_circular", file=upload(photo(form="PNG"), "foto.jpg"), role="editor")
    assert "İmza sirküleri Yüklendi foto.pdf" in page
    assert cast.company.documents.current().count() == 1
    assert cast.company.documents.count() == 2


def test_the_same_file_again_is_said_to_be_there_already(cast: Cast) -> None:
    cast.fill_in()
    content = blank_pdf()
    cast.send("upload", "signature_circular", file=upload(content, "sirküler.pdf"))
    page = cast.send("upload", "signature_circular", file=upload(content, "yeni ad.pdf"))
    assert "Bu dosya zaten yüklü: sirküler.pdf." in page
    assert "yüklendi" not in page
    assert cast.company.documents.count() == 1


def test_cargo_is_recorded_changed_and_never_blocks(cast: Cast) -> None:
    page = cast.open("cargo")
    assert "TOBB Plaza Şişli / İstanbul" in page
    assert page.fields["sent_on"] == timezone.localdate().isoformat()
    page = cast.send("cargo", carrier="Martı Kargo", tracking_number="", sent_on="2026-03-02")
    assert page.status == 422
    assert "Takip numarasını yazın; kargo fişinizde bulunur." in page
    assert (page.fields["carrier"], page.fields["sent_on"]) == ("Martı Kargo", "2026-03-02")
    assert "arrived_on" not in page.fields, "nobody knows it who is just sending"
    cast.fill_in()
    page = cast.send("cargo", carrier="Martı Kargo", tracking_number="MK-1", sent_on="2026-03-02", role="editor")
    assert "Martı Kargo · MK-1 · 2 Mart 2026" in page
    fields = cast.open("cargo").fields
    assert (fields["carrier"], fields["sent_on"]) == ("Martı Kargo", "2026-03-02")
    page = cast.send("cargo", **{**fields, "arrived_on": "2026-03-01"})
    assert "Ulaştığı gün, gönderildiği günden önce olamaz." in page
    page = cast.send("cargo", **{**fields, "arrived_on": "2026-03-04"})
    assert "4 Mart 2026 gününde ulaştı" in page
    assert Cargo.objects.count() == 1


def test_what_is_signed_anew_is_sent_anew(cast: Cast) -> None:
    cast.ready()
    cast.send("cargo", carrier="Martı Kargo", tracking_number="MK-1", sent_on="2026-03-02")
    cast.hand_in("undertaking", page_count=2)
    assert Cargo.objects.exists(), "another scan of the same paper"
    cast.write(address="Yeni Cadde No: 1")
    assert Cargo.objects.exists(), "the paper that was sent is the one that is there"
    cast.downloads()
    cast.hand_in("undertaking", page_count=3)
    assert cast.now().application_form.parcel is None
    assert cast.now().application_form.cargo_awaited_since is not None, "and is reminded of"
    assert "Martı Kargo MK-1 önceki taahhütnameninmiş" in Entry.objects.latest("pk").text
    assert "Taahhütnamenin aslını sonra kargolayın" in cast.open("board")


def test_a_parcel_is_not_sent_tomorrow(cast: Cast) -> None:
    page = cast.send("cargo", carrier="Martı Kargo", tracking_number="MK-1", sent_on="2999-01-01")
    assert "Gönderildiği gün: Bugünden sonraki bir gün olamaz." in page
    assert not Cargo.objects.exists()


def test_the_owner_sees_the_letter_as_it_will_go_and_sends_it(cast: Cast) -> None:
    cast.fill_in()
    cast.hand_in(*PAPERS)
    page = cast.open("review")
    assert "Alıcı: onkayit@iys.org.tr" in page
    assert "Bilgi: iys@kiyi.example" in page
    assert tckn(7) not in page.words
    page = cast.press("review", "submit")
    assert "Başvurunuzu aldık." in page
    assert cast.state(PRE_APPLICATION) == "submitted"
    row = cast.application.submissions.get()
    assert row.submitted_by == cast.people["owner"]
    frozen = json.loads(row.content)
    assert frozen["fields"]["signatory_identity"] == tckn(7)
    assert set(frozen["documents"]) == set(PAPERS)
    page = cast.open("pre_application")
    assert "Başvurunuz inceleniyor" in page
    assert page.actions == []


def test_an_editor_prepares_and_a_viewer_reads(cast: Cast) -> None:
    cast.fill_in()
    cast.hand_in(*PAPERS)
    page = cast.open("review", role="editor")
    assert page.buttons == []
    assert f"Firma sahibi {cast.people['owner']} gönderecek." in page
    page = cast.open("pre_application", role="viewer")
    assert (page.buttons, page.actions) == ([], [])
    assert "Bilgileri değiştir" not in page.links
    assert cast.answer("cargo", role="viewer").status_code == 403
    assert "Kargo bilgisi ve etiket" not in page.links


def test_while_support_looks_nothing_can_be_changed(cast: Cast) -> None:
    cast.submitted()
    assert "Başvuru bilgileri şu anda değiştirilemez." in cast.whole()
    page = cast.send("upload", "signature_circular", file=upload(blank_pdf()))
    assert "Bu bilgi şu anda değiştirilemez" in page
    page = cast.send("mersis_question", has_mersis="hayir")
    assert "Başvuru bilgileri şu anda değiştirilemez" in page
    assert (form_of(cast).has_mersis, form_of(cast).complete) == (True, True)
    assert "şu anda gönderilemez" in cast.send("submit", expected_version="1")


def asked(cast: Cast, *fields: str) -> None:
    cast.submitted()
    remarks = [(field, f"{field} düzeltilmeli") for field in fields]
    submission.ask_changes(application=cast.application, step=PRE_APPLICATION, remarks=remarks, actor=STAFF)


def test_changes_asked_open_exactly_the_named_fields(cast: Cast) -> None:
    asked(cast, "website", "tax_plate", "signature_circular")
    page = cast.open("pre_application")
    assert "website düzeltilmeli" in page
    assert [name for name in page.labels if name not in ("", "Neden değiştirmiyorsunuz?")] == ["İmza sirküleri"]
    page = cast.whole()
    assert open_in(page) == {"website", *CARRIED}
    assert "Bu bilgi şu anda değiştirilemez" in cast.send("upload", "undertaking", file=upload(blank_pdf()))
    page = cast.write(website="yeni.example", address="Başka yer")
    cast.company.refresh_from_db()
    assert (cast.company.website, cast.company.address) == ("https://yeni.example", "Ege Caddesi No: 12")
    cast.touch_all()
    cast.press("review", "submit")
    assert cast.state(PRE_APPLICATION) == "submitted"
    assert not cast.application.remarks.filter(settled_at=None).exists()
    assert cast.application.submissions.count() == 2


def test_when_documents_alone_are_asked_for_the_fields_stay_closed(cast: Cast) -> None:
    asked(cast, "signature_circular")
    assert "Bilgileri değiştir" not in cast.open("pre_application").links
    assert "Bilgileri değiştir" not in cast.open("review").links
    page = cast.send("mersis_question", has_mersis="hayir")
    assert "Başvuru bilgileri şu anda değiştirilemez" in page
    assert form_of(cast).complete, "the answer about MERSİS made the whole form incomplete"
    cast.touch_all()
    cast.press("review", "submit")
    assert cast.state(PRE_APPLICATION) == "submitted"


def test_a_province_is_corrected_together_with_its_district(cast: Cast) -> None:
    asked(cast, "province")
    page = cast.whole()
    assert open_in(page) == {"province", "district", *CARRIED}
    page = cast.write(province="Ankara", district="Bornova")
    assert "Ankara ilinde “Bornova” adında bir ilçe yok" in page
    cast.write(province="Ankara", district="Çankaya")
    cast.company.refresh_from_db()
    assert (cast.company.province, cast.company.district) == ("Ankara", "Çankaya")


def test_a_foreign_signatory_corrects_the_passport_number(cast: Cast) -> None:
    cast.fill_in()
    ApplicationForm.objects.filter(application=cast.application).update(signatory_foreign=True)
    cast.hand_in(*PAPERS)
    cast.press("review", "submit")
    remarks = [("signatory_identity", "Numara okunmuyor")]
    submission.ask_changes(application=cast.application, step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    page = cast.write(signatory_identity="U7654321")
    assert page.status == 200
    assert form_of(cast).signatory_identity == "U7654321"


def test_rejection_says_why_and_offers_a_new_beginning(cast: Cast) -> None:
    cast.submitted()
    cast.move(PRE_APPLICATION, "reject", reason="İmza yetkisi belgelenemedi")
    assert "İmza yetkisi belgelenemedi" in cast.open("pre_application")
    page = cast.open("board")
    assert "Neden: İmza yetkisi belgelenemedi" in page
    assert page.buttons == ["Yeniden başvur"]
    assert cast.open("board", role="editor").buttons == []
    cast.send("apply_again")
    assert cast.now().pk != cast.application.pk
    page = cast.whole()
    assert page.fields["signatory_name"] == "Ada Yalın"


def test_a_number_typed_for_another_company_crosses_no_wall(cast: Cast) -> None:
    assert vkn(7) != cast.company.tax_number
    cast.send("mersis_question", has_mersis="evet")
    page = cast.write(**typed(cast, mersis_number=f"0{vkn(7)}00001"))
    assert f"MERSİS numarası {vkn(7)} numaralı vergi kimliğine ait görünüyor" in page
    assert f"siz vergi kimlik numarası olarak {cast.company.tax_number} yazdınız" in page


def test_that_a_change_means_to_sign_anew_is_said_before_and_after(cast: Cast) -> None:
    """The paper that was couriered is worth nothing afterwards: whoever changes a street has to know."""
    cast.fill_in()
    pages = (("dossier_page", "firma"), ("co_signatories",), ("mersis_question",))
    said = "birini değiştirirseniz taahhütname yeniden imzalanır"
    assert [page for page in pages if said in cast.open(*page)] == []
    cast.hand_in("undertaking")
    assert [page for page in pages if said not in cast.open(*page)] == []
    submission.fill_in(
        application=cast.now(), values={"address": "Yeni Sokak No: 9"}, complete=True, actor=cast.owner
    )
    assert "aslını da kargolarsınız" not in cast.open("pre_application"), "nothing was sent"
    cast.send("cargo", carrier="Martı Kargo", tracking_number="MK-1", sent_on="2026-03-02")
    assert "yeni imzalananın aslını da kargolarsınız" in cast.open("pre_application")
