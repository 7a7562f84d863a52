"""What people stumbled over on a second walk: papers, complaints, codes, names, the end of a way."""

import io
import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import NON_FIELD_ERRORS
from django.urls import reverse
from PIL import Image

from brands.forms import BrandForm
from onboarding.actions.pre_application import already_applied, submission
from onboarding.forms.package_contract import PaymentForm
from onboarding.gate import Route
from onboarding.models import Package
from onboarding.steps import PRE_APPLICATION
from tests.scenarios.browser import Screen, shown
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF
from tests.scenarios.papers import blank_pdf, photo, upload
from tests.scenarios.support import Support

pytestmark = pytest.mark.django_db


def one_colour(form: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (600, 800), (250, 250, 248)).save(out, form)
    return out.getvalue()


def code_field(answer: Any) -> str:
    (found,) = re.findall(r'<input[^>]*name="code"[^>]*>', answer.content.decode())
    return str(found)


def test_one_file_as_two_papers_is_taken_and_said() -> None:
    cast = Cast()
    cast.send("mersis_question", has_mersis="hayir")
    paper = blank_pdf(2)  # a second one, made a second later, has other bytes
    cast.send("upload", "tax_plate", file=upload(paper, "levha.pdf"))
    page = cast.send("upload", "signature_circular", file=upload(paper, "sirkuler.pdf"))
    assert "İmza sirküleri yüklendi." in page
    assert page.words.count("Bu dosya vergi levhası olarak da yüklendi. Yanlış dosyayı seçtiyseniz") == 1
    assert "Bu dosya imza sirküleri olarak da yüklendi." in page
    assert "hepsi bu dosyadaysa olduğu gibi kalabilir" in page
    assert "İmza sirküleri: Bu dosya vergi levhası olarak da yüklendi." in Support(cast.now()).page()
    page = cast.send("upload", "signature_circular", file=upload(blank_pdf(3), "sirkuler.pdf"))
    assert "olarak da yüklendi" not in page


@pytest.mark.parametrize(
    ("picture", "why"),
    [
        (photo(size=(40, 40)), "Resim çok küçük (40 × 40 nokta), yazıları okunmaz."),
        (photo(size=(1654, 150)), "Resim çok küçük (1654 × 150 nokta), yazıları okunmaz."),
        (one_colour("JPEG"), "Resim tek renk, üzerinde hiçbir yazı yok."),
        (one_colour("PNG"), "Resim tek renk, üzerinde hiçbir yazı yok."),
    ],
    ids=["tiny", "a strip", "blank JPEG", "blank PNG"],
)
def test_a_photo_that_nobody_could_read_is_no_paper_and_nothing_else_is_lost(picture: bytes, why: str) -> None:
    cast = Cast()
    cast.send("channel", channel="applied")
    page = cast.press("evidence", "evidence", iys_code="711234", file=upload(picture, "onay.jpg"))
    assert (page.status, why in page) == (422, True)
    assert page.fields["iys_code"] == "711234"
    assert not cast.company.documents.exists()
    typed = {"iys_code": "711234", "brands": "A, 711234", "draft": "1"}
    assert "Kaydedildi." in cast.press("evidence", "evidence", **typed, file=upload(photo(size=(160, 255))))
    assert cast.company.documents.get().pages == 1


def test_all_that_a_page_lacks_is_said_at_once() -> None:
    cast = Cast()
    cast.send("channel", channel="applied")
    page = cast.press("evidence", "evidence", brands="Mavi Deniz")
    assert "3 yeri düzeltmeniz gerekiyor" in page
    for complaint in (
        "Ön başvuru numarasını ya da İYSKod'u yazın.",
        "“Mavi Deniz” satırı",
        already_applied.NO_PAPER,
    ):
        assert complaint in page
    page = cast.press("evidence", "evidence", iys_code="711234", file=upload(b"MZ", "onay.exe"))
    assert "1 yeri düzeltmeniz gerekiyor" in page
    assert "“onay.exe” PDF, JPEG, PNG ya da HEIC değil" in page


def test_a_payment_and_a_brand_lack_several_things_at_once() -> None:
    class NoFile:
        refusal = ""

        def __bool__(self) -> bool:
            return False

    payment = PaymentForm({"paid_on": "2099-01-01"}, receipt=NoFile())
    assert set(payment.errors) == {"paid_on", "reference"}
    brand = BrandForm({"name": ""}, certificate=NoFile(), company=Cast().company)
    assert set(brand.errors) == {"name", NON_FIELD_ERRORS}


def test_a_wrong_code_does_not_stand_in_the_field_of_the_next_one() -> None:
    cast = Cast()
    cast.send("channel", channel="online")
    cast.send("email_code", email="bilgi@mavideniz.example")
    assert "autofocus" not in code_field(cast.browsers["owner"].get(reverse("onboarding:email_code")))
    for sent in ("000000", "abc"):
        typed: dict[str, Any] = {**cast.open("email_code").fields, "code": sent}
        answer = cast.answer("email_code", **typed)
        field = code_field(answer)
        assert " autofocus" in field
        assert sent not in field
        assert 'aria-describedby="id_code_helptext id_code_error"' in field


def test_a_corporate_address_at_a_free_mailbox_is_kept_with_a_hint_beside_it() -> None:
    cast, hint = Cast(corporate_email=""), "gmail.com ücretsiz bir e-posta hizmeti. İYS kurumsal adres bekler"
    cast.send("mersis_question", has_mersis="evet")
    assert hint not in cast.open("dossier_page", "iletisim")
    answer = cast.saves_itself("iletisim", corporate_email="mavideniz@gmail.com").json()
    assert answer["kept"]["corporate_email"] == "mavideniz@gmail.com"
    assert hint in answer["notes"]["corporate_email"]
    assert hint not in cast.press_page("iletisim", website="mavideniz.example"), "it was said"
    assert cast.open("dossier_page", "iletisim").words.count(hint) == 1, "and stands beside the field"
    page = cast.press_page("iletisim", corporate_email="mavideniz@hotmail.com")
    assert "Kurumsal e-posta: hotmail.com ücretsiz bir e-posta hizmeti." in page
    page = cast.press_page("iletisim", corporate_email="bilgi@mavideniz.example")
    assert "ücretsiz" not in page


@pytest.mark.parametrize(
    ("route", "where"),
    [
        (Route.EXEMPT, "Portalda yapmanız gereken başka bir şey yok."),
        (Route.SELF_MANAGED, "Portalda işiniz kalmadı; İYS'ye kayıt ve onayların aktarımı sizde."),
    ],
)
def test_the_end_of_a_short_way_is_not_said_to_be_that_of_a_registration(route: Route, where: str) -> None:
    cast = Cast(route)
    cast.press("panel_settings", "panel_settings", kind=route, exemption_basis="Dernek 34-1", correct="on")
    assert where in cast.open("board")
    summary = cast.open("summary")
    assert summary.words.count("İYS'ye kayıt yapılmadı") == 1
    assert "gelen e-postalar" not in summary, "there are none"
    for word in ("bitti", "tarihinde tamamlandı", "İYS kaydınız tamamlandı"):
        assert word not in summary


def test_the_offers_page_says_where_its_price_stands() -> None:
    cast = Cast()
    cast.offered()
    assert "İLETİ-5 paketi. Tutar İYS'nin teklifinde yazar; sizi o bağlar." in cast.open("package_contract")
    Package.objects.update(price=Decimal(4_990))
    priced = "liste fiyatı 4.990,00 TL (yıllık, KDV hariç). Tutar İYS'nin teklifinde yazar; sizi o bağlar."
    assert priced in cast.open("package_contract")


def test_the_fifth_step_helps_who_has_a_telephone_alone() -> None:
    cast = Cast()
    cast.preparing()
    page = cast.open("partner_assignment")
    assert "tarayıp ya da telefonla çekip yükleyin." in page
    assert "Kartla imzalamak için bilgisayar gerekir." in page


@pytest.mark.parametrize("role", ["owner", "viewer"])
def test_the_end_of_the_fifth_step_has_one_primary_button(role: str) -> None:
    cast = Cast()
    cast.assigned()
    page = cast.browsers[role].get(reverse("onboarding:partner_assignment")).content.decode()
    primary = re.findall(r'class="button"[^>]*>([^<]*)<', page.partition("<main")[2])
    assert primary == ["6. adıma git"]
    assert "Kapalıysa onaylı alıcılarınız İYS'ye aktarılmaya başlamaz." in shown(page)


def test_the_board_has_one_primary_button_before_the_sixth_step() -> None:
    cast = Cast()
    cast.assigned()
    page = cast.browsers["owner"].get(reverse("onboarding:board")).content.decode()
    primary = re.findall(r'class="button"[^>]*>([^<]*)<', page.partition("<main")[2].partition("</main>")[0])
    assert [words.strip() for words in primary] == ["Devam et"]


def test_the_disclosure_text_stands_once_on_a_page_with_several_forms() -> None:
    cast = Cast()
    cast.send("mersis_question", has_mersis="evet")
    page = cast.open("dossier_page", "firma")
    assert page.words.count("Kişisel verileriniz için aydınlatma metni") == 1
    assert len(page.actions) > 2


def test_what_becomes_of_a_plate_that_is_read_is_said_in_the_same_words_wherever_it_is_chosen() -> None:
    said = (
        "Dijital Vergi Dairesi'nden indirdiğiniz PDF'i okur, bulduklarımızı onayınıza sunarız; "
        "fotoğraf ve tarama okunamaz."
    )
    cast = Cast()
    cast.send("mersis_question", has_mersis="evet")
    for path in (reverse("team:company_new"), reverse("onboarding:dossier_page", args=["firma"])):
        page = Screen(cast.browsers["owner"].get(path))
        assert page.words.count(said) == 1
        assert page.words.count("okunamaz") == 1


def test_the_board_says_what_a_draft_lacks() -> None:
    cast = Cast()
    assert "Eksik:" not in cast.open("board"), "nobody knows before the way is chosen"
    cast.send("mersis_question", has_mersis="hayir")
    lacking = "İmza yetkilisi bilgileri, Vergi levhası"
    for role in ("owner", "viewer"):
        assert f"Eksik: {lacking}" in cast.open("board", role=role)
    cast.send("upload", "tax_plate", file=upload(blank_pdf(2), "levha.pdf"))
    assert "Vergi levhası" not in cast.open("board").words.partition("Eksik:")[2].partition(".")[0]
    cast.ready()
    assert "Eksik:" not in cast.open("board")


def test_an_earlier_application_is_a_link_away() -> None:
    cast = Cast()
    cast.submitted()
    before = cast.now()
    assert "Önceki başvurularınız" not in cast.open("board")
    cast.press("withdraw", "withdraw", reason="Vazgeçtik")
    cast.send("apply_again")
    page = cast.open("board", role="viewer")
    assert f"Önceki başvurularınız: {before.reference} (Geri çekildi, " in page
    path = page.links[before.reference]
    earlier = Screen(cast.browsers["viewer"].get(path))
    assert "Neden: Vazgeçtik" in earlier
    assert before.reference in earlier
    assert earlier.actions == []
    live = cast.company.applications.live().get()
    assert cast.browsers["owner"].get(reverse("onboarding:earlier", args=[live.pk])).status_code == 404


def folds(answer: Any) -> dict[str, tuple[bool, str]]:
    """What is folded on the page by its summary: whether it is open all the same, and what is in it."""
    page = answer.content.decode().partition("<main")[2]
    found = re.findall(r"<details([^>]*)>\s*<summary>(.*?)</summary>(.*?)</details>", page, re.DOTALL)
    return {shown(summary): (" open" in attributes, inside) for attributes, summary, inside in found}


def asked_to_correct(*remarks: tuple[str, str]) -> Cast:
    cast = Cast()
    cast.submitted()
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    return cast


def test_papers_that_need_no_correction_are_folded_away_by_name() -> None:
    cast = asked_to_correct(("website", "Açılmıyor"), ("signature_circular", "Okunmuyor"))
    path = reverse("onboarding:pre_application")
    page = folds(cast.browsers["owner"].get(path))
    summary = "Düzeltilmesi istenmeyen belgeler: Ticaret sicil gazetesi, Kaşeli ve imzalı taahhütname"
    is_open, inside = page[summary]
    assert not is_open
    assert 'id="belge-trade_registry_gazette"' in inside
    assert 'id="belge-signature_circular"' not in inside
    assert "Taahhütname: düzeltilmesi istenmedi; yazan bir bilgi değişirse yeniden imzalanır" in page
    assert "birini değiştirirseniz taahhütname yeniden imzalanır" in cast.open("pre_application")
    cast.write(website="https://yeni.mavideniz.example")
    page = folds(cast.browsers["owner"].get(path))
    assert "Düzeltilmesi istenmeyen belgeler: Ticaret sicil gazetesi" in page, "the undertaking is signed anew"
    assert not any(summary.startswith("Taahhütname:") for summary in page)


def test_fields_that_need_no_correction_are_folded_away_by_name_save_with_an_error() -> None:
    cast = asked_to_correct(("website", "Açılmıyor"), ("", "Hepsine bir daha bakın"))
    path = reverse("onboarding:dossier_page", args=["iletisim"])
    page = folds(cast.browsers["owner"].get(path))
    summary = "Düzeltilmesi istenmeyen bilgiler: İletişim numarası, Kurumsal e-posta, KEP adresi"
    is_open, inside = page[summary]
    assert not is_open
    assert 'name="contact_phone"' in inside
    assert 'name="website"' not in inside
    typed: dict[str, Any] = {**cast.open("dossier_page", "iletisim").fields, "contact_phone": "12"}
    is_open, inside = folds(cast.answer("dossier_page", "iletisim", **typed))[summary]
    assert is_open
    assert 'value="12"' in inside
    elsewhere = folds(cast.browsers["owner"].get(reverse("onboarding:dossier_page", args=["firma"])))
    assert not [summary for summary in elsewhere if "istenmeyen" in summary]
