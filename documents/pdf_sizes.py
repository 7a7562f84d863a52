"""How much a PDF is, unpacked: counted without unpacking it whole. PURE; called in a confined process alone."""

import zlib
from collections.abc import Iterable, Iterator

import pikepdf

from documents.caps import TOO_MUCH, Caps
from identifiers import Refused

# Of the bytes that all else may have: scans that a program stored without loss.
PICTURES = 16
# A picture's points have at most four colours of two bytes; rows have a byte more each.
BYTES_OF_A_POINT, SLACK = 8, 1024 * 1024
FLATE = ("/FlateDecode", "/Fl")
OTHERS = {"/LZWDecode", "/LZW", "/RunLengthDecode", "/RL", "/ASCIIHexDecode", "/AHx", "/ASCII85Decode", "/A85"}


def bound(caps: Caps) -> None:
    """Has qpdf itself stop, where it unpacks streams to find the objects in them (ISO 32000-1, 7.5.7)."""
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=caps.unpacked,
        run_length_max_memory=caps.unpacked,
        png_max_memory=caps.unpacked,
        tiff_max_memory=caps.unpacked,
        dct_max_memory=caps.unpacked,
        parser_max_container_size=caps.objects,
    )


def refuse_bombs(document: pikepdf.Pdf, caps: Caps) -> None:
    """Raises Refused when there are more objects, or when the streams hold more, than `caps` let it."""
    objects = document.objects
    if len(objects) > caps.objects or pikepdf.settings.qpdf_limit_errors():
        raise Refused(TOO_MUCH)
    left, left_of_pictures = caps.unpacked, PICTURES * caps.unpacked
    for each in objects:
        if not isinstance(each, pikepdf.Stream):
            continue
        if each.get("/Subtype") == "/Image":
            left_of_pictures -= _unpacked(each, min(_most_of_picture(each, caps), left_of_pictures))
        else:
            left -= _unpacked(each, left)


def _most_of_picture(picture: pikepdf.Stream, caps: Caps) -> int:
    points = _number(picture, "/Width") * _number(picture, "/Height")
    if points > caps.pixels:
        raise Refused("PDF'teki bir resim çok büyük. Daha düşük çözünürlükle yeniden tarayın.")
    return points * BYTES_OF_A_POINT + SLACK


def _number(item: pikepdf.Object, key: str) -> int:
    found = item.get(key, 0)
    return max(int(found), 0) if isinstance(found, int) else 0


def _unpacked(stream: pikepdf.Stream, most: int) -> int:
    """Its bytes when it is unpacked. Raises Refused as soon as there are more than `most`."""
    named = stream.get("/Filter", ())
    filters = [str(each) for each in (named if isinstance(named, pikepdf.Array) else [named])] if named else []
    kinds = set(filters)
    if kinds & OTHERS and kinds <= OTHERS | {*FLATE}:
        # Bounded by this process's memory and by qpdf's own limits.
        size = len(stream.read_bytes())
        if size > most:
            raise Refused(TOO_MUCH)
        return size
    parts: Iterable[bytes] = [bytes(stream.read_raw_bytes())]
    for each in filters:
        if each not in FLATE:
            break
        parts = _inflated(parts)
    size = 0
    for part in parts:
        size += len(part)
        if size > most:
            raise Refused(TOO_MUCH)
    return size


def _inflated(parts: Iterable[bytes]) -> Iterator[bytes]:
    """As far as it can be unpacked: readers show what comes before a fault."""
    opened = zlib.decompressobj()
    try:
        for part in parts:
            rest = part
            while rest and not opened.eof:
                yield opened.decompress(rest, SLACK)
                rest = opened.unconsumed_tail
    except zlib.error:
        return
