"""Lists of the admin are filtered by what they offer; no address of one tells a column or breaks the page.

A list is asked through its view, which is where an address breaks it or not; drawing it takes ten times as long,
so that one page of each kind is drawn.
"""

import copy
from typing import Any

import pytest
from django.contrib import admin
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.test import Client
from django.urls import reverse

from tests.scenarios.browser import signed_in
from tests.scenarios.factories import UserFactory

pytestmark = pytest.mark.django_db
# What Django answers with a status of 400.
REFUSED = (BadRequest, SuspiciousOperation)
NONSENSE = ("\x00", "99999999999999999999", "x", "99999")


@pytest.fixture
def everybodys() -> Client:
    return signed_in(UserFactory.create(is_staff=True, is_superuser=True))


def pages() -> list[tuple[str, admin.ModelAdmin[Model]]]:
    return [
        (reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"), page)
        for model, page in admin.site._registry.items()
    ]


def filters_of(page: admin.ModelAdmin[Any]) -> set[str]:
    found = {page.date_hierarchy} if page.date_hierarchy else set()
    for each in page.list_filter:
        name = each[0] if isinstance(each, tuple | list) else each
        found.add(name if isinstance(name, str) else str(getattr(name, "parameter_name", "")))
    return found


def asked(request: HttpRequest, **query: str) -> Any:
    """The request, as it comes with another query."""
    found: Any = copy.copy(request)
    typed = QueryDict(mutable=True)
    typed.update(query)
    found.GET, found.META = typed, {**request.META, "QUERY_STRING": typed.urlencode()}
    return found


def test_no_list_answers_what_stands_in_a_column_that_is_no_filter(everybodys: Client) -> None:
    told, request = [], _request(everybodys)
    for path, page in pages():
        columns = sorted({field.name for field in page.opts.concrete_fields} - filters_of(page))
        for column in columns:
            for lookup in ("startswith", "exact"):
                try:
                    page.changelist_view(asked(request, **{f"{column}__{lookup}": "1"}))
                except REFUSED:
                    continue
                told.append(f"{path}?{column}__{lookup}")
        answer = everybodys.get(path, {f"{columns[0]}__startswith": "1"})
        told += [f"{path}: {answer.status_code}"] if answer.status_code != 400 else []
    assert not told, "\n".join(told)


def test_each_list_is_filtered_by_what_it_offers(everybodys: Client) -> None:
    refused = []
    for path, page in pages():
        for name in filters_of(page):
            answer = everybodys.get(path, {name: "x"})
            refused += [f"{path}?{name}"] if answer.status_code == 400 else []
    assert not refused, "\n".join(refused)


def test_no_value_of_a_filter_breaks_a_list(everybodys: Client) -> None:
    broken, request = [], _request(everybodys)
    everybodys.raise_request_exception = False
    for path, page in pages():
        names = {*filters_of(page), "q", "p", "o", "pk__in", "sonra"}
        names |= {f"{name}__{part}" for name in filters_of(page) for part in ("exact", "year", "month", "gte")}
        for name in sorted(names):
            for value in NONSENSE:
                try:
                    answer = page.changelist_view(asked(request, **{name: value}))
                except REFUSED:
                    continue
                except Exception as error:  # noqa: BLE001 whatever comes here is an answer of 500
                    broken.append(f"{path}?{name}={value!r}: {error!r}")
                    continue
                broken += [f"{path}?{name}={value!r}"] if answer.status_code >= 500 else []
        drawn = everybodys.get(path, {"q": NONSENSE[0], "o": NONSENSE[1]})
        broken += [f"{path} drawn"] if drawn.status_code >= 500 else []
    assert not broken, "\n".join(broken)


def test_an_action_on_what_is_no_row_is_refused(everybodys: Client) -> None:
    request = _request(everybodys)
    everybodys.raise_request_exception = False
    for path, page in pages():
        for action in page.get_actions(request):
            for key in ("x", "\x00", "9" * 30):
                answer = everybodys.post(path, {"action": action, "_selected_action": key})
                assert answer.status_code == 400, f"{path} {action} {key!r}: {answer.status_code}"


def _request(client: Client) -> Any:
    return client.get(reverse("admin:index")).wsgi_request


def test_no_page_leads_from_the_key_of_a_row_to_another_page(everybodys: Client) -> None:
    """Django's own way to a row's “page on the site” knows no wall, and fails on keys that are no numbers."""
    assert everybodys.get("/destek/r/1/1/").status_code == 404
