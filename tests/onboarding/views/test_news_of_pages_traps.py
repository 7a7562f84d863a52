"""Traps for the news that an open page asks for: of signatures by link, and of a step that is done."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from onboarding.actions.pre_application import submission
from onboarding.actor import IYS
from onboarding.machine import Step
from onboarding.models import DocumentKind
from onboarding.steps import PACKAGE_CONTRACT, PARTNER_ASSIGNMENT, PRE_APPLICATION, STATUS_QUERY
from sandbox.authority import Authority
from tests.onboarding.views import test_online
from tests.onboarding.views.test_signed_by_link import asks, by_link, form, newest_link
from tests.onboarding.views.test_signed_meanwhile import link_to
from tests.scenarios import mails
from tests.scenarios.cast import Cast
from tests.scenarios.factories import tckn
from tests.scenarios.ladder import STAFF
from tests.scenarios.online import Online

pytestmark = pytest.mark.django_db
cast = test_online.cast  # a company on the online channel


def news(company: Cast, address: str, role: str = "owner") -> str:
    """Where the open page goes, or that it loads itself anew; an empty string while there is none."""
    answer = company.browsers[role].get(address)
    assert answer.status_code == 204
    anew, to = answer.headers.get("HX-Refresh"), answer.headers.get("HX-Redirect", "")
    assert not (anew and to)
    return "anew" if anew == "true" else str(to)


def told(company: Cast, address: str) -> list[str]:
    """What owner, viewer, and the owner's page that does not wait for signatures are told."""
    bare = address.replace("&imza=1", "")
    return [news(company, f"{bare}&imza=1"), news(company, f"{bare}&imza=1", "viewer"), news(company, bare)]


def test_the_last_of_two_signatures_leads_on_and_the_first_does_not(cast: Online) -> None:
    cast.fill()
    cast.send("co_signatories", name="Ege Yalın", identity=tckn(8))
    cast.paper()
    links = [link_to(cast, f"{name}@baska.example") for name in ("ada", "ege")]
    first = asks(cast, "sign")
    assert ("&imza=1" in first, told(cast, first)) == (True, [""] * 3)
    one = cast.signed()
    by_link(links[0], one)
    assert told(cast, first) == ["anew"] * 3
    second = asks(cast, "sign")
    assert ("&imza=1" in second, told(cast, second)) == (True, [""] * 3)
    by_link(links[1], cast.signed(name="Ege Yalın", identity=tckn(8), pdf=one))
    for address in (first, second):
        assert told(cast, address) == [reverse("onboarding:review"), "anew", "anew"]


@pytest.mark.parametrize("open_beside", [False, True])
def test_the_review_comes_next_only_when_nothing_else_is_open(cast: Online, open_beside: bool) -> None:
    cast.all_signed()
    cast.submit()
    kinds = [DocumentKind.UNDERTAKING_SIGNED, *(["website"] if open_beside else [])]
    remarks = [(kind, "Bir daha bakın") for kind in kinds]
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    cast.send("hand_off", email="ada@baska.example")
    address = asks(cast, "sign")
    by_link(newest_link(), cast.signed())
    assert told(cast, address)[0] == ("anew" if open_beside else reverse("onboarding:review"))


def test_the_form_of_step_5_leads_to_its_own_review(authority: Authority, trust: Path) -> None:
    with override_settings(TRUST_DIR=trust):
        company = Cast()
        company.preparing()
        company.send("hand_off_assignment", email="ada@baska.example", channels=["message", "email"])
        address = asks(company, "partner_assignment")
        assert ("&imza=1" in address, told(company, address)) == (True, [""] * 3)
        by_link(newest_link(), form(company, authority))
    assert told(company, address) == [reverse("onboarding:review_assignment"), "anew", "anew"]


def pay(company: Cast) -> None:
    company.accepted()
    company.press("payment", "payment", paid_on=timezone.localdate().isoformat(), reference="TR-1")


def approves(company: Cast, folder: Path) -> None:
    company.arrives(folder, mails.APPROVED)


def moves(step: Step, move: str) -> Callable[[Cast, Path], None]:
    return lambda each, _folder: each.move(step, move, IYS, "Tutar eksik")


STEPS: dict[str, tuple[Callable[[Cast], Any], str, Callable[[Cast, Path], Any], str]] = {
    "codes": (Cast.at_iys, "status_query", approves, "code_receipt"),
    "codes, from step 1": (Cast.at_iys, "pre_application", approves, "code_receipt"),
    "no codes yet": (Cast.at_iys, "status_query", moves(STATUS_QUERY, "approve"), ""),
    "paid": (pay, "package_contract", moves(PACKAGE_CONTRACT, "payment_received"), "partner_assignment"),
    "not paid": (pay, "package_contract", moves(PACKAGE_CONTRACT, "payment_failed"), ""),
    "assigned": (Cast.form_sent, "partner_assignment", moves(PARTNER_ASSIGNMENT, "confirm"), "panel_settings"),
    "refused": (Cast.form_sent, "partner_assignment", moves(PARTNER_ASSIGNMENT, "refuse"), ""),
}  # fmt: skip


@pytest.mark.parametrize("name", STEPS)
def test_a_step_that_is_done_leads_who_may_act_to_the_next(name: str, tmp_path: Path) -> None:
    climb, page, move, to = STEPS[name]
    company = Cast()
    climb(company)
    address = asks(company, page)
    assert [news(company, address, role) for role in company.people] == ["", "", ""]
    move(company, tmp_path)
    on = reverse(f"onboarding:{to}") if to else "anew"
    editors = "anew" if to == "panel_settings" else on  # which the owner alone declares
    assert [news(company, address, role) for role in company.people] == [on, editors, "anew"]


def test_mutabakat_that_is_open_or_done_does_not_hold_the_next_step_up() -> None:
    company = Cast()
    company.form_sent()
    address = asks(company, "partner_assignment")
    company.move(PARTNER_ASSIGNMENT, "confirm", IYS)
    for answer in ("", "on"):
        if answer:
            company.send("reconciliation", answer=answer)
        assert company.now().awaits_reconciliation is not bool(answer)
        assert news(company, address) == reverse("onboarding:panel_settings")


def test_odd_words_in_that_address_do_no_harm() -> None:
    company = Cast()
    company.at_iys()
    path = urlsplit(asks(company, "status_query")).path
    for odd in ("", "?pulse=", "?pulse=%00", "?imza=1", "?pulse=%FF&imza=1", "?imza=%22", f"?pulse={'9' * 4000}"):
        assert news(company, path + odd) == "anew", odd
    assert company.browsers["owner"].get(path.replace("status_query", "yok")).status_code == 404
