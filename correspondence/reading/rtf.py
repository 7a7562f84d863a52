"""The words of rich text as Outlook writes it (MS-OXRTFCP, MS-OXRTFEX, RTF 1.9), in linear time. PURE."""

import re
from dataclasses import dataclass, replace
from html import escape

from correspondence.reading.charsets import decode

MAX_RTF = 400_000  # bytes of rich text that are read; Outlook writes a multiple of the words
_WINDOW = 4096
# What every compressed text may refer back to before it has said anything (MS-OXRTFCP, 2.1.2.1).
_BEFORE = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0"
    b"\\fs20\\b\\i\\u\\tab\\tx"
)
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,9})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_SILENT = frozenset(
    b"fonttbl colortbl stylesheet info pict object listtable listoverridetable rsidtbl generator themedata header"
    b" footer fldinst datastore xmlnstbl latentstyles".split()
)
_SIGNS = {
    **dict.fromkeys((b"par", b"line", b"row", b"sect", b"page"), "\n"),
    **dict(
        zip(b"tab cell emdash endash bullet lquote rquote ldblquote rdblquote".split(), "\t\t—–•‘’“”", strict=True)
    ),
}
_FONT_CHARSETS = {161: "windows-1253", 162: "windows-1254", 204: "windows-1251", 238: "windows-1250"}


def decompressed(packed: bytes) -> bytes:
    """Rich text as it lies in a mail; raises ValueError when it is none."""
    kind, body = packed[8:12], packed[16:]
    if kind == b"MELA":
        return body[:MAX_RTF]
    if kind != b"LZFu":
        raise ValueError("no compressed rich text")
    out = bytearray(_BEFORE)
    at, most = 0, len(_BEFORE) + MAX_RTF
    while at < len(body) and len(out) < most:
        flags, at = body[at], at + 1
        for bit in range(8):
            if not flags >> bit & 1:
                out += body[at : at + 1]
                at += 1
                continue
            place = int.from_bytes(body[at : at + 2])
            at += 2
            # Where it lies within the last window; the place that is written next marks the end.
            back = (len(out) - (place >> 4)) % _WINDOW
            if not back or at > len(body):
                return bytes(out[len(_BEFORE) :])
            for _each in range((place & 15) + 2):
                out.append(out[-back] if back <= len(out) else 0x20)
    return bytes(out[len(_BEFORE) : most])


@dataclass(frozen=True, slots=True)
class _Group:
    silent: bool = False
    markup: bool = False  # a tag of the HTML that the rich text was made of
    repeats: bool = False  # what only programs without HTML show
    charset: str = ""
    after_unicode: int = 1  # characters for old programs behind each \u


class _Reader:
    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.is_html = b"\\fromhtml1" in raw[:1000]
        page = re.search(rb"\\ansicpg(\d{1,5})", raw[:1000])
        self.page = f"cp{page.group(1).decode()}" if page else "windows-1254"
        self.fonts: dict[int, str] = {}
        self.font = 0
        self.group = _Group(charset=self.page)
        self.groups: list[_Group] = []
        self.out: list[str] = []
        self.letters = bytearray()
        self.skip = 0
        self.starred = False

    def read(self) -> str:
        at = 0
        while (found := _TOKEN.search(self.raw, at)) is not None:
            at = found.end()
            word, number, code, sign, brace, plain = found.groups()
            starred, self.starred = self.starred, False
            if word:
                value = int(number) if number else None
                at += value if word == b"bin" and value and value > 0 else 0
                self._word(word, value, starred=starred)
            elif code:
                self._bytes(bytes.fromhex(code.decode()))
            elif sign:
                self._sign(sign)
            elif brace:
                self._brace(brace)
            elif plain:
                self._bytes(plain)
        self._flush()
        return "".join(self.out)

    def _flush(self) -> None:
        if self.letters:
            words = decode(bytes(self.letters), self.group.charset)
            self.letters.clear()
            self.out.append(escape(words, quote=False) if self.is_html and not self.group.markup else words)

    @property
    def _shown(self) -> bool:
        return not (self.group.silent or self.group.repeats)

    def _bytes(self, piece: bytes) -> None:
        left = piece[self.skip :]
        self.skip = max(0, self.skip - len(piece))
        if self._shown:
            self.letters += left

    def _write(self, words: str) -> None:
        self._flush()
        self.skip = 0
        if self._shown:
            self.out.append(words)

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self.skip = 0
        if brace == b"{":
            self.groups.append(self.group)
        elif self.groups:
            self.group = self.groups.pop()

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self.starred = True
        elif sign in b"{}\\":
            self._bytes(sign)
        elif sign == b"~":
            self._write("\u00a0")
        elif sign == b"_":
            self._write("-")

    def _word(self, word: bytes, value: int | None, *, starred: bool) -> None:
        if word == b"htmltag":
            self._flush()
            self.group = replace(self.group, markup=True, silent=not self.is_html)
        elif word == b"htmlrtf":
            self._flush()
            self.group = replace(self.group, repeats=self.is_html and value != 0)
        elif word in _SILENT or starred:
            self.group = replace(self.group, silent=True)
        elif word == b"u" and value is not None:
            self._write(escape(_letter(value)) if self.is_html else _letter(value))
            self.skip = self.group.after_unicode
        elif word == b"uc" and value is not None:
            self.group = replace(self.group, after_unicode=max(0, value))
        elif word == b"f" and value is not None:
            self._flush()
            self.font = value
            self.group = replace(self.group, charset=self.fonts.get(value, self.page))
        elif word == b"fcharset" and self.group.silent:
            self.fonts[self.font] = _FONT_CHARSETS.get(value or 0, self.page)
        elif word in _SIGNS:
            self._write(_SIGNS[word])


def _letter(value: int) -> str:
    code = value % 0x10000
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)


def words(rich: bytes) -> tuple[str, bool]:
    """The text, or the HTML that it was made of: then the second is true."""
    reader = _Reader(rich[:MAX_RTF])
    return reader.read(), reader.is_html
