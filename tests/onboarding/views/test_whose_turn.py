"""Whose turn it is and what is awaited is said truly to each role: on the board, the pages and in mails."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from correspondence.models import Letter
from correspondence.outgoing.bodies import to_send
from documents.storage import read
from onboarding.actions.pre_application import submission
from onboarding.dossier import papers
from onboarding.machine import Step
from onboarding.models import CoSignatory, DocumentKind, HandOff, StepRecord
from onboarding.overview.board import READY, READY_FOR_OTHERS
from onboarding.reminders import sending
from onboarding.steps import CODE_RECEIPT, PACKAGE_CONTRACT, PRE_APPLICATION
from sandbox.authority import Authority
from tenancy.roles import Role
from tests.onboarding.views.test_signed_by_link import by_link, newest_link
from tests.onboarding.views.test_signed_meanwhile import EGE, link_to
from tests.scenarios.cast import Cast
from tests.scenarios.factories import MembershipFactory, tckn
from tests.scenarios.ladder import STAFF
from tests.scenarios.online import SIGNATORY, Online
from tests.scenarios.papers import upload

pytestmark = pytest.mark.django_db
ROLES = ("owner", "editor", "viewer")
TO_SIGN = "Taahhütnameyi e-imzalayıp yükleyin"


@pytest.fixture
def cast(authority: Authority, trust: Path) -> Iterator[Online]:
    company = Online(authority, trust)
    with company.settings:
        company.fill()
        company.paper()
        yield company


def day(link: HandOff) -> str:
    return date_format(timezone.localdate(link.expires_at), "j F Y")


def owners(cast: Cast) -> str:
    return str(cast.people["owner"])


# Signatures by links


@pytest.mark.parametrize("role", ROLES)
def test_who_signs_by_a_link_is_awaited_and_until_when(cast: Online, role: str) -> None:
    link_to(cast, "ada@baska.example")
    until = f"İmza bağlantısı {day(HandOff.objects.get())} gününe kadar geçerli."
    board = cast.open("board", role=role)
    for page in (board, cast.open("pre_application", role=role)):
        assert f"İmza bekleniyor: {SIGNATORY}" in page
        assert "Sıra imzalayanda" in page
        assert until in page
        assert "Sıra sizde" not in page
        assert TO_SIGN not in page
    assert "Devam et" not in board.links
    if role != "viewer":
        assert board.links["Ayrıntıları gör"] == reverse("onboarding:sign")


def test_she_may_still_upload_and_renew_the_link_below_what_is_awaited(cast: Online) -> None:
    assert "Sıra imzalayanda" not in cast.open("sign")
    link_to(cast, "ada@baska.example")
    page = cast.open("sign")
    assert {"Kullanım Taahhütnamesi Yükle", "İmza bağlantısı gönder"} <= set(page.buttons)
    shown = cast.browsers["owner"].get(reverse("onboarding:sign")).content.decode()
    folded = re.findall(r"<details.*?</details>", shown, re.DOTALL)
    assert any('name="email"' in each for each in folded), "the empty address is folded under the box"
    assert "İndirmek ya da imzalı dosyayı kendiniz yüklemek için" in page
    refused = cast.browsers["owner"].post(reverse("onboarding:hand_off"), {"email": "ada@"}).content.decode()
    assert re.search(r'<details[^>]* open>(?:(?!</details>).)*name="email"', refused, re.DOTALL)


def test_of_two_who_sign_the_one_without_a_link_is_still_the_companys_to_see_to(cast: Online) -> None:
    cast.send("co_signatories", name=EGE[0], identity=EGE[1])
    cast.paper()
    link = link_to(cast, "ege@baska.example")
    assert "Sıra sizde" in cast.open("board")
    link_to(cast, "ada@baska.example")
    board = cast.open("board")
    assert "Sıra imzalayanlarda" in board
    assert f"İmza bekleniyor: {SIGNATORY} ve {EGE[0]}" in board
    by_link(link, cast.signed(name=EGE[0], identity=EGE[1]))
    board = cast.open("board")
    assert f"İmza bekleniyor: {SIGNATORY} 1. adım" in board
    assert "Sıra imzalayanda" in board


@pytest.mark.parametrize("gone", ["expired", "taken back"])
def test_a_link_that_opens_nothing_is_not_waited_for(cast: Online, gone: str) -> None:
    link_to(cast, "ada@baska.example")
    past = timezone.now() - timedelta(minutes=1)
    HandOff.objects.update(**{"expires_at" if gone == "expired" else "revoked_at": past})
    assert "Sıra sizde" in cast.open("board")
    page = cast.open("sign")
    assert "İmza bekleniyor:" not in page
    assert ("süresi doldu" in page) is (gone == "expired")


def test_who_has_more_to_correct_than_a_signature_has_the_turn(cast: Online) -> None:
    cast.hand_in_signed()
    cast.submit()
    remarks = [("website", "Açılmıyor"), ("address", "Kapı numarası eksik")]
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    cast.write(website="https://yeni.example")
    cast.paper()
    link_to(cast, "ada@baska.example")
    assert "Sıra sizde" in cast.open("board"), "the address is left"
    cast.write(address="Ege Caddesi No: 12/4")
    cast.paper()
    assert f"İmza bekleniyor: {SIGNATORY}" in cast.open("board")


def test_who_signs_the_assignment_form_by_a_link_is_awaited(authority: Authority, trust: Path) -> None:
    with override_settings(TRUST_DIR=trust):
        cast = Cast()
        cast.preparing()
        CoSignatory.objects.create(application=cast.application, name=EGE[0], identity=EGE[1])
        papers.render(cast.now(), DocumentKind.ASSIGNMENT_TO_SIGN)
        channels = ["message", "email"]
        cast.send("hand_off_assignment", email="ege@baska.example", channels=channels)
        assert "Sıra sizde" in cast.open("board")
        cast.send("hand_off_assignment", email="ada@baska.example", channels=channels)
        for role in ROLES:
            for page in (cast.open("board", role=role), cast.open("partner_assignment", role=role)):
                assert f"İmza bekleniyor: {SIGNATORY} ve {EGE[0]}" in page
                assert "Sıra sizde" not in page
                assert "Atama formunu hazırlayın" not in page


# What only an owner may do


def tells_who(cast: Cast, will: str, *pages: str, role: str = "editor", name: str = "") -> None:
    for page in ("board", *pages):
        shown = cast.open(page, role=role)
        assert f"Firma sahibi {name or owners(cast)} {will}." in shown, (role, page)
        assert "Sıra sizde" not in shown, (role, page)
    assert "Sıra firmanızda" in cast.open("board", role=role)


def test_of_a_signed_paper_each_page_says_who_sends_it(cast: Online) -> None:
    cast.hand_in_signed()
    tells_who(cast, "gönderecek", "review", "sign")
    tells_who(cast, "gönderecek", "review", "pre_application", role="viewer")
    for role in ("editor", "viewer"):
        board, page = cast.open("board", role=role), cast.open("pre_application", role=role)
        assert READY_FOR_OTHERS in board
        for shown in (board, page):
            assert READY not in shown
            assert TO_SIGN not in shown
    assert f"{SIGNATORY} (imza yetkilisi): imzaladı" in cast.open("pre_application", role="viewer")
    assert "Sıra sizde" in cast.open("board")
    assert READY in cast.open("board")


def test_of_a_dossier_on_paper_and_of_two_owners_both_are_named() -> None:
    cast = Cast()
    cast.ready()
    other = MembershipFactory.create(company=cast.company, role=Role.OWNER).user
    gone = MembershipFactory.create(company=cast.company, role=Role.OWNER).user
    gone.is_active = False
    gone.save()
    tells_who(cast, "gönderecek", "pre_application", "review", name=f"{owners(cast)} ya da {other}")
    assert str(gone) not in cast.open("board", role="editor")


def test_who_only_looks_hears_of_all_who_may_and_of_owners_alone_where_there_is_no_editor() -> None:
    cast = Cast()
    may = f"Firma sahibi {owners(cast)} ya da düzenleyen {cast.people['editor']} sürdürebilir."
    assert may in cast.open("board", role="viewer")
    cast.company.memberships.filter(role=Role.EDITOR).delete()
    assert f"Firma sahibi {owners(cast)} sürdürebilir." in cast.open("board", role="viewer")


def test_of_many_owners_three_are_named() -> None:
    cast = Cast()
    cast.offered()
    more = [MembershipFactory.create(company=cast.company, role=Role.OWNER).user for _each in range(3)]
    name = f"{owners(cast)}, {more[0]}, {more[1]} ya da başka bir sahip"
    tells_who(cast, "sözleşmeyi onaylayacak", name=name)


def at(rung: str) -> Cast:
    cast = Cast()
    getattr(cast, rung)()
    return cast


@pytest.mark.parametrize(
    ("rung", "will"), [("chosen", "teklifi isteyecek"), ("offered", "sözleşmeyi onaylayacak")]
)
def test_the_steps_that_an_owner_alone_goes_on_with_say_so(rung: str, will: str) -> None:
    tells_who(at(rung), will, "package_contract")


def test_of_a_form_that_was_handed_in_each_page_says_who_sends_it() -> None:
    cast = at("preparing")
    cast.form_handed_in()
    tells_who(cast, "gönderecek", "partner_assignment", "review_assignment")


@pytest.mark.parametrize("rung", ["choosing", "accepted", "preparing"])
def test_what_any_editor_goes_on_with_is_her_turn(rung: str) -> None:
    assert "Sıra sizde" in at(rung).open("board", role="editor")


def test_the_information_entry_is_completed_by_an_owner(authority: Authority, trust: Path) -> None:
    cast = Online(authority, trust)
    with cast.settings:
        cast.entering()
        assert "Sıra sizde" in cast.open("board", role="editor")
        cast.give()
        tells_who(cast, "tamamlayacak", "info_entry")


# Mails


def letters(cast: Cast, words: str) -> dict[str, str]:
    """The newest letters to the company, subject by addressee."""
    found = Letter.objects.filter(audience="company", subject__contains=words).order_by("created_at")
    return {to: letter.subject for letter in found for to in letter.to}


def test_the_mail_of_the_last_signature_says_to_each_who_sends(cast: Online) -> None:
    by_link(link_to(cast, "ada@baska.example"), cast.signed())
    told = letters(cast, "imza tamam")
    assert told == {
        cast.people["owner"].email: "Sıra sizde: imza tamam, gözden geçirip gönderin",
        cast.people["editor"].email: "Sıra firmanızda: imza tamam, gönderilmesi bekleniyor",
    }
    letter = next(each for each in Letter.objects.all() if each.to == [cast.people["editor"].email])
    text = to_send(letter).text
    assert f"Firma sahibi {owners(cast)} gönderecek." in text
    assert "sıra sizde" not in text.lower()


def test_the_mail_of_an_offer_says_to_each_who_accepts() -> None:
    cast = Cast()
    cast.offered()
    told = letters(cast, "İYS'nin teklifi geldi")
    assert told == {
        cast.people["owner"].email: "Sıra sizde: İYS'nin teklifi geldi",
        cast.people["editor"].email: "Sıra firmanızda: İYS'nin teklifi geldi",
    }
    (letter,) = Letter.objects.filter(subject__startswith="Sıra firmanızda")
    for body in (to_send(letter).text, to_send(letter).html):
        assert f"Firma sahibi {owners(cast)} sözleşmeyi onaylayacak." in body
        assert "sıra sizde" not in body.lower()


def test_who_only_looks_but_wants_mails_is_not_told_that_it_is_her_turn() -> None:
    cast = Cast()
    cast.at_iys()
    cast.company.memberships.filter(role=Role.VIEWER).update(notices="all")
    cast.codes_read()
    told = letters(cast, CODE_RECEIPT.labels[CODE_RECEIPT.state("read")])
    assert told[cast.people["editor"].email].startswith("Sıra sizde")
    assert told[cast.people["viewer"].email].startswith("Sıra firmanızda")


def test_each_signature_by_a_link_is_told_with_who_is_next(cast: Online) -> None:
    cast.send("co_signatories", name=EGE[0], identity=EGE[1])
    cast.paper()
    assert "İmzalanınca size yazarız" not in cast.open("sign")
    link = link_to(cast, "ege@baska.example")
    assert "Her imzada size yazarız." in cast.open("sign")
    eges = cast.signed(name=EGE[0], identity=EGE[1])
    by_link(link, eges)
    (letter,) = Letter.objects.filter(message_group__startswith="signed_by_link:")
    assert letter.subject == f"{EGE[0]} imzaladı, sıradaki imza: {SIGNATORY}"
    assert letter.to == [cast.people["owner"].email, cast.people["editor"].email]
    text = to_send(letter).text
    assert reverse("onboarding:sign") in text
    assert "bağlantı gönderin" in text
    by_link(link_to(cast, "ada@baska.example"), cast.signed(pdf=eges))
    assert len(letters(cast, "imza tamam")) == 2


def test_the_mail_of_a_signature_asks_for_no_link_where_all_have_one(authority: Authority, trust: Path) -> None:
    with override_settings(TRUST_DIR=trust):
        cast = Cast()
        cast.preparing()
        CoSignatory.objects.create(application=cast.application, name=EGE[0], identity=EGE[1])
        issued = papers.render(cast.now(), DocumentKind.ASSIGNMENT_TO_SIGN)
        assert issued is not None
        channels = ["message", "email"]
        cast.send("hand_off_assignment", email="ege@baska.example", channels=channels)
        link = newest_link()
        cast.send("hand_off_assignment", email="ada@baska.example", channels=channels)
        by_link(link, authority.sign(read(issued), authority.issue(EGE[0], tckn(8))))
        (letter,) = Letter.objects.filter(message_group__startswith="signed_by_link:")
        text = to_send(letter).text
        assert "bağlantı gönderin" not in text
        assert "bağlantısı açık" in text
        assert reverse("onboarding:partner_assignment") in text


def reminded(cast: Cast, step: Step) -> list[Letter]:
    """The company is reminded of this step's turn, which has lasted for weeks."""
    long_ago = timezone.now() - timedelta(days=60)
    StepRecord.objects.filter(application=cast.application, step=step.key).update(since=long_ago)
    before = set(Letter.objects.values_list("pk", flat=True))
    sending.send_due(at_any_hour=True)
    return list(Letter.objects.exclude(pk__in=before).filter(subject__startswith="Hatırlatma: "))


def test_a_reminder_says_who_is_awaited(cast: Online) -> None:
    link_to(cast, "ada@baska.example")
    (letter,) = reminded(cast, PRE_APPLICATION)
    assert letter.subject == f"Hatırlatma: İmza bekleniyor: {SIGNATORY}"
    for body in (to_send(letter).text, to_send(letter).html):
        assert "gününe kadar geçerli." in body
        assert "sizi bekliyor" not in body


def test_a_reminder_of_what_an_owner_does_tells_the_others_who() -> None:
    cast = at("offered")
    bodies = {letter.to[0]: to_send(letter).text for letter in reminded(cast, PACKAGE_CONTRACT)}
    assert "sizi bekliyor" in bodies[cast.people["owner"].email]
    others = bodies[cast.people["editor"].email]
    assert "sizi bekliyor" not in others
    assert f"Firma sahibi {owners(cast)} sözleşmeyi onaylayacak." in others


# Since when


def test_since_when_follows_what_is_said(cast: Online) -> None:
    before = timezone.now() - timedelta(days=3)
    StepRecord.objects.filter(application=cast.application, step=PRE_APPLICATION.key).update(since=before)
    assert "bugün" not in cast.open("board").words.partition("itibarıyla")[0]
    link_to(cast, "ada@baska.example")
    assert "bugün" in cast.open("board").words.partition("itibarıyla")[0]
    HandOff.objects.update(created_at=before)
    by_link(newest_link(), cast.signed())
    shown = cast.open("board").words.partition("itibarıyla")
    assert READY in shown[0]
    assert "bugün" in shown[0]
    assert "iş günüdür" not in shown[2][:20]


def test_of_a_form_that_is_whole_it_says_since_when_it_is(cast: Online) -> None:
    cast.send("sign", file=upload(cast.signed()))
    before = timezone.now() - timedelta(days=3)
    StepRecord.objects.filter(application=cast.application, step=PRE_APPLICATION.key).update(since=before)
    assert "bugün" in cast.open("board").words.partition("itibarıyla")[0]
