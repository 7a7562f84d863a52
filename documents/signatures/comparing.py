"""Whether what two PDF files refer to is the same, however it is numbered, packed or stored. PURE.

A program that signs either appends to the file or writes it anew. The second gives every object another number and
may pack streams otherwise, and shows the same. So objects are compared by what they hold, down to the last one.
"""

import zlib
from collections.abc import Iterator
from typing import Any, TypeGuard

import pikepdf

HOLDERS = (pikepdf.Dictionary, pikepdf.Stream, pikepdf.Array)
# How a stream is stored, which says nothing about what is in it (ISO 32000-1, table 5).
STORAGE = {"/Length", "/Filter", "/DecodeParms", "/DL"}

Pair = tuple[Any, Any]


def is_holder(value: object) -> TypeGuard[pikepdf.Object]:
    return isinstance(value, HOLDERS)


def items(holder: Any) -> dict[str, Any]:
    """The entries of a dictionary or stream; one whose value is null is absent (ISO 32000-1, 7.3.7)."""
    return {key: value for key, value in holder.items() if value is not None}


class Comparison:
    """Two files of which the first is what was there before. Pages are the same by their number alone: what is on
    them is compared page by page, and everything in a document leads to its pages.
    """

    def __init__(self, before: pikepdf.Pdf, after: pikepdf.Pdf) -> None:
        self.before, self.after = before, after
        self._numbers = [
            {page.obj.objgen: number for number, page in enumerate(each.pages)} for each in (before, after)
        ]

    def same(self, one: Any, other: Any) -> bool:
        waiting: list[Pair] = [(one, other)]
        # What refers back to itself has to be met once only.
        met: set[tuple[tuple[int, int], tuple[int, int]]] = set()
        while waiting:
            one, other = waiting.pop()
            if is_holder(one) and is_holder(other):
                if one.is_indirect and other.is_indirect:
                    pair = one.objgen, other.objgen
                    if pair in met:
                        continue
                    met.add(pair)
                inner = self._inner(one, other)
                if inner is None:
                    return False
                waiting += inner
            elif is_holder(one) or is_holder(other) or _plain(one) != _plain(other):
                return False
        return True

    def _inner(self, one: Any, other: Any) -> list[Pair] | None:
        """The pairs that have to be the same for these two to be; None when they differ themselves."""
        numbers = self._numbers[0].get(one.objgen), self._numbers[1].get(other.objgen)
        if numbers != (None, None):
            return [] if numbers[0] == numbers[1] else None
        if _shape(one) != _shape(other):
            return None
        if isinstance(one, pikepdf.Array):
            return list(zip(one, other, strict=True)) if len(one) == len(other) else None
        if isinstance(one, pikepdf.Stream) and not same_data(one, other):
            return None
        before, after = (_told(each) for each in (one, other))
        return [(before[key], after[key]) for key in before] if before.keys() == after.keys() else None


def _told(holder: Any) -> dict[str, Any]:
    """The entries that say something of the holder itself."""
    if isinstance(holder, pikepdf.Stream):
        return {key: value for key, value in items(holder).items() if key not in STORAGE}
    if "/TransformMethod" in holder:
        # A signature's reference to what it is about, which is the whole document (table 253).
        return {key: value for key, value in items(holder).items() if key != "/Data"}
    return items(holder)


def _shape(holder: Any) -> list[bool]:
    return [isinstance(holder, each) for each in HOLDERS]


def _plain(value: Any) -> object:
    """Comparable: 1 and 1.0 are the same number, the name /A and the string (A) are not the same."""
    if isinstance(value, pikepdf.String):
        return "string", bytes(value)
    if isinstance(value, pikepdf.Object):
        return type(value).__name__, str(value)
    return ("truth", value) if isinstance(value, bool) else value


def same_data(one: Any, other: Any) -> bool:
    """Whether two streams hold the same, stored alike or not."""
    stored = [(bytes(each.read_raw_bytes()), _storage(each)) for each in (one, other)]
    if stored[0] == stored[1]:
        return True
    before = plain_data(one)
    return before is not None and before == plain_data(other, most=len(before))


def plain_data(stream: Any, *, most: int | None = None) -> bytes | None:
    """What is in a stream that is stored as it is or deflated; None for any other way, and for more than `most`
    bytes: a small file can hold a stream that fills the memory.
    """
    raw = bytes(stream.read_raw_bytes())
    filters, options = _storage(stream)
    if not filters:
        return raw if most is None or len(raw) <= most else None
    # With a predictor or by another filter: such a stream is the same only when it is stored alike.
    if filters != ("/FlateDecode",) or options:
        return None
    opened = zlib.decompressobj()
    try:
        data = opened.decompress(raw, 0 if most is None else most + 1)
    except zlib.error:
        return None
    return data if most is None or len(data) <= most else None


def _storage(stream: Any) -> tuple[tuple[str, ...], str]:
    filters, options = stream.get("/Filter", ()), stream.get("/DecodeParms")
    named = filters if isinstance(filters, pikepdf.Array | tuple) else (filters,)
    return tuple(str(each) for each in named), "" if options is None else repr(options)


def beneath(top: Any) -> Iterator[Any]:
    """Every dictionary and stream that is reached from here, this one included."""
    met: set[tuple[int, int]] = set()
    waiting = [top]
    while waiting:
        item = waiting.pop()
        if not is_holder(item) or (item.is_indirect and item.objgen in met):
            continue
        if item.is_indirect:
            met.add(item.objgen)
        if isinstance(item, pikepdf.Array):
            waiting += list(item)
        else:
            yield item
            waiting += items(item).values()
