"""What is kept of a climb is what the climb itself leaves, and only where nothing else has happened."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from journal.models import Entry, Head
from onboarding.steps import PANEL_SETTINGS
from tenancy.models import Company
from tests.scenarios import climbs as home
from tests.scenarios.cast import Cast
from tests.scenarios.climbs import climbs
from tests.scenarios.factories import CompanyFactory

pytestmark = pytest.mark.usefixtures("postgresql")
FILE = "tirmanis.txt"


@pytest.fixture(autouse=True)
def _nothing_is_kept(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Each test has several transactions and leaves none of them, so there is nothing to empty afterwards."""
    climbs.forget()
    with django_db_blocker.unblock():
        yield


def as_a_test(go: Callable[[], object]) -> None:
    """In a transaction of its own, of which nothing stays."""
    with transaction.atomic():
        go()
        transaction.set_rollback(True)


def test_rows_objects_and_files_are_those_of_the_verbs() -> None:
    found: list[tuple[Counter[home.Row], str, bytes]] = []

    def test() -> None:
        cast = Cast(trade_name="Mavi Deniz")
        cast.assigned()
        cast.company.trade_name = "Başka"
        document = cast.company.documents.order_by("pk").first()
        assert document is not None
        with storages["private"].open(document.stored_name) as file:
            found.append((home._rows(), cast.state(PANEL_SETTINGS), file.read()))

    as_a_test(test)
    as_a_test(test)
    assert found[0] == found[1]


def test_the_second_time_hundreds_of_statements_are_spared() -> None:
    counts: list[int] = []

    def test() -> None:
        with CaptureQueriesContext(connection) as asked:
            Cast().at_iys()
        counts.append(len(asked))

    as_a_test(test)
    as_a_test(test)
    assert counts[1] < 10 < 100 < counts[0]


@pytest.mark.parametrize("what", ["a row", "a setting", "a row between two climbs"])
def test_where_something_else_has_happened_the_verbs_climb(what: str, settings: LazySettings) -> None:
    entries: list[int] = []

    def test(is_other: bool) -> None:
        if is_other and what == "a row":
            CompanyFactory.create()
        if is_other and what == "a setting":
            settings.PORTAL_URL = "https://baska.example"
        cast = Cast()
        if is_other and what == "a row between two climbs":
            Company.objects.update(trade_name="Arada Değişen")
        cast.at_iys()
        entries.append(Entry.objects.filter(company_id=cast.company.pk).latest("pk").pk)

    as_a_test(lambda: test(is_other=False))
    as_a_test(lambda: test(is_other=False))
    as_a_test(lambda: test(is_other=True))
    # What is kept has the rows of the first; the verbs write new ones.
    assert entries[0] == entries[1] < entries[2]


def test_files_of_a_test_are_not_those_of_the_next() -> None:
    def test() -> None:
        Cast().submitted()
        assert not storages["private"].exists(FILE)
        storages["private"].save(FILE, ContentFile(b"sonra"))

    as_a_test(test)
    storages["private"].delete(FILE)
    as_a_test(test)


def test_what_was_kept_before_the_database_was_emptied_is_forgotten() -> None:
    ways = []

    def test() -> None:
        ways.append(Cast().company.pk)

    as_a_test(test)
    climbs.forget()
    as_a_test(test)
    assert ways[0] != ways[1]


def test_the_journals_chain_is_made_of_what_is_kept_too() -> None:
    heads: list[int] = []

    def test() -> None:
        cast = Cast()
        cast.submitted()
        connection.check_constraints()  # as at the end of a transaction
        heads.append(Head.objects.get(company=cast.company).number)

    as_a_test(test)
    as_a_test(test)
    assert heads[0] == heads[1] > 1


class Other(Cast):
    def hand_in(self, *kinds: str, page_count: int = 1) -> None:
        super().hand_in(*kinds, page_count=page_count + 1)


@pytest.mark.parametrize("other", [Other, lambda: Cast(code="710999")], ids=["papers", "code"])
def test_who_climbs_otherwise_gets_nothing_of_the_others(other: Callable[[], Cast]) -> None:
    found: list[tuple[set[int | None], str]] = []

    def test(begin: Callable[[], Cast]) -> None:
        cast = begin()
        cast.choosing()
        pages = set(cast.company.documents.filter(kind="signature_circular").values_list("pages", flat=True))
        found.append((pages, cast.now().code_readings.latest("pk").iys_code))

    as_a_test(lambda: test(Cast))
    as_a_test(lambda: test(other))
    as_a_test(lambda: test(other))
    assert found[0] != found[1] == found[2]
