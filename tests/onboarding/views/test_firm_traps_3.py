"""Traps on a company's way once more: the firm's telephone, and what the registry says of it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from correspondence.models import Audience, Letter
from correspondence.outgoing.bodies import body_of
from onboarding.actions import package_contract
from onboarding.actions.pre_application import submission
from onboarding.dossier import changes, signed
from onboarding.models import ApplicationForm, DocumentKind
from onboarding.steps import PRE_APPLICATION
from sandbox.authority import Authority
from tests.onboarding.dossier.test_needed import printed
from tests.onboarding.views.test_pre_application import typed as careful
from tests.registry.test_lookup import registry, says
from tests.scenarios.browser import shown
from tests.scenarios.cast import Cast
from tests.scenarios.factories import vkn
from tests.scenarios.ladder import IDENTITY, PAPERS, STAFF
from tests.scenarios.online import SIGNATORY, TYPED, Online

pytestmark = pytest.mark.django_db
MOBILE, ANOTHER, OWN, OTHER = "0555 010 20 30", "0555 444 10 12", "0232 555 01 01", "0232 555 09 09"
CONTACT, SIGNS = "iletisim", "imza-yetkilisi"
PAGE_OF = {"contact_phone": CONTACT, "signatory_mobile": SIGNS}
ANEW = signed.CHANGED_SINCE[DocumentKind.UNDERTAKING]


# The firm's telephone.


def kept(phone: str) -> str:
    return f"+90{phone.replace(' ', '')[1:]}" if phone else ""


def ready(phone: str = "") -> Cast:
    """All data and papers are there; `phone` is what the firm has as its own number."""
    cast = Cast(contact_phone=kept(phone))
    cast.ready()
    return cast


def by_button(cast: Cast, number: str, page: str = CONTACT, name: str = "contact_phone") -> Any:
    answer = cast.press_page(page, **{name: number})
    assert answer.status == 200
    return answer


def by_itself(cast: Cast, number: str) -> Any:
    fields = {**cast.open("dossier_page", CONTACT).fields, "contact_phone": number}
    answer = cast.saves_itself(CONTACT, **fields).json()
    assert answer["errors"] == {}
    return answer


def mobile(cast: Cast, number: str) -> Any:
    return by_button(cast, number, SIGNS, "signatory_mobile")


def numbers(text: str | None) -> list[str]:
    assert text is not None
    return re.findall(r"\b0\d{3} \d{3} \d{2} \d{2}\b", text)


def in_draft(cast: Cast) -> list[list[str]]:
    papers = [printed(cast.now(), kind) for kind in (DocumentKind.UNDERTAKING_BLANK, DocumentKind.ADDRESS_LABEL)]
    return [numbers(each) for each in (*papers, cast.open("review").words)]


def letter(phone: str) -> list[list[str]]:
    cast = ready(phone)
    cast.at_iys()
    found = Letter.objects.filter(audience=Audience.IYS).latest("created_at")
    return [numbers(each) for each in (body_of(found).text, shown(body_of(found).html))]


def contract(phone: str) -> list[list[str]]:
    cast = Cast(
        code="710499" if phone else Cast.code, contact_phone=f"+90{phone.replace(' ', '')[1:]}" if phone else ""
    )
    cast.offered()
    return [numbers(package_contract.contract(cast.now()).words), numbers(cast.open("contract").words)]


WAYS: dict[str, Callable[[], Cast]] = {
    "never typed": ready,
    "cleared": lambda: (cast := ready(OWN), by_button(cast, ""))[0],
    "cleared by itself": lambda: (cast := ready(OWN), by_itself(cast, ""))[0],
    "blanks": lambda: (cast := ready(OWN), by_button(cast, " \u00a0 "))[0],
    "typed and cleared again": lambda: (cast := ready(), by_button(cast, OTHER), by_itself(cast, ""))[0],
    "another thing typed": lambda: (cast := ready(), cast.press_page(CONTACT, website="yeni.example"))[0],
}


@pytest.mark.parametrize("way", WAYS)
def test_without_a_number_of_its_own_the_firm_is_reached_at_its_signatorys(way: str) -> None:
    cast = WAYS[way]()
    assert cast.open("dossier_page", CONTACT).fields["contact_phone"] == ""
    assert cast.now().company.contact_phone == ""
    assert ApplicationForm.objects.get(application=cast.now()).complete
    empty = in_draft(cast)
    by_button(cast, OTHER)
    typed = in_draft(cast)
    assert all(OTHER in each for each in typed)
    assert empty == [[MOBILE if each == OTHER else each for each in found] for found in typed]


@pytest.mark.parametrize("told", [letter, contract])
def test_the_letter_and_the_contract_have_the_signatorys_too(told: Callable[[str], list[list[str]]]) -> None:
    empty, own = told(""), told(OWN)
    assert all(OWN in each for each in own)
    assert empty == [[MOBILE if each == OWN else each for each in found] for found in own]


@pytest.mark.parametrize("number", [OWN, MOBILE])
def test_a_number_that_was_typed_stays_and_an_empty_one_follows(number: str) -> None:
    cast = ready()
    by_button(cast, number)
    mobile(cast, ANOTHER)
    assert all(number in each for each in in_draft(cast))
    by_itself(cast, "")
    assert [OWN in each or MOBILE in each for each in in_draft(cast)] == [False] * 3
    assert all(ANOTHER in each for each in in_draft(cast))


@pytest.mark.parametrize("number", ["12", "yok", "0232 abc 01 01", "0" * 40])
def test_a_number_that_is_typed_is_checked_and_nothing_else_is_lost(number: str) -> None:
    cast = ready(OWN)
    fields = {**cast.open("dossier_page", CONTACT).fields, "website": "yeni.example", "contact_phone": number}
    page = cast.send("dossier_page", CONTACT, **fields)
    assert (page.status, page.fields["contact_phone"], page.fields["website"]) == (422, number, "yeni.example")
    answer = cast.saves_itself(CONTACT, **fields).json()
    assert set(answer["errors"]) == {"contact_phone"}
    assert cast.now().company.website == "https://yeni.example"
    assert not ApplicationForm.objects.get(application=cast.now()).complete
    by_itself(cast, "")
    assert ApplicationForm.objects.get(application=cast.now()).complete


@pytest.mark.parametrize("how", ["never typed", "cleared", "cleared by itself"])
def test_without_any_number_nothing_is_sent(how: str) -> None:
    cast = Cast(contact_phone="")
    cast.send("mersis_question", has_mersis="evet")
    cast.write(**careful(cast, contact_phone="", signatory_mobile="" if how == "never typed" else MOBILE))
    cast.hand_in(*PAPERS)
    if how == "cleared":
        assert cast.press_page(SIGNS, signatory_mobile="").status == 422
    elif how != "never typed":
        cast.saves_itself(SIGNS, **{**cast.open("dossier_page", SIGNS).fields, "signatory_mobile": ""})
    assert not ApplicationForm.objects.get(application=cast.now()).complete
    assert "Onaylıyorum, gönderin" not in cast.open("review").buttons
    cast.press("review", "submit")
    assert cast.state(PRE_APPLICATION) == "draft"
    if how == "never typed":
        assert printed(cast.now(), DocumentKind.UNDERTAKING_BLANK) is None
        assert "signatory_mobile" in cast.open("dossier").fields
    mobile(cast, ANOTHER)
    assert ApplicationForm.objects.get(application=cast.now()).complete
    assert ANOTHER in numbers(printed(cast.now(), DocumentKind.UNDERTAKING_BLANK))


def test_online_it_may_be_left_empty_as_well(authority: Authority, trust: Path) -> None:
    cast = Online(authority, trust, contact_phone="")
    with cast.settings:
        cast.query()
        cast.write(
            signatory_name=SIGNATORY, province="İzmir", district="Bornova", **{**TYPED, "contact_phone": ""}
        )
        assert cast.here == "signing"
        assert MOBILE in numbers(printed(cast.now(), DocumentKind.UNDERTAKING_TO_SIGN))
        cast.hand_in_signed()
        assert set(numbers(cast.open("review").words.partition("Destek")[0])) == {MOBILE}
        cast.press("review", "submit")
        assert cast.here != "signing"


BOTH = ["contact_phone", "signatory_mobile"]
MADE = [  # the number before, what is asked, what is typed, which of it counts as made
    ("", ["contact_phone"], {}, set()),
    ("", ["contact_phone"], {"contact_phone": MOBILE}, set()),
    ("", ["contact_phone"], {"contact_phone": OTHER}, {"contact_phone"}),
    (OWN, ["contact_phone"], {"contact_phone": ""}, {"contact_phone"}),
    (OWN, ["contact_phone"], {"contact_phone": MOBILE}, {"contact_phone"}),
    (MOBILE, ["contact_phone"], {"contact_phone": ""}, set()),
    ("", BOTH, {"signatory_mobile": ANOTHER}, {*BOTH}),
    (OWN, BOTH, {"signatory_mobile": ANOTHER}, {"signatory_mobile"}),
    (MOBILE, BOTH, {"signatory_mobile": ANOTHER}, {"signatory_mobile"}),
]  # fmt: skip


@pytest.mark.parametrize(("before", "asked", "typed", "made"), MADE)
def test_a_correction_is_made_once_what_is_told_has_changed(
    before: str, asked: list[str], typed: dict[str, str], made: set[str]
) -> None:
    cast = ready(before)
    cast.submitted()
    remarks = [(name, "Ulaşılamıyor") for name in asked]
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    for name, number in typed.items():
        cast.press_page(PAGE_OF[name], **{name: number})
    assert {each.key for each in changes.asked(cast.now()) if each.is_done} == made
    if "contact_phone" not in made and "contact_phone" in typed:
        page = cast.press_page(CONTACT, **typed)
        assert "hâlâ bekleniyor: İletişim Numarası" in page
    cast.press("review", "submit")
    assert cast.state(PRE_APPLICATION) == "changes_asked", "what is asked for or signed is lacking"


TOLD = [("", {"signatory_mobile": ANOTHER}, True), (OWN, {"contact_phone": ""}, True),
        ("", {"contact_phone": OWN}, True), ("", {"contact_phone": MOBILE}, False),
        (MOBILE, {"contact_phone": ""}, False)]  # fmt: skip


@pytest.mark.parametrize(("before", "typed", "is_anew"), TOLD)
@pytest.mark.parametrize("how", ["on paper", "electronically"])
def test_what_was_signed_with_another_number_is_signed_anew(
    authority: Authority, trust: Path, how: str, before: str, typed: dict[str, str], *, is_anew: bool
) -> None:
    [(name, number)] = typed.items()
    page = PAGE_OF[name]
    if how == "on paper":
        cast = ready(before)
        by_button(cast, number, page, name)
        found = cast.open("pre_application")
        assert (ANEW in found, "Yeniden imzalanmalı" in found, "Her şey hazır" in found) == (
            is_anew, is_anew, not is_anew,
        )  # fmt: skip
        cast.press("review", "submit")
        assert cast.state(PRE_APPLICATION) == ("draft" if is_anew else "submitted")
        return
    online = Online(authority, trust)
    with online.settings:
        online.query()
        online.write(
            signatory_name=SIGNATORY, province="İzmir", district="Bornova", **{**TYPED, "contact_phone": before}
        )
        online.hand_in_signed()
        assert "Yeniden imzalanmalı" not in online.open("sign")
        online.send("edit_form")
        online.press_page(page, **typed)
        online.press_page(SIGNS)
        assert ("Yeniden imzalanmalı" in online.open("sign")) == is_anew
        assert ("Onaylıyorum, gönderin" in online.open("review").buttons) != is_anew


# What the registry says.
SAYS = {
    "signatory_matches": True, "trade_name": "Sicildeki Kıyı A.Ş.", "tax_office": "Sicil VD", "province": "İzmir",
    "district": "Konak", "address": "Sicil Sokak No: 4", "signatory_name": SIGNATORY,
}  # fmt: skip
SHOWN = ("Sicildeki Kıyı A.Ş.", "Sicil VD", "Sicil Sokak No: 4", "Konak / İzmir")


def query(cast: Online, status: int = 200, mersis: str = "", **more: Any) -> None:
    with registry(says(status, {**SAYS, "tax_number": cast.company.tax_number, **more})):
        cast.press("query", "query", mersis_number=mersis or f"0{cast.company.tax_number}00001", identity=IDENTITY)


def on_signatory(cast: Cast, role: str = "owner") -> list[str]:
    page = cast.open("dossier_page", SIGNS, role=role)
    return [each for each in SHOWN if each in page]


def again(cast: Online, status: int) -> None:
    query(cast)
    cast.send("query_again")
    query(cast, status)


def manual_afterwards(cast: Online) -> None:
    query(cast)
    cast.send("channel", channel="manual")


def away_after(**said: Any) -> Callable[[Online], None]:
    def go(cast: Online) -> None:
        query(cast, **said)
        query(cast, 503)

    return go


HIDDEN: dict[str, Callable[[Online], None]] = {
    "away": lambda cast: query(cast, 503),
    "away at the second time": lambda cast: again(cast, 503),
    "manual afterwards": manual_afterwards,
    "another firm's, then away": away_after(mersis=f"0{vkn(902)}00001", tax_number=vkn(902)),
    "not the signatory, then away": away_after(signatory_matches=False),
}


@pytest.mark.parametrize("role", ["owner", "editor"])
def test_what_the_registry_says_is_read_before_it_is_signed(online: Online, role: str) -> None:
    query(online)
    assert on_signatory(online, role) == list(SHOWN)
    again(online, 200)
    assert on_signatory(online, role) == list(SHOWN)


@pytest.mark.parametrize("how", HIDDEN)
def test_what_it_does_not_say_of_this_firm_is_not_shown(online: Online, how: str) -> None:
    HIDDEN[how](online)
    page = online.open("dossier_page", SIGNS)
    assert (page.status, "signatory_mobile" in page.fields, on_signatory(online)) == (200, True, [])
    assert "Sicildeki bilgileriniz" not in page


def test_nobody_reads_of_another_company_and_markup_is_text(online: Online) -> None:
    other = Online(online.authority, Path(str(online.settings.options["TRUST_DIR"])))
    other.verify_email()
    query(other)
    script = "<script>alert(1)</script><b>x</b> & Ltd."
    query(online, trade_name=f"{script} A", address=f"{script} B", tax_office=f"{script[25:]} C")
    assert (on_signatory(other), on_signatory(online)) == (list(SHOWN), ["Konak / İzmir"])
    path = reverse("onboarding:dossier_page", args=[SIGNS])
    source = online.browsers["owner"].get(path).content.decode()
    assert ("<script>alert" in source, "<b>x</b>" in source) == (False, False)
    assert source.count("&lt;script&gt;alert(1)&lt;/script&gt;&lt;b&gt;x&lt;/b&gt; &amp; Ltd.") >= 2
