"""Traps on a company's way once more: links to sign, from a telephone too; who has applied elsewhere."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from correspondence.models import Letter
from correspondence.outgoing.bodies import body_of
from documents.storage import read
from onboarding.actions.pre_application import already_applied
from onboarding.dossier import needed, papers
from onboarding.models import ApplicationForm, Assignment, ChannelChoices, DocumentKind, HandOff
from onboarding.steps import PRE_APPLICATION
from sandbox.authority import Authority
from tests.onboarding.dossier.test_needed import NOTHING_BUT_THE_NUMBER, applied, paid, printed
from tests.onboarding.views.test_signed_by_link import by_link, newest_link
from tests.scenarios.browser import Screen
from tests.scenarios.cast import Cast
from tests.scenarios.factories import tckn
from tests.scenarios.ladder import STAFF
from tests.scenarios.online import SIGNATORY, Online
from tests.scenarios.papers import blank_pdf, upload

pytestmark = pytest.mark.django_db
ADA, EGE = "ada@mavideniz.example", "ege@baska.example"
SENT, TOUCH = "İmza bağlantısı gönderildi.", f"{ADA} adresine gönder"
BUTTON = f"{TOUCH}</button>"


# Links to sign.


class Touch(HTMLParser):
    """The button inside .for-touch, what its form would send, and the <details> around some words."""

    def __init__(self, source: str, words: str = "") -> None:
        super().__init__()
        self.words, self.open, self.around = words, list[tuple[str, dict[str, str]]](), list[bool]()
        self.inputs, self.button, self.forms = list[tuple[str, dict[str, str]]](), dict[str, str](), set[str]()
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        inside = [each["id"] for name, each in self.open if name == "form" and "id" in each]
        if tag == "form":
            self.forms.add(found.get("id", ""))
        if tag == "input":
            self.inputs.append((found.get("form") or "".join(inside), found))
        elif tag == "button" and any("for-touch" in each.get("class", "") for _tag, each in self.open):
            self.button = found
        if tag not in ("input", "br", "wbr", "meta", "link", "img", "hr"):
            self.open.append((tag, found))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.words and self.words in data:
            self.around += [all("open" in each for tag, each in self.open if tag == "details")]

    def sends(self) -> dict[str, list[str]]:
        assert self.button["form"] in self.forms
        mine = [each for form, each in self.inputs if form == self.button["form"] and each.get("name")]
        ticked = [each for each in mine if each.get("type") != "checkbox" or "checked" in each]
        return {each["name"]: [x.get("value", "") for x in ticked if x["name"] == each["name"]] for each in ticked}


@dataclass
class Seat:
    """A company before the page on which a paper is e-signed."""

    cast: Cast
    authority: Authority
    page: str
    link: str
    sign: str
    kind: DocumentKind
    download: str
    hand_in: str

    def source(self, role: str = "owner") -> str:
        return str(self.cast.browsers[role].get(reverse(f"onboarding:{self.page}")).content.decode())

    def hands_off(self, email: str = ADA, role: str = "owner", **more: Any) -> Screen:
        more = more if self.page == "sign" else {"channels": ["message", "email"], **more}
        return self.cast.send(self.link, role=role, email=email, **more)

    def presses(self, role: str = "owner", **changed: list[str]) -> Any:
        touch = Touch(self.source(role))
        path, sent = touch.button["formaction"], {**touch.sends(), **changed}
        assert sent["email"] == [ADA]
        return self.cast.browsers[role].post(path, sent, follow=True)

    def signed(self, name: str = SIGNATORY, seed: int = 7, on: bytes = b"") -> bytes:
        issued = None if on else papers.render(self.cast.now(), self.kind)
        assert on or issued
        return self.authority.sign(on or read(issued), self.authority.issue(name, tckn(seed)))  # type: ignore[arg-type]

    def uploads(self, payload: bytes, name: str = "imzali.pdf") -> Any:
        path = reverse(f"onboarding:{self.sign}")
        return self.cast.browsers["owner"].post(path, {"file": upload(payload, name)}, follow=True)


@pytest.fixture(params=["step 1", "step 5"])
def seat(request: pytest.FixtureRequest, authority: Authority, trust: Path) -> Iterator[Seat]:
    if request.param == "step 1":
        online = Online(authority, trust)
        with online.settings:
            online.fill()
            words = ("Kullanım Taahhütnamesi'ni İndir", "Kullanım Taahhütnamesi Yükle")
            yield Seat(online, authority, "sign", "hand_off", "sign", DocumentKind.UNDERTAKING_TO_SIGN, *words)
        return
    with override_settings(TRUST_DIR=trust):
        cast = Cast()
        cast.preparing()
        ApplicationForm.objects.update(channel=ChannelChoices.ONLINE)
        names = ("partner_assignment", "hand_off_assignment", "sign_assignment")
        words = ("E-imzalanacak formu indir", "E-imzalı formu yükle")
        yield Seat(cast, authority, *names, DocumentKind.ASSIGNMENT_TO_SIGN, *words)


@pytest.mark.parametrize("role", ["owner", "editor"])
def test_at_one_press_the_link_is_on_its_way_to_the_signatory(seat: Seat, role: str) -> None:
    page = Screen(seat.cast.browsers[role].get(reverse(f"onboarding:{seat.page}")))
    assert (page.buttons.count(TOUCH), page.fields["email"]) == (1, ADA)
    assert SENT in Screen(seat.presses(role))
    found = HandOff.objects.get()
    assert (found.email, found.created_by) == (ADA, seat.cast.people[role])
    assert "for-touch" not in seat.source(role)
    assert "Belgeyi indir" in Screen(seat.cast.browsers["viewer"].get(newest_link())).links


def test_what_is_ticked_goes_with_the_press_and_is_checked(seat: Seat) -> None:
    if seat.page == "sign":
        assert Touch(seat.source()).sends().keys() >= {"email", "shown_at"}
        return
    assert sorted(Touch(seat.source()).sends()["channels"]) == ["email", "message"]
    before = Assignment.of(seat.cast.now()).channels
    refused = seat.presses(channels=[])
    assert (refused.status_code, "En az bir kanal seçin." in Screen(refused)) == (422, True)
    assert (HandOff.objects.count(), Assignment.of(seat.cast.now()).channels) == (0, before)
    seat.presses(channels=["email"])
    assert (HandOff.objects.count(), Assignment.of(seat.cast.now()).channels) == (1, ["email"])
    assert Screen(seat.cast.browsers["owner"].get(reverse("onboarding:partner_assignment"))).ticked == ["email"]


ABSENT: dict[str, Callable[[Seat], Any]] = {
    "a link to her": lambda seat: seat.hands_off(),
    "a link to another": lambda seat: seat.hands_off(EGE),
    "an editor's link": lambda seat: seat.hands_off(EGE, "editor"),
    "all signed": lambda seat: seat.uploads(seat.signed()),
    "all signed by link": lambda seat: (signed := seat.signed(), seat.hands_off(), by_link(newest_link(), signed)),
    "signed by her, another awaited": lambda seat: (
        seat.cast.send("co_signatories", name="Ege Yalın", identity=tckn(8)), seat.uploads(seat.signed()),
    ),
}  # fmt: skip


@pytest.mark.parametrize("how", ABSENT)
def test_while_a_link_is_on_its_way_or_nothing_is_to_be_signed_no_press_sends_one(seat: Seat, how: str) -> None:
    assert [BUTTON in seat.source(role) for role in seat.cast.people] == [True, True, False]
    assert "for-touch" not in seat.source("viewer")
    ABSENT[how](seat)
    for role in seat.cast.people:
        assert BUTTON not in seat.source(role), role
        assert "for-touch" not in seat.source(role) or "another awaited" in how, role
    assert "for-touch" not in seat.source("viewer")


@pytest.mark.parametrize("how", ["taken back", "expired"])
def test_once_no_link_is_on_its_way_it_is_there_again(seat: Seat, how: str) -> None:
    seat.hands_off()
    if how == "expired":
        HandOff.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    else:
        seat.cast.send("revoke_hand_off", HandOff.objects.get().pk)
    assert "for-touch" in seat.source()
    assert BUTTON in seat.source()
    assert SENT in Screen(seat.presses())


def folds(seat: Seat, source: str) -> list[list[bool]]:
    """Whether the download and the upload are seen without unfolding anything."""
    return [Touch(source, words).around for words in (seat.download, seat.hand_in)]


@pytest.mark.parametrize("what", ["unsigned", "no PDF", "empty", "another's signature", "no file"])
def test_after_a_link_what_one_does_oneself_is_folded_until_it_was_refused(seat: Seat, what: str) -> None:
    payloads = {
        "unsigned": blank_pdf(), "no PDF": b"x" * 99, "empty": b"", "another's signature": seat.signed("Su Er", 9),
    }  # fmt: skip
    assert folds(seat, seat.source()) == [[True], [True]]
    seat.hands_off()
    for role in ("owner", "editor"):
        assert folds(seat, seat.source(role)) == [[False], [False]]
    path = reverse(f"onboarding:{seat.sign}")
    data = {} if what == "no file" else {"file": upload(payloads[what], "imzali.pdf")}
    answer = seat.cast.browsers["owner"].post(path, data)
    assert answer.status_code == 422
    assert folds(seat, answer.content.decode()) == [[True], [True]]
    assert folds(seat, seat.source()) == [[False], [False]]


def mailed() -> list[str]:
    told = Letter.objects.filter(message_group__startswith="hand_off:").latest("created_at")
    return [body_of(told).text, body_of(told).html]


@pytest.mark.parametrize(("sender", "whose"), [
    ("owner", "owner"), ("editor", "editor"), ("owner", "OWNER"), ("owner", "editor"), ("editor", "owner"),
    ("owner", "viewer"), ("owner", ""),
])  # fmt: skip
def test_only_another_is_asked_by_who_sends_the_link(seat: Seat, sender: str, whose: str) -> None:
    people = seat.cast.people
    address = people[whose.lower()].email if whose else ADA
    address = address.upper() if whose.isupper() else address
    assert SENT in seat.hands_off(address, sender)
    for each in mailed():
        assert ("imzalamanızı istiyor" in each) == (whose.lower() != sender)
        assert (str(people[sender]) in each) == (whose.lower() != sender)
        assert "İmzalayacaklar" not in each
    for role in people:
        own = f"Bilgisayarda e-postanızı ({HandOff.objects.get().email}) açıp"
        assert (own in Screen(seat.cast.browsers[role].get(reverse(f"onboarding:{seat.page}")))) == (
            role == whose.lower() and role != "viewer"
        ), role


@pytest.mark.parametrize("others", [1, 2])
def test_who_sign_is_said_where_there_are_two_or_more(seat: Seat, others: int) -> None:
    names = ["Ege Yalın", "Su Er"][:others]
    for place, name in enumerate(names):
        seat.cast.send("co_signatories", name=name, identity=tckn(8 + place))
    seat.hands_off(seat.cast.people["owner"].email)
    assert all(f"İmzalayacaklar: {', '.join([SIGNATORY, *names])}." in each for each in mailed())
    assert not any("istiyor" in each for each in mailed())


# Whoever has applied at İYS's own site before: nobody was named who could be called instead of the firm.


def has_signatory() -> Cast:
    """Who began on paper, named a signatory there, and then said that İYS has an application already."""
    cast = Cast(**NOTHING_BUT_THE_NUMBER)
    cast.manual()
    names = {"signatory_name": SIGNATORY, "signatory_email": ADA, "signatory_mobile": "0555 010 20 30"}
    cast.saves_itself("imza-yetkilisi", **names)
    assert ApplicationForm.objects.get().signatory_mobile
    cast.send("channel", channel="applied")
    brands, paper = f"Mavi Deniz, {cast.code}", upload(blank_pdf(), "onay.pdf")
    cast.press("evidence", "evidence", iys_code=cast.code, brands=brands, file=paper)
    version = cast.record(PRE_APPLICATION).version
    already_applied.accept(application=cast.now(), approved=True, actor=STAFF, expected_version=version)
    cast.press("code_receipt", "confirm_codes")
    cast.application = cast.now()
    return cast


@pytest.mark.parametrize("role", ["owner", "editor"])
@pytest.mark.parametrize("begin", [applied, has_signatory])
def test_who_has_applied_elsewhere_types_a_number_for_the_contract(begin: Callable[[], Cast], role: str) -> None:
    cast = begin()
    paid(cast)
    number, contract = "0232 555 09 09", needed.SALES_CONTRACT
    rest = {"province": "İzmir", "district": "Konak", "address": "Kıyı Sokak 4"}
    assert "contact_phone" in cast.open("contract", role=role).fields
    for wrong in ("", "  ", "12", "yok"):
        page = cast.send("paper_data", contract, role=role, **rest, contact_phone=wrong)
        assert (page.status, page.fields["address"]) == (422, "Kıyı Sokak 4")
        assert printed(cast.now(), contract) is None
    assert cast.send("paper_data", contract, role=role, **rest, contact_phone=number).status == 200
    assert number in str(printed(cast.now(), contract))
    assert number in cast.open("contract", role=role)
