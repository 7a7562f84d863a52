"""A CSV or XLSX file as rows of text; called in a confined process alone. PURE.

A cell is what stands in it: a formula is its text and is never worked out, a number is its digits.
"""

import codecs
import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import openpyxl

from identifiers import Refused
from team.importing.limits import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_EMPTY,
    MOST_IN_QUOTES,
    MOST_LETTERS,
    MOST_LINES,
    MOST_PARTS,
    MOST_ROWS,
    MOST_UNPACKED,
)

DELIMITERS = ";,\t"
# Excel on a Turkish Windows writes the second; a byte that it does not know is no text.
ENCODINGS = ("utf-8-sig", "cp1254")
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# Loaded now: a confined process opens no file later, not that of a codec either.
for each in (*ENCODINGS, "utf-16", "cp437"):
    codecs.lookup(each)
# A cell may be as long as the file: what an open quotation mark takes in is told by its own sentence.
csv.field_size_limit(MOST_BYTES)
UNICODE_TEXT = (b"\xff\xfe", b"\xfe\xff")

UNREADABLE = "Dosya okunamadı. Excel'de “Farklı kaydet” ile XLSX ya da CSV olarak yeniden kaydedip yükleyin."
UNCLOSED = '{}. satırda kapanmamış bir çift tırnak (") var; sonrası okunamıyor. Tırnağı silip yeniden yükleyin.'
FAR_BELOW = (
    f"Sayfada art arda {MOST_EMPTY} boş satır var. Listenin altındaki boş satırları ve uzaktaki hücreleri silip "
    "yeniden yükleyin."
)
TOO_LARGE = "Dosya açılınca çok büyüyor, bu yüzden alınamadı. Yalnızca gereken satır ve sütunları bırakın."
TOO_MANY = f"Bir listede en çok {MOST_ROWS} satır olabilir. Listeyi bölüp parça parça yükleyin."


def read(payload: bytes) -> list[list[str]]:
    """The rows in which something stands, of the first sheet that is not hidden; as long as the longest of them.
    Raises Refused."""
    if payload.startswith(OLD_EXCEL):
        raise Refused("Bu eski biçimde (XLS) ya da parolalı bir Excel dosyası. XLSX ya da CSV olarak kaydedin.")
    found = _few(_workbook(payload) if payload.startswith(ZIP) else _text(payload))
    if not found:
        raise Refused("Dosyada yazılı satır yok.")
    width = max(map(len, found))
    return [[*row, *[""] * (width - len(row))] for row in found]


def _few(rows: Iterable[list[str]]) -> list[list[str]]:
    found: list[list[str]] = []
    for row in rows:
        while row and not row[-1]:
            row.pop()
        if not row:
            continue
        if len(row) > MOST_COLUMNS:
            raise Refused(f"Bir listede en çok {MOST_COLUMNS} sütun olabilir.")
        # One more than the list may have, for its headings.
        if len(found) > MOST_ROWS:
            raise Refused(TOO_MANY)
        found.append(row)
    return found


def _text(payload: bytes) -> Iterator[list[str]]:
    # Lines end in whatever way.
    text = _decoded(payload).replace("\r\n", "\n").replace("\r", "\n")
    first, _end, rest = text.partition("\n")
    named = first.lstrip()
    try:
        if named.lower().startswith("sep="):
            # Excel's own way to name the delimiter; it may be a tab.
            text, delimiter = rest, named[4:5] or ";"
        else:
            delimiter = _delimiter(text)
        reader = _reader(text, delimiter)
        number, width = 1, 0
        for row in reader:
            width = width or len(row)
            if any(_swallows(each, delimiter, width) for each in row):
                raise Refused(UNCLOSED.format(number))
            yield [_cell(each) for each in row]
            number = reader.line_num + 1
    except csv.Error as error:
        raise Refused(UNREADABLE) from error


def _swallows(cell: str, delimiter: str, width: int) -> bool:
    """Whether a quotation mark that nobody closed has taken lines of the list into a cell."""
    lines = cell.split("\n")
    looks_like_rows = width > 2 and any(line.count(delimiter) >= width - 1 for line in lines[1:])
    return looks_like_rows or len(lines) > MOST_LINES or len(cell) > MOST_IN_QUOTES


def _reader(text: str, delimiter: str) -> Any:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _decoded(payload: bytes) -> str:
    if payload.startswith(UNICODE_TEXT):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ENCODINGS
    for encoding in encodings:
        try:
            text = payload.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refused(UNREADABLE)


def _delimiter(text: str) -> str:
    """The one by which the first lines have the same number of cells, and the most of them."""

    def fits(delimiter: str) -> tuple[int, int]:
        counts = [len(row) for row in islice(_reader(text, delimiter), 20)]
        same = max(counts, default=0)
        return (sum(count == same for count in counts) if same > 1 else 0), same

    return max(DELIMITERS, key=fits)


def _workbook(payload: bytes) -> Iterator[list[str]]:
    try:
        _refuse_bomb(payload)
        book = openpyxl.load_workbook(io.BytesIO(payload), read_only=True, keep_links=False)
        sheet = next(each for each in book.worksheets if each.sheet_state == "visible")
        rows = sheet.iter_rows(max_col=MOST_COLUMNS + 1)
        yield from _near([_cell(_as_text(each)) for each in row] for row in rows)
    except (Refused, MemoryError):
        raise
    except Exception as error:  # a file from outside fails in whatever way its library fails
        raise Refused(UNREADABLE) from error


def _near(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """The library counts out each row between: a million of them where something stands far below."""
    empty = 0
    for cells in rows:
        empty = 0 if any(cells) else empty + 1
        if empty > MOST_EMPTY:
            raise Refused(FAR_BELOW)
        yield cells


def _refuse_bomb(payload: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(payload)) as packed:
        parts = packed.infolist()
        if len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > MOST_UNPACKED:
            raise Refused(TOO_LARGE)


def _as_text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        # A format of zeros alone shows zeros in front, which people see and take for part of the number.
        shown = str(cell.number_format)
        return str(value).zfill(len(shown)) if shown and not shown.strip("0") else str(value)
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return str(value)


def _cell(text: str) -> str:
    """Cut where it is longer than anything that is asked for: the check then says that it is too long."""
    return " ".join(text.split())[:MOST_LETTERS]
