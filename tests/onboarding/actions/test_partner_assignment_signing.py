"""Step 5: the channels asked for, and the form e-signed and verified as in step 1."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from correspondence.models import Letter
from correspondence.outgoing.bodies import to_send
from correspondence.outgoing.outbox import body_of
from documents.storage import read
from onboarding.dossier import papers
from onboarding.dossier.signed import WILL_SIGN_FORM_ANEW
from onboarding.models import ApplicationForm, Assignment, CoSignatory, DocumentKind, HandOff, SignatureCheck
from onboarding.steps import PARTNER_ASSIGNMENT
from sandbox.authority import SOUND, Authority, Kind
from tests.documents.pdf_text import pages
from tests.scenarios.browser import Screen, signed_in, words
from tests.scenarios.cast import Cast
from tests.scenarios.factories import tckn
from tests.scenarios.papers import upload
from tests.scenarios.support import REVIEW, colleague

pytestmark = pytest.mark.django_db
# Nobody answers there: whether the certificate was revoked stays unknown.
UNKNOWN = Kind(crl_url="http://127.0.0.1:9/crl")
# The channels as they are ticked on the page.
BOTH = ["message", "email"]


@pytest.fixture
def cast(authority: Authority, trust: Path) -> Iterator[Cast]:
    with override_settings(TRUST_DIR=trust):
        found = Cast()
        found.preparing()
        yield found


def form(cast: Cast) -> bytes:
    """The form to sign, as a worker renders it."""
    document = papers.render(cast.now(), DocumentKind.ASSIGNMENT_TO_SIGN)
    assert document is not None
    return read(document)


def hand_in(cast: Cast, signed: bytes) -> Screen:
    return cast.send("sign_assignment", role="editor", file=upload(signed, "imzalı.pdf"))


def signed(cast: Cast, authority: Authority, kind: Kind = SOUND, identity: str = "") -> bytes:
    return authority.sign(form(cast), authority.issue("Ada Yalın", identity or tckn(7), kind))


def test_an_e_signed_form_is_verified_and_goes_to_iys_byte_for_byte(cast: Cast, authority: Authority) -> None:
    assert "Ada Yalın (imza yetkilisi): imzası bekleniyor" in cast.open("partner_assignment")
    payload = signed(cast, authority)
    page = hand_in(cast, payload)
    assert "E-imzalı atama formu denetlendi ve kabul edildi." in page
    for line in ("Geçti: Ada Yalın imzalamış.", "Geçti: İmza dosyanın tümünü kapsıyor."):
        assert line in page
        assert line in cast.open("partner_assignment")
    cast.press("review_assignment", "review_assignment")
    cast.move(PARTNER_ASSIGNMENT, "approve")
    letter = Letter.objects.get(step_key="partner_assignment", audience="iys")
    assert "doldurulmuş ve e-imzayla imzalanmış formumuz ektedir" in body_of(letter).text
    assert read(letter.attachments.get().document) == payload


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda cast, authority: form(cast), "Bu dosya henüz imzalanmamış."),
        (lambda cast, authority: signed(cast, authority, identity=tckn(8)), "imza yetkilisi Ada Yalın yok"),
        (lambda cast, authority: signed(cast, Authority.new("Yabancı")), "sağlayıcısı tanınmıyor"),
        (lambda cast, authority: signed(cast, authority)[:-300], "PDF'in sonu eksik"),
    ],
)
def test_a_form_that_is_not_rightly_signed_changes_nothing(
    cast: Cast, authority: Authority, change: object, sentence: str
) -> None:
    page = hand_in(cast, change(cast, authority))  # type: ignore[operator]
    assert page.status == 422
    assert sentence in page
    assert Assignment.of(cast.now()).signed_form is None
    assert not SignatureCheck.objects.exists()


def test_without_the_issued_form_nothing_is_compared(cast: Cast) -> None:
    page = hand_in(cast, b"%PDF-1.4 nothing")
    assert page.status == 422
    assert Assignment.of(cast.now()).signed_form is None


def test_who_signs_together_has_a_field_and_a_place_to_stamp(cast: Cast, authority: Authority) -> None:
    CoSignatory.objects.create(application=cast.application, name="Ege Yalın", identity=tckn(8))
    page = hand_in(cast, signed(cast, authority))
    assert "Müşterek imza: Ege Yalın henüz imzalamamış." in page
    both = authority.sign(signed(cast, authority), authority.issue("Ege Yalın", tckn(8), SOUND))
    assert "denetlendi ve kabul edildi" in hand_in(cast, both)
    paper = papers.render(cast.now(), DocumentKind.ASSIGNMENT_BLANK)
    assert paper is not None
    assert "EgeYalın" in "".join(pages(read(paper)))


def link_in(cast: Cast) -> str:
    """The path of the link in the newest letter with one."""
    letter = Letter.objects.filter(message_group__startswith="hand_off:").latest("created_at")
    found = re.search(r"https?://[^/\s]+(/\S*imza/\S+)", to_send(letter).text)
    assert found is not None
    return found[1]


def by_link(link: str, payload: bytes) -> Screen:
    visitor = Client()
    fields = Screen(visitor.get(link)).fields
    return Screen(visitor.post(link, {**fields, "file": upload(payload)}, follow=True))


def test_who_signs_the_form_together_signs_by_a_mailed_link_on_what_the_others_have_signed(
    cast: Cast, authority: Authority
) -> None:
    cast.send("co_signatories", name="Ege Yalın", identity=tckn(8))
    assert cast.now().co_signatories.exists(), "step 5 has its own place to name them"
    first = signed(cast, authority)
    assert "Sırada birlikte imzalayacak kişi var" in hand_in(cast, first)
    assert "İmzaların bir bölümü tamam" in cast.open("partner_assignment")
    cast.send("hand_off_assignment", role="editor", email="ege@baska.example", channels=BOTH)
    link = link_in(cast)
    stranger = Client()
    shown = Screen(stranger.get(link))
    assert "İş Ortağı Atama Formu" in shown
    paper = stranger.get(shown.links["Belgeyi indir"])
    assert paper.content == first, "what the other has signed already"
    wrong = authority.sign(first, authority.issue("Su Yalın", tckn(9), SOUND))
    assert "bildirdiğiniz müşterek imza yetkilisi değil" in by_link(link, wrong)
    both = authority.sign(first, authority.issue("Ege Yalın", tckn(8), SOUND))
    assert "Atama formu alındı" in by_link(link, both)
    kept = Assignment.of(cast.now()).signed_form
    assert kept is not None
    assert read(kept) == both
    assert "İmzaların bir bölümü tamam" not in cast.open("partner_assignment")
    assert stranger.get(f"{link}taahhutname/").status_code == 404, "good for once"
    cast.press("review_assignment", "review_assignment")
    assert cast.state(PARTNER_ASSIGNMENT) == "form_review"


def test_a_link_to_the_form_opens_nothing_once_the_form_is_on_its_way_or_was_taken_back(
    cast: Cast, authority: Authority
) -> None:
    payload = signed(cast, authority)
    cast.send("hand_off_assignment", email="ada@baska.example", channels=BOTH)
    link = link_in(cast)
    cast.send("revoke_hand_off", cast.now().hand_offs.get().pk)
    assert Client().get(link).status_code == 404
    cast.send("hand_off_assignment", email="ada@baska.example", channels=BOTH)
    link = link_in(cast)
    assert Client().get(link).status_code == 200
    hand_in(cast, payload)
    cast.press("review_assignment", "review_assignment")
    assert Client().get(link).status_code == 404


def test_a_link_to_the_undertaking_does_not_open_the_form(cast: Cast) -> None:
    form(cast)
    user = cast.owner.user
    assert user is not None
    link = HandOff.objects.create(
        application=cast.now(), email="ada@baska.example", created_by=user, expires_at="2099-01-01T00:00Z"
    )
    assert Client().get(reverse("onboarding:sign_by_link", args=[link.pk])).status_code == 404


def test_without_a_tckn_there_is_only_the_stamp(cast: Cast) -> None:
    ApplicationForm.objects.filter(application=cast.application).update(signatory_foreign=True)
    page = cast.open("partner_assignment")
    assert "E-imza için imza yetkilisinin T.C. kimlik numarası gerekir" in page
    assert "E-imzalanacak formu indir" not in page.buttons


def test_what_could_not_be_asked_is_looked_up_before_the_form_goes(cast: Cast, authority: Authority) -> None:
    hand_in(cast, signed(cast, authority, UNKNOWN))
    cast.press("review_assignment", "review_assignment")
    support = signed_in(colleague(*REVIEW, partner=cast.company.partner))
    page = reverse("admin:onboarding_application_change", args=[cast.application.pk])
    approve = {
        "move": "partner_assignment:approve",
        "expected_version": str(cast.record(PARTNER_ASSIGNMENT).version),
    }
    move = reverse("admin:onboarding_application_move", args=[cast.application.pk])
    assert "önce elle denetleyip onaylayın" in words(support.post(move, approve, follow=True))
    assert cast.state(PARTNER_ASSIGNMENT) == "form_review"
    shown = words(support.get(page))
    assert "İptal durumunu nasıl denetlediniz?" in shown
    assert "İş ortağına yetki verilecek kanallar Mesaj, E-posta (Form ve mektupla)" in shown
    confirm = reverse("admin:onboarding_application_confirm_signature", args=[cast.application.pk])
    check = SignatureCheck.objects.get()
    support.post(confirm, {"check": str(check.pk), "note": "SİL listesine baktım"})
    assert "Elle denetlendi: SİL listesine baktım" in words(support.get(page))
    support.post(move, approve)
    assert cast.state(PARTNER_ASSIGNMENT) == "sending"


def test_the_channels_asked_for_stand_in_form_letter_and_ticks(cast: Cast) -> None:
    assert cast.open("partner_assignment").ticked == ["message", "email"]
    cast.send("assignment_channels", channels=["message", "call", "email"])
    page = cast.send("assignment_channels", role="editor", channels=["email", "message"])
    assert "Yetki verilecek kanallar kaydedildi." in page
    paper = papers.render(cast.now(), DocumentKind.ASSIGNMENT_BLANK)
    assert paper is not None
    assert "YetkiverilenkanallarMesaj,E-posta" in "".join(pages(read(paper)))
    assert "Yetki verilecek kanallar: Mesaj, E-posta" in cast.open("partner_assignment", role="viewer")
    cast.form_handed_in()
    assert "Yetki verilen kanallar: Mesaj, E-posta" in cast.open("review_assignment")
    page = cast.press("partner_assignment", "assignment_move", move="use_panel")
    assert "Şu kanallar için yetki verdim: Mesaj, E-posta" in page


@pytest.mark.parametrize("sent", [[], ["telepathy"]])
def test_no_channel_at_all_is_refused(cast: Cast, sent: list[str]) -> None:
    page = cast.send("assignment_channels", channels=sent)
    assert (page.status, "En az bir kanal seçin." in page) == (422, True)
    assert Assignment.of(cast.now()).channels == ["message", "email"]


def test_a_form_signed_for_other_channels_is_right_again_with_its_own(cast: Cast, authority: Authority) -> None:
    hand_in(cast, signed(cast, authority))
    kept = Assignment.of(cast.now()).signed_form
    assert WILL_SIGN_FORM_ANEW in cast.open("partner_assignment")
    page = cast.send("assignment_channels", channels=["email"])
    assert "Kanallar değişti: yeni formu indirip yeniden imzalayın." in page
    assert "Gözden geçir ve gönder" not in page.links
    assert WILL_SIGN_FORM_ANEW not in page
    papers.render(cast.now(), DocumentKind.ASSIGNMENT_TO_SIGN)
    page = cast.send("assignment_channels", channels=["message", "email"])
    assert "Gözden geçir ve gönder" in page.links
    assert Assignment.of(cast.now()).signed_form == kept
    cast.send("assignment_channels", channels=["email"])
    cast.form_handed_in()
    cast.press("review_assignment", "review_assignment")
    assert "Atama formu şu anda değiştirilemez." in cast.send("assignment_channels", channels=["call"])


def test_a_form_signed_before_something_changed_is_not_sent(cast: Cast, authority: Authority) -> None:
    hand_in(cast, signed(cast, authority))
    shown = cast.open("review_assignment").fields
    cast.company.address = "Yeni Cadde No: 1"
    cast.company.save()
    form(cast)
    page = cast.open("partner_assignment")
    assert "Bilgiler form imzalandıktan sonra değişti." in page
    assert "Geçti:" not in page.words.partition("Önceki imza (artık geçerli değil)")[0]
    assert "Gözden geçir ve gönder" not in page.links
    page = cast.open("review_assignment")
    assert "Geçti:" not in page.words.partition("Önceki imza (artık geçerli değil)")[0]
    assert page.buttons == []
    assert "Bilgiler form imzalandıktan sonra değişti." in cast.send("review_assignment", **shown)
    assert cast.state(PARTNER_ASSIGNMENT) == "preparing"
