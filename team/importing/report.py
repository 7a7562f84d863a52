"""What became of a list, line by line, with what is wrong beside it: to be mended and brought again."""

from collections.abc import Iterator, Sequence

from identifiers import masking
from team.importing.checking import cells_of, mapped
from team.importing.columns import Field
from team.models import CompanyImport, ImportRow, RowOutcome


def rows(batch: CompanyImport) -> Iterator[Sequence[str]]:
    """The list's own cells first, as they came (a person's number masked), then the outcome and the problems."""
    width = 0
    for row in batch.rows.order_by("number").select_related("company").iterator(chunk_size=500):
        cells = [shown(cell) for cell in cells_of(row)]
        if not width:
            width = len(cells)
            if row.outcome != RowOutcome.HEADING:
                yield [*_names(batch, width), "Satır", "Sonuç", "Ne düzeltilmeli"]
        if row.outcome == RowOutcome.HEADING:
            yield [*cells, "Satır", "Sonuç", "Ne düzeltilmeli"]
        else:
            yield [*cells, str(row.number), row.get_outcome_display(), " ".join(sentences(row))]


def shown(cell: str) -> str:
    """A cell as people see it: of a person's number, be it mistyped, the end alone."""
    return masking.masked_as_typed(cell)


def sentences(row: ImportRow) -> list[str]:
    """What is wrong, each with the column it is about."""
    return [f"{Field(field).label}: {sentence}" for field, sentence in row.problems.items()]


def _names(batch: CompanyImport, width: int) -> list[str]:
    by_column = {column: field.label for field, column in mapped(batch).items()}
    return [by_column.get(column, f"{column + 1}. sütun") for column in range(width)]
