"""What the company meets when its signatory signs by the mailed link: the board, the letter, the open page."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from correspondence.models import Letter
from correspondence.outgoing.bodies import to_send
from documents.storage import read
from onboarding import tasks
from onboarding.dossier import papers
from onboarding.models import Assignment, DocumentKind
from onboarding.overview.board import READY, READY_FOR_OTHERS
from sandbox.authority import Authority
from tenancy.notice_choices import CompanyNotices
from tests.scenarios.browser import Screen
from tests.scenarios.cast import Cast
from tests.scenarios.factories import tckn
from tests.scenarios.online import SIGNATORY, Online
from tests.scenarios.papers import upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(authority: Authority, trust: Path) -> Iterator[Online]:
    """A company that has its undertaking e-signed."""
    company = Online(authority, trust)
    with company.settings:
        company.fill()
        yield company


@pytest.fixture
def assigning(authority: Authority, trust: Path) -> Iterator[Cast]:
    """A company that prepares its assignment form."""
    with override_settings(TRUST_DIR=trust):
        company = Cast()
        company.preparing()
        yield company


def form(cast: Cast, authority: Authority) -> bytes:
    """The assignment form with the signatory's signature."""
    issued = papers.render(cast.now(), DocumentKind.ASSIGNMENT_TO_SIGN)
    assert issued is not None
    return authority.sign(read(issued), authority.issue(SIGNATORY, tckn(7)))


def newest_link() -> str:
    letter = Letter.objects.filter(message_group__startswith="hand_off:").latest("created_at")
    found = re.search(r"https?://[^/\s]+(/\S*imza/\S+)", to_send(letter).text)
    assert found is not None
    return found[1]


def by_link(link: str, signed: bytes) -> Screen:
    stranger = Client()
    fields = Screen(stranger.get(link)).fields
    return Screen(stranger.post(link, {**fields, "file": upload(signed)}, follow=True))


def asks(cast: Cast, page: str, role: str = "owner") -> str:
    """The address that the open page asks for news."""
    shown = cast.browsers[role].get(reverse(f"onboarding:{page}")).content.decode()
    found = re.search(r'hx-get="([^"]+pulse=[^"]+)"', shown)
    assert found is not None, "the page asks for no news"
    return unescape(found[1])


def told() -> list[Letter]:
    return list(Letter.objects.filter(message_group__startswith="signed_by_link:"))


def test_the_undertaking_signed_by_link_is_told_and_the_board_says_what_to_do(cast: Online) -> None:
    cast.paper()
    cast.send("hand_off", email="ada@baska.example")
    addresses = {page: asks(cast, page) for page in ("board", "sign")}
    assert READY not in cast.open("board")
    done = by_link(newest_link(), cast.signed())
    assert "Taahhütname alındı" in done
    assert done.links["başvurunuza dönün"] == reverse("onboarding:board"), "whoever signed may be the one to send"
    for role, ready in (("owner", READY), ("viewer", READY_FOR_OTHERS)):
        board = cast.open("board", role=role)
        assert ready in board
        assert "Taahhütnameyi e-imzalayıp yükleyin" not in board
    owner = cast.browsers["owner"]
    assert READY in owner.get(addresses["board"]).content.decode()
    assert owner.get(addresses["sign"]).headers["HX-Redirect"] == reverse("onboarding:review")
    assert cast.browsers["viewer"].get(addresses["sign"]).headers["HX-Refresh"] == "true"
    assert owner.get(asks(cast, "sign")).status_code == 204, "no news: the page stays"
    letter = next(each for each in told() if each.to == [cast.people["owner"].email])
    assert letter.subject == "Sıra sizde: imza tamam, gözden geçirip gönderin"
    text = to_send(letter).text
    assert f"{SIGNATORY} imzaladı" in text
    assert reverse("onboarding:review") in text
    assert "Onaylıyorum, gönderin" in cast.open("review").buttons


def test_the_form_signed_by_link_is_told_and_the_board_says_what_to_do(
    assigning: Cast, authority: Authority
) -> None:
    cast = assigning
    signed = form(cast, authority)
    cast.send("hand_off_assignment", email="ada@baska.example", channels=["message", "email"])
    addresses = {page: asks(cast, page) for page in ("board", "partner_assignment")}
    assert "Atama formu alındı" in by_link(newest_link(), signed)
    board = cast.open("board", role="viewer")
    assert READY_FOR_OTHERS in board
    assert "Atama formunu hazırlayın" not in board
    owner = cast.browsers["owner"]
    assert READY in owner.get(addresses["board"]).content.decode()
    assert owner.get(addresses["partner_assignment"]).headers["HX-Redirect"] == reverse(
        "onboarding:review_assignment"
    )
    letters = told()
    assert sorted(each.to for each in letters) == sorted([cast.people[role].email] for role in ("editor", "owner"))
    assert all(reverse("onboarding:review_assignment") in to_send(each).text for each in letters)


def test_who_does_not_want_to_be_told_of_turns_is_not(cast: Online) -> None:
    cast.company.memberships.filter(user=cast.people["editor"]).update(notices=CompanyNotices.NONE)
    cast.paper()
    cast.send("hand_off", email="ada@baska.example")
    by_link(newest_link(), cast.signed())
    assert [letter.to for letter in told()] == [[cast.people["owner"].email]]


def test_nobody_is_told_of_a_signature_that_was_refused_or_that_they_brought_themselves(cast: Online) -> None:
    cast.paper()
    cast.send("hand_off", email="ada@baska.example")
    by_link(newest_link(), cast.signed(name="Ege Yalın", identity=tckn(8)))
    assert READY not in cast.open("board")
    cast.hand_in_signed()
    assert READY in cast.open("board")
    assert told() == []


def test_a_first_of_two_signatures_is_not_called_whole(cast: Online) -> None:
    cast.send("co_signatories", name="Ege Yalın", identity=tckn(8))
    cast.paper()
    cast.send("hand_off", email="ada@baska.example")
    address = asks(cast, "sign")
    by_link(newest_link(), cast.signed())
    assert cast.browsers["owner"].get(address).headers["HX-Refresh"] == "true"
    assert READY not in cast.open("board")
    assert [each.subject for each in told()] == [f"{SIGNATORY} imzaladı, sıradaki imza: Ege Yalın"]


def test_a_link_needs_no_download_before_it_and_goes_to_the_known_address(cast: Online) -> None:
    page = cast.open("sign")
    assert page.fields["email"] == "ada@mavideniz.example"
    page = cast.send("hand_off", email=page.fields["email"])
    assert "İmza bağlantısı gönderildi." in page
    assert page.fields["email"] == "", "it is on its way there"
    link = newest_link()
    download = Screen(Client().get(link)).links["Belgeyi indir"]
    assert Client().get(download).status_code == 202
    tasks.render_paper(str(cast.application.pk), "undertaking_to_sign")
    assert Client().get(download)["Content-Type"] == "application/pdf"


def test_no_link_goes_to_a_paper_that_cannot_come_and_the_address_stays(cast: Online) -> None:
    cast.company.refresh_from_db()
    cast.company.address = ""
    cast.company.save()
    page = cast.send("hand_off", email="ada@baska.example")
    assert page.status == 422
    assert "Kullanım Taahhütnamesi için önce başvuru bilgilerini tamamlayın." in page
    assert page.fields["email"] == "ada@baska.example"
    assert not cast.now().hand_offs.exists()


def test_who_has_signed_already_is_not_proposed_for_the_next_link(cast: Online) -> None:
    cast.send("co_signatories", name="Ege Yalın", identity=tckn(8))
    cast.hand_in_signed()
    page = cast.open("sign")
    assert page.fields["email"] == ""
    assert "İmzalayacak kişinin (Ege Yalın) e-posta adresi" in page.labels


def test_who_has_signed_is_marked_and_the_rule_is_said_before_the_first_signature(cast: Online) -> None:
    assert "Hepsi aynı dosyayı imzalar" not in cast.open("sign"), "one alone needs no rule"
    cast.send("co_signatories", name="Ege Yalın", identity=tckn(8))
    page = cast.open("sign")
    assert f"{SIGNATORY} (imza yetkilisi): imzası bekleniyor Ege Yalın: imzası bekleniyor" in page
    assert "sıradaki kişi, öncekinin imzaladığı dosyayı indirip imzalar" in page
    cast.hand_in_signed()
    page = cast.open("sign")
    assert f"{SIGNATORY} (imza yetkilisi): imzaladı Ege Yalın: imzası bekleniyor" in page
    assert "Bekleniyor: Müşterek imza: Ege Yalın henüz imzalamamış" in page
    assert "Geçmedi:" not in page, "what is awaited has not failed"


def test_the_link_says_who_signs_and_who_has_signed(cast: Online) -> None:
    cast.send("co_signatories", name="Ege Yalın", identity=tckn(8))
    cast.hand_in_signed()
    answer = cast.answer("hand_off", email="ege@mavideniz.example")
    assert answer.headers["Location"] == f"{reverse('onboarding:sign')}#imza-baglantisi"
    letter = Letter.objects.filter(message_group__startswith="hand_off:").latest("created_at")
    assert f"İmzalayacaklar: {SIGNATORY} (imzaladı), Ege Yalın." in to_send(letter).text
    page = Screen(Client().get(newest_link()))
    assert f"{SIGNATORY} (imza yetkilisi): imzaladı Ege Yalın: imzası bekleniyor" in page


def test_when_all_have_signed_no_link_is_offered_any_more(cast: Online) -> None:
    assert "İmza bağlantısı gönder" in cast.open("sign").buttons
    cast.hand_in_signed()
    page = cast.open("sign")
    assert "İmza bağlantısı gönder" not in page.buttons
    assert f"{SIGNATORY} (imza yetkilisi): imzaladı" in page


def test_a_link_to_the_form_is_sent_with_the_channels_as_they_are_ticked(assigning: Cast) -> None:
    cast = assigning
    address = cast.now().application_form.signatory_email
    assert cast.open("partner_assignment").fields["email"] == address
    page = cast.send("hand_off_assignment", email="ada@baska.example")
    assert (page.status, "En az bir kanal seçin." in page) == (422, True)
    assert page.fields["email"] == "ada@baska.example"
    page = cast.send("hand_off_assignment", email="ada@", channels=["email"])
    assert (page.status, page.fields["email"], page.ticked) == (422, "ada@", ["email"])
    cast.send("hand_off_assignment", email="ada@baska.example", channels=["email"])
    assert Assignment.of(cast.now()).channels == ["email"]
    assert Client().get(Screen(Client().get(newest_link())).links["Belgeyi indir"]).status_code == 202
