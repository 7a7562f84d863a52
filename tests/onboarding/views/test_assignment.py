"""Step 5 on the screens: the form and its sentence, upload, review, İYS's panel, refusal."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse

from correspondence.models import Letter
from documents.models import Document
from documents.storage import read
from onboarding import tasks
from onboarding.actor import IYS, SYSTEM
from onboarding.models import Assignment
from onboarding.steps import PARTNER_ASSIGNMENT
from tests.documents.pdf_text import pages
from tests.documents.test_inspection import pdf
from tests.scenarios import mails
from tests.scenarios.browser import Screen
from tests.scenarios.cast import Cast
from tests.scenarios.papers import blank_pdf, upload

pytestmark = pytest.mark.django_db
FASTER = "Bu adım az önce değişti"
TICKS = ["menu", "partner", "permissions"]


@pytest.fixture
def cast(at_the_start: Callable[[], Cast]) -> Cast:
    return at_the_start()


def paper(cast: Cast) -> str:
    """The words of the form as the company downloads it: asked for, rendered by a worker, given out."""
    path = reverse("onboarding:paper", args=["assignment_blank"])
    browser = cast.browsers["editor"]
    assert browser.get(path).status_code == 202
    tasks.render_paper(str(cast.application.pk), "assignment_blank")
    answer = browser.get(path, follow=True)
    assert answer["Content-Type"] == "application/pdf"
    # The button says "indir": a telephone that opened it in the portal's place would leave no way back.
    assert answer["Content-Disposition"].startswith("attachment;")
    return "".join(pages(answer.content))


@pytest.mark.parametrize(("largest", "shown"), [(0, "0"), (999, "999"), (1_000, "1.000"), (4_999, "4.999")])
def test_below_5000_addresses_the_form_says_so(cast: Cast, largest: int, shown: str) -> None:
    cast.preparing(message=largest, call=largest, email=largest)
    sentence = f"Onaylı iletişim adresi sayımız 5.000'den azdır: {shown}."
    assert f"Formda şu cümle yer alır: “{sentence}”" in cast.open("partner_assignment")
    assert "".join(sentence.split()) in paper(cast)


@pytest.mark.parametrize("largest", [5_000, 5_001])
def test_from_5000_addresses_on_it_says_nothing_of_it(cast: Cast, largest: int) -> None:
    cast.preparing(message=largest, call=10, email=10)
    assert "5.000'den azdır" not in cast.open("partner_assignment")
    words = paper(cast)
    assert "denazdır" not in words
    assert f"{largest:,}".replace(",", ".") in words


def test_the_form_is_filled_with_company_codes_and_partner(cast: Cast) -> None:
    cast.preparing()
    words = paper(cast)
    for each in (cast.company.trade_name, "710482", "Marka: Mavi Deniz", "Kıyı İletişim Hizmetleri A.Ş.", "3.200"):
        assert "".join(each.split()) in words


def test_the_same_form_is_rendered_once_and_anew_when_a_figure_changes(cast: Cast) -> None:
    cast.preparing()
    paper(cast)
    tasks.render_paper(str(cast.application.pk), "assignment_blank")
    assert Document.objects.filter(kind="assignment_blank").count() == 1
    cast.now().package_choice.delete()
    page = cast.browsers["owner"].get(reverse("onboarding:paper", args=["assignment_blank"]), follow=True)
    assert "önce başvuru bilgilerini tamamlayın" in page.content.decode()


@pytest.mark.parametrize(
    ("payload", "sentence"),
    [
        (b"MZ", "“form.pdf” adında PDF yazsa da içi PDF, JPEG, PNG ya da HEIC değil;"),
        (pdf()[:-200], "PDF'in sonu eksik"),
        (b"", "Dosya boş. Açıp kontrol edin."),
    ],
    ids=["program", "half", "empty"],
)
def test_a_bad_form_is_refused_with_a_sentence(cast: Cast, payload: bytes, sentence: str) -> None:
    cast.preparing()
    assert sentence in cast.send("upload_assignment", file=upload(payload, "form.pdf"))
    assert not Document.objects.filter(kind="assignment_form").exists()


def test_the_signed_form_goes_by_the_owner_to_support_and_to_iys(cast: Cast) -> None:
    cast.preparing()
    page = cast.open("review_assignment")
    assert "İş ortağı ataması" in page, "there is nothing to review yet"
    signed = blank_pdf()
    page = cast.send("upload_assignment", role="editor", file=upload(signed, "imzalı.pdf"))
    assert f"Firma sahibi {cast.people['owner']} gönderecek." in page
    assert page.buttons == []
    assert "Yüklendi imzalı.pdf" in cast.open("partner_assignment")
    page = cast.open("review_assignment")
    assert "Alıcı: isortagim@iys.org.tr" in page
    assert "Ek: kaseli-ve-imzali-is-ortagi-atama-formu-mavi-deniz.pdf" in page
    page = cast.press("review_assignment", "review_assignment")
    assert "Formunuz alındı." in page
    assert page.buttons == []
    cast.move(PARTNER_ASSIGNMENT, "approve")
    letter = Letter.objects.get(step_key="partner_assignment", audience="iys")
    assert (letter.to, letter.cc) == (["isortagim@iys.org.tr"], ["iys@kiyi.example"])
    assert read(letter.attachments.get().document) == signed
    cast.move(PARTNER_ASSIGNMENT, "letter_sent", SYSTEM)
    page = cast.open("partner_assignment")
    assert "tarihinde İYS'ye gönderildi." in page
    assert "Gönderdiğiniz form" in page.links


def test_without_a_signed_form_nothing_is_sent(cast: Cast) -> None:
    cast.preparing()
    cast.send("review_assignment", expected_version=str(cast.record(PARTNER_ASSIGNMENT).version))
    assert cast.state(PARTNER_ASSIGNMENT) == "preparing"


def test_support_sends_a_form_back_with_its_reason(cast: Cast) -> None:
    cast.preparing()
    cast.form_handed_in()
    cast.press("review_assignment", "review_assignment")
    assert "Atama formu şu anda değiştirilemez." in cast.send("upload_assignment", file=upload(pdf(pages=2)))
    cast.move(PARTNER_ASSIGNMENT, "return_form", reason="İkinci sayfada kaşe yok")
    page = cast.open("partner_assignment")
    assert "Destek ekibi formunuzu geri gönderdi İkinci sayfada kaşe yok Geri gönderildi" in page
    assert "Gözden geçir ve gönder" not in page.links, "the very form that was sent back"
    assert "Yüklendi" not in page
    assert cast.open("review_assignment").words == page.words, "nor at its own address"
    version = str(cast.record(PARTNER_ASSIGNMENT).version)
    cast.send("review_assignment", expected_version=version)
    assert cast.state(PARTNER_ASSIGNMENT) == "preparing"
    cast.send("upload_assignment", file=upload(pdf(pages=2), "yeni.pdf"))
    page = cast.open("partner_assignment")
    assert "Yüklendi yeni.pdf" in page
    assert "Destek ekibi formunuzu geri gönderdi İkinci sayfada kaşe yok Yeni formu yüklediniz" in page
    assert "aynısı" not in cast.open("review_assignment")
    cast.press("review_assignment", "review_assignment")
    assert cast.state(PARTNER_ASSIGNMENT) == "form_review"


def test_who_was_sent_back_for_another_reason_may_hand_the_same_file_in_anew(cast: Cast) -> None:
    """A refusal need not be about the paper."""
    cast.preparing()
    payload = pdf(pages=2)
    cast.send("upload_assignment", file=upload(payload, "form.pdf"))
    cast.press("review_assignment", "review_assignment")
    cast.move(PARTNER_ASSIGNMENT, "approve")
    cast.move(PARTNER_ASSIGNMENT, "letter_sent", SYSTEM)
    form = Assignment.of(cast.now()).signed_form
    cast.move(PARTNER_ASSIGNMENT, "refuse", IYS, "Panelinizde Mutabakat Yönetimi kapalı")
    cast.press("partner_assignment", "assignment_move", move="retry")
    assert "İYS formunuzu kabul etmedi Panelinizde Mutabakat Yönetimi kapalı" in cast.open("partner_assignment")
    cast.send("upload_assignment", file=upload(payload, "form.pdf"))
    assert Assignment.of(cast.now()).signed_form == form
    assert "Seçtiğiniz dosya, geri gönderilenin aynısı." in cast.open("review_assignment")
    cast.press("review_assignment", "review_assignment")
    assert cast.state(PARTNER_ASSIGNMENT) == "form_review"


def test_iyss_answer_finishes_the_step(cast: Cast, tmp_path: Path) -> None:
    cast.form_sent()
    cast.arrives(tmp_path, mails.ASSIGNED)
    page = cast.open("partner_assignment")
    assert "İş ortağınız atandı" in page
    assert "6. adıma git" in page.links


def test_a_refusal_says_why_and_the_form_is_made_again(cast: Cast) -> None:
    cast.form_sent()
    cast.move(PARTNER_ASSIGNMENT, "refuse", IYS, "İmza uyuşmuyor")
    page = cast.open("partner_assignment")
    assert "İYS atamayı kabul etmedi İmza uyuşmuyor" in page
    assert page.buttons == ["Formu yeniden hazırla", "İYS panelinden yapacağım"]
    assert cast.open("partner_assignment", role="viewer").buttons == []
    page = cast.press("partner_assignment", "assignment_move", role="editor", move="retry")
    assert "Formu imzalayın" in page
    cast.send("upload_assignment", file=upload(pdf(pages=2), "yeni.pdf"))
    cast.press("review_assignment", "review_assignment")
    cast.move(PARTNER_ASSIGNMENT, "approve")
    newest = Letter.objects.filter(step_key="partner_assignment", audience="iys").latest("created_at")
    assert newest.attachments.get().document.name == "yeni.pdf"


def test_the_panel_way_wants_every_point_ticked_and_keeps_the_ticks(cast: Cast) -> None:
    cast.preparing()
    page = cast.press("partner_assignment", "assignment_move", role="editor", move="use_panel")
    assert "İş ortağım olarak Kıyı İletişim Hizmetleri A.Ş. firmasını seçtim" in page
    assert "Şu kanallar için yetki verdim: Mesaj, E-posta" in page
    page = cast.press("partner_assignment", "claim_assignment", ticks=["menu", "partner"])
    assert page.status == 422
    assert "Paneldeki adımların hepsini tamamlayıp işaretleyin." in page
    assert page.ticked == ["menu", "partner"]
    assert cast.state(PARTNER_ASSIGNMENT) == "panel"
    page = cast.press("partner_assignment", "claim_assignment", ticks=TICKS)
    assert "Teşekkürler, bildiriminiz alındı." in page
    assert "Atamanız doğrulanıyor" in page
    kept = cast.now().assignment
    assert (kept.way, kept.ticks) == ("panel", TICKS)
    cast.move(PARTNER_ASSIGNMENT, "deny_claim", reason="Panelde görünmüyor")
    assert "Panelde görünmüyor" in cast.open("partner_assignment")
    cast.press("partner_assignment", "claim_assignment", ticks=TICKS)
    cast.move(PARTNER_ASSIGNMENT, "confirm_claim")
    assert "İş ortağınız atandı" in cast.open("partner_assignment")


def test_who_changes_their_mind_goes_back_to_the_form(cast: Cast) -> None:
    cast.preparing()
    cast.press("partner_assignment", "assignment_move", move="use_panel")
    page = cast.press("partner_assignment", "assignment_move", move="use_form")
    assert "Formu imzalayın" in page


def test_a_late_claim_is_told_so_and_keeps_its_ticks(cast: Cast) -> None:
    cast.preparing()
    cast.press("partner_assignment", "assignment_move", move="use_panel")
    expected_version = cast.open("partner_assignment").fields["expected_version"]
    for move in ("use_form", "use_panel"):
        cast.press("partner_assignment", "assignment_move", role="editor", move=move)
    page = cast.send("claim_assignment", expected_version=expected_version, ticks=TICKS)
    assert FASTER in page
    assert page.ticked == TICKS
    assert cast.state(PARTNER_ASSIGNMENT) == "panel"


def test_a_viewer_reads_and_presses_nothing(cast: Cast) -> None:
    cast.preparing()
    page = cast.open("partner_assignment", role="viewer")
    assert "E-posta 4.100" in page
    assert (page.buttons, page.actions) == ([], [])
    assert "Atama formunu indir" not in page.buttons


def test_buttons_that_the_page_does_not_have_are_not_pressed(cast: Cast) -> None:
    cast.form_sent()
    expected_version = str(cast.record(PARTNER_ASSIGNMENT).version)
    for name in ("confirm", "approve", "submit", "nonsense", ""):
        assert cast.answer("assignment_move", move=name, expected_version=expected_version).status_code == 404
    assert cast.state(PARTNER_ASSIGNMENT) == "sent"


# The way of signing that was chosen stands open; the others are folded away and one press off.


def ways(page: Screen) -> tuple[list[str], list[str]]:
    """The ways to sign that stand open, and those that are folded."""
    open_ways = re.findall(r"Formu imzalayın (Kaşe ve ıslak imzayla|E-imzayla) ", page.words)
    folded = re.findall(r"(?:Kaşe ve ıslak imzayla|E-imzayla) imzalayacağız|Ya da İYS panelinden", page.words)
    return open_ways, folded


@pytest.mark.parametrize(
    ("channel", "first", "second"),
    [("online", "E-imzayla", "Kaşe ve ıslak imzayla"), ("manual", "Kaşe ve ıslak imzayla", "E-imzayla")],
)
def test_the_way_of_signing_chosen_in_step_1_stands_first(
    cast: Cast, channel: str, first: str, second: str
) -> None:
    cast.preparing()
    type(cast.application.application_form).objects.filter(application=cast.application).update(channel=channel)
    assert ways(cast.open("partner_assignment")) == ([first], [f"{second} imzalayacağız", "Ya da İYS panelinden"])


def test_a_refused_e_signature_stays_open_for_who_began_on_paper(cast: Cast) -> None:
    cast.preparing()
    page = cast.send("sign_assignment", file=upload(blank_pdf(), "imzasiz.pdf"))
    assert page.status == 422
    assert ways(page)[0] == ["E-imzayla"]


def test_a_refused_address_of_a_signing_link_stays_open(cast: Cast) -> None:
    cast.preparing()
    page = cast.send("hand_off_assignment", email="ada@", channels=["email"])
    assert ways(page)[0] == ["E-imzayla"]


def test_refused_channels_unfold_nothing(cast: Cast) -> None:
    cast.preparing()
    page = cast.send("assignment_channels", channels=[])
    assert page.status == 422
    assert ways(page)[0] == ["Kaşe ve ıslak imzayla"]


def test_who_cannot_sign_electronically_is_not_led_there(cast: Cast) -> None:
    """A passport has no place in a Turkish e-signature."""
    cast.preparing()
    form = type(cast.application.application_form).objects.get(application=cast.application)
    form.channel, form.signatory_foreign = "online", True
    form.save()
    assert ways(cast.open("partner_assignment"))[0] == ["Kaşe ve ıslak imzayla"]


def test_one_button_of_the_ways_to_sign_is_the_one_to_press(cast: Cast) -> None:
    cast.preparing()
    html = cast.browsers["owner"].get(reverse("onboarding:partner_assignment")).content.decode()
    assert len(re.findall(r'class="button"\s+type="submit"\s+form="form-channels"', html)) == 1


def test_ticks_of_the_panel_are_kept_by_the_tab(cast: Cast) -> None:
    """Whoever goes to İYS's panel in the same tab and comes back finds them."""
    cast.preparing()
    cast.press("partner_assignment", "assignment_move", move="use_panel")
    html = cast.browsers["owner"].get(reverse("onboarding:partner_assignment")).content.decode()
    assert re.search(r'action="/basvuru/adim/5/panel/" data-kept', html)
    assert "js/drafts.js" in html
