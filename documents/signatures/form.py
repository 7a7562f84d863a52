"""The form of a file before and after somebody signed: only signatures and their appearances come along. PURE."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf

from documents.signatures.changes import Change
from documents.signatures.comparing import Comparison, beneath, is_holder, items
from documents.signatures.words import Box, Words

# Of a signature field, of its widget, or of both in one (ISO 32000-1, tables 164, 168, 188, 220, 232):
# nothing here acts or shows anything but the appearance.
FIELD_KEYS = {
    *(
        "/Type",
        "/Subtype",
        "/FT",
        "/T",
        "/TU",
        "/TM",
        "/Ff",
        "/V",
        "/Lock",
        "/SV",
        "/Kids",
        "/Parent",
        "/P",
        "/Rect",
    ),
    *("/F", "/AP", "/AS", "/MK", "/BS", "/Border", "/DA", "/DR", "/Q", "/H", "/M", "/NM", "/C", "/StructParent"),
}
# Of the form as a whole: what text fields would be drawn with, of which there are none.
FORM_KEYS = {"/Fields", "/SigFlags", "/DA", "/DR", "/Q"}
# Would show something else to some: layers, other programs' content, what only printers draw.
FOREIGN = {"/OC", "/Ref", "/Alternates", "/OPI", "/PS", "/JS", "/AA", "/EF"}


@dataclass(frozen=True)
class Field:
    """One field with the parts of it that stand on pages; a field may be its own only part."""

    own: Any
    widgets: tuple[Any, ...]

    @property
    def is_signature(self) -> bool:
        return bool(self.own.get("/FT") == "/Sig")

    @property
    def value(self) -> Any:
        return self.own.get("/V")


def in_form(two: Comparison, words: Words) -> Change | None:
    """What changed in the form and in the pages' annotations. `words` are those of the paper itself."""
    before, after = fields(two.before), fields(two.after)
    if before is None or after is None or not _same_frame(two):
        return Change.FORM
    if before.keys() - after.keys():
        return Change.FORM
    for name, field in after.items():
        change = _changed(two, before.get(name), field, words)
        if change is not None:
            return change
    return _annotations(two, before, after) or _permissions(two, after)


def fields(document: pikepdf.Pdf) -> dict[str, Field] | None:
    """Every field by its name; None when two have one name, or they stand in a tree, which ours do not."""
    form = document.Root.get("/AcroForm")
    found: dict[str, Field] = {}
    for own in () if form is None else form.get("/Fields", ()):
        if not isinstance(own, pikepdf.Dictionary):
            return None
        name, kids = str(own.get("/T", "")), tuple(own.get("/Kids", ()))
        if name in found or any("/T" in kid for kid in kids):
            return None
        found[name] = Field(own, kids or (own,))
    return found


def _same_frame(two: Comparison) -> bool:
    before, after = (items(each.Root.get("/AcroForm") or pikepdf.Dictionary()) for each in (two.before, two.after))
    if after.get("/NeedAppearances") is False:
        del after["/NeedAppearances"]
    others = (before.keys() | after.keys()) - FORM_KEYS
    return all(key in before and key in after and two.same(before[key], after[key]) for key in others)


def _changed(two: Comparison, before: Field | None, after: Field, words: Words) -> Change | None:
    """What changed of one field, which may be new."""
    if before is not None and (before.value is not None or not before.is_signature):
        # What is signed stays, with what it looks like.
        if two.same(before.own, after.own):
            return None
        return Change.APPEARANCE if before.is_signature else Change.FORM
    if not after.is_signature or (after.value is not None and not _is_signature(after.value)):
        return Change.FORM
    for part in (after.own, *after.widgets):
        keys = set(items(part))
        if keys & {"/A", "/AA"}:
            return Change.ACTIONS
        if keys - FIELD_KEYS:
            return Change.LAYERS if "/OC" in keys else Change.FORM
    if after.value is None and any(_draws(widget) for widget in after.widgets):
        return Change.APPEARANCE
    if not all(_plain_appearance(widget) for widget in after.widgets):
        return Change.APPEARANCE
    places = [_box(widget) for widget in before.widgets] if before is not None else []
    moved = [widget for widget in after.widgets if _box(widget) not in places]
    if any(_covers(two, widget, words) for widget in moved):
        return Change.COVERS
    return Change.FORM if before is not None and after.value is None and moved else None


def _is_signature(value: Any) -> bool:
    return isinstance(value, pikepdf.Dictionary) and "/Contents" in value and "/ByteRange" in value


def _plain_appearance(widget: Any) -> bool:
    """At most one appearance, the same for every reader, on screen as on paper, under the mouse as beside it."""
    appearance = widget.get("/AP")
    if appearance is None:
        return True
    if not isinstance(appearance, pikepdf.Dictionary) or set(items(appearance)) - {"/N"}:
        return False
    shown = appearance.get("/N")
    if shown is not None and not isinstance(shown, pikepdf.Stream):
        return False
    return not any(
        set(items(each)) & FOREIGN
        or each.get("/Subtype") == "/PS"
        or (isinstance(each, pikepdf.Stream) and "/F" in each)
        for each in beneath(shown)
    )


def _draws(widget: Any) -> bool:
    appearance = widget.get("/AP")
    return appearance is not None and any(
        isinstance(each, pikepdf.Stream) and bytes(each.read_raw_bytes()).strip() for each in beneath(appearance)
    )


def _covers(two: Comparison, widget: Any, words: Words) -> bool:
    """Whether it lies over words. Only the places that the paper itself leaves for signatures are exempt."""
    box = _box(widget)
    return box is not None and any(
        words.under(number, box)
        for number, page in enumerate(two.after.pages)
        if any(_is(each, widget) for each in page.obj.get("/Annots", ()))
    )


def _box(widget: Any) -> Box | None:
    """Where it stands; None for what has no extent and so is not seen."""
    corners = [float(each) for each in widget.get("/Rect", ())]
    if len(corners) != 4:
        return None
    left, right = sorted(corners[0::2])
    low, high = sorted(corners[1::2])
    return (left, low, right, high) if left < right and low < high else None


def _is(one: Any, other: Any) -> bool:
    return is_holder(one) and is_holder(other) and one.is_indirect and one.objgen == other.objgen


def _annotations(two: Comparison, before: Mapping[str, Field], after: Mapping[str, Field]) -> Change | None:
    """Every page keeps its annotations; the only new ones are the widgets of signature fields."""
    for page, now in zip(two.before.pages, two.after.pages, strict=True):
        ours, theirs = _annotations_of(page, before), _annotations_of(now, after)
        if not ours.signatures <= theirs.signatures or len(ours.others) != len(theirs.others):
            return Change.ANNOTATIONS
        if not all(two.same(*pair) for pair in zip(ours.others, theirs.others, strict=True)):
            return Change.ANNOTATIONS
    return None


@dataclass(frozen=True)
class Annotations:
    """Of one page: the names of the signature fields that stand on it, and everything else."""

    signatures: set[str]
    others: list[Any]


def _annotations_of(page: pikepdf.Page, form: Mapping[str, Field]) -> Annotations:
    names = {
        widget.objgen: name
        for name, field in form.items()
        if field.is_signature
        for widget in field.widgets
        if widget.is_indirect and widget.get("/Subtype") == "/Widget"
    }
    found = Annotations(set(), [])
    for each in page.obj.get("/Annots", ()):
        name = names.get(each.objgen) if is_holder(each) and each.is_indirect else None
        if name is None:
            found.others.append(each)
        else:
            found.signatures.add(name)
    return found


def _permissions(two: Comparison, after: Mapping[str, Field]) -> Change | None:
    """A certification names one of the signatures that are there (table 258), and grants nothing else."""
    granted = items(two.after.Root.get("/Perms") or pikepdf.Dictionary())
    signatures = [field.value for field in after.values() if field.is_signature and field.value is not None]
    if granted.keys() - {"/DocMDP"}:
        return Change.OTHER
    certifies = granted.get("/DocMDP")
    if certifies is not None and not any(_is(certifies, each) for each in signatures):
        return Change.OTHER
    return None
