"""Cutting away what a reply quotes, as Turkish and English mail programs quote. PURE."""

import re

_HEADER_NAMES = r"(?:Kimden|Gönderen|Gönderilme|Gönderildi|Tarih|Kime|Bilgi|Konu|From|Sent|Date|To|Cc|Subject)"
# Where the quoted part begins; everything from there on is somebody else's words.
_BEGINNINGS = (
    re.compile(r"^.{0,120}\btarihinde\b.{0,200}\bşun(?:u|ları) yazdı:\s*$", re.IGNORECASE),
    re.compile(r"^.{1,200}\bşun(?:u|ları) yazdı \(.{0,80}\):\s*$", re.IGNORECASE),
    re.compile(r"^On .{1,200} wrote:\s*$", re.IGNORECASE),
    re.compile(r"^-{2,}\s*(?:Özgün İleti|Orijinal (?:Mesaj|İleti)|Original Message)\s*-{2,}\s*$", re.IGNORECASE),
    re.compile(r"^_{10,}\s*$"),
)
_HEADER_LINE = re.compile(rf"^\s*\*?{_HEADER_NAMES}\s*:\*?\s*\S", re.IGNORECASE)


def own_words(text: str) -> str:
    """The text up to the first quotation, without lines that begin with '>'."""
    lines = text.replace("\r\n", "\n").split("\n")
    end = next((at for at in range(len(lines)) if _begins_quote(lines, at)), len(lines))
    kept = [line for line in lines[:end] if not line.lstrip().startswith(">")]
    return "\n".join(kept).strip()


def _begins_quote(lines: list[str], at: int) -> bool:
    line = lines[at].strip()
    # Mail programs break the attribution over two lines.
    joined = f"{line} {lines[at + 1].strip()}" if at + 1 < len(lines) else line
    if any(pattern.match(line) or (line and pattern.match(joined)) for pattern in _BEGINNINGS):
        return True
    # A block of at least three header lines is Outlook's way of quoting.
    return (
        bool(_HEADER_LINE.match(lines[at]))
        and sum(bool(_HEADER_LINE.match(each)) for each in lines[at : at + 4]) >= 3
    )
