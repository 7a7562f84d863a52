"""What a PDF may do and hold: a list. All else is found here, wherever it hangs. PURE.

docs/decisions/0016-pdf-allow-list.md has the list and its reasons.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pikepdf

HOLDERS = (pikepdf.Dictionary, pikepdf.Stream, pikepdf.Array)
# ISO 32000-2, table 201 and what makers added: whatever has such an /S acts, wherever it stands.
ACTIONS = {
    *("/GoTo", "/GoToR", "/GoToE", "/GoToDp", "/GoTo3DView", "/Launch", "/Thread", "/URI", "/Sound", "/Movie"),
    *("/Hide", "/Named", "/SubmitForm", "/ResetForm", "/ImportData", "/SetOCGState", "/Rendition", "/Trans"),
    *("/JavaScript", "/RichMediaExecute", "/SetState", "/NOP"),
}
# Of the actions that a person sets off, those that stay in the document; and turning its pages.
WITHIN = {"/GoTo"}
NAMED = {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"}
# A link to the web or a mail program, only where a person clicks on it.
ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|www\.|#)[^\x00-\x20\\]*", re.IGNORECASE)
# Words, lines and marks on the page, and fields (ISO 32000-2, table 171).
ANNOTATIONS = {
    *("/Link", "/Widget", "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Ink"),
    *("/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Caret", "/Stamp", "/Popup", "/Redact"),
    *("/Watermark", "/PrinterMark", "/TrapNet"),
}
# What happens by itself (table 197 on): when a page is shown, a field left, the file printed.
TRIGGERS = {*("/E", "/X", "/D", "/U", "/Fo", "/Bl", "/PO", "/PC", "/PV", "/PI", "/O", "/C"), *("/K", "/F", "/V")}
TRIGGERS |= {"/WC", "/WS", "/DS", "/WP", "/DP"}
NAMES = {"/Dests", "/AP", "/Pages", "/Templates"}
ROOT_NOT = {"/URI", "/SpiderInfo", "/Collection", "/Requirements"}
# Of a stream: its data lie in another file (ISO 32000-1, table 5), or a printer would fetch them (14.11.7).
ELSEWHERE = {"/F", "/FFilter", "/FDecodeParms", "/OPI"}


class Kind(StrEnum):
    """What was found, as Turkish words for a sentence."""

    ACTION = "başka dosya ya da adres açan komutlar"
    ADDRESS = "web ya da e-posta adresi olmayan bağlantılar"
    ANNOTATION = "film, ses ve benzeri ekler"
    OUTSIDE = "başka dosyalara göndermeler"


@dataclass(frozen=True, slots=True)
class Found:
    """`holder[key]` is what may not be there."""

    kind: Kind
    holder: Any
    key: Any


def beyond(document: pikepdf.Pdf) -> list[Found]:
    """What is not on the list, each at the place from which it hangs."""
    root = document.Root
    found = [Found(Kind.OUTSIDE, root, key) for key in sorted(ROOT_NOT & set(root.keys()))]
    names = root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        found += [Found(Kind.OUTSIDE, names, key) for key in sorted(set(names.keys()) - NAMES)]
    for numbered in document.objects:
        if isinstance(numbered, HOLDERS):
            found += _within(numbered)
    return found


def take_out(found: list[Found]) -> None:
    # From the back: an array's earlier entries keep their places. One that several hold is met several times.
    done: set[tuple[tuple[int, int], int]] = set()
    for each in sorted(found, key=lambda each: each.key if isinstance(each.key, int) else -1, reverse=True):
        if not isinstance(each.key, int):
            if each.key in each.holder:
                del each.holder[each.key]
        elif not (each.holder.is_indirect and (each.holder.objgen, each.key) in done):
            done.add((each.holder.objgen, each.key))
            del each.holder[each.key]


def _within(numbered: Any) -> Iterator[Found]:
    # With each holder the key under which it stands, and the dictionary around it when it is an array.
    waiting: list[tuple[Any, str, Any]] = [(numbered, "", None)]
    met: set[tuple[int, int]] = set()
    while waiting:
        holder, under, around = waiting.pop()
        is_array = isinstance(holder, pikepdf.Array)
        entries = list(enumerate(holder)) if is_array else list(holder.items())
        for key, value in entries:
            place = (under, around) if is_array else (str(key), holder)
            kind = _why(value, *place) if isinstance(value, HOLDERS) else _why_plain(value, *place)
            if kind is not None:
                yield Found(kind, holder, key)
            elif isinstance(value, HOLDERS) and not value.is_indirect:
                waiting.append((value, *place))
            elif isinstance(value, pikepdf.Array) and place[0] in ("/Annots", "/Next") and value.objgen not in met:
                # A numbered array is met by itself as well, but only here is known what it is for.
                met.add(value.objgen)
                waiting.append((value, *place))


def _why_plain(value: Any, key: str, holder: Any) -> Kind | None:
    if isinstance(holder, pikepdf.Stream) and key in ELSEWHERE:
        return Kind.OUTSIDE
    # What an action is followed by: no paper needs it, and branches that meet again are walked without end. A
    # bookmark's next one is no action.
    if key == "/Next" and isinstance(holder, pikepdf.Dictionary) and "/S" in holder and "/Title" not in holder:
        return Kind.ACTION
    return None


def _why(value: Any, key: str, holder: Any) -> Kind | None:
    if isinstance(value, pikepdf.Array):
        return _why_plain(value, key, holder)
    if _why_plain(value, key, holder) or (key == "/Ref" and "/F" in value):
        return Kind.OUTSIDE
    if isinstance(value, pikepdf.Stream):
        return Kind.OUTSIDE if "/PS" in (value.get("/Subtype"), value.get("/Subtype2")) else None
    if key in ("/AA", "/PA") and set(value.keys()) <= TRIGGERS | {"/S", "/URI", "/Type", "/IsMap"}:
        return Kind.ACTION
    if _acts(value, key):
        return _why_action(value, key, holder)
    if value.get("/Type") in ("/Filespec", "/FileSpec", "/F") or "/UF" in value or value.get("/FS") == "/URL":
        return Kind.OUTSIDE
    subtype = value.get("/Subtype")
    if key == "/Annots" or value.get("/Type") == "/Annot" or (subtype is not None and "/Rect" in value):
        return None if subtype in ANNOTATIONS else Kind.ANNOTATION
    return None


def _acts(value: Any, key: str) -> bool:
    kind = value.get("/S")
    if key == "/OpenAction" or value.get("/Type") == "/Action":
        return True
    if kind is None:
        return False
    # Parts of the structure have an /S as well, of any name, and under /P the part that they belong to.
    is_part = value.get("/Type") == "/StructElem" or "/P" in value
    return key in ("/A", "/Next") or (kind in ACTIONS and not is_part)


def _why_action(action: Any, key: str, holder: Any) -> Kind | None:
    kind = action.get("/S")
    if kind in WITHIN or (kind == "/Named" and action.get("/N") in NAMED):
        return None
    # Clicked on: a link or a button on a page, or a bookmark.
    if kind == "/URI" and key == "/A" and (holder.get("/Subtype") in ("/Link", "/Widget") or "/Title" in holder):
        return None if ADDRESS.fullmatch(str(action.get("/URI", "")).strip()) else Kind.ADDRESS
    return Kind.ACTION
