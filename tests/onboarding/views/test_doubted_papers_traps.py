"""Traps around papers that are doubted: one state, and nothing leads on meanwhile."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from documents.storage import read
from onboarding.actions.pre_application import submission
from onboarding.steps import PRE_APPLICATION
from tests.documents.reading.samples import circular, gazette
from tests.onboarding.admin.test_desk_traps import part
from tests.onboarding.views.test_doubted_papers import BY_SCRIPT, by_script
from tests.scenarios.browser import said
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF
from tests.scenarios.papers import blank_pdf, upload

pytestmark = pytest.mark.django_db
KINDS = ("signature_circular", "trade_registry_gazette", "undertaking")
DOUBTED, UPLOADED = ["Kontrol edin"], ["Yüklendi"]


def badges(cast: Cast, kind: str) -> list[str]:
    source = cast.browsers["owner"].get(reverse("onboarding:pre_application")).content.decode()
    return re.findall(r'class="badge[^"]*">\s*([^<]*?)\s*<', part(source, f"belge-{kind}"))


def same_as(cast: Cast, kind: str) -> bytes:
    return read(cast.company.documents.current().get(kind=kind))


WRONG: dict[str, tuple[str, Callable[[Cast], bytes]]] = {
    "a gazette": ("undertaking", lambda _cast: gazette()),
    "a circular": ("undertaking", lambda _cast: circular()),
    "a gazette for a circular": ("signature_circular", lambda _cast: gazette()),
    "a circular for a gazette": ("trade_registry_gazette", lambda _cast: circular()),
    "the circular": ("undertaking", lambda cast: same_as(cast, "signature_circular")),
    "the undertaking": ("trade_registry_gazette", lambda cast: same_as(cast, "undertaking")),
}


@pytest.fixture(params=["at first", "corrected"])
def company(request: pytest.FixtureRequest) -> Cast:
    cast = Cast()
    cast.ready()
    for kind in KINDS:
        by_script(cast, blank_pdf(3), kind)
    if request.param == "corrected":
        cast.submit()
        remarks = [(kind, "Okunmuyor") for kind in KINDS]
        submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
        for kind in KINDS:
            cast.downloads()
            by_script(cast, blank_pdf(3), kind)
    assert [badges(cast, kind) for kind in KINDS] == [UPLOADED] * 3
    return cast


@pytest.mark.parametrize("what", WRONG)
def test_a_doubted_paper_has_one_state_and_nothing_leads_on_until_it_is_another(company: Cast, what: str) -> None:
    kind, make = WRONG[what]
    told = by_script(company, make(company), kind)
    assert (bool(told["doubted"]), "next" in told) == (True, False)
    assert badges(company, kind) == DOUBTED
    others = [each for each in KINDS if each != kind]
    assert [len(badges(company, each)) for each in others] == [1, 1]
    if "the " not in what:
        assert "next" not in by_script(company, blank_pdf(3), others[0]), "the doubted one is still there"
    told = by_script(company, blank_pdf(3), kind)
    assert str(told["next"]).endswith(reverse("onboarding:review"))
    assert [badges(company, each) for each in KINDS] == [UPLOADED] * 3


def test_a_paper_handed_in_twice_is_well_once_the_other_one_is_another(company: Cast) -> None:
    by_script(company, same_as(company, "signature_circular"), "undertaking")
    told = by_script(company, blank_pdf(3), "signature_circular")
    assert str(told["next"]).endswith(reverse("onboarding:review"))
    assert [badges(company, each) for each in KINDS] == [UPLOADED] * 3


@pytest.mark.parametrize("what", ["old words", "a gazette with old words"])
def test_what_is_asked_about_has_one_state_too_and_goes_on_once_it_is_vouched_for(what: str) -> None:
    cast = Cast()
    cast.ready()
    cast.downloads()
    cast.write(website="https://yeni.example")
    told = by_script(cast, blank_pdf(3) if what == "old words" else gazette())
    assert "next" not in told
    assert len(badges(cast, "undertaking")) == 1
    document = cast.company.documents.current().get(kind="undertaking")
    page = cast.send("upload", "undertaking", vouch=str(document.pk))
    assert len(badges(cast, "undertaking")) == 1
    if what == "old words":
        assert "Her şey hazır" in page
        assert badges(cast, "undertaking") == UPLOADED
        assert "next" in by_script(cast, blank_pdf(3), "signature_circular")


def form_by_script(cast: Cast, payload: bytes) -> dict[str, Any]:
    data = {"file": upload(payload, "belge.pdf")}
    answer = cast.browsers["owner"].post(reverse("onboarding:upload_assignment"), data, headers=BY_SCRIPT)
    return dict(answer.json())


@pytest.mark.parametrize("what", ["the undertaking", "the circular"])
def test_a_doubted_form_of_step_5_has_one_state_and_leads_nowhere(what: str) -> None:
    cast = Cast()
    cast.preparing()
    told = form_by_script(cast, WRONG[what][1](cast))
    source = cast.browsers["owner"].get(reverse("onboarding:partner_assignment")).content.decode()
    states = re.findall(r'class="badge[^"]*">\s*(Kontrol edin|Yüklendi)\s*<', source)
    assert (states, reverse("onboarding:review_assignment") in str(told.get("next"))) == (DOUBTED, False)
    answer = cast.answer("upload_assignment", file=upload(blank_pdf(2), "form.pdf"))
    assert answer["Location"].startswith(reverse("onboarding:review_assignment")), said(answer)
    told = form_by_script(cast, blank_pdf(2))
    assert reverse("onboarding:review_assignment") in str(told["next"])
    assert "Kontrol edin" not in cast.open("partner_assignment")
