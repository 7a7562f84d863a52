"""How many queries a page of the six steps takes, whatever the company has: a query more is seen here.

Warm: the session's own page before has noted when it was last seen.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onboarding.actions.pre_application import submission
from onboarding.steps import PRE_APPLICATION
from sandbox.authority import Authority
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF
from tests.scenarios.online import Online

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("camp")]
Limits = Mapping[tuple[str, ...], int]  # by page


def taken(cast: Cast, name: str, *args: str) -> int:
    browser, path = cast.browsers["owner"], reverse(f"onboarding:{name}", args=args or None)
    browser.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == (204 if name == "step_live" else 200), path
    return len(queries)


def more_than(most: Limits, cast: Cast) -> dict[tuple[str, ...], int]:
    """The pages that take more than they may, with what they take."""
    return {page: found for page, limit in most.items() if (found := taken(cast, *page)) > limit}


# With a letter and several papers at İYS.
AT_IYS: Limits = {
    ("board",): 8,
    ("board_live",): 7,
    ("step_live", "status_query"): 5,  # with news; what runs every 15 seconds is in test_waiting.py
    ("pre_application",): 12,
    ("status_query",): 14,
    ("thread",): 8,
    ("documents",): 5,
}
# Signed electronically, not sent yet. The review reads what the papers say, too.
SIGNED: Limits = {("board",): 14, ("sign",): 14, ("review",): 13}
READY: Limits = {("board",): 14, ("pre_application",): 15, ("review",): 13}
CORRECTING: Limits = {("board",): 15, ("pre_application",): 15, ("review",): 14}
PREPARING: Limits = {("board",): 15, ("partner_assignment",): 16, ("review_assignment",): 12}


@pytest.mark.parametrize("page", AT_IYS, ids="/".join)
def test_a_page_of_a_company_that_waits(at_iys: Callable[[], Cast], page: tuple[str, ...]) -> None:
    assert taken(at_iys(), *page) <= AT_IYS[page]


def test_the_pages_of_a_signature(authority: Authority, trust: Path) -> None:
    online = Online(authority, trust)
    with online.settings:
        online.all_signed()
        assert more_than(SIGNED, online) == {}


def test_the_pages_of_papers_that_are_all_there() -> None:
    cast = Cast()
    cast.ready()
    assert more_than(READY, cast) == {}


def test_the_pages_of_a_correction() -> None:
    cast = Cast()
    cast.submitted()
    submission.ask_changes(
        application=cast.now(),
        step=PRE_APPLICATION,
        remarks=[("website", "Açılmıyor"), ("address", "Eksik")],
        actor=STAFF,
        expected_version=cast.record(PRE_APPLICATION).version,
    )
    assert more_than(CORRECTING, cast) == {}


def test_the_pages_of_a_form_that_is_there() -> None:
    cast = Cast()
    cast.preparing()
    cast.form_handed_in()
    assert more_than(PREPARING, cast) == {}
