"""What says a code that is no longer in force may not be confirmed as still valid: it is done anew."""

from collections.abc import Callable

import pytest

from brands.models import Brand
from onboarding.actions import staff_moves
from onboarding.actor import IYS, SYSTEM, NotAllowed
from onboarding.dossier import former_codes
from onboarding.machine import Step
from onboarding.models import Assignment, DocumentKind
from onboarding.steps import CODE_RECEIPT, PACKAGE_CONTRACT, PANEL_SETTINGS, PARTNER_ASSIGNMENT
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF
from tests.scenarios.support import Support

pytestmark = pytest.mark.django_db
FORM = "Atama formunda 710482 yazıyor, kodunuz 710483."
ANEW = "Bu yüzden adım yeniden yapılmalı."
HOLDS = "Sonuç hâlâ geçerli"
AGAIN = "Adımı yeniden yapacağım"


@pytest.fixture
def cast(at_the_start: Callable[[], Cast]) -> Cast:
    return at_the_start()


def corrected(cast: Cast, **change: str) -> None:
    """Step 3 was opened again after all six, and other codes were confirmed; step 4 still holds."""
    cast.support_reopens(CODE_RECEIPT, "Bir hane eksik")
    given = {"iys_code": "710483", "name_1": "Mavi Deniz", "code_1": "710483", **change}
    cast.press("type_codes", "type_codes", **given)
    cast.press("code_receipt", "confirm_codes")
    cast.press("board", "stale", "package_contract", move="confirm_stale")
    assert cast.state(CODE_RECEIPT) == "confirmed"
    assert not cast.record(PACKAGE_CONTRACT).stale


def confirmed(cast: Cast, step: Step) -> bool:
    cast.press("board", "stale", step.key, move="confirm_stale")
    return not cast.record(step).stale


def test_the_form_and_the_declaration_of_a_former_code_are_done_anew(cast: Cast) -> None:
    cast.finished()
    corrected(cast)
    for page in (cast.open("board"), cast.open("partner_assignment")):
        assert f"{FORM} {ANEW}" in page
        assert page.buttons == [AGAIN]
    version = str(cast.record(PARTNER_ASSIGNMENT).version)
    page = cast.send("stale", "partner_assignment", expected_version=version, move="confirm_stale")
    assert FORM in page
    assert cast.record(PARTNER_ASSIGNMENT).stale
    cast.press("board", "stale", "partner_assignment", move="redo")
    assert cast.state(PARTNER_ASSIGNMENT) == "preparing"
    assert "Bilgiler form imzalandıktan sonra değişti." in cast.open("partner_assignment")
    cast.downloads(DocumentKind.ASSIGNMENT_BLANK)
    cast.form_handed_in()
    cast.move(PARTNER_ASSIGNMENT, "submit", cast.owner)
    cast.move(PARTNER_ASSIGNMENT, "approve")
    cast.move(PARTNER_ASSIGNMENT, "letter_sent", SYSTEM)
    cast.move(PARTNER_ASSIGNMENT, "confirm", IYS)
    page = cast.open("panel_settings")
    assert f"Beyanınızda 710482 yazıyor, kodunuz 710483. {ANEW}" in page
    assert page.buttons == [AGAIN]
    assert not confirmed(cast, PANEL_SETTINGS)
    cast.press("board", "stale", "panel_settings", move="redo")
    assert cast.state(PANEL_SETTINGS) == "form"


def test_a_brands_code_counts_too_and_is_named(cast: Cast) -> None:
    cast.finished()
    corrected(cast, iys_code="710482", code_1="710999")
    page = cast.open("partner_assignment")
    assert "Atama formunda “Mavi Deniz” için 710482 yazıyor, kodunuz 710999." in page
    assert not confirmed(cast, PARTNER_ASSIGNMENT)


def test_what_says_the_codes_in_force_still_holds(cast: Cast) -> None:
    cast.finished()
    Brand.objects.create(company=cast.company, name="Outlet", code="")
    corrected(cast, iys_code="710482", code_1="710482", name_2="Outlet", code_2="710498")
    page = cast.open("partner_assignment")
    assert page.buttons == [HOLDS, AGAIN]
    assert confirmed(cast, PARTNER_ASSIGNMENT)
    assert confirmed(cast, PANEL_SETTINGS)


def test_where_it_is_not_known_what_the_form_says_it_may_be_confirmed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(former_codes, "PRINTING", ())
        cast.finished()
    corrected(cast)
    assert HOLDS in cast.open("partner_assignment").buttons
    assert confirmed(cast, PARTNER_ASSIGNMENT)


def test_a_partner_assigned_in_iyss_panel_needs_no_form(cast: Cast) -> None:
    cast.finished()
    Assignment.objects.update(way="panel")
    corrected(cast)
    assert confirmed(cast, PARTNER_ASSIGNMENT)


def test_nor_may_support_confirm_it(cast: Cast) -> None:
    cast.finished()
    corrected(cast)
    support = Support(cast.now())
    assert "partner_assignment:redo" in support.buttons()
    assert "partner_assignment:confirm_stale" not in support.buttons()
    assert FORM in support.page()
    with pytest.raises(NotAllowed, match="710482"):
        staff_moves.make(
            application=cast.now(),
            step=PARTNER_ASSIGNMENT,
            move="confirm_stale",
            actor=STAFF,
            reason="",
            expected_version=cast.record(PARTNER_ASSIGNMENT).version,
        )
