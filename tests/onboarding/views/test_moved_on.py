"""A form that was open while its step moved on is closed: the step's page says where it stands, nothing is to be
corrected, and nothing is kept."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from onboarding.actor import IYS
from onboarding.steps import PACKAGE_CONTRACT, PARTNER_ASSIGNMENT
from tests.scenarios import mails
from tests.scenarios.browser import Screen
from tests.scenarios.cast import Cast
from tests.scenarios.papers import blank_pdf, upload

pytestmark = pytest.mark.django_db


def assert_closed(page: Screen, words: str) -> None:
    assert page.status == 200
    assert words in page
    assert "düzeltmeniz gerekiyor" not in page
    assert "yapılamaz" not in page


def test_the_payment_form_while_iyss_mail_comes(tmp_path: Path) -> None:
    cast = Cast()
    cast.accepted()
    shown = cast.open("payment").fields
    cast.arrives(tmp_path, mails.PAID)
    assert cast.state(PACKAGE_CONTRACT) == "confirmed"
    data: dict[str, Any] = {**shown, "paid_on": timezone.localdate().isoformat(), "reference": "TR-9"}
    for more in ({}, {"receipt": upload(blank_pdf(), "dekont.pdf")}, {"paid_on": "yarın"}):
        page = cast.send("payment", **{**data, **more})
        assert_closed(page, "Bu adım siz bu sayfadayken tamamlandı: Paketiniz tanımlandı.")
    assert not cast.application.payments.exists()


def paid(cast: Cast) -> None:
    cast.move(PACKAGE_CONTRACT, "accept", cast.owner)
    cast.move(PACKAGE_CONTRACT, "payment_received", IYS)


def handed_over(cast: Cast) -> None:
    shown = {**cast.open("evidence").fields, "iys_application_number": "MX3ZB5JA"}
    cast.send("evidence", **shown, file=upload(blank_pdf(), "onay.pdf"))


def codes_given(cast: Cast) -> None:
    cast.press("type_codes", "type_codes", iys_code="710482", name_1="Mavi Deniz", code_1="710482")
    cast.press("code_receipt", "confirm_codes")


def assigned(cast: Cast) -> None:
    cast.move(PARTNER_ASSIGNMENT, "claim", cast.owner)
    cast.move(PARTNER_ASSIGNMENT, "confirm_claim")


def in_panel(cast: Cast) -> None:
    cast.preparing()
    cast.move(PARTNER_ASSIGNMENT, "use_panel", cast.owner)


def applied(cast: Cast) -> None:
    cast.send("channel", channel="applied")


# Each: how far the company is, the page that stays open, where and what is posted from it, what happens meanwhile.
FORMS: dict[str, tuple[Callable[[Cast], None], str, str, dict[str, Any], Callable[[Cast], None]]] = {
    "contract": (Cast.offered, "contract", "contract", {"read": "1"}, paid),
    "evidence": (applied, "evidence", "evidence", {"iys_application_number": "AB12CD34"}, handed_over),
    "codes": (
        Cast.codes_wanted,
        "type_codes",
        "type_codes",
        {"iys_code": "710483", "name_1": "Lodos", "code_1": "710483"},
        codes_given,
    ),
    "panel": (
        in_panel,
        "partner_assignment",
        "claim_assignment",
        {"ticks": ["menu", "partner", "permissions"]},
        assigned,
    ),
}


@pytest.mark.parametrize("what", FORMS)
def test_a_form_that_somebody_else_has_settled(what: str) -> None:
    so_far, page, target, typed, meanwhile = FORMS[what]
    cast = Cast()
    so_far(cast)
    cast.application = cast.now()
    shown = cast.open(page, role="owner").fields
    meanwhile(cast)
    before = list(cast.application.records.values_list("step", "state", "version"))
    assert_closed(cast.send(target, **{**shown, **typed}), "Bu adım siz bu sayfadayken")
    assert list(cast.application.records.values_list("step", "state", "version")) == before


def test_whose_turn_it_still_is_keeps_what_was_typed_and_may_go_on() -> None:
    cast = Cast()
    cast.accepted()
    shown = {**cast.open("payment").fields, "paid_on": timezone.localdate().isoformat(), "reference": "TR-9"}
    cast.move(PACKAGE_CONTRACT, "payment_failed", IYS, "Kart reddedildi")
    page = cast.send("payment", **shown)
    assert page.fields["reference"] == "TR-9"
    assert "düzeltmeniz gerekiyor" not in page
