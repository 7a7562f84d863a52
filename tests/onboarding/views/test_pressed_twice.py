"""What is pressed in two tabs at the same moment, or by two people of a company: over two real connections.

From the specification: each tab is answered with a page; nothing is made twice and no mail goes twice; what was
handed in stays; who came second reads why nothing happened, or sees what both wanted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from correspondence.models import Letter
from documents.models import Document
from onboarding.gate import Route
from onboarding.models import Application, ContractAcceptance, Declaration, HandOff, Submission
from onboarding.steps import CODE_RECEIPT, PACKAGE_CONTRACT, PRE_APPLICATION
from tenancy.models import Invitation
from tests.scenarios.browser import Screen, signed_in, words
from tests.scenarios.cast import Cast
from tests.scenarios.papers import blank_pdf, upload

FASTER = "Bu adım az önce değişti"
LATE = "başvurunuz bu arada kapandı"
GUEST = "davetli@mavideniz.example"


@dataclass(frozen=True)
class Case:
    """`page` is open in both tabs before either is pressed; `others` is what the second one sends, if not that.

    `made` counts what has to be there once, `letters` begins the keys of mails of which one goes, and `second` is
    what the one who comes second reads.
    """

    page: str
    pressed: str
    data: dict[str, Any]
    made: Callable[[Cast], int]
    letters: str = ""
    second: str = ""
    others: dict[str, Any] | None = None
    ready: Callable[[Cast], object] = Cast.fill_in
    route: Route = Route.FULL


def codes_read(cast: Cast) -> None:
    cast.at_iys()
    cast.codes_read()


def of(model: Any) -> Callable[[Cast], int]:
    return lambda cast: int(model.objects.filter(application=cast.application).count())


def agrees(cast: Cast) -> int:
    """Whether the channel that is kept is that of the state: the last word, whole."""
    states = {"online": "email_code", "applied": "evidence"}
    return int(cast.state(PRE_APPLICATION) == states[cast.now().application_form.channel])


CASES = {
    "submit": Case(
        "review", "submit", {}, of(Submission), "submission_received", "zaten incelemede", ready=Cast.ready
    ),
    "upload": Case(
        "pre_application",
        "upload signature_circular",
        {"file": "bir.pdf"},
        lambda cast: Document.objects.current().filter(company=cast.company).count(),
        others={"file": "iki.pdf"},
    ),
    "withdraw": Case(
        "withdraw",
        "withdraw",
        {"reason": "Vazgeçtik"},
        lambda cast: Application.objects.filter(company=cast.company, closing="withdrawn").count(),
        second=LATE,
    ),
    "channel": Case("channel", "channel", {"channel": "online"}, agrees, others={"channel": "applied"}),
    "invite": Case(
        "team:people",
        "team:people",
        {"email": GUEST, "role": "editor"},
        lambda cast: Invitation.objects.filter(company=cast.company).count(),
        "invitation",
        "davet az önce gönderildi",
    ),
    "declare": Case(
        "panel_settings",
        "panel_settings",
        {"kind": "exempt", "exemption_basis": "Kütük 35-012", "correct": "on"},
        of(Declaration),
        "end",
        FASTER,
        ready=Cast.now,
        route=Route.EXEMPT,
    ),
    "confirm codes": Case(
        "code_receipt",
        "confirm_codes",
        {},
        lambda cast: int(cast.state(CODE_RECEIPT) == "confirmed"),
        second=FASTER,
        ready=codes_read,
    ),
    "ask for the offer": Case(
        "package_contract",
        "request_offer",
        {"way": "portal"},
        lambda cast: int(cast.state(PACKAGE_CONTRACT) == "sending"),
        "package_request_to_iys",
        FASTER,
        ready=Cast.chosen,
    ),
    "accept the contract": Case(
        "package_contract", "contract", {"read": "on"}, of(ContractAcceptance), second=FASTER, ready=Cast.offered
    ),
    "ask a signatory": Case(
        "partner_assignment",
        "hand_off_assignment",
        {"email": "ada@mavideniz.example", "channels": ["email"]},
        of(HandOff),
        "hand_off",
        "bağlantı az önce gönderildi",
        ready=Cast.preparing,
    ),
}


def path(name: str) -> str:
    view, _space, argument = name.partition(" ")
    return reverse(view if ":" in view else f"onboarding:{view}", args=[argument] if argument else None)


def at_once(browsers: list[Client], to: str, sent: list[dict[str, Any]]) -> list[Any]:
    """What each of them is answered, all sent at the same moment; an exception where the portal has broken."""
    start, answers = Barrier(len(browsers)), list[Any](browsers)

    def press(at: int) -> None:
        try:
            start.wait()
            answers[at] = browsers[at].post(to, sent[at], follow=True)
        except Exception as error:  # noqa: BLE001
            answers[at] = error
        finally:
            connection.close()

    tabs = [Thread(target=press, args=(at,)) for at in range(len(browsers))]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    return answers


def file(name: str) -> Any:
    return upload(blank_pdf(), name)


def wrong(case: Case, cast: Cast) -> list[str]:
    """All that is not as the row says."""
    case.ready(cast)
    Letter.objects.all().delete()
    browsers = [signed_in(cast.people["owner"]) for _tab in range(2)]
    sent = []
    for browser, data in zip(browsers, (case.data, case.others or case.data), strict=True):
        fields = Screen(browser.get(path(case.page), follow=True)).fields
        sent.append({**fields, **{key: file(each) if key == "file" else each for key, each in data.items()}})
    answers = at_once(browsers, path(case.pressed), sent)
    found = [f"broke: {each!r}" for each in answers if isinstance(each, Exception)]
    shown = [words(each) for each in answers if not isinstance(each, Exception)]
    if (made := case.made(cast)) != 1:
        found.append(f"made {made}")
    if case.letters and (mails := Letter.objects.filter(idempotency_key__startswith=case.letters).count()) != 1:
        found.append(f"{mails} mails")
    if case.second and sum(case.second in each for each in shown) != 1:
        found.append(f"nobody or everybody was told: {[each[-700:] for each in shown]}")
    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("postgresql")
def test_what_is_pressed_in_two_tabs_at_once_happens_once() -> None:
    """One test for all rows: emptying the database after each would take longer than they do."""
    found = {
        name: wrong(case, Cast(case.route, code=str(710500 + at))) for at, (name, case) in enumerate(CASES.items())
    }
    assert {name: each for name, each in found.items() if each} == {}
