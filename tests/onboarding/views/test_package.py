"""Step 4 on the screens: figures and package, request, offer, contract, payment."""

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from brands.models import Brand, Reach
from correspondence.addresses import tracking_address
from correspondence.models import Letter
from documents.models import LegalText
from onboarding.actions import package_contract
from onboarding.actor import IYS, SYSTEM
from onboarding.models import Package, PackageChoice
from onboarding.steps import PACKAGE_CONTRACT
from tests.documents.test_inspection import pdf
from tests.scenarios import mails
from tests.scenarios.cast import Cast
from tests.scenarios.papers import blank_pdf, upload

pytestmark = pytest.mark.django_db
FASTER = "Bu adım az önce değişti"


@pytest.fixture
def cast(at_the_start: Callable[[], Cast]) -> Cast:
    return at_the_start()


def counts(message: object = 0, call: object = 0, email: object = 0, **more: str) -> dict[str, str]:
    return {
        "message_addresses": str(message),
        "call_addresses": str(call),
        "email_addresses": str(email),
        "offer_email": "bilgi@mavideniz.example",
        **more,
    }


def choice_of(cast: Cast) -> PackageChoice:
    return PackageChoice.objects.get(application=cast.application)


def test_a_step_that_support_opened_again_says_that_and_not_that_a_letter_failed(cast: Cast) -> None:
    cast.preparing()
    cast.support_reopens(PACKAGE_CONTRACT, "Paket yanlış seçilmiş")
    page = cast.open("package_contract")
    assert "Adım yeniden açıldı. Paket yanlış seçilmiş" in page
    assert "gönderilmedi" not in page


@pytest.mark.parametrize(
    ("largest", "package"),
    [
        (0, "İLETİ-5"),
        (4_999, "İLETİ-5"),
        (5_000, "İLETİ-5"),
        (5_001, "İLETİ-25"),
        (25_000, "İLETİ-25"),
        (25_001, "İLETİ-75"),
        (75_000, "İLETİ-75"),
        (75_001, "İLETİ-150"),
        (150_000, "İLETİ-150"),
        (150_001, "İLETİ-250"),
        (250_000, "İLETİ-250"),
        (250_001, "İLETİ+"),
    ],
)
def test_the_package_that_is_recommended(cast: Cast, largest: int, package: str) -> None:
    cast.choosing()
    page = cast.send("choose_package", **counts(email=largest))
    reasoning = f"{package} En büyük kanalınız E-posta: {largest:,} onaylı adres."
    assert (reasoning.replace(",", ".") if largest else f"{package} Onaylı adresiniz yok.") in page
    assert ": 0 onaylı adres" not in page
    assert str(choice_of(cast).package) == package


def test_the_largest_channel_counts_and_not_the_sum(cast: Cast) -> None:
    cast.choosing()
    page = cast.send("choose_package", **counts(5_000, 5_000, 5_000), role="editor")
    assert (
        "En büyük kanallarınız Mesaj, Arama ve E-posta: 5.000 onaylı adres. İLETİ-5 paketi 5.000 adrese kadar "
        "yeter; önerimiz bu. Paketi kanalların toplamı (15.000) değil, en büyük tek kanal belirler."
    ) in page
    assert (str(choice_of(cast).package), choice_of(cast).largest) == ("İLETİ-5", 5_000)


def test_a_channel_that_is_left_empty_is_zero_and_shown_before_the_letter(cast: Cast) -> None:
    """Whoever uses one channel types one number, and sees what is taken for the others."""
    cast.choosing()
    page = cast.send("choose_package", **counts("", "", "4.100"))
    choice = choice_of(cast)
    assert (choice.message_addresses, choice.call_addresses, choice.email_addresses) == (0, 0, 4_100)
    assert "Mesaj 0 Arama 0 E-posta 4.100" in page
    assert "0 yazan kanalda onaylı adresiniz olmadığı kabul edilir." in page
    assert "toplamı" not in page, "the sum of one channel is said not to count"
    assert "0 yazan kanalda" not in cast.send("choose_package", **counts(1, 2, 3))


@pytest.mark.parametrize("empty", ["", " "])
def test_no_number_at_all_is_not_taken_for_zeros(cast: Cast, empty: str) -> None:
    """Pressing the button on an empty page chooses no package."""
    cast.choosing()
    page = cast.send("choose_package", **counts(empty, empty, empty))
    assert page.status == 422
    assert "En az bir kanal için sayı yazın; hiç onaylı adresiniz yoksa 0 yazın." in page
    assert not PackageChoice.objects.exists()


def test_the_packages_to_choose_from_stand_in_the_order_of_their_size(cast: Cast) -> None:
    cast.choosing()
    offered = "Sayılara göre önerilen paket İLETİ-5 İLETİ-25 İLETİ-75 İLETİ-150 İLETİ-250 İLETİ+"
    assert offered in cast.open("choose_package")


def test_the_way_begins_with_the_figures_and_the_catalogue(cast: Cast) -> None:
    cast.choosing()
    page = cast.open("package_contract")
    assert "Kaç onaylı adresiniz var?" in page
    assert "İLETİ-5 5.000 adrese kadar İLETİ-25 25.000 adrese kadar" in page
    assert "İLETİ+ sınırsız" in page
    assert page.fields["offer_email"] == "bilgi@mavideniz.example"


def test_a_package_of_yesterdays_catalogue_is_not_offered(cast: Cast) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Package.objects.filter(name="5").update(valid_until=yesterday)
    cast.choosing()
    assert "İLETİ-5 5.000 adrese kadar" not in cast.open("choose_package")
    cast.send("choose_package", **counts(10))
    assert str(choice_of(cast).package) == "İLETİ-25"


@pytest.mark.parametrize("typed", ["5.000", "5 000", "5000", " 5000 "])
def test_figures_may_be_grouped_as_turks_write_them(cast: Cast, typed: str) -> None:
    cast.choosing()
    cast.send("choose_package", **counts(email=typed))
    assert choice_of(cast).email_addresses == 5_000


@pytest.mark.parametrize("typed", ["beş bin", "-5", "5,5", "5.00", "12.5000", "1e3", "٥"])
def test_what_is_no_number_gets_a_sentence_and_keeps_the_rest(cast: Cast, typed: str) -> None:
    cast.choosing()
    sent = counts(3200, typed, 4100)
    page = cast.send("choose_package", **sent)
    assert page.status == 422
    assert "Arama için onaylı numara sayısı: Yalnızca rakamla bir sayı yazın, örneğin 12500 ya da 12.500" in page
    assert {name: page.fields[name] for name in sent} == sent
    assert not PackageChoice.objects.exists()


def test_empty_figures_and_a_bad_address(cast: Cast) -> None:
    cast.choosing()
    page = cast.send("choose_package", **counts("", "", "", offer_email="bilgi"))
    assert "2 yeri düzeltmeniz gerekiyor" in page
    assert "Mesaj (SMS) için onaylı numara sayısı: En az bir kanal için sayı yazın;" in page
    assert "E-posta adresi ad@firmaniz.com.tr biçiminde olmalı." in page


def comes_by_itself(cast: Cast) -> bool:
    page = cast.browsers["owner"].get(reverse("onboarding:choose_package")).content.decode()
    return 'hx-trigger="input delay:500ms, load"' in page


def test_what_is_to_be_typed_brings_no_letter_before(cast: Cast) -> None:
    cast.choosing()
    assert not comes_by_itself(cast)


def test_reached_recipients_suggest_and_what_was_typed_counts(cast: Cast) -> None:
    cast.choosing()
    for name, count in (("Lodos", 1_200), ("Poyraz", 300)):
        brand = Brand.objects.create(company=cast.company, name=name)
        Reach.objects.create(brand=brand, channel="message", recipients=count)
    page = cast.open("choose_package")
    assert "Öneri: markalarınızda yazdığınız ulaşılan alıcı sayısı." in page
    assert (page.fields["message_addresses"], page.fields["call_addresses"]) == ("1.500", "")
    assert comes_by_itself(cast), "the letter comes below by itself"
    cast.send("choose_package", **counts(1_100, 0, 20))
    page = cast.open("choose_package")
    assert "Öneri" not in page
    assert page.fields["message_addresses"] == "1.100"


def test_a_price_is_shown_once_staff_have_entered_one(cast: Cast) -> None:
    cast.choosing()
    assert "Liste fiyatı" not in cast.open("choose_package")
    Package.objects.filter(name="25").update(price="12500.50")
    page = cast.open("choose_package")
    assert "İLETİ-5 5.000 adrese kadar – İLETİ-25 25.000 adrese kadar 12.500,5" in page
    assert "Sizi İYS'nin teklifindeki tutar bağlar." in page
    cast.send("choose_package", **counts(10_000))
    assert "Liste fiyatı 12.500,5" in cast.open("package_contract")


def test_a_package_that_left_the_catalogue_is_not_asked_for(cast: Cast) -> None:
    cast.chosen()
    Package.objects.filter(name="5").update(valid_until=timezone.localdate() - timedelta(days=1))
    page = cast.press("package_contract", "request_offer", way="portal")
    assert "İLETİ-5 paketi artık katalogda yok; paketinizi yeniden seçin." in page
    assert cast.state(PACKAGE_CONTRACT) == "choosing"


def test_a_package_that_is_too_small_is_refused_and_a_larger_one_is_free_to_choose(cast: Cast) -> None:
    cast.choosing()
    small, large = Package.objects.get(name="5"), Package.objects.get(name="75")
    page = cast.send("choose_package", **counts(6_000, package=str(small.pk)))
    assert "İLETİ-5 paketi 6.000 adrese yetmiyor" in page
    assert page.fields["package"] == str(small.pk)
    page = cast.send("choose_package", **counts(6_000, package=str(large.pk)))
    assert choice_of(cast).package == large
    assert "İLETİ-25 paketi 25.000 adrese kadar yeter; önerimiz bu." in page
    assert "Siz İLETİ-75 paketini seçtiniz." in page


def test_the_request_has_exactly_the_wording_of_the_guide(cast: Cast) -> None:
    cast.chosen()
    wording = (
        f"{cast.company.trade_name}, 710482 İYS koduna sahip firmamız adına İLETİ 5 paketi teklifini "
        "bilgi@mavideniz.example e-posta adresine iletilmesini rica ederiz."
    )
    page = cast.open("package_contract")
    assert wording in page
    assert "Alıcı: satis@iys.org.tr" in page
    cast.press("package_contract", "request_offer", way="portal")
    letter = Letter.objects.get(step_key="package_contract", audience="iys")
    assert (letter.to, letter.cc) == (["satis@iys.org.tr"], ["iys@kiyi.example", "bilgi@mavideniz.example"])
    assert "Teklif isteğiniz gönderiliyor" in cast.open("package_contract")
    cast.move(PACKAGE_CONTRACT, "letter_sent", SYSTEM)
    page = cast.open("package_contract")
    assert "İYS teklifini bilgi@mavideniz.example adresine gönderir." in page
    assert tracking_address(cast.company).email in page


def test_only_the_owner_asks_for_the_offer(cast: Cast) -> None:
    cast.chosen()
    page = cast.open("package_contract", role="editor")
    assert f"Teklifi firma sahibi {cast.people['owner']} isteyebilir." in page
    assert page.buttons == ["Paketimizi bildir"]
    assert cast.answer("request_offer", role="editor", way="portal").status_code == 403
    page = cast.open("package_contract", role="viewer")
    assert "Sayıları ya da paketi değiştir" not in page.links
    assert cast.state(PACKAGE_CONTRACT) == "choosing"


def test_a_viewer_is_told_that_nothing_is_chosen_yet(cast: Cast) -> None:
    cast.choosing()
    page = cast.open("package_contract", role="viewer")
    assert "Paket henüz seçilmedi" in page
    assert "Teklif isteği mektubu" not in page


def test_the_companys_own_mailbox(cast: Cast, tmp_path: Path) -> None:
    cast.chosen()
    page = cast.press("package_contract", "request_offer", way="own")
    tracking = tracking_address(cast.company).email
    assert f"Bilgi (cc) kısmına şu adresi ekleyin: {tracking}" in page
    link = urlsplit(page.links["E-posta programımda aç"])
    parts = parse_qs(link.query)
    assert (link.scheme, link.path) == ("mailto", "satis@iys.org.tr")
    assert parts["cc"] == [f"{tracking},iys@kiyi.example"]
    assert "İLETİ 5 paketi teklifini bilgi@mavideniz.example e-posta adresine" in parts["body"][0]
    assert not Letter.objects.filter(step_key="package_contract", audience="iys").exists()
    draft = message_from_bytes(
        cast.browsers["editor"].get(page.links["Taslağı indir (.eml)"]).content, policy=default
    )
    assert (draft["To"], draft["Cc"]) == ("satis@iys.org.tr", f"{tracking}, iys@kiyi.example")
    assert cast.company.trade_name in draft["Subject"]
    body = draft.get_body()
    assert body is not None
    assert "iletilmesini rica ederiz." in body.get_content()
    cast.arrives(tmp_path, mails.REQUEST, sender="bilgi@mavideniz.example", domain="mavideniz.example")
    assert cast.state(PACKAGE_CONTRACT) == "requested"


def test_who_sent_it_presses_so_or_chooses_again(cast: Cast) -> None:
    cast.chosen()
    cast.press("package_contract", "request_offer", way="own")
    assert cast.open("package_contract", role="viewer").buttons == [], "copying waits for its script"
    cast.press("package_contract", "package_move", role="editor", move="request_seen")
    assert cast.state(PACKAGE_CONTRACT) == "requested"
    cast.press("package_contract", "package_move", role="editor", move="choose_again")
    assert cast.state(PACKAGE_CONTRACT) == "choosing"
    fields = cast.open("choose_package").fields
    assert (fields["message_addresses"], fields["email_addresses"]) == ("3.200", "4.100")


def test_once_asked_for_the_package_stays(cast: Cast) -> None:
    cast.chosen()
    cast.press("package_contract", "request_offer", way="portal")
    page = cast.send("choose_package", **counts(90_000))
    assert "Teklif istendikten sonra paket değiştirilemez; önce seçimi geri alın." in page
    assert choice_of(cast).largest == 4_100


def test_without_a_choice_nothing_is_asked_for(cast: Cast) -> None:
    cast.choosing()
    page = cast.send("request_offer", way="portal", expected_version=str(cast.record(PACKAGE_CONTRACT).version))
    assert "Önce onaylı adres sayılarınızı ve paketinizi seçin." in page
    assert cast.state(PACKAGE_CONTRACT) == "choosing"


def test_two_owners_ask_once(cast: Cast) -> None:
    cast.chosen()
    shown = cast.open("package_contract").fields
    cast.send("request_offer", **shown, way="portal")
    assert FASTER in cast.send("request_offer", **shown, way="portal")
    assert Letter.objects.filter(step_key="package_contract", audience="iys").count() == 1


def test_an_offer_brings_its_pdf_and_two_links(cast: Cast, tmp_path: Path) -> None:
    cast.chosen()
    cast.move(PACKAGE_CONTRACT, "use_own_mail", cast.owner)
    offer = pdf()
    cast.arrives(tmp_path, mails.OFFER, html=mails.OFFER_HTML, pdf=offer)
    page = cast.open("package_contract")
    assert "İYS'nin teklifi geldi" in page
    assert "teklif.example/1" not in str(page.links), "one link, to the copy that is kept"
    assert "Ödemeye git" not in page.links, "the contract comes first"
    answer = cast.browsers["viewer"].get(page.links["Teklifi aç"])
    assert answer.content == offer


def test_a_new_offer_replaces_the_unpaid_one(cast: Cast, tmp_path: Path) -> None:
    cast.accepted()
    newer = mails.OFFER_HTML.replace("teklif.example", "yeni-teklif.example")
    cast.arrives(tmp_path, mails.OFFER, html=newer)
    page = cast.open("package_contract")
    assert page.links["Teklifi aç"] == "https://yeni-teklif.example/1"
    assert cast.state(PACKAGE_CONTRACT) == "offered"
    assert cast.application.offers.count() == 2
    assert "Önceki teklifler" in page


def test_an_offer_alone_is_let_go_without_a_word_of_a_contract(cast: Cast) -> None:
    cast.offered()
    page = cast.open("package_contract")
    assert "Eldeki teklif bırakılır; bu geri alınamaz." in page
    assert "Evet, teklifi bırak" in page.buttons


def test_who_wants_another_package_asks_again(cast: Cast) -> None:
    cast.accepted()
    page = cast.open("package_contract", role="editor")
    assert "onayladığınız sözleşme de geçersiz kalır; bu geri alınamaz" in page, "and says what is lost"
    assert page.links["Vazgeç"] == reverse("onboarding:package_contract")
    assert "Başka bir paket için yeniden teklif iste" not in page.buttons, "which only opens the question"
    page = cast.press("package_contract", "package_move", role="editor", move="choose_again")
    assert cast.state(PACKAGE_CONTRACT) == "choosing"
    assert "Kaç onaylı adresiniz var?" in page
    assert (page.fields["message_addresses"], page.fields["email_addresses"]) == ("3.200", "4.100")
    assert "Sayıları ya da paketi değiştir" in cast.open("package_contract").links
    cast.press("package_contract", "request_offer", way="portal")
    cast.offer()
    assert "Önceki teklifler" in cast.open("package_contract")


@pytest.mark.parametrize("way", ["", "nonsense"])
def test_a_way_that_is_not_offered_is_not_gone(cast: Cast, way: str) -> None:
    cast.chosen()
    expected_version = str(cast.record(PACKAGE_CONTRACT).version)
    assert cast.answer("request_offer", way=way, expected_version=expected_version).status_code == 404


def test_the_contract_names_both_parties_and_needs_its_box(cast: Cast) -> None:
    cast.offered()
    page = cast.open("contract")
    for words in (
        "İleti Yönetim Sistemi Anonim Şirketi",
        "Dumlupınar Blv.",
        "MERSİS No: 0845052547000001",
        f"{cast.company.trade_name} (Sözleşme'de bundan sonra",
        f"TC Kimlik No/Vergi Kimlik No: {cast.company.tax_number}",
        "Adresi: Ege Caddesi No: 12 / Bornova / İzmir / Türkiye Telefon: 0232 555 01 01",
        "E-Posta: bilgi@mavideniz.example",
        "ÖRNEK, hukuki metin değildir",
        "Yukarıda bulunan sözleşmeyi okudum ve onaylıyorum.",
    ):
        assert words in page
    page = cast.press("contract", "contract")
    assert page.status == 422
    assert "Onaylamak için sözleşmeyi okuduğunuzu işaretleyin." in page
    assert cast.state(PACKAGE_CONTRACT) == "offered"
    assert not cast.application.acceptances.exists()


def test_who_accepted_when_from_where_and_which_words_are_kept(cast: Cast) -> None:
    cast.offered()
    page = cast.press("contract", "contract", read="1")
    assert "Sözleşmeyi onayladınız." in page
    assert page.links["Ödemeye git"] == "https://teklif.example/ode/1"
    kept = cast.application.acceptances.get()
    read = package_contract.contract(cast.now())
    expected = (cast.people["owner"], "127.0.0.1", read.version)
    assert (kept.accepted_by, kept.ip_address, kept.text_version) == expected
    assert (kept.text, kept.text_sha256) == (read.text, hashlib.sha256(read.text.encode()).hexdigest())
    assert f"tarihinde {cast.people['owner'].full_name} tarafından onaylandı" in page
    assert "Onaylanan metin" in " ".join(page.links)


def test_the_contract_is_read_by_all_and_accepted_by_the_owner(cast: Cast) -> None:
    cast.offered()
    for role in ("editor", "viewer"):
        page = cast.open("contract", role=role)
        assert "2. Tanımlar" in page
        assert f"Sözleşmeyi firma sahibi {cast.people['owner']} onaylayabilir." in page
        assert page.actions == []
        assert cast.answer("contract", role=role, read="1", expected_version="0").status_code == 403
    assert not cast.application.acceptances.exists()


def test_an_acceptance_of_what_changed_since_accepts_nothing(cast: Cast, tmp_path: Path) -> None:
    cast.offered()
    shown = cast.open("contract").fields
    cast.arrives(tmp_path, mails.OFFER, html=mails.OFFER_HTML)
    page = cast.send("contract", **shown, read="1")
    assert FASTER in page
    assert not cast.application.acceptances.exists()


def test_a_contract_that_changed_since_it_was_read_is_not_accepted(cast: Cast) -> None:
    cast.offered()
    shown = cast.open("contract").fields
    cast.company.address = "Yeni Cadde No: 1"
    cast.company.save()
    page = cast.send("contract", **shown, read="1")
    assert "Sözleşme siz okuduktan sonra değişti." in page
    assert "Yeni Cadde No: 1" in page
    assert (cast.state(PACKAGE_CONTRACT), cast.application.acceptances.count()) == ("offered", 0)
    cast.press("contract", "contract", read="1")
    assert cast.state(PACKAGE_CONTRACT) == "accepted"


def test_what_was_accepted_stays_as_it_was_read(cast: Cast) -> None:
    cast.accepted()
    kept = cast.application.acceptances.get()
    LegalText.objects.create(
        kind="sales_contract", version=2, valid_from=timezone.localdate(), title="Yeni", body="Başka koşullar"
    )
    page = cast.open("accepted_contract", kept.pk, role="viewer")
    assert "Başka koşullar" not in page
    for words in ("2. Tanımlar", cast.people["owner"].full_name, "127.0.0.1", "Metin sürümü 1", kept.text_sha256):
        assert words in page
    assert hashlib.sha256(kept.text.encode()).hexdigest() == kept.text_sha256


def test_without_a_contract_text_staff_are_to_be_told(cast: Cast) -> None:
    cast.offered()
    LegalText.objects.filter(kind="sales_contract").delete()
    assert "Sözleşme metni henüz yüklenmedi; destek ekibine haber verin." in cast.open("contract")


def test_a_payment_is_recorded_with_its_receipt(cast: Cast) -> None:
    cast.accepted()
    day = timezone.localdate()
    data = {"paid_on": day.isoformat(), "reference": "TR-2026-77"}
    page = cast.press("payment", "payment", role="editor", **data, receipt=upload(blank_pdf(), "dekont.pdf"))
    assert "Ödemeniz kaydedildi." in page
    assert "Yeniden ödemeyin." in page
    payment = cast.application.payments.get()
    assert (payment.reference, payment.paid_on, payment.recorded_by) == ("TR-2026-77", day, cast.people["editor"])
    assert payment.receipt is not None
    assert payment.receipt.name == "dekont.pdf"
    cast.move(PACKAGE_CONTRACT, "confirm")
    page = cast.open("package_contract")
    assert "İLETİ-5 paketiniz tanımlandı" in page
    assert "TR-2026-77" in page
    assert "5. adıma git" in page.links


def test_a_payment_that_cannot_be_is_refused(cast: Cast) -> None:
    cast.accepted()
    assert cast.open("payment").status == 200
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    page = cast.press("payment", "payment", paid_on=tomorrow, reference="TR-1")
    assert "Ödeme günü: Bugünden sonraki bir gün olamaz." in page
    assert (page.fields["paid_on"], page.fields["reference"]) == (tomorrow, "TR-1")
    page = cast.press("payment", "payment", paid_on="", reference="TR-1")
    assert "Ödeme günü: Bu alan zorunludur." in page
    page = cast.press("payment", "payment", paid_on=timezone.localdate().isoformat(), reference="")
    assert "Ödeme referansını yazın ya da dekontu yükleyin." in page
    today = timezone.localdate().isoformat()
    page = cast.press("payment", "payment", paid_on=today, reference="TR-1", receipt=upload(b"MZ", "dekont.pdf"))
    assert "Dekont: “dekont.pdf” adında PDF yazsa da içi PDF, JPEG, PNG ya da HEIC değil;" in page
    assert page.fields["reference"] == "TR-1"
    assert (cast.state(PACKAGE_CONTRACT), cast.application.payments.count()) == ("accepted", 0)


def test_a_payment_recorded_too_late_keeps_what_was_typed(cast: Cast) -> None:
    cast.accepted()
    data = {**cast.open("payment").fields, "paid_on": timezone.localdate().isoformat(), "reference": "TR-9"}
    cast.move(PACKAGE_CONTRACT, "payment_failed", IYS, "Kart reddedildi")
    page = cast.send("payment", **data)
    assert page.status == 422
    assert FASTER in page
    assert page.fields["reference"] == "TR-9"
    assert not cast.application.payments.exists()
    cast.send("payment", **page.fields)
    assert cast.state(PACKAGE_CONTRACT) == "paid_claimed"


def test_a_failed_payment_says_why_and_can_be_repeated(cast: Cast, tmp_path: Path) -> None:
    cast.accepted()
    cast.arrives(tmp_path, "Ödemeniz alınamamıştır, kartınızı kontrol ediniz.\n")
    page = cast.open("package_contract")
    assert "Ödemeniz doğrulanamadı" in page
    assert "Para hesabınızdan çıktıysa yeniden ödemeyin" in page
    assert "kartınızı kontrol ediniz" in page
    assert page.links["Ödemeye git"] == "https://teklif.example/ode/1"
    assert "Ödemeyi yaptım" in page.links
    assert "Ödemeyi yaptım" not in cast.open("package_contract", role="viewer").links
    cast.arrives(tmp_path, mails.PAID)
    assert "İLETİ-5 paketiniz tanımlandı" in cast.open("package_contract")


def test_an_expired_offer_leads_back_to_the_choice(cast: Cast) -> None:
    cast.offered()
    cast.move(PACKAGE_CONTRACT, "expire")
    page = cast.open("package_contract")
    assert "Teklifin süresi doldu" in page
    assert page.buttons == ["Yeniden teklif iste"]
    assert cast.open("package_contract", role="viewer").buttons == []
    page = cast.press("package_contract", "package_move", move="choose_again")
    assert "Teklif isteği mektubu" in page
    assert cast.state(PACKAGE_CONTRACT) == "choosing"


def test_buttons_that_the_page_does_not_have_are_not_pressed(cast: Cast) -> None:
    cast.accepted()
    expected_version = str(cast.record(PACKAGE_CONTRACT).version)
    for name in ("confirm", "offer", "accept", "nonsense", ""):
        assert cast.answer("package_move", move=name, expected_version=expected_version).status_code == 404
    assert cast.state(PACKAGE_CONTRACT) == "accepted"


def test_figures_that_were_begun_are_kept_by_the_tab(cast: Cast) -> None:
    cast.choosing()
    html = cast.browsers["owner"].get(reverse("onboarding:choose_package")).content.decode()
    assert re.search(r"hx-post[^>]*data-kept", html)
    assert "js/drafts.js" in html


def test_what_the_approval_is_for_is_said_without_contradiction(cast: Cast) -> None:
    cast.offered()
    page = cast.open("contract")
    assert "Onayla" in page.buttons
    assert "kanıt dosyanıza yazılır; satın alma İYS'nin sayfasında, ödemenizle olur." in page
    assert "Bağlayıcı" not in page


def test_the_page_of_the_payment_says_what_is_enough_and_hears_that_it_is_settled(cast: Cast) -> None:
    cast.accepted()
    page = cast.open("payment")
    assert "Ödeme referansını yazın ya da dekontu yükleyin; biri yeter." in page
    assert "isteğe bağlı" not in page
    assert page.buttons == ["Ödemeyi kaydet"]
    html = cast.browsers["owner"].get(reverse("onboarding:payment")).content.decode()
    assert "data-live-page" in html
    assert "data-kept" in html, "what is typed is there again when the page loads itself anew"
