"""The data of step 1 as a form, beside a form of as many fields that Django makes of the model by itself."""

from functools import cache, partial
from typing import Any

from django.test import Client
from django.urls import reverse

from bench import bare, pages, plain, standing
from bench.measure import Row
from onboarding.models import Submission
from onboarding.steps import PRE_APPLICATION
from tenancy.models import Company
from tests.scenarios.browser import Screen, signed_in
from tests.scenarios.factories import open_application
from tests.scenarios.ladder import Ladder

LOOKS, FIRMS = 10, 5
PAGES = ("firma", "iletisim", "imza-yetkilisi")


@cache
def _firms() -> list[tuple[Ladder, Client]]:
    """Each ready to be handed in, and its owner's browser."""
    pages.owner()
    found = []
    for _number in range(FIRMS):
        ladder = Ladder(open_application()).manual()
        ladder.ready()
        found.append((ladder, signed_in(ladder.company.memberships.get().user)))
    standing.keep([ladder.application.pk for ladder, _browser in found])
    return found


def _prepare() -> None:
    """Nothing was handed in yet; the screens from which it is are open."""
    firms = _firms()
    standing.put_back()
    Submission.objects.all().delete()
    with plain.asking() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_moves (company_id uuid PRIMARY KEY, version int)")
        cursor.execute("TRUNCATE bench_moves")
        cursor.execute("INSERT INTO bench_moves SELECT id, 0 FROM tenancy_company")
    _opened.clear()
    for ladder, browser in firms:
        _opened[ladder.company.pk] = Screen(browser.get(reverse("onboarding:review"))).fields


_opened: dict[Any, dict[str, str]] = {}


def _least_forms() -> None:
    ladder, _browser = _firms()[0]
    with pages.bare_pages(ladder.company.memberships.get().user) as client:
        for _number in range(LOOKS):
            pages.look(client, "/form/")


def _forms(page: str) -> None:
    _ladder, browser = _firms()[0]
    path = reverse("onboarding:dossier_page", args=[page])
    for _number in range(LOOKS):
        pages.look(browser, path)


def _least_posts() -> None:
    for ladder, _browser in _firms():
        company = ladder.company
        with pages.bare_pages(company.memberships.get().user) as client:
            sent = {name: value for name in bare.FIELDS if (value := _value(company, name))}
            _led_on(client.post("/form/", sent))


def _value(company: Company, name: str) -> str:
    return str(getattr(company, f"{name}_id" if name == "partner" else name))


def _posts() -> None:
    for ladder, browser in _firms():
        _led_on(browser.post(reverse("onboarding:submit"), _opened[ladder.company.pk]))
        if ladder.state(PRE_APPLICATION) == "draft":
            raise RuntimeError("Nothing was handed in; what was measured says nothing.")


def _led_on(answer: Any) -> None:
    if answer.status_code != 302:
        raise RuntimeError(f"A form was answered with {answer.status_code}; what was measured says nothing.")


ROWS = (
    *(
        Row(
            f"{LOOKS} × the form of step 1, page {page}, beside a bare form of {len(bare.FIELDS)} fields",
            _least_forms,
            partial(_forms, page),
            1.0,
        )
        for page in PAGES
    ),
    Row(
        f"{FIRMS} × step 1 handed in, with move and letter, beside a bare form with 3 statements",
        _least_posts,
        _posts,
        1.5,
        _prepare,
    ),
)
