"""One application before support, whatever its history, and support's list of them among few and among many."""

from functools import cache, partial
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from bench import databases, pages, seeds, statements
from bench.databases import FEW, MANY
from bench.measure import Figure, Row
from onboarding.models import Application
from partners.models import Partner
from tenancy.admin.paging import AFTER
from tests.scenarios.browser import signed_in
from tests.scenarios.ladder import at_iys
from tests.scenarios.support import CORRESPONDENCE, REVIEW, Support, colleague

LOOKS, LISTS = 5, 2
LONG = 1_000  # entries of a long history; with a fifth as many letters
LISTED = reverse("admin:onboarding_application_changelist")


@cache
def _support(entries: int) -> Support:
    """Before an application at İYS that has so many further entries."""
    pages.owner()
    application = at_iys()
    if entries:
        seeds.lengthen(application, entries)
    return Support(application)


def _look(entries: int) -> None:
    support = _support(entries)
    pages.look(support.client, support.url("change"))


def _looks(entries: int) -> None:
    for _number in range(LOOKS):
        _look(entries)


def _statements(title: str, entries: int) -> Figure:
    one = partial(_look, entries)
    name = f"statements of an application before support, {title}"
    return Figure(name, lambda: len(statements.of(one)), 15, "", where=partial(statements.by_table, one))


@cache
def _browser(_cases: int) -> Client:
    return signed_in(colleague(*REVIEW, *CORRESPONDENCE, partner=Partner.objects.get(is_default=True)))


@cache
def _words() -> str:
    """Of one title."""
    return seeds.own_words(77)


def _first(_cases: int) -> str:
    return ""


def _filtered(_cases: int) -> str:
    return "route__exact=full"


def _searched(_cases: int) -> str:
    return urlencode({"q": _words()})


def _deep(cases: int) -> str:
    """From the middle of all on."""
    return f"{AFTER}={Application.objects.get(reference=f'K{cases // 2:07X}').pk}"


QUERIES = {"first page": _first, "filtered": _filtered, "searched": _searched, "a deep page": _deep}


def _lists(title: str, cases: int) -> None:
    with databases.inside(databases.of(cases)):
        client, query = _browser(cases), QUERIES[title](cases)
        for _number in range(LISTS):
            pages.look(client, f"{LISTED}?{query}")


ROWS = (
    Row(
        f"{LOOKS} × an application before support, {LONG:,} entries, beside the least page",
        partial(pages.least_page, LOOKS),
        partial(_looks, LONG),
        2.0,
    ),
    _statements("as it is", 0),
    _statements(f"{LONG:,} entries, {LONG // 5} letters", LONG),
    *(
        Row(
            f"{LISTS} × support's list of applications, {title}: {MANY:,} beside {FEW:,}",
            partial(_lists, title, FEW),
            partial(_lists, title, MANY),
            1.2,
        )
        for title in QUERIES
    ),
)
