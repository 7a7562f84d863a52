"""The words that are to be seen on a PDF's pages, by PDFium; called in a confined process alone. PURE.

Where a word stands is kept, and not the order in which a program wrote it: GİB's papers have all labels first, and
then all values. What nobody sees is left out: invisible words are what a program recognised on a scan, or what
somebody wants read and not seen.
"""

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

MOST_LETTERS = 300_000  # forty dense pages of a gazette
INVISIBLE = {pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP}
# Of the page, by a picture that lies over what was drawn before it.
COVERS = 0.7
SLANT = 0.05  # radians; what is written across the page is no part of it
HYPHEN_AT_THE_END = "\x02"  # what PDFium gives for one
# In heights of the letters.
SAME_LINE, BETWEEN_WORDS = 0.35, 0.12


@dataclass(slots=True)
class Glyph:
    """A letter upright: from left to right, its base line from the top down."""

    text: str
    quarter: int
    left: float
    right: float
    base: float
    size: float
    after_space: bool = False


@dataclass(slots=True)
class Drawn:
    """What of a page's objects is seen; `hidden` are the addresses of text objects."""

    area: float
    hidden: set[int] = field(default_factory=set)
    before: set[int] = field(default_factory=set)
    is_picture: bool = False


@dataclass(frozen=True, slots=True)
class PageText:
    """`unnamed`: of how many of its letters the file does not say which they are."""

    words: list[list[object]]
    letters: int
    unnamed: int
    is_picture: bool


def warm() -> None:
    """Has PDFium load what it loads at the first page with words."""
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(200, 200)
    font = pdfium.FPDFText_LoadStandardFont(document, b"Helvetica")
    words = pdfium.FPDFPageObj_CreateTextObj(document, font, 12.0)
    text = ctypes.create_string_buffer("warm".encode("utf-16-le") + b"\0\0")
    pdfium.FPDFText_SetText(words, ctypes.cast(text, ctypes.POINTER(pdfium.FPDF_WCHAR)))
    pdfium.FPDFPage_InsertObject(page, words)
    _read(page, MOST_LETTERS)


def words(*, payload: bytes) -> dict[str, object]:
    """`pages`: of each the words as [text, left, right, base, size, spacing], from the top down, in points.

    `pictures`: which pages are mostly a picture. `unnamed`: the part of the letters that the file does not name.
    """
    left, pages = MOST_LETTERS, []
    document = pypdfium2.PdfDocument(payload)
    for number in range(len(document)):
        if left <= 0:
            break
        pages.append(_read(document[number], left))
        left -= pages[-1].letters
    unnamed = sum(page.unnamed for page in pages) / max(sum(page.letters for page in pages), 1)
    return {
        "pages": [page.words for page in pages],
        "pictures": [page.is_picture for page in pages],
        "unnamed": unnamed,
    }


def _read(page: Any, most: int) -> PageText:
    text = page.get_textpage()
    try:
        count = min(text.count_chars(), most)
        drawn = Drawn(page.get_width() * page.get_height())
        for number in range(pdfium.FPDFPage_CountObjects(page)):
            _look(pdfium.FPDFPage_GetObject(page, number), drawn)
        glyphs = list(_glyphs(text, count, drawn.hidden))
        unnamed = sum(1 for each in range(count) if pdfium.FPDFText_HasUnicodeMapError(text, each) == 1)
    finally:
        text.close()
        page.close()
    found = [each for line in _lines(glyphs) for each in _split(line)]
    return PageText(found, count, unnamed, drawn.is_picture)


def _look(item: Any, drawn: Drawn, around: float | None = None) -> None:
    """Goes through the page in the order of drawing. `around` is how much of the page the form has that `item`
    is in."""
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        address = _address(item)
        drawn.before.add(address)
        if pdfium.FPDFTextObj_GetTextRenderMode(item) in INVISIBLE:
            drawn.hidden.add(address)
    elif kind == pdfium.FPDF_PAGEOBJ_FORM:
        for number in range(pdfium.FPDFFormObj_CountObjects(item)):
            _look(pdfium.FPDFFormObj_GetObject(item, number), drawn, _area(item) if around is None else around)
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE and (_area(item) if around is None else around) >= COVERS * drawn.area:
        drawn.is_picture = True
        if not pdfium.FPDFPageObj_HasTransparency(item):
            drawn.hidden |= drawn.before


def _area(item: Any) -> float:
    left, low, right, high = (ctypes.c_float() for _side in range(4))
    pdfium.FPDFPageObj_GetBounds(item, left, low, right, high)
    return abs((right.value - left.value) * (high.value - low.value))


def _address(item: Any) -> int:
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _glyphs(text: Any, count: int, hidden: set[int]) -> Iterator[Glyph]:
    last: Glyph | None = None
    space = False
    for number in range(count):
        sign = chr(pdfium.FPDFText_GetUnicode(text, number))
        if sign.isspace() or sign == "\0":
            space = True
            continue
        if hidden and _address(pdfium.FPDFText_GetTextObject(text, number)) in hidden:
            continue
        if last is not None and unicodedata.combining(sign):
            last.text += sign
            continue
        found = _placed(text, number, "-" if sign == HYPHEN_AT_THE_END else sign)
        if found is not None:
            found.after_space, space = space, False
            if last is not None:
                yield last
            last = found
    if last is not None:
        yield last


def _placed(text: Any, number: int, sign: str) -> Glyph | None:
    angle = pdfium.FPDFText_GetCharAngle(text, number)
    turns = angle / (math.pi / 2)
    if abs(turns - round(turns)) * (math.pi / 2) > SLANT:
        return None
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetLooseCharBox(text, number, box)
    pdfium.FPDFText_GetCharOrigin(text, number, x, y)
    match round(turns) % 4:
        case 0:
            sides = box.left, box.right, -y.value, box.top - box.bottom
        case 1:
            sides = -box.top, -box.bottom, -x.value, box.right - box.left
        case 2:
            sides = -box.right, -box.left, y.value, box.top - box.bottom
        case _:
            sides = box.bottom, box.top, x.value, box.right - box.left
    left, right, base, size = sides
    return Glyph(sign, round(turns) % 4, left, right, base, max(abs(size), 1.0))


def _lines(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    """Of the direction in which most of the page is written."""
    if not glyphs:
        return
    quarter = Counter(each.quarter for each in glyphs).most_common(1)[0][0]
    line: list[Glyph] = []
    for each in sorted((each for each in glyphs if each.quarter == quarter), key=lambda each: each.base):
        if line and each.base - line[0].base > SAME_LINE * min(each.size, line[0].size):
            yield line
            line = []
        line.append(each)
    yield line


def _split(line: list[Glyph]) -> Iterator[list[object]]:
    """Words where the gap is wider than between most letters of the line: letters may be set apart."""
    line.sort(key=lambda each: each.left)
    gaps = [after.left - before.right for before, after in pairwise(line)]
    spacing = max(median(gaps), 0.0) if gaps else 0.0
    word = [line[0]]
    for gap, each in zip(gaps, line[1:], strict=True):
        apart = gap > spacing + BETWEEN_WORDS * each.size
        if apart or (each.after_space and spacing < BETWEEN_WORDS * each.size and gap > spacing):
            yield _word(word, spacing)
            word = []
        word.append(each)
    yield _word(word, spacing)


def _word(glyphs: list[Glyph], spacing: float) -> list[object]:
    text = "".join(each.text for each in glyphs)
    size = max(each.size for each in glyphs)
    edges = [glyphs[0].left, max(each.right for each in glyphs), glyphs[0].base, size, spacing]
    return [text, *(round(each, 2) for each in edges)]
