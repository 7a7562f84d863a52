"""What is read out of a mail: numbers, names, links, the sender's own sentences. PURE.

Every text here is squeezed first (single spaces, at most one empty line), so no expression meets a long run
of white space; what stands in tables or on one line with slashes is looked at piece by piece.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from correspondence.reading.html_text import Link
from correspondence.reading.phrases import plain

MAX_REMARKS = 900  # characters
_I = "[İIiı]"
_NUMBER_BEFORE = re.compile(r"\b([A-Z0-9]{4,20})['’`´]?\sno['’`´]?\s?lu\s(?:ön\s)?ba[şs]vuru", re.IGNORECASE)
_NUMBER_AFTER = re.compile(
    rf"\bba[şs]vuru\s(?:numaran{_I}z|numaras{_I}|no)\s{{0,3}}:?\s{{0,3}}([A-Z0-9]{{4,20}})\b", re.IGNORECASE
)
_TRADE_NAME = re.compile(rf"\bHizmet sa[ğg]lay{_I}c{_I}\s?:", re.IGNORECASE)
_IYS_CODE = re.compile(
    rf"{_I}YS\s?(?:Numaran{_I}z|Kodunuz|Kodu|Kod)\s{{0,3}}[:=]?\s{{0,3}}(\d{{4,15}})\b", re.IGNORECASE
)
_BRANDS = re.compile(rf"\b(?:Markalar{_I}n{_I}z|Markan{_I}z)\s?:?", re.IGNORECASE)
_BRAND_CODE = re.compile(rf"{_I}YS Numaras{_I} ?[:=]? ?(\d{{4,15}})?\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d{4,15}")
_SEPARATORS = re.compile(r"[\n/|]")
_NO_WORDS_OF_THEIR_OWN = ("sayin ", "merhaba", "saygilarimizla", "saygilar", "iyi calismalar", "--")


@dataclass(frozen=True, slots=True)
class BrandCode:
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class ExtractedFields:
    """What was read out; empty where the mail does not say. `bounced_*` of a delivery report: the letter's
    Message-IDs and whom it did not reach."""

    application_number: str = ""
    trade_name: str = ""
    partner_name: str = ""
    iys_code: str = ""
    brands: tuple[BrandCode, ...] = ()
    view_url: str = ""
    pay_url: str = ""
    continue_url: str = ""
    remarks: str = ""
    bounced_ids: tuple[str, ...] = ()
    bounced_to: tuple[str, ...] = ()


def extracted(text: str, links: tuple[Link, ...]) -> ExtractedFields:
    """Of a squeezed text."""
    code = _IYS_CODE.search(text)
    name = _TRADE_NAME.search(text)
    view, pay = _offer_links(_with_words(links, text))
    return ExtractedFields(
        application_number=_application_number(text),
        trade_name=_first_piece(text[name.end() :]) if name else "",
        iys_code=code.group(1) if code else "",
        brands=_brands(text[code.end() :]) if code else (),
        view_url=view,
        pay_url=pay,
        continue_url=_continue_link(_with_words(links, text)),
        remarks=_remarks(text),
    )


def _application_number(text: str) -> str:
    for pattern in (_NUMBER_BEFORE, _NUMBER_AFTER):
        for found in pattern.findall(text):
            # "söz konusu nolu başvuru" has a word there, no number.
            if any(sign.isdigit() for sign in found):
                return str(found).upper()
    return ""


def _first_piece(text: str) -> str:
    pieces = (piece.strip(" *\t") for piece in _SEPARATORS.split(text[:600]))
    return next(filter(None, pieces), "")[:250]


def _brands(text: str) -> tuple[BrandCode, ...]:
    """Name and number stand on two lines, on one, or in two cells of a table."""
    pieces = [piece.strip(" -–•*:\t") for piece in _SEPARATORS.split(_BRANDS.sub("\n", text))]
    pieces = [piece for piece in pieces if piece]
    found = []
    for position, piece in enumerate(pieces):
        label = _BRAND_CODE.search(piece)
        if label is None:
            continue
        following = pieces[position + 1] if position + 1 < len(pieces) else ""
        code = label.group(1) or (following if _DIGITS.fullmatch(following) else "")
        name = piece[: label.start()].strip(" -–•*:(\t") or (pieces[position - 1] if position else "")
        if name and code and not _DIGITS.fullmatch(name):
            found.append(BrandCode(name[:150], code))
    return tuple(dict.fromkeys(found))


def _with_words(links: tuple[Link, ...], text: str) -> tuple[Link, ...]:
    """An address that stands in plain words says what its line, or the line before, says before it."""
    told = []
    for link in links:
        before = "" if link.text or link.href not in text else text.partition(link.href)[0].rstrip(" :\n")
        told.append(Link(before.rpartition("\n")[2], link.href) if before else link)
    return tuple(told)


def _offer_links(links: tuple[Link, ...]) -> tuple[str, str]:
    """(view, pay). A link whose words speak of both serves for what no other link does."""
    view = pay = both = ""
    for link in links:
        words = plain(link.text)
        views = "incele" in words or "goruntule" in words
        pays = "odeme" in words
        if views and pays:
            both = both or link.href
        elif views:
            view = view or link.href
        elif pays:
            pay = pay or link.href
    only = _only(links)
    return view or both or only, pay or both or only


def _continue_link(links: tuple[Link, ...]) -> str:
    """The link that says so, or the only one."""
    named = next((link.href for link in links if "devam" in plain(link.text)), "")
    return named or _only(links)


def _only(links: tuple[Link, ...]) -> str:
    """The one address to which the mail leads, however often and beside the sender's home page; else empty."""
    leading = {link.href for link in links if not _is_home_page(link.href)}
    return leading.pop() if len(leading) == 1 else ""


def _is_home_page(href: str) -> bool:
    address = urlsplit(href)
    return address.path in ("", "/") and not address.query and not address.fragment


def _remarks(text: str) -> str:
    """The mail's own sentences without greeting and signature."""
    lines = (line.strip() for line in text[: 20 * MAX_REMARKS].splitlines())
    body = [line for line in lines if line and not plain(line).startswith(_NO_WORDS_OF_THEIR_OWN)]
    return " ".join(body)[:MAX_REMARKS]
