"""What a file shows, runs or carries beyond what was there before it was signed. PURE.

Everything in the document and on its pages stays as it was; signatures, what belongs to them and what no reader
shows may come along (ISO 32000-1, 12.8; ETSI EN 319 142-1). What is not known to be harmless counts as a change.
"""

from enum import StrEnum
from typing import Any

import pikepdf

from documents.signatures.comparing import Comparison, is_holder, items, plain_data, same_data

INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
# Never shown, and compared elsewhere or the signing program's own business: tables 28 and 30.
ASIDE_IN_ROOT = {
    *(
        "/Type",
        "/Pages",
        "/AcroForm",
        "/Perms",
        "/DSS",
        "/Extensions",
        "/Version",
        "/Metadata",
        "/PieceInfo",
        "/Legal",
    )
}
ASIDE_ON_PAGE = {
    *("/Type", "/Parent", "/Annots", "/Contents", "/Tabs", "/LastModified", "/PieceInfo", "/Metadata"),
    *INHERITED,
}
ACTIONS = {"/OpenAction", "/AA", "/A", "/JavaScript", "/JS", "/URI"}


class Change(StrEnum):
    """What was changed, as a Turkish sentence."""

    PAGES = "Dosyada sayfa eklenmiş ya da çıkarılmış."
    CONTENT = "Sayfaların içeriği değişmiş."
    ANNOTATIONS = "Dosyaya imza dışında yazı, yorum, damga ya da bağlantı eklenmiş."
    FORM = "Dosyanın form alanları değişmiş: alan eklenmiş, çıkarılmış ya da doldurulmuş."
    APPEARANCE = "İmzanın görünüşü değiştirilmiş ya da görünüşe imzaya ait olmayan bir şey eklenmiş."
    COVERS = "Görünür imza, belgedeki yazının üstüne konmuş."
    ACTIONS = "Dosyaya kendiliğinden çalışan bir komut (betik) eklenmiş."
    ATTACHMENTS = "Dosyanın içine başka bir dosya eklenmiş."
    LAYERS = "Dosyaya katmanlar (göster, gizle) eklenmiş."
    ENCRYPTED = "Dosyaya parola konmuş."
    OTHER = "Belgenin ayarları değiştirilmiş ya da belgeye gizli bir şey eklenmiş."


def in_document(two: Comparison) -> Change | None:
    """What changed outside the pages' own lists of annotations and the form."""
    if two.after.is_encrypted:
        return Change.ENCRYPTED
    if len(two.before.pages) != len(two.after.pages):
        return Change.PAGES
    for before, after in zip(two.before.pages, two.after.pages, strict=True):
        change = _on_page(two, before.obj, after.obj)
        if change is not None:
            return change
    return _in_root(two)


def _in_root(two: Comparison) -> Change | None:
    before, after = items(two.before.Root), items(two.after.Root)
    for key in sorted((before.keys() | after.keys()) - ASIDE_IN_ROOT):
        if key in before and key in after and two.same(before[key], after[key]):
            continue
        if key in ACTIONS:
            return Change.ACTIONS
        if key == "/OCProperties":
            return Change.LAYERS
        if key == "/AF":
            return Change.ATTACHMENTS
        return _in_names(before.get(key), after.get(key)) if key == "/Names" else Change.OTHER
    return None


def _in_names(before: Any, after: Any) -> Change:
    known, now = (set(items(each)) if isinstance(each, pikepdf.Dictionary) else set() for each in (before, after))
    if "/JavaScript" in now - known:
        return Change.ACTIONS
    return Change.ATTACHMENTS if "/EmbeddedFiles" in now - known else Change.OTHER


def _on_page(two: Comparison, before: Any, after: Any) -> Change | None:
    if not _same_content(before, after):
        return Change.CONTENT
    if not all(two.same(_inherited(before, key), _inherited(after, key)) for key in INHERITED):
        return Change.CONTENT
    own = [
        {key: value for key, value in items(each).items() if key not in ASIDE_ON_PAGE} for each in (before, after)
    ]
    for key in sorted(own[0].keys() | own[1].keys()):
        if not two.same(own[0].get(key), own[1].get(key)):
            return Change.ACTIONS if key in ACTIONS else Change.CONTENT
    return None


def _inherited(page: Any, key: str) -> Any:
    """The page's own value or that of the nearest node above it (ISO 32000-1, 7.7.3.4)."""
    node, left = page, 50
    while is_holder(node) and left:
        if node.get(key) is not None:
            found = node[key]
            if key == "/Resources" and isinstance(found, pikepdf.Dictionary):
                # Obsolete since PDF 1.4 and read by nobody; programs add it.
                found = pikepdf.Dictionary(
                    {name: value for name, value in items(found).items() if name != "/ProcSet"}
                )
            return found
        node, left = node.get("/Parent"), left - 1
    if key == "/CropBox":
        return _inherited(page, "/MediaBox")
    return {"/Rotate": 0, "/Resources": pikepdf.Dictionary()}.get(key)


def _same_content(before: Any, after: Any) -> bool:
    """What is drawn: one stream or several, one after the other (table 30)."""
    parts = [_streams(each) for each in (before, after)]
    if None in parts:
        return False
    ours, theirs = (list(each or []) for each in parts)
    if len(ours) == len(theirs) and all(same_data(one, other) for one, other in zip(ours, theirs, strict=True)):
        return True
    drawn = _joined(ours, most=None)
    return drawn is not None and drawn == _joined(theirs, most=len(drawn) + 1)


def _streams(page: Any) -> list[Any] | None:
    content = page.get("/Contents")
    if content is None:
        return []
    found = list(content) if isinstance(content, pikepdf.Array) else [content]
    return found if all(isinstance(each, pikepdf.Stream) for each in found) else None


def _joined(streams: list[Any], *, most: int | None) -> bytes | None:
    data = []
    for stream in streams:
        opened = plain_data(stream, most=most)
        if opened is None:
            return None
        data.append(opened.strip())
    return b"\n".join(each for each in data if each)
