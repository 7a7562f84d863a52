"""What is wrong with a line of a list, cell by cell, before anything is done."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from identifiers import Refused, email, names, phone, vkn
from team.importing.columns import NEEDED, Field
from team.models import CompanyImport, ImportRow, ImportState, RowOutcome
from tenancy import memberships
from tenancy.identities import stored_as
from tenancy.models import Company, User

BATCH = 500
LONGEST: Mapping[Field, int] = {Field.TRADE_NAME: 250, Field.EMAIL: 254, Field.TAX_OFFICE: 100}


def _tax_number(text: str) -> str:
    """Raises Refused, with a hint where a spreadsheet took a number for a sum."""
    try:
        return vkn.clean(text)
    except Refused:
        if text.isdecimal() and len(text) in (8, 9):
            hint = f"{len(text)} hane: Excel baştaki sıfırları silmiş olabilir. Numarayı başındaki sıfırla yazın."
            raise Refused(hint) from None
        raise


CLEANERS: Mapping[Field, Callable[[str], str]] = {
    Field.TRADE_NAME: names.clean,
    Field.TAX_NUMBER: _tax_number,
    Field.EMAIL: email.clean,
    Field.PHONE: phone.clean,
    Field.TAX_OFFICE: names.clean,
}


@dataclass(frozen=True, slots=True)
class Line:
    """`clean` is what may be used, `problems` says why the rest may not."""

    clean: Mapping[Field, str]
    problems: Mapping[Field, str]


def cells_of(row: ImportRow) -> list[str]:
    found: list[str] = json.loads(row.cells)
    return found


def mapped(batch: CompanyImport) -> Mapping[Field, int]:
    """The number of the column of each field."""
    return {Field(field): int(column) for column, field in batch.mapping.items()}


def line_of(cells: Sequence[str], columns: Mapping[Field, int]) -> Line:
    """One line by itself."""
    clean, problems = {}, {}
    for field, column in columns.items():
        text = cells[column]
        if not text:
            if field in NEEDED:
                problems[field] = "Boş bırakılamaz."
            continue
        try:
            clean[field] = CLEANERS[field](text)
        except Refused as refusal:
            problems[field] = str(refusal)
        else:
            if len(clean[field]) > LONGEST.get(field, len(clean[field])):
                problems[field] = f"En çok {LONGEST[field]} harf olabilir."
    return Line(clean, problems)


def check(batch: CompanyImport, columns: Mapping[Field, int], *, has_headings: bool) -> bool:
    """Says of each line what is wrong with it and what would become of it; False, and nothing is changed, once the
    list was started. May run again, with other columns. Companies of other partners are not asked for: what a list
    brings to light of them would be theirs."""
    with transaction.atomic():
        # Whoever starts the list waits, and starts what was checked.
        mine = CompanyImport.objects.select_for_update().filter(
            pk=batch.pk, state__in=(ImportState.MAPPING, ImportState.CHECKED)
        )
        if (now := mine.first()) is None:
            return False
        _check_lines(now, columns, has_headings=has_headings)
        now.mapping = {str(column): field.value for field, column in columns.items()}
        now.has_headings, now.state = has_headings, ImportState.CHECKED
        now.save(update_fields=["mapping", "has_headings", "state"])
    return True


def _check_lines(batch: CompanyImport, columns: Mapping[Field, int], *, has_headings: bool) -> None:
    rows = list(batch.rows.order_by("number"))
    first_of: dict[str, int] = {}
    # Of the own partner alone: whom another has is nobody's to learn here.
    people = User.objects.filter(is_staff=True, partner=batch.partner_id)
    staff = {each.lower() for each in people.values_list("email", flat=True)}
    for part in _parts(rows):
        lines = {row.pk: line_of(cells_of(row), columns) for row in part}
        there = _there(batch, [line.clean.get(Field.TAX_NUMBER, "") for line in lines.values()])
        ours = Company.objects.filter(pk__in=[company.pk for company in there.values()])
        alone = set(memberships.without_a_first(ours).values_list("pk", flat=True))
        for row in part:
            line = lines[row.pk]
            number = line.clean.get(Field.TAX_NUMBER, "")
            problems = dict(line.problems)
            if line.clean.get(Field.EMAIL, "").lower() in staff:
                problems[Field.EMAIL] = "Destek ekibinden birinin adresi; firmanın kendi kişisini yazın."
            if number in first_of:
                problems[Field.TAX_NUMBER] = f"Bu numara {first_of[number]}. satırda da var."
            elif number and not problems:
                # A line that is wrong is left, and takes its number from no other.
                first_of[number] = row.number
            row.problems = {field.value: sentence for field, sentence in problems.items()}
            row.company = there.get(number)
            row.outcome = _outcome(row, alone, has_headings=has_headings and row is rows[0])
        ImportRow.objects.bulk_update(part, ["problems", "outcome", "company"])


def _outcome(row: ImportRow, alone: Collection[UUID], *, has_headings: bool) -> RowOutcome:
    if has_headings:
        row.problems = {}
        return RowOutcome.HEADING
    if row.company is not None and row.company.pk not in alone:
        return RowOutcome.THERE
    return RowOutcome.WRONG if row.problems else RowOutcome.WAITING


def _there(batch: CompanyImport, numbers: Iterable[str]) -> dict[str, Company]:
    """The partner's own companies, by their tax number in full."""
    wanted = [stored for number in numbers if number for stored in stored_as(number)]
    found = Company.objects.filter(partner=batch.partner_id, tax_number__in=wanted)
    return {company.full_tax_number: company for company in found}


def _parts(rows: Sequence[ImportRow]) -> Iterator[Sequence[ImportRow]]:
    return (rows[at : at + BATCH] for at in range(0, len(rows), BATCH))
