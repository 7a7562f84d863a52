"""Whether a row of one company names a row of another: nothing may, or the wall would cut it in two."""

from collections.abc import Iterator
from typing import Any

from django.db.models import ForeignKey, Model, QuerySet

from tenancy.models import Company
from tenancy.rows.declared import declared, models

# Over whose head a reference goes: what says nothing of a row, and what is made anew.
NONE_OF_THESE = frozenset(
    {"journal.Entry", "journal.Link", "journal.Head", "finding.Word", "onboarding.CompanyMerge"}
)


def crossing(one: Company, other: Company) -> str:
    """The name of a relation that leads from one to the other, either way; empty where none does."""
    return next((said for said in _met(one, other)), "") or next((said for said in _met(other, one)), "")


def _met(one: Company, other: Company) -> Iterator[str]:
    for model, field, own, theirs in references():
        rows: QuerySet[Any] = QuerySet(model)
        if rows.filter(**{own: one, f"{field.name}__{theirs}": other}).exists():
            yield f"{model._meta.verbose_name}, {field.verbose_name}"  # noqa: SLF001 - Django's way to ask a model


def references() -> "Iterator[tuple[type[Model], ForeignKey[Any, Any], str, str]]":
    """Each foreign key between rows that belong to companies, with the ways from both ends to their companies."""
    kinds = declared()
    ways = {model: way for label, model in models().items() if (way := _way(label)) and label not in NONE_OF_THESE}
    for model, own in ways.items():
        for field in model._meta.concrete_fields:  # noqa: SLF001
            to: Any = field.related_model
            if isinstance(field, ForeignKey) and to in ways and field.name != kinds[model._meta.label].path:  # noqa: SLF001
                yield model, field, own, ways[to]


def _way(label: str) -> str:
    """From a row of this table to its company; empty where none leads."""
    model, steps = models()[label], []
    while model is not Company:
        path = declared()[model._meta.label].path  # noqa: SLF001
        if not path:
            return ""
        steps.append(path)
        to: Any = model._meta.get_field(path).related_model  # noqa: SLF001
        if to is None or to._meta.label not in models():  # noqa: SLF001
            return ""
        model = to
    return "__".join(steps)
