"""The includes of the steps' pages: one for each state, none left over, and no rule in a template."""

import re
from pathlib import Path

import pytest

from onboarding import applications, gate
from onboarding.models import Closing
from onboarding.steps import PRE_APPLICATION, STEPS
from onboarding.views.offers import Offers
from onboarding.views.work import WORK
from tests.onboarding.views.standing import Place
from tests.scenarios.cast import Cast

TEMPLATES = Path(__file__).parents[3] / "templates"
COMPANY_SIDE = [*(TEMPLATES / "onboarding").rglob("*.html"), *(TEMPLATES / "_partials").glob("*.html")]


def test_every_state_of_every_step_has_its_include_and_none_is_left_over() -> None:
    wanted = {f"{step.key}/{state}.html" for step in STEPS for state in step.states}
    folder = TEMPLATES / "onboarding"
    assert {f"{step.key}/{each.name}" for step in STEPS for each in (folder / step.key).iterdir()} == wanted


def test_no_template_compares_states_turns_or_roles() -> None:
    rule = re.compile(r"\{%[^%]*(record\.(state|turn)\b|membership\.role|offers\.role)[^%]*%\}")
    found = {str(file.relative_to(TEMPLATES)): rule.findall(file.read_text()) for file in COMPANY_SIDE}
    assert {name: each for name, each in found.items() if each} == {}


def test_templates_ask_only_for_what_is_known() -> None:
    """A name that nothing knows would quietly hide its button."""
    moves = {row.name for step in STEPS for row in step.moves}
    told = {name for name in vars(Offers) if not name.startswith("_")} | {"application", "step", "bring_mail"}
    asked = {name for file in COMPANY_SIDE for name in re.findall(r"\boffers\.(\w+)", file.read_text())}
    assert asked - moves - told - set(WORK) == set()
    assert not moves & set(WORK)


def test_all_declared_work_is_offered_somewhere() -> None:
    asked = {name for file in COMPANY_SIDE for name in re.findall(r"\boffers\.(\w+)", file.read_text())}
    views = (file.read_text() for file in (TEMPLATES.parent / "onboarding" / "views").glob("*.py"))
    asked |= {name for text in views for name in re.findall(r"""offers\w*(?:\([^)]*\))?\["(\w+)"\]""", text)}
    assert set(WORK) - asked == set()


@pytest.mark.django_db
def test_what_was_rejected_says_so_and_the_owner_may_apply_again() -> None:
    place = Place("1.manual", "submitted")
    place.cast.move(PRE_APPLICATION, "reject", reason="Unvan tutmuyor")
    for role in ("viewer", "editor", "owner"):
        page = place.cast.open("pre_application", role=role)
        assert "Bu başvuru kapandı: Reddedildi" in page
        assert "Neden: Unvan tutmuyor" in page
        assert "Sıra " not in page.words
        assert page.buttons == (["Yeniden başvur"] if role == "owner" else [])
        later = place.cast.open("package_contract", role=role)
        assert later.status == 409
        assert "Bu adıma gelinmedi." in later
        assert "tamamlanmalı" not in later.words


@pytest.mark.django_db
def test_a_replaced_application_has_no_page_any_more() -> None:
    """Each step's page shows the live application, and a click on a page of before changes neither."""
    place = Place("6", "saved")
    old = place.application
    new = applications.change_route(
        application=place.cast.now(), route=gate.Route.SELF_MANAGED, actor=place.cast.owner, closes=True
    )
    old.refresh_from_db()
    assert (old.closing, new.pk == old.pk) == (Closing.REPLACED, False)
    assert place.cast.open("package_contract").status == 409
    assert "Yeniden başvur" not in place.cast.open("board").buttons
    before = place.as_it_stands()
    page = place.cast.send("payment", expected_version="1", paid_on="2026-01-05", reference="1")
    assert page.status == 409
    assert "gerekmiyor" in page
    assert place.as_it_stands() == before


@pytest.mark.django_db
def test_the_board_tells_a_viewer_who_has_to_act() -> None:
    cast = Cast()
    page = cast.open("board", role="viewer")
    assert "Sıra sizde" not in page
    assert "Sıra firmanızda Başvurunuz taslak hâlinde" in page.words
    owner, editor = cast.people["owner"], cast.people["editor"]
    assert f"Firma sahibi {owner} ya da düzenleyen {editor} sürdürebilir." in page
    assert "Devam et" not in page.links
