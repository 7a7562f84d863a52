"""Lists that people open in a spreadsheet: semicolons and a mark of UTF-8, as a Turkish Excel reads them. PURE."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

BOM = "\ufeff"
# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"); full-width ones too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(text: str) -> str:
    """As a cell that is words and nothing else: behind an apostrophe a spreadsheet works nothing out."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def streamed(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The lines of a CSV file one after the other, each when it is asked for."""
    yield BOM.encode()
    for row in rows:
        line = io.StringIO()
        csv.writer(line, delimiter=";").writerow([safe("" if cell is None else str(cell)) for cell in row])
        yield line.getvalue().encode()
