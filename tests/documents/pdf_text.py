"""The words on a PDF's pages, for tests of papers that WeasyPrint made."""

import io
import re

import pikepdf


def pages(payload: bytes) -> list[str]:
    """The text of each page in the order it was drawn, without white space (a PDF places words, not spaces)."""
    with pikepdf.open(io.BytesIO(payload)) as document:
        return [_page(page) for page in document.pages]


def _page(page: pikepdf.Page) -> str:
    fonts = {name: _letters(font) for name, font in page.obj.Resources.Font.items()}
    letters: dict[int, str] = {}
    drawn = ""
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "Tf":
            letters = fonts[str(operands[0])]
        elif operator in ("Tj", "TJ"):
            for part in operands[0] if operator == "TJ" else operands:
                if isinstance(part, pikepdf.String):
                    glyphs = bytes(part)
                    for at in range(0, len(glyphs), 2):
                        drawn += letters[int.from_bytes(glyphs[at : at + 2], "big")]
    return "".join(drawn.split())


def _letters(font: pikepdf.Object) -> dict[int, str]:
    """Glyph number to text, from the font's ToUnicode table (ISO 32000-1, 9.10.3)."""
    table = font.ToUnicode.read_bytes().decode("ascii")
    return {
        int(glyph, 16): bytes.fromhex(text).decode("utf-16-be")
        for glyph, text in re.findall(r"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>", table)
    }
