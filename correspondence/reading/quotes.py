"""What a sender wrote anew, and what is quoted or forwarded, as Turkish and English programs mark it. PURE."""

import re
from dataclasses import dataclass

from identifiers.turkish import fold

_NAMES = (
    r"kimden|gönderen|gönderilme(?: tarihi)?|gönderildi|gönderim tarihi|tarih|kime|alici|bilgi|konu|yanit adresi"
    r"|from|sent|date|to|cc|subject|reply-to"
)
# All patterns read folded lines: case is gone, all four i's are one, white space is single.
_HEADER_LINE = re.compile(rf"(?:> )?\*?(?:{_NAMES}) ?:\*? ?\S")
_REPLIES = (
    # Gmail, Apple, Thunderbird: 24 Kas 2026 Sal, 14:05 tarihinde Ad <adres> şunu yazdı
    re.compile(r".{0,120}\btarihinde\b.{0,250}\byazdi ?:$"),
    # Ad <adres> şunları yazdı (24 Kas 2026 14:05) / Ad, 24.11.2026 14:05 şunu yazdı
    re.compile(r".{1,250}\bşun(?:u|lari) yazdi(?: \(.{0,80}\))? ?:$"),
    re.compile(r"on .{1,250} wrote ?:$"),
    # Yandex: 24.11.2026, 14:05, "Ad" <adres>
    re.compile(r"\d{1,2}\.\d{1,2}\.\d{4},? \d{1,2}:\d{2}.{0,120}<[^<>]{3,120}> ?:$"),
    re.compile(r"-{2,20} ?(?:özgün|orijinal|original|asil) (?:ileti|mesaj|message|e-posta)\w{0,6} ?-{2,20}$"),
    re.compile(r"_{10,}$"),
)
_FORWARDS = (
    re.compile(
        r"-{2,20} ?(?:forwarded|iletilen|iletilmiş|yönlendirilen|yönlendirilmiş) "
        r"(?:message|mesaj|ileti|e-posta)\w{0,6} ?-{2,20}$"
    ),
    re.compile(
        r"(?:begin forwarded message|(?:iletilen|iletilmiş|yönlendirilen|yönlendirilmiş) "
        r"(?:ileti|mesaj|e-posta)\w{0,4} başlangici|başlangiç, iletilen (?:ileti|mesaj)) ?:$"
    ),
)
_FORWARD_SUBJECT = re.compile(r"(?:(?:ynt|re) ?: ?)*(?:fwd?|ilt|ynl|iletilen|yönlendirilen) ?:")
MAX_FORWARDS = 5  # within one another
_MAYBE = ("yazd", "YAZD", "wrote", "--", "__", ":")


@dataclass(frozen=True, slots=True)
class Words:
    """`own` was written anew; `forwarded` is the mail that was passed on, without its own quotations."""

    own: str
    forwarded: str


def own_words(text: str) -> str:
    """The text up to the first quotation, without lines that begin with '>'."""
    return split(text).own


def is_forward_subject(subject: str) -> bool:
    """Whether a subject says that the mail is passed on: "İlt:", "Fwd:"."""
    return bool(_FORWARD_SUBJECT.match(fold(subject)))


def split(text: str, *, forward: bool = False, depth: int = 0) -> Words:
    """`forward`: the subject says that the quotation was passed on, as Outlook alone marks it."""
    lines = text.replace("\r\n", "\n").split("\n")
    folded = [fold(line) if any(sign in line for sign in _MAYBE) else "" for line in lines]
    end = next((at for at in range(len(lines)) if _begins_quote(folded, at)), len(lines))
    own = "\n".join(line for line in lines[:end] if not line.lstrip().startswith(">")).strip()
    forwards = end < len(lines) and (forward or _is_forward(folded, end))
    return Words(own, _passed_on(lines[end:], folded[end:], depth) if forwards else "")


def _begins_quote(folded: list[str], at: int) -> bool:
    line = folded[at].removeprefix("> ")
    if not line:
        return False
    # Mail programs break the attribution over two lines.
    joined = f"{line} {folded[at + 1]}" if at + 1 < len(folded) else line
    return (
        any(pattern.match(line) or pattern.match(joined) for pattern in (*_REPLIES, *_FORWARDS))
        # A block of at least three header lines is Outlook's way of quoting.
        or _header_block(folded, at)
    )


def _header_block(folded: list[str], at: int) -> bool:
    return (
        bool(_HEADER_LINE.match(folded[at])) and sum(bool(_HEADER_LINE.match(x)) for x in folded[at : at + 4]) >= 3
    )


def _is_forward(folded: list[str], at: int) -> bool:
    line = folded[at].removeprefix("> ")
    return any(pattern.match(line) for pattern in _FORWARDS)


def _passed_on(lines: list[str], folded: list[str], depth: int) -> str:
    """The forwarded mail's words: after its marker and header lines, up to what it quotes itself."""
    at = 1 if not _HEADER_LINE.match(folded[0]) else 0
    while at < len(lines) and (not lines[at].strip(" >*") or _HEADER_LINE.match(folded[at])):
        at += 1
    rest = "\n".join(line.lstrip().removeprefix(">").removeprefix(" ") for line in lines[at:]).strip()
    inner = split(rest, depth=depth + 1) if rest and depth < MAX_FORWARDS else Words("", "")
    return inner.own or inner.forwarded or rest
