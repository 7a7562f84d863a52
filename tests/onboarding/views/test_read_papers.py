"""What a paper says is offered where a field is empty, told where it differs, and written by a press alone."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from documents import storage
from documents.models import Document, PaperReading
from journal.models import Entry
from onboarding.actions.pre_application import submission
from onboarding.dossier import content
from onboarding.models import DocumentKind
from onboarding.steps import PRE_APPLICATION
from sandbox.authority import Authority
from tests.documents.reading.samples import OTHERS, Announcement, TaxPlate, circular, gazette, pdf, scan
from tests.scenarios.browser import Screen, signed_in
from tests.scenarios.cast import Cast
from tests.scenarios.factories import UserFactory, tckn, vkn
from tests.scenarios.ladder import STAFF
from tests.scenarios.online import Online
from tests.scenarios.papers import photo

pytestmark = pytest.mark.django_db

TITLE = "MAVİ DENİZ TURİZM VE TİCARET LİMİTED ŞİRKETİ"
EMPTY = {"tax_office": "", "province": "", "district": "", "address": "", "mersis_number": ""}
FIELDS = ("tax_office", "province", "district", "address")
PLATE, GAZETTE = str(DocumentKind.TAX_PLATE), str(DocumentKind.TRADE_REGISTRY_GAZETTE)
NUMBER = vkn(4711)


def company(**known: Any) -> Cast:
    values: dict[str, Any] = {"trade_name": TITLE, "tax_number": NUMBER, **EMPTY, **known}
    cast = Cast(**values)
    cast.send("mersis_question", has_mersis="evet")
    return cast


def brings(
    cast: Cast, payload: bytes, kind: str = PLATE, *, query: str = "?bilgilerden", role: str = "owner"
) -> Screen:
    file = SimpleUploadedFile("belge.pdf", payload, content_type="application/pdf")
    url = reverse("onboarding:upload", args=[kind]) + query
    return Screen(cast.browsers[role].post(url, {"file": file}, follow=True))


def plate(**values: str) -> bytes:
    return TaxPlate(**{"number": NUMBER, **values}).pdf()


def known(cast: Cast, *names: str) -> dict[str, str]:
    now = cast.now().company
    return {name: getattr(now, name) for name in names}


def test_an_upload_writes_nothing_and_offers_what_is_empty() -> None:
    cast = company()
    page = brings(cast, plate())
    assert known(cast, *FIELDS) == dict.fromkeys(FIELDS, "")
    assert "Belgenizden okuduk" in page
    for shown in ("ŞİŞLİ", "İstanbul", "Şişli", "CUMHURİYET MAH. SİLAHŞÖR CAD."):
        assert shown in page
    assert {name: page.fields[name] for name in FIELDS} == dict.fromkeys(FIELDS, "")
    assert "vergi levhası, 1. sayfa" in page


def test_one_press_fills_one_field_and_keeps_all_that_was_typed() -> None:
    cast = company()
    brings(cast, plate())
    page = cast.press_page("firma", use="tax_office", trade_name="Mavi Deniz ve Ortakları", mersis_number="08")
    assert known(cast, *FIELDS) == {"tax_office": "ŞİŞLİ", "province": "", "district": "", "address": ""}
    assert page.fields["tax_office"] == "ŞİŞLİ"
    assert (page.fields["trade_name"], page.fields["mersis_number"]) == ("Mavi Deniz ve Ortakları", "08")


def test_one_press_fills_every_empty_field_and_overwrites_none() -> None:
    cast = company()
    brings(cast, plate())
    page = cast.press_page("firma", use="all", tax_office="Boğaziçi Kurumlar")
    assert known(cast, *FIELDS) == {
        "tax_office": "Boğaziçi Kurumlar",
        "province": "İstanbul",
        "district": "Şişli",
        "address": "CUMHURİYET MAH. SİLAHŞÖR CAD. NO: 12 İÇ KAPI NO: 4",
    }
    assert "Belgenizle yazdıklarınız farklı" in page
    assert "“ŞİŞLİ”; yazılan “Boğaziçi Kurumlar”" in page
    assert "Kullan: Vergi dairesi" not in page


def test_what_is_wrong_elsewhere_is_said_and_kept_beside_what_was_filled_in() -> None:
    cast = company()
    brings(cast, plate())
    page = cast.press_page("firma", use="all", tax_number="12")
    assert page.fields["tax_number"] == "12"
    assert page.fields["tax_office"] == "ŞİŞLİ"
    assert known(cast, "tax_office") == {"tax_office": "ŞİŞLİ"}


@pytest.mark.parametrize("wanted", ["signatory_name", "website", "nothing", "", "tax_number"])
def test_a_button_that_was_not_offered_fills_nothing(wanted: str) -> None:
    cast = company()
    brings(cast, plate())
    cast.press_page("firma", use=wanted)
    assert known(cast, *FIELDS) == dict.fromkeys(FIELDS, "")


def test_what_a_colleague_typed_meanwhile_is_not_filled_over() -> None:
    """The button stands on a page that was shown while the field was empty."""
    cast = company()
    brings(cast, plate())
    page = cast.open("dossier_page", "firma")
    cast.press_page("firma", role="editor", tax_office="Kemeraltı")
    cast.send("dossier_page", "firma", **{**page.fields, "use": "all"})
    assert known(cast, "tax_office") == {"tax_office": "Kemeraltı"}
    assert known(cast, "address")["address"], "what was empty is filled"


def test_a_viewer_uses_nothing() -> None:
    cast = company()
    brings(cast, plate())
    assert cast.answer("dossier", role="viewer", use="all").status_code == 403
    assert known(cast, *FIELDS) == dict.fromkeys(FIELDS, "")


def test_same_words_written_otherwise_are_no_difference() -> None:
    cast = company(
        trade_name="Mavi Deniz Turizm ve Tic. Ltd. Şti.",
        tax_office="Şişli Vergi Dairesi",
        province="İstanbul",
        district="Şişli",
        address="Cumhuriyet Mahallesi, Silahşör Caddesi No:12/4",
    )
    page = brings(cast, plate())
    assert "farklı" not in page
    assert "Hepsini kullan" not in page.buttons


def test_anothers_number_is_said_to_her_and_to_support_and_offers_nothing() -> None:
    cast = company()
    other = vkn(99)
    page = brings(cast, plate(number=other))
    assert f"Bu vergi levhasındaki vergi numarası ({other}) firmanızınkinden ({NUMBER}) farklı" in page
    assert "Hepsini kullan" not in page.buttons
    assert known(cast, *FIELDS) == dict.fromkeys(FIELDS, "")
    shown = support(cast)
    assert f"Vergi levhası: Belgedeki vergi numarası ({other}) firmanınkinden ({NUMBER}) farklı." in shown
    assert f"Vergi kimlik numarası {other} (vergi levhası, 1. sayfa) {NUMBER} farklı" in shown


def support(cast: Cast) -> Screen:
    browser = signed_in(UserFactory.create(is_staff=True, is_superuser=True))
    return Screen(browser.get(reverse("admin:onboarding_application_change", args=[cast.application.pk])))


def test_what_differs_from_what_was_typed_is_shown_to_support() -> None:
    cast = company(tax_office="Boğaziçi Kurumlar")
    brings(cast, plate())
    assert "Vergi dairesi ŞİŞLİ (vergi levhası, 1. sayfa) Boğaziçi Kurumlar farklı" in support(cast)


def test_a_gazette_gives_the_mersis_number_that_is_empty() -> None:
    cast = company()
    page = brings(cast, gazette(*OTHERS, Announcement(mersis=f"0{NUMBER}00015")), GAZETTE)
    assert "MERSİS numarası" in page
    cast.press_page("firma", use="mersis_number")
    assert known(cast, "mersis_number") == {"mersis_number": f"0{NUMBER}00015"}


def test_a_gazette_of_others_offers_nothing_of_theirs() -> None:
    cast = company()
    page = brings(cast, gazette(*OTHERS), GAZETTE)
    assert "Bu gazetede firmanızın ilanını bulamadık" in page
    assert "PAPATYA" not in page
    assert "PAPATYA" not in PaperReading.objects.get().content


def test_two_papers_that_disagree_offer_nothing_of_that_field() -> None:
    cast = company()
    brings(cast, plate())
    page = brings(
        cast,
        gazette(Announcement(mersis=f"0{NUMBER}00015", address="Barbaros Bulvarı No: 7 Beşiktaş/İstanbul")),
        GAZETTE,
    )
    assert "“Adres” belgelerinizde farklı yazıyor" in page
    cast.press_page("firma", use="all")
    assert known(cast, "address", "tax_office") == {"address": "", "tax_office": "ŞİŞLİ"}


@pytest.mark.parametrize("kind", [PLATE, GAZETTE])
def test_scans_and_photos_are_said_to_be_unreadable_and_are_kept(kind: str) -> None:
    cast = company()
    assert "Taranmış ya da fotoğraflanmış belgeyi okuyamıyoruz" in brings(cast, scan(), kind)
    assert "Taranmış ya da fotoğraflanmış belgeyi okuyamıyoruz" in brings(cast, photo(), kind)
    assert cast.company.documents.current().of_kind(kind).count() == 1


@pytest.mark.parametrize(
    ("kind", "payload", "sentence"),
    [
        (DocumentKind.SIGNATURE_CIRCULAR, plate, "Bu bir imza sirküleri değil, vergi levhası gibi görünüyor."),
        (GAZETTE, circular, "Bu bir ticaret sicil gazetesi değil, imza sirküleri gibi görünüyor."),
        (PLATE, lambda: gazette(*OTHERS), "Bu bir vergi levhası değil, ticaret sicil gazetesi gibi görünüyor."),
        (
            PLATE,
            lambda: pdf("<p>Sayın yetkili, ekteki fatura için ödeme tarihi ve toplam tutar bu belgede.</p>" * 3),
            "Bu bir vergi levhası gibi görünmüyor.",
        ),
    ],
)
def test_another_kind_of_paper_is_said_and_kept(kind: str, payload: object, sentence: str) -> None:
    cast = company()
    page = brings(cast, payload(), str(kind))  # type: ignore[operator]
    assert sentence in page
    assert cast.company.documents.current().of_kind(kind).count() == 1


def test_the_review_repeats_what_was_warned_of_beside_the_paper_and_the_answer() -> None:
    cast = company(tax_office="Boğaziçi Kurumlar")
    circular_kind = str(DocumentKind.SIGNATURE_CIRCULAR)
    brings(cast, plate(), circular_kind, query="")
    brings(cast, plate())
    page = cast.open("review")
    assert "Bu bir imza sirküleri değil, vergi levhası gibi görünüyor." in page
    assert "Bu dosya vergi levhası olarak da yüklendi." in page
    assert "Boğaziçi Kurumlar Belgenizde: ŞİŞLİ" in page
    assert page.links[f"Değiştir: {DocumentKind.SIGNATURE_CIRCULAR.label}"].endswith(f"#belge-{circular_kind}")


@pytest.mark.parametrize("kind", [DocumentKind.SIGNATURE_CIRCULAR, DocumentKind.UNDERTAKING])
def test_a_scan_of_a_paper_that_is_not_read_says_nothing(kind: DocumentKind) -> None:
    page = brings(company(), scan(), str(kind), query="")
    assert "okuyamıyoruz" not in page
    assert "gibi görün" not in page


def test_a_persons_number_stands_in_clear_in_no_page_column_or_entry() -> None:
    person, other = tckn(7), tckn(8)
    cast = company(trade_name="Ayşe Yıldız", tax_number=person)
    brings(cast, TaxPlate(name="AYŞE YILDIZ", title="", number="", identity=other).pdf())
    page = cast.whole()
    assert f"(*******{other[-4:]})" in page
    pages = [page, cast.open("pre_application"), support(cast)]
    for number in (person, other):
        assert not any(number in each for each in pages)
        assert not any(number in f"{entry.text}{entry.data}" for entry in Entry.objects.all())
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM documents_paperreading")
        stored = "".join(row[0] for row in cursor.fetchall())
    assert stored
    assert other not in stored


def test_a_sole_traders_mersis_number_is_filled_in_and_masked() -> None:
    person = tckn(7)
    cast = company(trade_name="Ayşe Yıldız", tax_number=person)
    brings(cast, gazette(Announcement(title="AYŞE YILDIZ", mersis=f"{person}00015")), GAZETTE)
    page = cast.press_page("firma", use="all", tax_number="12")
    assert cast.now().company.full_mersis_number == f"{person}00015"
    assert person not in page
    assert page.fields["mersis_number"].startswith("*******")
    cast.press_page("firma", use="all")
    assert cast.now().company.full_mersis_number == f"{person}00015"


def test_a_document_that_is_erased_takes_what_was_read_with_it() -> None:
    cast = company()
    brings(cast, plate())
    storage.erase(Document.objects.get(kind=PLATE))
    assert not PaperReading.objects.exists()
    assert "Belgenizden okuduk" not in cast.whole()


def test_a_paper_that_only_is_read_does_not_go_to_iys() -> None:
    cast = company()
    page = brings(cast, plate())
    assert "Yalnızca okumak içindir; İYS'ye gönderilmez." in page
    form = cast.now().application_form
    assert PLATE not in {each.kind for each in content.attachments(form)}
    assert PLATE not in content.frozen(form)[0]


def test_a_number_that_changes_afterwards_takes_the_offers_away() -> None:
    cast = company()
    brings(cast, plate())
    now = cast.now().company
    now.tax_number = vkn(5)
    now.save()
    page = cast.whole()
    assert "Hepsini kullan" not in page.buttons
    assert f"“{NUMBER}”; yazılan “{vkn(5)}”" in page


def test_a_correction_opens_what_it_names_and_no_paper_beside_it() -> None:
    cast = Cast()
    cast.submitted()
    submission.ask_changes(
        application=cast.now(), step=PRE_APPLICATION, remarks=[("website", "Açılmıyor")], actor=STAFF
    )
    assert "Belgenizden dolduralım" not in cast.whole()
    before = cast.company.documents.count()
    brings(cast, plate())
    assert cast.company.documents.count() == before


def test_a_paper_is_read_on_the_online_channel_too(tmp_path: Path) -> None:
    cast = Online(Authority.new(), tmp_path, **{"trade_name": TITLE, **EMPTY})
    with cast.settings:
        cast.query()
        number = cast.now().company.full_tax_number
        page = brings(cast, TaxPlate(number=number).pdf())
        assert "Belgenizden dolduralım" in page
        assert cast.company.documents.current().of_kind(PLATE).count() == 1
        assert "ŞİŞLİ" in page


def test_support_hands_in_for_a_company_and_it_is_read() -> None:
    cast = company()
    browser = signed_in(UserFactory.create(is_staff=True, is_superuser=True))
    url = reverse("admin:onboarding_application_hand_in", args=[cast.application.pk, GAZETTE])
    printed = gazette(Announcement(mersis=f"0{NUMBER}00015"))
    browser.post(url, {"file": SimpleUploadedFile("gazete.pdf", printed, content_type="application/pdf")})
    assert "İlçe Şişli (ticaret sicil gazetesi, 1. sayfa) boş" in support(cast)


def test_a_paper_that_is_not_asked_for_is_taken_on_the_form_alone() -> None:
    cast = company()
    file = SimpleUploadedFile("levha.pdf", plate(), content_type="application/pdf")
    assert cast.answer("upload", PLATE, file=file).status_code == 404
    assert not cast.company.documents.exists()


def takes_away(cast: Cast, document: str, kind: str = PLATE) -> Screen:
    url = reverse("onboarding:upload", args=[kind]) + "?bilgilerden"
    return Screen(cast.browsers["owner"].post(url, {"take_away": document}, follow=True))


def test_a_wrong_paper_is_taken_away_again_with_what_it_said() -> None:
    """On the form of the data and among the documents; its file goes, the journal says that there was one."""
    cast = company()
    page = brings(cast, plate(number=vkn(99)))
    document = Document.objects.get()
    assert "Evet, kaldır: Vergi levhası" in page.buttons
    page = takes_away(cast, str(document.pk))
    assert "belge.pdf kaldırıldı." in page
    document.refresh_from_db()
    assert document.erased_at is not None
    assert not PaperReading.objects.exists()
    assert "Belge kaldırıldı: belge.pdf" in Entry.objects.latest("pk").text
    assert "Evet, kaldır: Vergi levhası" not in cast.open("dossier_page", "firma").buttons
    assert "Bu belge artık burada değil" in takes_away(cast, str(document.pk)), "a second press, or another tab"


@pytest.mark.parametrize("whose", ["another company's", "of another kind", "handed in", "no id"])
def test_no_other_paper_is_taken_away(whose: str) -> None:
    cast, kind = company(), PLATE
    brings(cast, plate())
    document = Document.objects.get()
    if whose == "another company's":
        cast = company(tax_number=vkn(4712))
    if whose == "of another kind":
        kind = GAZETTE
    if whose == "handed in":
        submission.freeze(cast.application, PRE_APPLICATION, cast.people["owner"])
    wanted = "x" if whose == "no id" else str(document.pk)
    page = takes_away(cast, wanted, kind)
    assert page.status == 404 or "kaldırıldı." not in page
    document.refresh_from_db()
    assert document.erased_at is None


def test_a_company_without_a_mersis_number_is_in_no_gazette() -> None:
    cast = company()
    assert "Ticaret sicil gazetesi" in cast.open("dossier_page", "firma")
    cast.send("mersis_question", has_mersis="hayir")
    assert "Ticaret sicil gazetesi" not in cast.open("dossier_page", "firma")


def test_that_nothing_was_read_is_not_said_where_nothing_is_missing() -> None:
    cast = company()
    brings(cast, scan(), GAZETTE, query="")
    assert "okuyamıyoruz" in cast.open("pre_application")
    submission.fill_in(application=cast.application, values={}, complete=True, actor=cast.owner)
    assert "okuyamıyoruz" not in cast.open("pre_application")
