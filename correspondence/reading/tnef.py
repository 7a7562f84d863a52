"""What Outlook and Exchange put into winmail.dat (MS-OXTNEF): the mail's words and its files. PURE."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from correspondence.reading import rtf
from correspondence.reading.charsets import decode

TYPES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
UNREADABLE = (
    "Bu e-postanın içeriği ve ekleri “winmail.dat” dosyasının içinde geldi; dosya açılamadı. Gönderenden, "
    "Outlook’ta ileti biçimini HTML ya da düz metin seçerek yeniden göndermesini isteyin."
)
MAX_FILES = 100
MAX_PROPERTIES = 20_000
MAX_BODY = 400_000  # bytes of one form of the words
_SIGNATURE = b"\x78\x9f\x3e\x22"
# Attributes (2.1.3.4) and properties (MS-OXPROPS).
_BODY, _PROPERTIES, _CODEPAGE = 0x800C, 0x9003, 0x9007
_BEGINS_FILE, _TITLE, _DATA, _FILE_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_BODY_TEXT, _BODY_RTF, _BODY_HTML = 0x1000, 0x1009, 0x1013
_FILE_DATA, _FILE_NAME, _LONG_FILE_NAME, _FILE_TYPE = 0x3701, 0x3704, 0x3707, 0x370E
_CODEPAGES = frozenset({0x3FDE, 0x3FFD})
_STRING, _UNICODE, _OBJECT, _BINARY = 0x1E, 0x1F, 0x0D, 0x102
_SIZES = {0x2: 4, 0x3: 4, 0x4: 4, 0x5: 8, 0x6: 8, 0x7: 8, 0xA: 4, 0xB: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_WITH_LENGTH = frozenset({_STRING, _UNICODE, _OBJECT, _BINARY})
_UTF_8, _UTF_16 = "utf-8", "utf-16-le"


@dataclass
class File:
    """raw[start:end] of the winmail.dat."""

    name: str = ""
    content_type: str = ""
    start: int = 0
    end: int = 0


@dataclass
class Opened:
    """`plain`, `html`: the forms of the words that are there. `whole`: nothing was unreadable."""

    plain: str = ""
    html: str = ""
    files: list[File] = field(default_factory=list)
    whole: bool = True


def is_tnef(kind: str, filename: str) -> bool:
    return kind in TYPES or filename.lower() == "winmail.dat"


def opened(raw: bytes) -> Opened:
    """Whatever can be taken out: what stands before a broken place is as good as ever."""
    reader = _Reader(raw)
    try:
        reader.read()
    except (struct.error, ValueError, LookupError, OverflowError):
        reader.found.whole = False
    # A file that was begun and whose contents never came was lost on the way; an empty one is none.
    reader.found.whole &= all(each.start for each in reader.found.files)
    reader.found.files = [each for each in reader.found.files if each.end > each.start]
    return reader.found


class _Reader:
    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.found = Opened()
        self.charset = "windows-1254"

    def read(self) -> None:
        at = 6
        if not self.raw.startswith(_SIGNATURE) or at + 9 > len(self.raw):
            raise ValueError("no winmail.dat")
        while at + 9 <= len(self.raw):
            _level, name, length = struct.unpack_from("<BHxxI", self.raw, at)
            start, at = at + 9, at + 9 + length + 2
            if start + length > len(self.raw):
                raise ValueError("cut short")
            self._attribute(name, start, start + length)
        if self.raw[at:].strip(b"\0\r\n "):
            raise ValueError("cut short")

    def _attribute(self, name: int, start: int, end: int) -> None:
        if name == _CODEPAGE:
            self.charset = _charset(struct.unpack_from("<I", self.raw, start)[0])
        elif name == _BODY:
            self.found.plain = self.found.plain or self._string(start, end, self.charset)
        elif name == _PROPERTIES:
            self._body(start, end)
        elif name == _BEGINS_FILE:
            if len(self.found.files) >= MAX_FILES:
                raise ValueError("too many files")
            self.found.files.append(File())
        elif self.found.files:
            self._of_file(self.found.files[-1], name, start, end)

    def _body(self, start: int, end: int) -> None:
        found = {name: (kind, first, last) for name, kind, first, last in self._properties(start, end)}
        page = next((found[each][1] for each in _CODEPAGES if each in found), None)
        charset = _charset(struct.unpack_from("<I", self.raw, page)[0]) if page is not None else self.charset
        if _BODY_TEXT in found:
            kind, first, last = found[_BODY_TEXT]
            self.found.plain = self._string(first, last, _UTF_16 if kind == _UNICODE else self.charset)
        if _BODY_HTML in found:
            kind, first, last = found[_BODY_HTML]
            self.found.html = self._string(first, last, _UTF_16 if kind == _UNICODE else charset)
        elif _BODY_RTF in found:
            _kind, first, last = found[_BODY_RTF]
            words, is_html = rtf.words(rtf.decompressed(self.raw[first:last]))
            if is_html:
                self.found.html = words
            else:
                self.found.plain = self.found.plain or words

    def _of_file(self, file: File, name: int, start: int, end: int) -> None:
        if name == _TITLE:
            file.name = file.name or self._string(start, end, self.charset)
        elif name == _DATA:
            file.start, file.end = start, end
        elif name == _FILE_PROPERTIES:
            for each, kind, first, last in self._properties(start, end):
                text = _UTF_16 if kind == _UNICODE else self.charset
                if each == _LONG_FILE_NAME or (each == _FILE_NAME and not file.name):
                    file.name = self._string(first, last, text)
                elif each == _FILE_TYPE:
                    file.content_type = self._string(first, last, text).lower()
                elif each == _FILE_DATA and kind == _OBJECT and self.raw.startswith(_SIGNATURE, first + 16):
                    # A mail within the mail: behind the name of its interface stands a winmail.dat again.
                    file.start, file.end, file.content_type = first + 16, last, "application/ms-tnef"
                elif each == _FILE_DATA and not file.end:
                    file.start, file.end = first, last

    def _properties(self, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
        """Name, type, and where the first value lies."""
        count, at = struct.unpack_from("<I", self.raw, start)[0], start + 4
        for _each in range(min(count, MAX_PROPERTIES)):
            kind, name = struct.unpack_from("<HH", self.raw, at)
            at += 4
            if name >= 0x8000:
                by_name, length = struct.unpack_from("<16xII", self.raw, at)
                at += 24 + (_padded(length) if by_name else 0)
            many, kind = kind & 0x1000, kind & ~0x1000
            values = 1
            if many or kind in _WITH_LENGTH:
                values, at = struct.unpack_from("<I", self.raw, at)[0], at + 4
            if (kind not in _WITH_LENGTH and kind not in _SIZES) or values > end - at:
                raise ValueError("no property")
            for turn in range(values):
                size = _SIZES.get(kind, 0)
                if kind in _WITH_LENGTH:
                    size, at = struct.unpack_from("<I", self.raw, at)[0], at + 4
                if at + size > end:
                    raise ValueError("cut short")
                if not turn:
                    yield name, kind, at, at + size
                at += _padded(size)

    def _string(self, start: int, end: int, charset: str) -> str:
        return decode(self.raw[start : min(end, start + MAX_BODY)], charset).strip("\x00")


def _padded(length: int) -> int:
    return length + -length % 4


def _charset(page: int) -> str:
    named = {65001: _UTF_8, 1200: _UTF_16, 28599: "iso-8859-9", 28591: "iso-8859-1", 20127: "ascii"}
    return named.get(page, f"cp{page}")
