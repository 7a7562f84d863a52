"""More traps on a company's way: another firm's number, a form that came back, figures asked for in place, and the
way back from a mail."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from onboarding.actor import IYS, SYSTEM
from onboarding.attention import marks
from onboarding.models import Attention, AttentionKind
from onboarding.steps import PARTNER_ASSIGNMENT, PRE_APPLICATION
from sandbox.authority import Authority
from tests.onboarding.views import test_online, test_other_firm
from tests.onboarding.views.test_other_firm import OTHER, WRITTEN, query
from tests.onboarding.views.test_saving import FIRM
from tests.onboarding.views.test_signed_by_link import form
from tests.registry.test_lookup import registry, says
from tests.scenarios import mails
from tests.scenarios.cast import Cast
from tests.scenarios.factories import vkn
from tests.scenarios.ladder import IDENTITY, STAFF
from tests.scenarios.online import BRAND, ZEROS, Online
from tests.scenarios.papers import blank_pdf, photo, upload

pytestmark = pytest.mark.django_db
# Their companies: before the form, before its brands and figures.
manual = test_other_firm.manual
cast, approved = test_online.cast, test_online.approved


# A number that is another firm's.


def own(company: Cast) -> str:
    return f"0{company.company.tax_number}00001"


def standing(company: Cast | None = None) -> int:
    """How many marks of this kind are open."""
    found = Attention.objects.filter(kind=AttentionKind.OTHER_FIRM, settled_at=None)
    return (found.filter(record__application=company.application) if company else found).count()


def fields(company: Cast, **data: str) -> dict[str, str]:
    return {**company.open("dossier_page", FIRM).fields, "tax_number": company.company.tax_number, **data}


SETTLED: dict[str, Callable[[Cast], Any]] = {
    "by the button": lambda each: each.send("dossier_page", FIRM, **fields(each, mersis_number=own(each))),
    "by an editor": lambda each: each.send(
        "dossier_page", FIRM, role="editor", **fields(each, mersis_number=own(each))
    ),
    "by itself": lambda each: each.saves_itself(FIRM, **fields(each, mersis_number=own(each))),
}


@pytest.mark.parametrize("how", SETTLED)
@pytest.mark.parametrize("slip", WRITTEN)
def test_the_own_number_settles_its_marks_and_no_others(manual: Cast, slip: str, how: str) -> None:
    other = Cast()
    other.manual()
    other.send("mersis_question", has_mersis="evet")
    for each in (manual, other):
        WRITTEN[slip](each)
    marks.mark_by_hand(application=manual.application, step=PRE_APPLICATION, text="Arayın", actor=STAFF)
    assert (standing(manual), standing(other)) == (1, 1)
    SETTLED[how](manual)
    assert (standing(manual), standing(other)) == (0, 1)
    assert Attention.objects.filter(settled_at=None, text="Arayın").count() == 1


UNSETTLED: dict[str, Callable[[Cast], Any]] = {
    "a viewer": lambda each: each.send(
        "dossier_page", FIRM, role="viewer", **fields(each, mersis_number=own(each))
    ),
    "a viewer's tab": lambda each: each.saves_itself(FIRM, role="viewer", **fields(each, mersis_number=own(each))),
    "a form that is refused": lambda each: each.send(
        "dossier_page", FIRM, **fields(each, mersis_number=own(each), tax_number=OTHER)
    ),
    "no number": lambda each: each.saves_itself(FIRM, **fields(each, mersis_number="")),
    "half of it": lambda each: each.saves_itself(FIRM, **fields(each, mersis_number=own(each)[:9])),
    "another page": lambda each: each.press_page("iletisim"),
    "another page by itself": lambda each: each.saves_itself("iletisim", website="yeni.example"),
    "the other's again": WRITTEN["MERSİS number"],
}


@pytest.mark.parametrize("how", UNSETTLED)
def test_what_keeps_no_own_number_settles_nothing(manual: Cast, how: str) -> None:
    WRITTEN["MERSİS number"](manual)
    assert standing() == 1
    UNSETTLED[how](manual)
    assert standing() == 1


def test_each_number_is_told_of_once_and_one_own_number_settles_all(manual: Cast) -> None:
    def slip(number: str) -> int:
        manual.write(mersis_number=f"0{number}00001")
        return standing()

    assert [slip(each) for each in (OTHER, vkn(903), OTHER)] == [1, 2, 2]
    SETTLED["by the button"](manual)
    assert standing() == 0
    assert [slip(each) for each in (OTHER, vkn(904))] == [0, 1]
    SETTLED["by itself"](manual)
    assert (standing(), Attention.objects.count()) == (0, 3)


@pytest.mark.parametrize(("status", "more", "left"), [
    (200, {}, 0), (503, {}, 0), (500, {}, 0),
    (200, {"signatory_matches": False}, 1), (200, {"tax_number": OTHER}, 1),
])  # fmt: skip
def test_a_query_with_the_own_number_settles_once_it_goes_on(
    online: Online, status: int, more: dict[str, Any], left: int
) -> None:
    query(online, f"0{OTHER}00001", tax_number=OTHER)
    assert standing() == 1
    query(online, own(online), status, **{"tax_number": online.company.tax_number, **more})
    assert (standing(), online.here) == (left, "query" if left else "form")


def test_a_query_that_is_not_the_own_firms_or_a_viewers_settles_nothing(online: Online) -> None:
    query(online, f"0{OTHER}00001", tax_number=OTHER)
    with registry(says(503, {})):
        online.send("query", role="viewer", mersis_number=own(online), identity=IDENTITY)
        online.send("query", mersis_number=own(online)[:-1], identity=IDENTITY)
        online.send("query", mersis_number=own(online), identity="1")
    assert (standing(), online.here) == (1, "query")


# A form that came back and is chosen again.
SAME = "Seçtiğiniz dosya, geri gönderilenin aynısı."


def sent_back(company: Cast, by: str) -> None:
    if by == "support":
        company.move(PARTNER_ASSIGNMENT, "return_form", reason="Mutabakat kapalı")
        return
    company.move(PARTNER_ASSIGNMENT, "approve")
    company.move(PARTNER_ASSIGNMENT, "letter_sent", SYSTEM)
    company.move(PARTNER_ASSIGNMENT, "refuse", IYS, "Mutabakat kapalı")
    company.press("partner_assignment", "assignment_move", move="retry")


def chosen(company: Cast, payload: bytes, name: str = "form.pdf", page: str = "upload_assignment") -> bool:
    """Whether the review says that it is what came back; it may be sent either way."""
    company.send(page, file=upload(payload, name))
    review = company.open("review_assignment")
    assert "Onaylıyorum, gönderin" in review.buttons
    company.press("review_assignment", "review_assignment")
    assert company.state(PARTNER_ASSIGNMENT) == "form_review"
    return SAME in review


@pytest.mark.parametrize("by", ["support", "İYS"])
@pytest.mark.parametrize(("round_by_round", "said"), [
    ("aa", [False, True]), ("ab", [False, False]), ("aba", [False, False, True]), ("abb", [False, False, True]),
    ("aaa", [False, True, True]), ("abc", [False, False, False]), ("abab", [False, False, True, True]),
])  # fmt: skip
def test_the_very_file_that_came_back_is_named(round_by_round: str, said: list[bool], by: str) -> None:
    company = Cast()
    company.preparing()
    payloads = {name: blank_pdf(2) for name in "abc"}
    found = []
    for place, name in enumerate(round_by_round):
        if place:
            sent_back(company, by if place % 2 else "support")
        found.append(chosen(company, payloads[name]))
    assert found == said


def test_a_first_form_is_never_one_that_came_back() -> None:
    payload = blank_pdf(2)
    company, other = Cast(), Cast(code="710499")
    for each in (other, company):
        each.preparing()
    chosen(other, payload)
    sent_back(other, "support")
    for scan in (blank_pdf(2), payload):
        company.send("upload_assignment", file=upload(scan, "form.pdf"))
    assert not chosen(company, payload)


@pytest.mark.parametrize("by", ["support", "İYS"])
@pytest.mark.parametrize("kind", ["a photo", "e-signed"])
def test_of_every_kind_it_is_named(authority: Authority, trust: Path, kind: str, by: str) -> None:
    with override_settings(TRUST_DIR=trust):
        company = Cast()
        company.preparing()
        signed = form(company, authority)
        way = (photo(), "form.jpg") if kind == "a photo" else (signed, "form.pdf", "sign_assignment")
        assert not chosen(company, *way)
        sent_back(company, by)
        assert chosen(company, *way)


# Last year's figures, asked for where they are missing.


FIGURES, ENTRY = reverse("onboarding:figures"), reverse("onboarding:info_entry")


def loads(source: str) -> set[str]:
    """What the page fetches by itself as it opens."""
    tags = [tag for tag in re.findall(r"<\w+[^>]*>", source) if re.search(r'hx-trigger="[^"]*\bload\b', tag)]
    return {path for tag in tags for path in re.findall(r'hx-get="([^"]*)"', tag)}


def asked_in_place(company: Online, role: str = "owner") -> bool:
    return FIGURES in loads(company.browsers[role].get(ENTRY).content.decode())


def brand(company: Online, *papers: str, **more: str) -> set[str]:
    """What the page that comes then fetches."""
    given = {name: upload(blank_pdf(), f"{name}.pdf") for name in papers}
    answer = company.browsers["owner"].post(
        reverse("onboarding:add_brand"), {**BRAND, **more, **given}, headers={"HX-Request": "true"}, follow=True
    )
    return loads(answer.content.decode())


def test_figures_are_asked_for_in_place_where_brands_are_known_and_they_are_missing(approved: Online) -> None:
    roles = ("owner", "editor", "viewer")
    assert not any(asked_in_place(approved, role) for role in roles)
    assert FIGURES in brand(approved, "certificate")
    assert [asked_in_place(approved, role) for role in roles] == [True, True, False]
    assert 'id="figures-form"' in approved.browsers["editor"].get(FIGURES).content.decode()
    fetched = brand(approved, name="Poyraz")
    poyraz = approved.company.brands.get(name="Poyraz").pk
    assert fetched == {reverse("onboarding:edit_brand", args=[poyraz])}, "one thing at a time"
    approved.send("remove_brand", poyraz)
    assert asked_in_place(approved)
    approved.send("figures", **ZEROS)
    assert not any(asked_in_place(approved, role) for role in roles)
    approved.company.yearly_figures.update(year=timezone.localdate().year - 2)
    assert asked_in_place(approved)
    approved.send("remove_brand", approved.company.brands.get().pk)
    assert not asked_in_place(approved)


def test_figures_without_a_brand_are_not_asked_for_again(approved: Online) -> None:
    approved.send("figures", **ZEROS)
    assert FIGURES not in brand(approved, "certificate")
    assert not asked_in_place(approved)


# From the codes to the mail and back.


@pytest.fixture
def read_codes(tmp_path: Path) -> tuple[Cast, str]:
    company = Cast()
    company.at_iys()
    mail = company.arrives(tmp_path, mails.APPROVED)
    return company, reverse("onboarding:mail", args=[mail.pk])


def test_who_came_from_the_codes_finds_the_way_back(read_codes: tuple[Cast, str]) -> None:
    company, mail = read_codes
    source = company.browsers["owner"].get(reverse("onboarding:code_receipt")).content.decode()
    assert f'href="{mail}?geri=kodlar"' in source
    for role in company.people:
        page = company.browsers[role].get(f"{mail}?geri=kodlar").content.decode()
        assert re.search(rf'<a[^>]*href="{reverse("onboarding:code_receipt")}"[^>]*>\s*Kodlara dön', page), role
        assert "Kodlara dön" not in company.browsers[role].get(mail).content.decode()


@pytest.mark.parametrize("odd", [
    "", "x", "Kodlar", "kodlar%00", "//kotu.example", "https://kotu.example", "javascript:alert(1)", "%FF",
    "/%5Ckotu.example", "%2F%2Fkotu.example", "%22%3E%3Cscript%3Ealert(1)", "..%2F..%2F", "kodlar,//kotu.example",
])  # fmt: skip
def test_odd_ways_back_lead_nowhere_outside(read_codes: tuple[Cast, str], odd: str) -> None:
    company, mail = read_codes
    source, without = (
        company.browsers["owner"].get(each).content.decode() for each in (f"{mail}?geri={odd}", mail)
    )
    found, plain = (set(re.findall(r'(?:href|action|src)="([^"]*)"', each)) for each in (source, without))
    assert [each for each in found - plain if not re.match(r"/(?![/\\])", each)] == []
    assert "<script>alert" not in source
    assert "Kodlara dön" not in source
