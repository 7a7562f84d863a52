"""References are drawn by lot: one that is taken is drawn again, and nobody meets an error for it."""

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace

import pytest
from django.db import IntegrityError

from identifiers import reference
from onboarding.applications import DRAWS
from tests.scenarios.factories import CompanyFactory, open_application

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def draw(signs: str) -> None:
        lot = SimpleNamespace(choice=partial(lambda left, _alphabet: next(left), iter(signs)))
        monkeypatch.setattr(reference, "secrets", lot)

    return draw


def test_a_reference_that_another_company_has_is_drawn_again(drawn: Callable[[str], None]) -> None:
    drawn("AAAAAA" * 3 + "CCCCCC")
    first, second = open_application(CompanyFactory.create()), open_application(CompanyFactory.create())
    assert (first.reference, second.reference) == ("P-AAAAAA", "P-CCCCCC")
    assert second.records.count() == 6


def test_a_lot_that_never_changes_is_an_error_and_leaves_nothing(drawn: Callable[[str], None]) -> None:
    drawn("A" * 6 * (DRAWS + 1))
    open_application(CompanyFactory.create())
    company = CompanyFactory.create()
    with pytest.raises(IntegrityError):
        open_application(company)
    assert not company.applications.exists()
