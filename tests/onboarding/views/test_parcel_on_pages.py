"""The parcel of the undertaking on the pages of steps 2 to 5, and the mail that says when it is to be sent."""

import pytest

from correspondence.models import Audience, Letter
from correspondence.outgoing.bodies import body_of
from onboarding.actor import IYS, SYSTEM
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF

pytestmark = pytest.mark.django_db
TO_SEND, LINK = "Taahhütnamenin aslını kargolayın", "Kargo bilgisi ve etiket"
TOLD = "İYS'ye kargolayın ve takip numarasını portala yazın"
SENT = {"carrier": "Yurtiçi", "tracking_number": "12345", "sent_on": "2026-03-02"}
PAGES = [
    ("at_iys", "status_query"),
    ("codes_wanted", "code_receipt"),
    ("choosing", "choose_package"),
    ("offered", "package_contract"),
    ("preparing", "partner_assignment"),
    ("form_sent", "partner_assignment"),
]


@pytest.mark.parametrize(("rung", "page"), PAGES)
def test_while_it_is_due_each_step_leads_to_the_parcel_once(rung: str, page: str) -> None:
    cast = Cast()
    getattr(cast, rung)()
    shown = cast.open(page)
    assert shown.words.count(TO_SEND) == 1
    assert LINK in shown.links
    assert "Şimdi bir şey yapmanız gerekmiyor" not in shown
    assert LINK not in cast.open(page, role="viewer").links
    cast.send("cargo", **SENT)
    assert TO_SEND not in cast.open(page)
    assert LINK not in cast.open(page).links


def newest(cast: Cast) -> Letter:
    return Letter.objects.filter(company=cast.company, audience=Audience.COMPANY).latest("created_at")


def test_a_mail_says_when_it_is_to_be_sent() -> None:
    cast = Cast()
    cast.submitted()
    assert "zamanını e-postayla yazarız" in cast.open("pre_application")
    cast.move(PRE_APPLICATION, "approve", STAFF)
    cast.move(PRE_APPLICATION, "letter_sent", SYSTEM)
    assert newest(cast).subject == TO_SEND


def test_a_mail_says_so_too_where_it_had_to_wait_once_more() -> None:
    cast = Cast()
    cast.at_iys()
    cast.move(STATUS_QUERY, "refuse", IYS, reason="Uygun değil")
    assert "zamanını e-postayla yazarız" in cast.open("status_query")
    assert LINK in cast.open("status_query").links
    cast.move(STATUS_QUERY, "resume_wait", STAFF, reason="Yanlış anlaşıldı")
    assert TOLD in body_of(newest(cast)).text
