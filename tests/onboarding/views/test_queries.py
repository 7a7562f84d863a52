"""How many queries a page of the six steps takes, whatever the company has: a query more is seen here.

Warm: the session's own page before has noted when it was last seen.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sandbox.authority import Authority
from tests.scenarios.cast import Cast
from tests.scenarios.online import Online

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("camp")]


def taken(cast: Cast, name: str, *args: str) -> int:
    browser, path = cast.browsers["owner"], reverse(f"onboarding:{name}", args=args or None)
    browser.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == (204 if name == "step_live" else 200), path
    return len(queries)


# With a letter and several papers at İYS.
AT_IYS = {
    ("board",): 8,
    ("board_live",): 7,
    ("step_live", "status_query"): 3,
    ("pre_application",): 12,
    ("status_query",): 15,
    ("thread",): 8,
    ("documents",): 5,
}
# Signed electronically, not sent yet. The review reads what the papers say, too.
SIGNED = {("board",): 15, ("sign",): 20, ("review",): 17}


@pytest.mark.parametrize("page", AT_IYS, ids="/".join)
def test_a_page_of_a_company_that_waits(at_iys: Callable[[], Cast], page: tuple[str, ...]) -> None:
    assert taken(at_iys(), *page) <= AT_IYS[page]


def test_the_pages_of_a_signature(authority: Authority, trust: Path) -> None:
    online = Online(authority, trust)
    with online.settings:
        online.all_signed()
        assert {page: found for page, most in SIGNED.items() if (found := taken(online, *page)) > most} == {}
