"""Every table with a company: what becomes of its rows, and that undoing gives each of them back as it was."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.db.models import ForeignKey, Model, QuerySet
from django.utils import timezone

from correspondence.models import Letter, LetterStatus
from onboarding.first_data import load
from onboarding.merging.crossing import crossing, references
from onboarding.merging.doing import merge
from onboarding.merging.kinds import KINDS, MOVING, Moves
from onboarding.merging.preview import preview
from onboarding.merging.undoing import undo
from onboarding.models import Application, Closing, CompanyMerge
from tenancy.models import Company, User
from tenancy.rows.declared import declared, models
from tests.scenarios.factories import UserFactory
from tests.tenancy import rows_world

pytestmark = pytest.mark.django_db
# What merging and undoing write themselves.
WRITTEN = {
    "journal.Entry", "journal.Link", "journal.Head", "onboarding.CompanyMerge", "correspondence.Letter",
    "finding.Mark", "limits.Counter",
}  # fmt: skip
Tables = Mapping[str, Mapping[str, Mapping[str, Any]]]


def with_company() -> dict[str, type[Model]]:
    found = {}
    for label, model in models().items():
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey) and field.related_model is Company:
                found[label] = model
    return found


def tables() -> Tables:
    """All rows of all tables, by their keys."""
    return {
        label: {str(row["pk"]): row for row in QuerySet(model).values("pk", *columns(model))}
        for label, model in models().items()
    }


def columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


class Pair:
    """Two companies of one partner with a row in every table; the one that goes has no live application."""

    def __init__(self) -> None:
        load()
        sides = [rows_world._side(name, is_default=not number) for number, name in enumerate(("kiyi", "liman"))]
        self.stays, self.goes = (Company.objects.get(pk=side["company"]) for side in sides)
        self.goes.partner = self.stays.partner
        self.goes.save()
        Application.objects.filter(company=self.goes).update(
            closed_at=timezone.now(), closing=Closing.WITHDRAWN, finished_at=None
        )
        CompanyMerge.objects.all().delete()
        Letter.objects.update(status=LetterStatus.SENT, outcome_handled_at=timezone.now())
        self.by: User = UserFactory.create(is_staff=True, partner=self.stays.partner)

    def merge(self) -> Any:
        said = preview(self.goes, self.stays)
        assert said.stops == ()
        return merge(goes=self.goes, stays=self.stays, said=said.said, reason="Yazım hatası", by=self.by)


@pytest.fixture
def pair() -> Pair:
    return Pair()


def test_every_table_with_a_company_is_known() -> None:
    """A new one: say in onboarding/merging/kinds.py whether its rows go over."""
    assert set(KINDS) == set(with_company())


def test_what_stays_says_why() -> None:
    assert all(len(kind.why) > 10 for kind in KINDS.values() if not isinstance(kind, Moves))


def test_what_names_an_application_by_its_id_is_known() -> None:
    named = {
        label
        for label, model in models().items()
        if any(
            field.attname == "application_id" and not field.is_relation for field in model._meta.concrete_fields
        )
    }
    stays = {"journal.Entry", "finding.Word", "tenancy.CompanyLook"}
    assert named == {"correspondence.Letter", "correspondence.Mail", "verification.OneTimeCode"} | stays


def test_a_row_of_every_table_goes_over_or_is_kept_and_comes_back(pair: Pair) -> None:
    own = {label: set(QuerySet(models()[label]).filter(company=pair.goes).values_list("pk")) for label in MOVING}
    assert [label for label, keys in own.items() if not keys] == []
    before = tables()
    made = pair.merge()
    for label, keys in own.items():
        left = set(QuerySet(models()[label]).filter(company=pair.goes).values_list("pk"))
        # The other has a mail account of its own, and the break spares nobody's application.
        stays = label in {"correspondence.SendingAccount", "onboarding.ReminderMute"}
        # Two brands, figures and papers of the same name and kind are of the one that stays.
        assert left == (keys if stays else left & keys if label in LIKE else set()), label
    assert crossing_from(pair.stays, pair.goes) <= {("correspondence.Letter", "account")}
    undo(merge=made, reason="Aynı firma değilmiş", by=pair.by)
    after = tables()
    for label, rows in before.items():
        if label == "correspondence.Letter":
            assert {key: after[label][key] for key in rows} == rows
        elif label not in WRITTEN:
            assert after[label] == rows, label


LIKE = {"brands.Brand", "brands.YearlyFigures", "documents.Document"}


def crossing_from(one: Company, other: Company) -> set[tuple[str, str]]:
    """Rows of the one that name rows of the other: its people would meet a wall there."""
    return {
        (model._meta.label, field.name)
        for model, field, own, theirs in references()
        if QuerySet(model).filter(**{own: one, f"{field.name}__{theirs}": other}).exists()
    }


def test_references_between_rows_of_companies_are_found() -> None:
    found = {(model._meta.label, field.name) for model, field, _own, _theirs in references()}
    assert {("correspondence.LetterAttachment", "document"), ("brands.Brand", "certificate")} <= found
    assert ("tenancy.Membership", "user") not in found
    walled = {label for label, kind in declared().items() if kind.is_walled}
    assert {label for label, _field in found} <= walled


def test_nothing_of_another_company_is_touched(pair: Pair) -> None:
    another = Company.objects.create(partner=pair.stays.partner, trade_name="Üçüncü", tax_number="1234567890")
    assert crossing(another, pair.stays) == ""
    rows = {
        label: list(QuerySet(model).filter(company=another).values())
        for label, model in with_company().items()
        if label != "tenancy.Company" and any(field.name == "company" for field in model._meta.concrete_fields)
    }
    pair.merge()
    now = {label: list(QuerySet(models()[label]).filter(company=another).values()) for label in rows}
    assert now == rows
