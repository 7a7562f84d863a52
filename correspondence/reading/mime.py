"""The MIME parts of a mail (RFC 2045, 2046), in time linear in its size, whatever its bytes. PURE.

The standard library's parser looks at every line of every nested part and meets quadratic regular
expressions in long headers; here a part is a place in the mail's bytes, decoded when it is asked for. What
programs wrap a mail into (S/MIME, winmail.dat) is unwrapped on the way, so that nobody else has to know of it
(`unwrapping`: in processes of their own).
"""

import quopri
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from email.message import Message
from itertools import count, islice

from correspondence.reading import smime, tnef
from correspondence.reading.charsets import base64_decoded, decode, decoded
from correspondence.reading.heads import begins_with_header, end_of_head, header_block, with_line_ends
from correspondence.reading.unwrapping import Unwrapping

MAX_DEPTH = 8
MAX_SECTIONS = 250  # of one multipart
ATTACHED_MAILS = ("message/rfc822", "message/global")
ENCRYPTED_PGP = "application/pgp-encrypted"
# On its way a line may get white space at its end (RFC 2045, 6.7, rule 3).
_SPACE_AT_END = re.compile(rb"=[ \t]{1,200}(?=\r?\n)")
_GUESSED_WITHIN = 10_000  # bytes in which a boundary is looked for that no header names
_BOUNDARY_LINE = re.compile(rb"(?:^|\n)--([^\s-][^\r\n]{0,69}?)[ \t]{0,20}\r{0,2}\n(?=[Cc]ontent-)")


@dataclass(frozen=True, slots=True)
class Part:
    """A part that holds no others, a multipart whose parts are not there, or an attached mail as a whole.
    Its body is raw[start:end].

    `mail`: 0 is the mail itself, others are attached ones; `holds`: which of those this part is, else 0.
    `choices`: for each multipart/alternative around it, the number of that, and of which of its forms this is.
    `enclosed`: stood in winmail.dat. `unopened`: a sentence for people when it is wrapped and nothing comes out.
    """

    head: Message
    raw: bytes
    start: int
    end: int
    mail: int = 0
    choices: tuple[tuple[int, int], ...] = ()
    holds: int = 0
    enclosed: bool = False
    unopened: str = ""

    @property
    def kind(self) -> str:
        return _safely(self.head.get_content_type)

    @property
    def charset(self) -> str:
        return _safely(lambda: self.head.get_content_charset() or "")

    @property
    def filename(self) -> str:
        return decoded(_safely(lambda: self.head.get_filename() or "", lower=False))

    @property
    def disposition(self) -> str:
        return str(self.head.get("Content-Disposition", "")).partition(";")[0].strip().lower()

    @property
    def size(self) -> int:
        """Of the body as it came over the line, in bytes: base64 makes a file a third larger."""
        return self.end - self.start

    @property
    def payload(self) -> bytes:
        """The body without its transfer encoding; as it stands where that is broken."""
        body = self.raw[self.start : self.end]
        encoding = str(self.head.get("Content-Transfer-Encoding", "")).strip().lower()
        if encoding == "quoted-printable":
            return quopri.decodestring(_SPACE_AT_END.sub(b"=", body))
        if encoding == "base64":
            return base64_decoded(body)
        return body

    @property
    def text(self) -> str:
        return decode(self.payload, self.charset)

    def parameter(self, name: str) -> str:
        """Of the Content-Type, in lower case."""
        return _safely(lambda: str(self.head.get_param(name) or ""))


def parts(raw: bytes) -> Iterator[Part]:
    """Every part that holds no others, in order, and every attached mail before its own parts."""
    lines = with_line_ends(raw)
    yield from _Walk().entity(_Place(lines, 0, len(lines)))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an entity with its head lies, and what is around it. `forms`: the multipart/alternative whose form
    it is as a whole, and the numbers of that one's forms."""

    raw: bytes
    start: int
    end: int
    depth: int = 0
    mail: int = 0
    choices: tuple[tuple[int, int], ...] = ()
    forms: tuple[int, Iterator[int]] | None = None


class _Walk:
    def __init__(self) -> None:
        self.mails = count(1)
        self.alternatives = count(1)
        self.unwrapping = Unwrapping()

    def entity(self, at: _Place) -> Iterator[Part]:
        # A part whose blank line is missing begins with words; of a whole mail the first line may just be broken.
        headless = at.depth > 0 and not begins_with_header(at.raw, at.start, at.end)
        body = at.start if headless else min(end_of_head(at.raw, at.start, at.end)[1], at.end)
        head = Message() if headless else header_block(at.raw, at.start, at.end)
        part = Part(head, at.raw, body, at.end, at.mail, at.choices)
        sections = _sections_of(part) if at.depth < MAX_DEPTH else []
        if sections:
            yield from self._sections(at, part, sections)
        elif at.depth >= MAX_DEPTH:
            yield part
        elif _is_mail(part):
            number = next(self.mails)
            yield replace(part, holds=number)
            inner = part.payload
            yield from self.entity(_Place(inner, 0, len(inner), at.depth + 1, number))
        elif part.kind.startswith("text/"):
            yield part
        elif smime.is_opaque(part.kind, part.filename):
            yield from self._signed(at, part)
        elif tnef.is_tnef(part.kind, part.filename):
            yield from self._winmail(part, at.depth)
        else:
            yield replace(part, unopened=smime.ENCRYPTED) if part.kind == ENCRYPTED_PGP else part

    def _sections(self, at: _Place, part: Part, sections: list[tuple[int, int, bool]]) -> Iterator[Part]:
        forms = self._forms(at, part)
        outer: tuple[int, Iterator[int]] | None = None
        for start, end, is_last in sections:
            inner = header_block(at.raw, start, end)
            if outer is None and not is_last and _opens_again(inner, part, at.raw, start, end):
                # One within that uses the boundary around it: the parts up to the closing line are its own.
                outer, forms = forms, self._forms(replace(at, forms=None), replace(part, head=inner))
                continue
            # What stands directly in another multipart/alternative is a form of that, in place of this.
            around = at.choices[:-1] if forms is not None and forms is at.forms else at.choices
            choices = (*around, (forms[0], next(forms[1]))) if forms else at.choices
            yield from self.entity(
                replace(at, start=start, end=end, depth=at.depth + 1, choices=choices, forms=forms)
            )
            if is_last and outer is not None:
                forms, outer = outer, None

    def _forms(self, at: _Place, part: Part) -> tuple[int, Iterator[int]] | None:
        if part.kind != "multipart/alternative":
            return None
        # One directly within another adds its forms to that one's.
        return at.forms or (next(self.alternatives), count())

    def _signed(self, at: _Place, part: Part) -> Iterator[Part]:
        try:
            inner, is_whole = self.unwrapping.signed(part.payload)
        except smime.NotOpened as closed:
            yield replace(part, unopened=closed.why)
            return
        # A document that somebody signed is a file as any other: its words are no mail's.
        is_mail = begins_with_header(inner, 0, len(inner))
        if is_mail:
            yield from self.entity(replace(at, raw=inner, start=0, end=len(inner), depth=at.depth + 1))
        if not (is_mail and is_whole):
            yield part if is_whole else replace(part, unopened=smime.UNREADABLE)

    def _winmail(self, part: Part, depth: int) -> Iterator[Part]:
        payload = part.payload
        found = self.unwrapping.winmail(payload)
        if not found.whole:
            yield replace(part, unopened=tnef.UNREADABLE)
        number = next(self.alternatives)
        for form, (subtype, words) in enumerate((("plain", found.plain), ("html", found.html))):
            if words.strip():
                raw = words.encode("utf-8", "replace")
                choices = (*part.choices, (number, form))
                head = _head(f"text/{subtype}", "")
                head.set_param("charset", "utf-8")
                yield Part(head, raw, 0, len(raw), part.mail, choices, enclosed=True)
        for file in found.files:
            kind = file.content_type if "/" in file.content_type else "application/octet-stream"
            inside = Part(
                _head(kind, file.name), payload, file.start, file.end, part.mail, part.choices, enclosed=True
            )
            if kind in tnef.TYPES and depth < MAX_DEPTH:
                attached = next(self.mails)
                yield replace(inside, holds=attached)
                yield from self._winmail(replace(inside, mail=attached, choices=()), depth + 1)
            else:
                yield inside


def _is_mail(part: Part) -> bool:
    """Some programs attach a mail as a file of bytes, and leave the name."""
    if part.kind != "application/octet-stream" or not part.filename.lower().endswith(".eml"):
        return part.kind in ATTACHED_MAILS
    payload = part.payload
    return begins_with_header(payload, 0, len(payload))


def _head(kind: str, filename: str) -> Message:
    head = Message()
    head["Content-Type"] = kind if kind.isascii() and len(kind) < 100 and kind.isprintable() else ""
    if filename:
        head["Content-Disposition"] = "attachment"
        head.set_param("filename", " ".join(filename[:250].split()), header="Content-Disposition")
    return head


def _sections_of(part: Part) -> list[tuple[int, int, bool]]:
    """Where the parts of a multipart lie; by the boundary that its body shows where its head names none."""
    is_multipart = part.kind.startswith("multipart/")
    for boundary in (_boundary(part.head) if is_multipart else b"", _guessed_boundary(part)):
        found = list(islice(_sections(part.raw, part.start, part.end, boundary), MAX_SECTIONS)) if boundary else []
        if found:
            return found
    return []


def _guessed_boundary(part: Part) -> bytes:
    if not part.kind.startswith("multipart/") and "Content-Type" in part.head:
        return b""
    body = part.raw[part.start : min(part.end, part.start + _GUESSED_WITHIN)]
    found = _BOUNDARY_LINE.search(body)
    return found.group(1) if found else b""


def _opens_again(inner: Message, part: Part, raw: bytes, start: int, end: int) -> bool:
    kind = _safely(inner.get_content_type)
    body = end_of_head(raw, start, end)[1]
    return kind.startswith("multipart/") and _boundary(inner) == _boundary(part.head) and not raw[body:end].strip()


def _sections(raw: bytes, start: int, end: int, boundary: bytes) -> Iterator[tuple[int, int, bool]]:
    """Where the parts of a multipart lie (RFC 2046, 5.1.1), and whether the closing line follows. One without that
    ends with the mail; parts behind it, which a nested multipart with the same boundary leaves, count as well."""
    mark = b"--" + boundary
    at = start if raw.startswith(mark, start, end) else _line_with(mark, raw, start, end)
    begun = -1
    while at >= 0:
        after = at + len(mark)
        line_end = raw.find(b"\n", after, end)
        line_end = end if line_end < 0 else line_end
        rest = raw[after : min(line_end, after + 80)].strip()
        if rest in (b"", b"--"):
            if begun >= 0:
                yield begun, max(begun, at - (2 if raw.endswith(b"\r\n", start, at) else 1)), bool(rest)
            begun = -1 if rest else min(line_end + 1, end)
        at = _line_with(mark, raw, after, end)
    if begun >= 0:
        yield begun, end, True


def _line_with(mark: bytes, raw: bytes, start: int, end: int) -> int:
    found = raw.find(b"\n" + mark, start, end)
    return found + 1 if found >= 0 else -1


def _boundary(head: Message) -> bytes:
    found = _safely(lambda: head.get_boundary() or "", lower=False)
    return found.encode("utf-8", "surrogateescape")


def _safely(ask: Callable[[], str], *, lower: bool = True) -> str:
    try:
        return ask().lower() if lower else ask()
    except (ValueError, TypeError, LookupError, AttributeError):
        return ""
