"""The online channel as a company meets it, from the first address to the completed application."""

import base64
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from brands.models import Brand
from correspondence.models import Letter
from correspondence.outgoing.bodies import body_of, to_send
from documents.models import Document
from identifiers import masking
from journal.parties import Party
from onboarding.actions.pre_application import e_signature, online, submission
from onboarding.actor import Actor, NotAllowed
from onboarding.dossier import undertaking
from onboarding.letters import drafts
from onboarding.models import ContinueLink, HandOff, SignatureCheck, Submission
from onboarding.steps import PRE_APPLICATION
from sandbox.authority import DAY, Authority, Kind
from tenancy.access import for_company
from tenancy.models import User
from tests.documents import nasty
from tests.documents.responder import responder
from tests.registry.test_lookup import registry, says
from tests.scenarios.browser import Screen, words
from tests.scenarios.cast import Cast
from tests.scenarios.factories import CompanyFactory, tckn, vkn
from tests.scenarios.ladder import IDENTITY, STAFF
from tests.scenarios.online import BRAND, MERSIS_OF, SIGNATORY, TYPED, ZEROS, Online
from tests.scenarios.papers import blank_pdf, upload
from verification.models import OneTimeCode

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(authority: Authority, trust: Path) -> Iterator[Online]:
    company = Online(authority, trust)
    with company.settings:
        yield company


# E-mail


def test_a_free_mailbox_is_refused_with_a_reason_and_the_address_stays(cast: Online) -> None:
    page = cast.send("email_code", email="firma@Gmail.com")
    assert page.status == 422
    assert "gmail.com ücretsiz bir e-posta hizmeti" in page
    assert page.fields["email"] == "firma@Gmail.com"
    assert cast.here == "email_code"


def test_a_forged_answer_to_the_security_check_is_refused(cast: Online) -> None:
    page = cast.send(
        "email_code", email="bilgi@mavideniz.example", check=base64.b64encode(b'{"number": 1}').decode()
    )
    assert page.status == 422
    assert "Güvenlik denetimi" in page
    assert not Letter.objects.filter(to=["bilgi@mavideniz.example"]).exists()


def test_the_code_of_the_mail_opens_the_query(cast: Online) -> None:
    page = cast.send("email_code", email="bilgi@mavideniz.example")
    assert "Kalan süre:" in page
    assert "kez daha kod" not in page, "before it is the last time"
    assert re.search(r"Kalan süre: (5:00|4:5\d) (?!dakika)", page.words)
    assert re.search(r"Kodun geçerli olduğu son an: saat \d\d:\d\d:\d\d", page.words), "what stands still is true"
    assert "tüm alanlarına" in page
    page = cast.press("email_code", "email_code", code="abc")
    assert page.status == 422
    assert "4 deneme hakkınız kaldı" in page
    cast.press("email_code", "email_code", code=cast.newest_code())
    assert cast.here == "query"
    assert cast.now().company.corporate_email == "bilgi@mavideniz.example"


def test_the_mail_leads_to_where_its_code_is_typed_and_brings_it(cast: Online) -> None:
    cast.send("email_code", email="bilgi@mavideniz.example")
    code, letter = cast.newest_code(), Letter.objects.latest("created_at")
    sent = to_send(letter)
    path = for_company(reverse("onboarding:email_code"), cast.company)
    link = f"{cast.company.partner.portal_url}{path}#{code}"
    assert (link in sent.text, f'href="{link}"' in sent.html) == (True, True)
    assert code not in masking.masked(f"{sent.subject} {sent.text}"), "whoever answers quotes it"
    assert "Kod 5 dakika geçerlidir." in sent.text
    assert code not in body_of(letter).html, "what is kept does not open it"


def test_an_address_can_be_corrected_before_its_code_came(cast: Online) -> None:
    cast.send("email_code", email="yanlis@mavideniz.example")
    assert "Kurumsal e-posta adresiniz" in cast.open("email_code", query="?degistir=1")


@pytest.mark.parametrize("rung", ["verify_email", "query", "fill", "all_signed"])
def test_an_address_that_was_proved_is_changed_where_it_stands_and_proved_anew(cast: Online, rung: str) -> None:
    getattr(cast, rung)()
    stood = cast.here
    pages = {"query": ("query",), "form": ("dossier_page", "iletisim"), "signing": ("review",)}
    back = {"query": "sorgu", "form": "iletisim", "signing": "gozden-gecir"}[stood]
    change = f"{reverse('onboarding:email_code')}?degistir=1&geri={back}"
    assert change in cast.open(*pages[stood]).links.values()
    OneTimeCode.objects.update(created_at=timezone.now() - timedelta(hours=1))
    new = "yeni@mavideniz.example"
    page = Screen(cast.browsers["owner"].get(change))
    assert "Şimdiki adres: bilgi@mavideniz.example" in page
    assert page.fields["email"] == "", "she came for another one"
    page_of = reverse(f"onboarding:{pages[stood][0]}", args=pages[stood][1:])
    assert page.links["Vazgeç"] == page_of
    sent = cast.browsers["owner"].post(change, {"email": new})
    assert sent.headers["Location"] == f"{reverse('onboarding:email_code')}?geri={back}"
    page = Screen(cast.browsers["owner"].get(sent.headers["Location"]))
    assert "Doğrula" in page.buttons
    again = next(each for each in page.actions if "/kod/" in each)
    assert cast.browsers["owner"].post(again).headers["Location"] == sent.headers["Location"], (
        "also after another code"
    )
    assert cast.now().company.corporate_email == "bilgi@mavideniz.example", "until the code is typed"
    proved = cast.browsers["owner"].post(sent.headers["Location"], {"code": cast.newest_code()})
    assert proved.headers["Location"] == page_of
    arrived = Screen(cast.browsers["owner"].get(proved.headers["Location"]))
    assert f"{new} doğrulandı." in arrived
    assert ("imza geçerli kalıyor" in arrived) == (rung == "all_signed")
    assert cast.now().company.corporate_email == new
    assert cast.here == stood, "and nothing else has to be done again"


def test_the_corporate_address_stands_in_all_that_is_sent_and_shown(cast: Online) -> None:
    """İYS writes to it, and who has changed it sees that it counts."""
    cast.entering()
    cast.give()
    assert "Kurumsal E-Posta: bilgi@mavideniz.example" in cast.open("info_entry"), "in the letter"
    cast.press("info_entry", "complete", correct="on")
    assert "Kurumsal E-Posta bilgi@mavideniz.example" in cast.open("pre_application")
    letter = drafts.pre_application_to_iys(cast.now(), PRE_APPLICATION, "")
    assert "Kurumsal E-Posta" in letter.body.html


def test_on_the_manual_channel_the_letter_has_the_guides_fields_alone() -> None:
    cast = Cast()
    cast.submitted()
    assert cast.now().company.corporate_email
    letter = drafts.pre_application_to_iys(cast.now(), PRE_APPLICATION, "")
    assert "Kurumsal E-Posta" not in letter.body.text


def test_who_goes_back_to_the_form_reads_that_the_signature_stays_unless_something_changes(cast: Online) -> None:
    cast.fill()
    assert "imza geçerli kalır" not in cast.press("sign", "edit_form")
    cast.press_page("imza-yetkilisi")
    cast.hand_in_signed()
    assert "Hiçbir bilgiyi değiştirmezseniz imza geçerli kalır" in cast.press("sign", "edit_form")


def test_before_a_change_it_is_said_that_the_signature_stays(cast: Online) -> None:
    cast.all_signed()
    page = cast.open("review")
    assert "Kurumsal e-posta adresi taahhütnamede yazmaz: onu değiştirirseniz imza geçerli kalır." in page


def test_who_changes_the_address_is_not_offered_the_one_that_stands_there(cast: Online) -> None:
    owner = cast.people["owner"]
    owner.email = "bilgi@mavideniz.example"
    owner.save()
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    assert "Bu adresi kullan" in cast.open("email_code").buttons
    cast.verify_email()
    assert "Bu adresi kullan" not in cast.open("email_code", query="?degistir=1").buttons


def test_a_question_that_was_answered_wrongly_has_no_colon_behind_its_mark(cast: Online) -> None:
    cast.entering()
    page = cast.send("figures", **{**ZEROS, "message_sent": "çok"})
    assert page.status == 422
    assert "?: " not in page


def test_once_handed_in_the_address_stays(cast: Online) -> None:
    cast.review_online()
    cast.send("email_code", email="yeni@mavideniz.example")
    assert not OneTimeCode.objects.filter(target="yeni@mavideniz.example").exists()
    assert cast.open("email_code").status == 200
    assert "Kurumsal e-posta adresiniz" not in cast.open("email_code")


def test_another_code_within_the_minute_is_refused_with_the_seconds(cast: Online) -> None:
    cast.send("email_code", email="bilgi@mavideniz.example")
    assert "saniye sonra yenisini isteyebilirsiniz" in cast.send("resend_code", "email")


# Query

FOUND = {
    "signatory_matches": True,
    "trade_name": "Mavi Deniz Turizm Anonim Şirketi",
    "tax_office": "Konak",
    "province": "İzmir",
    "district": "Konak",
    "address": "Kıyı Sokak No: 4",
    "signatory_name": SIGNATORY,
}


def ask(cast: Online) -> Screen:
    mersis = MERSIS_OF.format(cast.company.tax_number)
    return cast.press("query", "query", mersis_number=mersis, identity=IDENTITY)


@pytest.mark.parametrize(
    ("status", "body", "sentence"),
    [
        (404, {"error": "yok"}, "Bu MERSİS numarası sicilde bulunamadı"),
        (200, {"signatory_matches": False}, "imza yetkilisi olarak görünmüyor"),
    ],
)
def test_not_found_and_not_the_signatory_are_told_apart(
    cast: Online, status: int, body: dict[str, object], sentence: str
) -> None:
    cast.verify_email()
    with registry(says(status, body)):
        page = ask(cast)
    assert page.status == 422
    assert sentence in page
    assert cast.here == "query"


def test_a_registry_that_is_down_opens_the_form_empty(cast: Online) -> None:
    cast.verify_email()
    with registry(says(503, {})):
        page = ask(cast)
    assert "Sicile şu anda ulaşılamadı" in page
    assert cast.here == "form"
    assert cast.now().registry_answers.get().outcome == "unavailable"


def test_what_the_registry_gave_is_shown_and_cannot_be_changed(cast: Online) -> None:
    cast.verify_email()
    with registry(says(200, {**FOUND, "tax_number": cast.company.tax_number})):
        ask(cast)
    # Nobody has to open the page of what is complete already; what will be signed is read all the same.
    page = cast.open("dossier")
    assert "Ön başvuru İmza yetkilisi" in page
    assert f"{FOUND['address']}, {FOUND['district']} / {FOUND['province']}" in page
    assert "önce MERSİS'te güncelleyin" in page
    page = cast.open("dossier_page", "firma")
    assert page.fields["trade_name"] == "Mavi Deniz Turizm Anonim Şirketi"
    cast.write(trade_name="Başka A.Ş.", corporate_email="x@gmail.com", **TYPED)
    company = cast.now().company
    assert company.trade_name == "Mavi Deniz Turizm Anonim Şirketi"
    assert company.corporate_email == "bilgi@mavideniz.example"
    assert cast.now().application_form.signatory_name == SIGNATORY


def account(cast: Online, name: str) -> str:
    owner = cast.people["owner"]
    User.objects.filter(pk=owner.pk).update(full_name=name)
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    return owner.email


@pytest.mark.parametrize(("name", "is_me"), [("ADA YALIN", True), ("Deniz Yalın", False)])
def test_an_account_s_address_stands_beside_no_other_name_than_its_own(
    cast: Online, name: str, is_me: bool
) -> None:
    """The registry has named who signs: her own address is there already, somebody else's is to be typed."""
    address = account(cast, name)
    cast.verify_email()
    with registry(says(200, {**FOUND, "tax_number": cast.company.tax_number})):
        ask(cast)
    page = cast.open("dossier_page", "imza-yetkilisi")
    assert page.fields["signatory_email"] == (address if is_me else "")
    assert "İmza yetkilisi benim" not in page.buttons
    page = cast.press_page("imza-yetkilisi", me="1", signatory_email="")
    assert cast.now().application_form.signatory_email == (address if is_me else "")


def test_the_channel_can_be_changed_and_what_was_typed_stays(cast: Online) -> None:
    cast.query()
    cast.send("channel", channel="manual")
    assert cast.here == "draft"
    assert "Manuel başvuru" in cast.open("pre_application")
    assert cast.now().company.mersis_number == MERSIS_OF.format(cast.company.tax_number)
    cast.send("channel", channel="online")
    assert cast.here == "email_code"


# Mobile number


def test_where_there_is_a_gateway_the_number_is_proved_first(cast: Online) -> None:
    with override_settings(SMS_URL="http://127.0.0.1:9/"):
        cast.fill_on_screen()
        assert cast.here == "form"
        # It is on its way with the last page of the form, and goes but once.
        page = cast.open("mobile_code")
        assert "Kod 0555 010 20 30 numarasına gönderildi." in page
        cast.write(website="https://yeni.example")
        assert OneTimeCode.objects.filter(purpose="mobile").count() == 1
        page = cast.press("mobile_code", "mobile_code", code="yok")
        assert "deneme hakkınız kaldı" in page
        cast.press("mobile_code", "mobile_code", code=cast.newest_code())
        assert cast.here == "signing"
        assert online.mobile_is_confirmed(cast.now())


def test_where_there_is_none_support_checks_the_number(cast: Online) -> None:
    cast.fill()
    assert cast.here == "signing"
    assert not online.mobile_is_confirmed(cast.now())


# Signature


def test_a_scan_is_no_signature_and_nothing_is_kept(cast: Online) -> None:
    cast.fill()
    assert "Önce taahhütnameyi indirin" in cast.send("sign", file=upload(blank_pdf()))
    cast.paper()
    page = cast.send("sign", file=upload(blank_pdf()))
    assert page.status == 422
    assert "hazırladığı belge değil" in page
    assert not Document.objects.filter(kind="undertaking_signed").exists()
    assert cast.send("upload", "undertaking_signed", file=upload(blank_pdf())).status == 404


def test_a_signature_around_the_paper_says_what_to_choose_in_the_program(cast: Online) -> None:
    cast.fill()
    cast.paper()
    by = cast.authority.issue(SIGNATORY, IDENTITY)
    builder = pkcs7.PKCS7SignatureBuilder().set_data(b"%PDF-1.7 taahhutname")
    p7s = builder.add_signer(by.certificate, by.key, hashes.SHA256()).sign(
        Encoding.DER, [pkcs7.PKCS7Options.Binary]
    )
    page = cast.send("sign", file=upload(p7s, "taahhutname.pdf.p7s"))
    assert page.status == 422
    assert ".p7s (CAdES)" in page
    assert "“PDF (PAdES)” seçip" in page
    assert not Document.objects.filter(kind="undertaking_signed").exists()


def test_the_page_says_how_to_sign_with_each_program(cast: Online) -> None:
    cast.fill()
    page = cast.open("sign")
    for word in ("“Dijital olarak imzala”", "İmzager", "PDF (PAdES)", "mali mührü"):
        assert word in page


def test_each_check_of_a_refused_file_stands_in_its_own_line(cast: Online) -> None:
    cast.fill()
    page = cast.hand_in_signed(Kind(begins=-20 * DAY, ends=-2 * DAY), identity=tckn(8), name="Ege Yalın")
    for sentence in ("Geçti: Dosya, portalın", "Geçmedi: Ege Yalın: sertifikanın süresi", "TCKN eşleşmiyor"):
        assert sentence in page
    assert not SignatureCheck.objects.exists()


def test_a_signed_undertaking_is_kept_byte_for_byte_and_can_be_submitted(cast: Online) -> None:
    cast.fill()
    signed = cast.signed()
    page = cast.send("sign", file=upload(signed, "imzali.pdf"))
    assert "denetlendi ve kabul edildi" in page
    assert cast.browsers["owner"].get(page.links["imzali.pdf"]).content == signed
    page = cast.open("review")
    assert "İYS'ye gidecek mektup" not in page, "the letter is written with the brands, later"
    cast.press("review", "submit")
    assert cast.here == "reviewing"
    assert "numaralı ön başvurunuzu aldık" in body_of(cast.letter_with("İYSKod değildir")).text
    assert Submission.objects.get().submitted_by == cast.people["owner"]


def test_data_that_change_after_signing_have_to_be_signed_for_again(cast: Online) -> None:
    cast.fill()
    cast.hand_in_signed()
    cast.send("edit_form")
    cast.write(address="Yeni Cadde No: 1")
    cast.open("mobile_code")
    page = cast.open("sign")
    assert "taahhütname imzalandıktan sonra değişti" in page
    with pytest.raises(NotAllowed, match="yeniden imzalayın"):
        submission.submit(
            application=cast.now(),
            actor=cast.owner,
            expected_version=cast.record(PRE_APPLICATION).version,
            letter_digest="",
        )
    cast.hand_in_signed()
    assert undertaking.lacking(cast.now()) == []


def test_a_newcomer_without_a_token_is_shown_the_sandboxs_page(cast: Online) -> None:
    cast.fill()
    with override_settings(SANDBOX_URL="http://sandbox.test:8025"):
        assert cast.open("sign").links["deneme imza sayfası"] == "http://sandbox.test:8025/imza"
    with override_settings(SANDBOX_URL=""):
        assert "deneme imza sayfası" not in cast.open("sign").links


def test_who_signs_together_is_declared_and_has_to_sign(cast: Online) -> None:
    cast.fill()
    page = cast.send("co_signatories", name="Ege Yalın", identity="12345678901")
    assert page.status == 422
    assert "Ege Yalın" in page.fields["name"]
    cast.send("co_signatories", name="Ege Yalın", identity=tckn(8))
    assert "zaten var" in cast.send("co_signatories", name="Ege Yalın", identity=tckn(8))
    assert "Ege Yalın" in cast.open("sign")
    once = cast.signed()
    page = cast.send("sign", file=upload(once))
    assert "İmza denetlendi ve alındı." in page
    assert "Ada Yalın imzalamış." in page
    assert "Ege Yalın henüz imzalamamış" in page
    assert "henüz yüklenmedi" in undertaking.lacking(cast.now())[0]
    both = cast.signed(name="Ege Yalın", identity=tckn(8), pdf=once)
    assert "kabul edildi" in cast.send("sign", file=upload(both))
    cast.send("remove_co_signatory", cast.now().co_signatories.get().pk)
    assert "değişti" in cast.open("sign"), "the paper has one field less now"


def handed_in(visitor: Client, link: str, signed: bytes) -> Screen:
    """The page that comes after a signed paper was sent from the link's own page."""
    shown = Screen(visitor.get(link)).fields
    return Screen(visitor.post(link, {**shown, "file": upload(signed)}, follow=True))


def test_who_signs_together_signs_on_what_the_others_have_signed(cast: Online) -> None:
    cast.fill()
    cast.send("co_signatories", name="Ege Yalın", identity=tckn(8))
    cast.paper()
    cast.send("hand_off", email="ege@baska.example")
    link = cast.link_in("aynı sayfaya yükleyin:")
    ege, signed = Client(), cast.signed(name="Ege Yalın", identity=tckn(8))
    assert "Taahhütname alındı" in handed_in(ege, link, signed)
    assert "Müşterek imza: Ada Yalın henüz imzalamamış" in cast.open("sign")
    download = cast.browsers["owner"].get(reverse("onboarding:paper", args=["undertaking_to_sign"]), follow=True)
    assert download.content == signed
    assert "kabul edildi" in cast.send("sign", file=upload(cast.signed(pdf=download.content)))
    assert undertaking.lacking(cast.now()) == []
    assert "İmzaların bir bölümü tamam" not in cast.open("sign")


def test_a_stranger_among_those_who_sign_together_is_refused_and_nothing_is_kept(cast: Online) -> None:
    cast.fill()
    cast.send("co_signatories", name="Ege Yalın", identity=tckn(8))
    page = cast.send("sign", file=upload(cast.signed(name="Su Yalın", identity=tckn(9))))
    assert (page.status, cast.company.documents.filter(kind="undertaking_partly").count()) == (422, 0)
    assert "Su Yalın imza yetkilisi ya da bildirdiğiniz müşterek imza yetkilisi değil" in page


# Somebody without an account


def test_a_signatory_without_an_account_signs_by_a_link_of_their_own(cast: Online) -> None:
    cast.fill()
    cast.send("hand_off", email="ada@baska.example")
    link = cast.link_in("aynı sayfaya yükleyin:")
    stranger = Client()
    page = Screen(stranger.get(link))
    waiting = stranger.get(page.links["Belgeyi indir"])
    assert (waiting.status_code, "Başvuruma dön" in Screen(waiting).links) == (202, False)
    cast.paper()
    assert cast.company.trade_name in page
    assert "Ekip" not in page.links
    paper = stranger.get(page.links["Belgeyi indir"]).content
    wrong = cast.signed(name="Ege Yalın", identity=tckn(8), pdf=paper)
    assert "TCKN eşleşmiyor" in handed_in(stranger, link, wrong)
    signed = cast.signed(pdf=paper)
    assert "Taahhütname alındı" in handed_in(stranger, link, signed)
    assert undertaking.lacking(cast.now()) == []
    again = Screen(stranger.post(link, {"file": upload(signed)}))
    assert "Taahhütname alındı" in again
    assert stranger.get(f"{link}taahhutname/").status_code == 404


def test_who_sends_the_link_to_herself_is_not_asked_by_herself(cast: Online) -> None:
    cast.fill()
    own = cast.people["owner"]
    for email in (own.email, "ada@baska.example"):
        page = cast.send("hand_off", email=email)
        told = Letter.objects.filter(message_group__startswith="hand_off:").latest("created_at")
        for said in (body_of(told).text, body_of(told).html):
            assert ("imzalamanızı istiyor" in said) == (email != own.email)
            assert ("e-imzanızla imzalayacağınız belge" in said) == (email == own.email)
            assert "İmzalayacaklar" not in said, "one alone"
        assert (f"Bilgisayarda e-postanızı ({email})" in page) == (email == own.email)


def test_a_link_can_be_taken_back_and_a_new_one_ends_the_old(cast: Online) -> None:
    cast.fill()
    cast.paper()
    cast.send("hand_off", email="ada@baska.example")
    first = cast.link_in("aynı sayfaya yükleyin:")
    cast.send("hand_off", email="ada@baska.example")
    closed = Screen(Client().get(first))
    assert (closed.status, "Bağlantıyı size gönderen firmadan yenisini isteyin" in closed) == (404, True)
    cast.send("revoke_hand_off", HandOff.objects.get(revoked_at=None).pk)
    assert HandOff.objects.filter(revoked_at=None).count() == 0
    # Of a link that never was nothing else is said; and whoever hands in meanwhile hears what became of the file.
    assert Screen(Client().get(reverse("onboarding:sign_by_link", args=[uuid4()]))).words == closed.words
    sent = Client().post(first, {"file": upload(blank_pdf())}, headers={"X-Requested-With": "XMLHttpRequest"})
    assert (sent.status_code, "dosyanız alınmadı" in sent.json()["error"]) == (404, True)


@pytest.mark.parametrize(
    "make", [nasty.content_bomb, nasty.object_stream_bomb, nasty.vast_png, nasty.nested_arrays, nasty.many_pages]
)
def test_a_bomb_through_a_link_is_answered_in_words_and_nothing_is_kept(
    cast: Online, make: Callable[[], bytes]
) -> None:
    """Whoever has the link has no account, and the file is small."""
    cast.fill()
    cast.paper()
    cast.send("hand_off", email="ada@baska.example")
    before = cast.company.documents.count()
    path = cast.link_in("aynı sayfaya yükleyin:")
    answer = Client().post(path, {**Screen(Client().get(path)).fields, "file": upload(make())})
    assert answer.status_code in (200, 422)
    assert re.search("açılınca çok büyüyor|Resim çok büyük|PDF bozuk|en çok .* sayfa olabilir", words(answer))
    assert cast.company.documents.count() == before


# Review


def test_revocation_that_could_not_be_asked_is_for_support_to_tick(cast: Online) -> None:
    cast.review_online()
    expected_version = cast.record(PRE_APPLICATION).version
    with pytest.raises(NotAllowed, match="elle denetleyip"):
        online.approve(application=cast.now(), actor=STAFF, expected_version=expected_version)
    check = undertaking.current_check(cast.now())
    assert check is not None
    with pytest.raises(NotAllowed, match="Nasıl denetlediğinizi"):
        e_signature.confirm_by_hand(check=check, application=cast.now(), note=" ", actor=STAFF)
    staff = Actor(Party.STAFF, cast.people["viewer"])
    e_signature.confirm_by_hand(check=check, application=cast.now(), note="Sağlayıcının sayfasından", actor=staff)
    online.approve(application=cast.now(), actor=STAFF, expected_version=expected_version)
    assert cast.here == "info_entry"


@pytest.fixture
def approved(cast: Online) -> Iterator[Online]:
    """Signed, reviewed, approved; the link of the mail was not opened yet."""
    with responder(cast.authority) as served:
        cast.review_online(Kind(crl_url=f"{served.url}/crl"))
        online.approve(application=cast.now(), actor=STAFF, expected_version=cast.record(PRE_APPLICATION).version)
        yield cast


def test_what_support_names_is_open_and_the_signature_with_it(cast: Online) -> None:
    cast.review_online()
    submission.ask_changes(
        application=cast.now(), step=PRE_APPLICATION, remarks=[("address", "Kapı numarası eksik")], actor=STAFF
    )
    page = cast.open("pre_application")
    assert "Kapı numarası eksik" in page
    page = cast.whole()
    assert set(page.fields) & {"address", "website", "trade_name"} == {"address"}
    cast.write(address="Ege Caddesi No: 12/4")
    assert "yeniden imzalayın" in cast.open("review")
    cast.hand_in_signed()
    page = cast.press("review", "submit")
    assert cast.here == "reviewing"
    assert Submission.objects.count() == 2
    assert "Düzeltmeniz alındı." in page


# Information entry


def test_board_and_mail_lead_into_the_entry_while_the_link_holds(approved: Online) -> None:
    """A page that asks for one more press decides nothing; looking writes nothing."""
    link = approved.link_in("Başvuruya Devam Et:")
    assert "/bilgi-girisi/" in approved.open("board").links["Devam et"]
    assert Client().get(link).status_code == 302
    assert Letter.objects.filter(subject__startswith="Sıra sizde").count() == 0, "one letter says it"
    for role in ("viewer", "editor", "owner"):
        page = Screen(approved.browsers[role].get(link, follow=True))
        assert "Marka ve gönderim bilgileriniz" in page
        assert ("Marka ekle" in page.links) == (role != "viewer")
    assert ContinueLink.objects.get().used_at is None


def test_a_link_that_ran_out_is_renewed_once_a_minute_and_opens_the_entry_at_once(approved: Online) -> None:
    ContinueLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert "/bilgi-girisi/" in approved.open("board").links["Devam et"]
    page = Screen(approved.browsers["owner"].get(approved.link_in("Başvuruya Devam Et:"), follow=True))
    assert "tarihinde doldu" in page
    assert page.buttons == ["Bağlantıyı yeniden gönder"]
    assert "Marka ekle" not in page.links
    viewer = approved.open("info_entry", role="viewer")
    assert viewer.buttons == []
    assert "isteyebilir" in viewer
    approved.send("figures", **ZEROS)
    assert not approved.now().company.yearly_figures.exists(), "nothing is written through it"
    assert "az önce gönderildi" in approved.send("renew_link")
    ContinueLink.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    page = approved.send("renew_link")
    assert "Yeni bağlantı e-postayla gönderildi" in page
    assert "Marka ekle" in page.links


def test_what_was_begun_while_the_link_held_is_gone_on_with_after_it(approved: Online) -> None:
    approved.send("figures", **{**ZEROS, "message_sent": "48000"})
    assert ContinueLink.objects.get().used_at is not None
    ContinueLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert "Marka ekle" in approved.open("info_entry").links


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Marka (ya da işletme) adı: Bu alan zorunludur."),
        ({"message_identifiers": ""}, "neyi kullandığınızı da yazın"),
        ({"message_identifiers": "ÇİÇEK!"}, "bir kısa isim değil"),
        ({"message_recipients": "çok"}, "Yalnızca rakamla bir sayı yazın"),
        ({"message_recipients": "-1"}, "Mesajla ulaşılan alıcı sayısı"),
        ({"message_recipients": "8,5"}, "küsurat olmaz"),
        ({"message_recipients": "", "message_identifiers": ""}, "En az bir kanalda"),
        ({"call_recipients": "5", "call_identifiers": "123"}, "Arama yaparken kullandığınız telefon numaraları"),
        ({"email_recipients": "5", "email_identifiers": "lodos"}, "E-posta gönderirken kullandığınız"),
    ],
)
def test_a_brand_that_is_not_right_is_said_beside_its_field(
    approved: Online, changed: dict[str, str], sentence: str
) -> None:
    page = approved.send("add_brand", **{**BRAND, **changed})
    assert page.status == 422
    assert sentence in page
    assert page.fields["message_identifiers"] == changed.get("message_identifiers", BRAND["message_identifiers"])
    assert not Brand.objects.exists()


def test_thousands_are_stored_as_thousands_and_so_stand_in_the_letter(approved: Online) -> None:
    approved.send("add_brand", **{**BRAND, "message_recipients": "8.000"})
    assert Brand.objects.get().reaches.get(channel="message").recipients == 8_000
    assert "Mesaj: 8.000 alıcı (LODOS)." in approved.open("info_entry"), "and the name under which it writes"


def test_a_brand_of_another_name_than_the_company_needs_its_certificate(approved: Online) -> None:
    page = approved.send("add_brand", **BRAND)
    assert "“Lodos” ticaret unvanınızdan farklı: marka tescil belgesini yükleyin." in page, "asked at once"
    assert "Markayı kaydet" in page.buttons
    brand = Brand.objects.get()
    page = approved.send("edit_brand", brand.pk, **BRAND)
    assert "Markayı kaydet" not in page.buttons, "who has no certificate at hand is not kept in the form"
    assert brand.reaches.get(channel="message").identifiers == ["LODOS"]
    assert "“Lodos” ticaret unvanınızdan farklı" in approved.open("info_entry")
    assert "zaten var" in approved.send("add_brand", **{**BRAND, "name": "LODOS"})
    picture = upload(b"\x89PNG\r\n\x1a\nx", "tescil.png")
    assert approved.send("edit_brand", brand.pk, certificate=picture, **BRAND).status == 422
    approved.send("edit_brand", brand.pk, certificate=upload(blank_pdf(), "tescil.pdf"), **BRAND)
    other = {**BRAND, "name": "Poyraz"}
    approved.send("add_brand", certificate=upload(blank_pdf() + b"\n", "tescil-2.pdf"), **other)
    assert Document.objects.filter(kind="brand_certificate", replaced_by=None).count() == 2
    assert "farklı" not in approved.open("info_entry")
    approved.send("remove_brand", Brand.objects.get(name="Poyraz").pk)
    assert Brand.objects.count() == 1


def test_the_companys_own_name_needs_none_however_it_is_written(approved: Online) -> None:
    name = approved.company.trade_name.replace("i", "İ").upper().replace("ANONİM ŞİRKETİ", "A.Ş.")
    page = approved.send("add_brand", **{**BRAND, "name": name})
    assert "Markayı kaydet" not in page.buttons, "and the form is done with"
    assert "farklı" not in approved.open("info_entry")


def test_figures_that_are_left_empty_are_zero_and_shown_before_they_go(approved: Online) -> None:
    """Whoever uses one channel types no zero for the others; İYS gets the zeros as before."""
    approved.send("figures", message_sent="48.000", call_sent=" ")
    kept = {each.channel: (each.sent, each.added, each.refused) for each in approved.company.yearly_figures.all()}
    assert kept == {"message": (48_000, 0, 0), "call": (0, 0, 0), "email": (0, 0, 0)}
    page = approved.open("info_entry")
    assert "Mesaj 48.000 0 0 Arama 0 0 0 E-posta 0 0 0" in page
    assert "Boş bıraktığınız sayılar 0 olarak yazıldı; İYS'ye böyle gider." in page


def test_the_channels_of_no_brand_are_folded_away_and_zero(approved: Online) -> None:
    assert "Markalarınızda olmayan kanallar" not in approved.open("figures"), "nothing is known yet"
    approved.send("add_brand", **BRAND)
    page = approved.open("figures")
    assert "Markalarınızda olmayan kanallar: Arama, E-posta" in page
    approved.send("figures", message_sent="1")
    assert approved.company.yearly_figures.get(channel="email").sent == 0


@pytest.mark.parametrize("typed", [{}, {"message_sent": " "}])
def test_a_year_of_which_nothing_was_written_is_not_taken_for_zeros(
    approved: Online, typed: dict[str, str]
) -> None:
    """Pressing the button on an empty page says nothing; one 0 does."""
    page = approved.send("figures", **typed)
    assert page.status == 422
    assert "En az bir sayı yazın; hiç gönderim yapmadıysanız buraya 0 yazın." in page
    assert not approved.company.yearly_figures.exists()
    approved.send("figures", message_sent="0")
    assert approved.company.yearly_figures.count() == 3


@pytest.mark.parametrize("typed", ["kırk sekiz bin", "-1", "48,5", "48.00", "48.000.0", "yok"])
def test_an_unclear_figure_is_no_zero(approved: Online, typed: str) -> None:
    """What is written but not understood is asked for again, beside fields that are empty."""
    page = approved.send("figures", message_sent="48.000", email_sent=typed)
    assert page.status == 422
    assert "Geçtiğimiz yıl kaç e-posta gönderimi yaptınız? Yalnızca rakamla bir sayı yazın" in page
    assert (page.fields["message_sent"], page.fields["email_sent"]) == ("48.000", typed)
    assert not approved.company.yearly_figures.exists()


def test_nothing_is_completed_without_the_declaration_or_by_an_editor(approved: Online) -> None:
    approved.send("add_brand", certificate=upload(blank_pdf(), "tescil.pdf"), **BRAND)
    approved.send("figures", **ZEROS)
    page = approved.send("complete", expected_version=str(approved.record(PRE_APPLICATION).version))
    assert page.status == 422
    assert "Başvuruyu tamamlamak için doğruluk beyanının kutusunu işaretleyin." in page
    page = approved.open("info_entry", role="editor")
    assert f"Firma sahibi {approved.people['owner']} tamamlayacak." in page
    page = approved.send(
        "complete", correct="on", expected_version=str(approved.record(PRE_APPLICATION).version), letter="x"
    )
    assert approved.here == "info_entry", "another letter than the one that was shown"


def test_the_dossier_with_its_brands_goes_to_iys_after_the_last_look(approved: Online) -> None:
    approved.complete()
    assert approved.here == "final_review"
    approved.move(PRE_APPLICATION, "approve")
    letter = Letter.objects.get(audience="iys")
    text = body_of(letter).text
    assert "- Lodos: Mesaj 3.200 alıcı (LODOS)" in text
    assert "Mesaj: 48.000 gönderim" in text
    assert "nitelikli elektronik imzayla imzalanmıştır" in text
    assert "kargo" not in text
    kinds = {attachment.document.kind for attachment in letter.attachments.all()}
    assert kinds == {"undertaking_signed", "brand_certificate"}


def test_support_may_have_the_brands_corrected(approved: Online) -> None:
    approved.complete()
    submission.ask_changes(
        application=approved.now(),
        step=PRE_APPLICATION,
        remarks=[("brands", "Lodos'un sayısı eksik")],
        actor=STAFF,
    )
    page = approved.open("info_entry")
    assert "Lodos'un sayısı eksik" in page
    assert "Marka ekle" in page.links, "the link of the mail is not asked for twice"
    approved.touch_all()
    approved.press("info_entry", "complete", correct="on")
    assert approved.here == "final_review"
    assert approved.now().remarks.filter(settled_at=None).count() == 0


@pytest.mark.parametrize("known", [False, True], ids=["of nobody here", "of another company here"])
def test_a_company_does_not_become_another_one_by_its_mersis_number(cast: Online, known: bool) -> None:
    """The same sentence whether the other tax number is a customer's."""
    cast.verify_email()
    own, other = cast.company.tax_number, CompanyFactory.create().tax_number if known else vkn(902)
    with registry(says(200, {**FOUND, "tax_number": other})):
        page = cast.press("query", "query", mersis_number=f"0{other}00001", identity=IDENTITY)
    assert page.status == 422
    assert "firmanızı eklerken yazdığınız vergi numarasına ait değil" in page
    assert cast.here == "query"
    assert (cast.now().company.tax_number, cast.now().company.trade_name) == (own, cast.company.trade_name)
    assert cast.now().registry_answers.get().outcome == "other_firm", "support finds what was asked"
