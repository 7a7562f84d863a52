"""Whether an upload is what it should be: judged by its content, never by its name. PURE.

What kind a file claims to be is seen here, by its first bytes; it is opened in a confined process alone
(docs/decisions/0015-files-in-a-process-of-their-own.md).
"""

import hashlib
import logging
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import PurePath

from confinement.running import Ended, run
from documents import heif
from documents.caps import CAPS, TOO_MUCH, Caps
from identifiers import Refused

logger = logging.getLogger(__name__)

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
# What a file field offers to choose from. Not every browser knows the type of HEIC: its endings stand there too.
ACCEPTED = f"{PDF},{JPEG},{PNG},image/heic,image/heif,.heic,.heif"
# A reader of PDF looks for the header in the first 1024 bytes (ISO 32000-1, annex H.3, note 13): scanners and web
# servers put a byte order mark, blank lines or commands for a printer before it.
HEADER, HEADER_WITHIN = b"%PDF-", 1024
# A PDF in one of these (ZIP; a signature's envelope, DER or BER) is not the file that was chosen.
CONTAINERS = (b"PK\x03\x04", b"0\x80", b"0\x82", b"0\x83", b"0\x84")
# Beside what any file may take; what one request may take in all is `confinement.budget`.
SECONDS_OF_A_PAGE = 0.25
TOO_LONG = "Bu kadar sayfa birlikte işlenemedi. Daha az sayfayı birlikte yükleyin."
NOT_SHOWN = "Bu sayfa burada gösterilemedi. Belgeyi yeni sekmede açın ya da indirin."
# Points of a page's longer side. Small print of A4 is read at three times the width of a telephone; a page that is
# only to be known again needs less than a third.
LEGIBLE, KNOWN_AGAIN = 2200, 640
# What a name promises; only a refusal speaks of it.
NAMED = {".pdf": "PDF", ".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".heic": "HEIC", ".heif": "HEIC"}
BEGINNINGS = {JPEG: b"\xff\xd8\xff", PNG: b"\x89PNG\r\n\x1a\n"}


@dataclass(frozen=True, slots=True)
class Inspected:
    """A sound file. `payload` is what is kept: a picture comes re-encoded and without its metadata.

    `pages` None for pictures; `note` tells whoever handed it in, as a Turkish sentence, what was done to the file
    beyond that; `signed` is about a PDF's e-signature; `unreadable` says likewise why nobody can read a picture;
    `size` in bytes; `from_photos`: a PDF that was made of pictures here.
    """

    content_type: str
    pages: int | None
    payload: bytes
    note: str = ""
    signed: bool = False
    unreadable: str = ""
    from_photos: bool = False

    @property
    def size(self) -> int:
        return len(self.payload)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.payload).hexdigest()


def inspect(
    payload: bytes,
    filename: str,
    *,
    max_bytes: int,
    max_pages: int,
    most_kept: int | None = None,
    caps: Caps = CAPS,
) -> Inspected:
    """Checks a PDF, JPEG, PNG or HEIC. Raises Refused with a Turkish sentence for anything else.

    `max_bytes` is about what was chosen, `most_kept` about what is left of it once huge scans were made small.
    """
    found = _opened_by_kind(payload, filename, max_bytes=max_bytes, max_pages=max_pages, caps=caps)
    if most_kept is not None and found.size > most_kept:
        raise Refused(_still_too_large(found, most_kept))
    return found


def _still_too_large(found: Inspected, most: int) -> str:
    sizes = f"{_megabytes(found.size)} MB; en çok {_megabytes(most)} MB olabilir."
    if found.signed:
        return f"E-imzalı PDF {sizes} İmzasını bozmadan küçültülemez: belgeyi küçültüp yeniden imzalayın."
    return f"Dosya küçültüldükten sonra da {sizes} Daha düşük çözünürlükle yeniden tarayın."


def _opened_by_kind(payload: bytes, filename: str, *, max_bytes: int, max_pages: int, caps: Caps) -> Inspected:
    if not payload:
        raise Refused("Dosya boş. Açıp kontrol edin. Sonra yeniden seçin.")
    if len(payload) > max_bytes:
        raise Refused(
            f"Dosya {_megabytes(len(payload))} MB; en çok {_megabytes(max_bytes)} MB olabilir. "
            "Daha düşük çözünürlükle yeniden tarayın."
        )
    if payload.startswith(tuple(BEGINNINGS.values())):
        return _picture(payload, caps)
    if heif.is_heif(payload):
        # What comes back is as little believed as a picture that was uploaded, and goes the same way.
        found = _picture(heif.to_jpeg(payload, max_pixels=caps.pixels, caps=caps), caps)
        return replace(found, note="HEIC fotoğrafınız JPEG'e çevrilip kaydedildi.")
    begins = payload.find(HEADER, 0, HEADER_WITHIN)
    if begins >= 0 and not payload.startswith(CONTAINERS):
        return _pdf(payload[begins:], moved=begins > 0, max_pages=max_pages, caps=caps)
    if named := NAMED.get(PurePath(filename).suffix.lower()):
        raise Refused(
            f"“{filename}” adında {named} yazsa da içi PDF, JPEG, PNG ya da HEIC değil; dosya bozuk olabilir. "
            "Aldığınız yerden yeniden indirin ya da tarayıp yükleyin."
        )
    raise Refused(f"“{filename}” PDF, JPEG, PNG ya da HEIC değil; bunlardan birini yükleyin.")


def _megabytes(size: int) -> str:
    """In tenths, rounded up: a file just above the limit must not read as if it were at it."""
    return f"{math.ceil(size / 1024 / 1024 * 10) / 10:.1f}".removesuffix(".0").replace(".", ",")


def _opened(job: str, arguments: dict[str, object], caps: Caps) -> dict[str, object]:
    try:
        found: dict[str, object] = run(job, arguments, limits=caps.limits())
    except Ended as error:
        logger.warning("A file could not be opened within its limits: %s", error)
        raise Refused(TOO_MUCH) from error
    return found


def _picture(payload: bytes, caps: Caps) -> Inspected:
    found = _opened("documents.pictures:repaint", {"payload": payload, "max_pixels": caps.pixels}, caps)
    content_type = PNG if found["form"] == "PNG" else JPEG
    payload = _beginning(found["payload"], BEGINNINGS[content_type])
    return Inspected(content_type, None, payload, unreadable=str(found["unreadable"]))


def _pdf(payload: bytes, *, moved: bool, max_pages: int, caps: Caps) -> Inspected:
    arguments = {"payload": payload, "moved": moved, "max_pages": max_pages, "caps": asdict(caps)}
    found = _opened("documents.pdf_inspection:inspect", arguments, caps)
    kept = payload if found["copy"] is None else _beginning(found["copy"], HEADER)
    return Inspected(PDF, int(str(found["pages"])), kept, str(found["note"]), signed=bool(found["signed"]))


def joined(
    files: Sequence[Inspected], *, most_kept: int, max_pages: int, instead: int = 0, caps: Caps = CAPS
) -> Inspected:
    """One PDF of pictures and PDFs, in this order, or with the others in the place of one page of the first
    (`instead`, from 1). A PDF alone is left as it is. Raises Refused."""
    if len(files) == 1 and files[0].content_type == PDF and not instead:
        return files[0]
    arguments: dict[str, object] = {"payloads": [each.payload for each in files], "instead": instead}
    arguments |= {"max_bytes": most_kept, "max_pages": max_pages}
    seconds = caps.seconds + len(files) * SECONDS_OF_A_PAGE
    try:
        found = run("documents.pages:join", arguments, limits=replace(caps, seconds=seconds).limits())
    except Ended as error:
        logger.warning("Files could not be joined within the limits: %s", error)
        raise Refused(TOO_LONG) from error
    pages = int(str(found["pages"]))
    note = "Fotoğrafınız PDF'e çevrildi." if pages == 1 else f"Seçtikleriniz {pages} sayfalık tek PDF yapıldı."
    more = [each.note for each in files if each.content_type == PDF and each.note]
    return Inspected(
        PDF,
        pages,
        _beginning(found["payload"], HEADER),
        " ".join([note, *dict.fromkeys(more)]),
        from_photos=any(each.content_type != PDF or each.from_photos for each in files),
    )


def thumbnail(picture: bytes, *, longest: int = 320, caps: Caps = CAPS) -> bytes:
    """A small JPEG of a picture that was kept."""
    try:
        found = run("documents.pictures:small", {"payload": picture, "longest": longest}, limits=caps.limits())
    except Ended as error:
        raise Refused(TOO_MUCH) from error
    return _beginning(found, BEGINNINGS[JPEG])


def page_picture(payload: bytes, number: int, *, longest: int = LEGIBLE, caps: Caps = CAPS) -> bytes:
    """A page of a PDF that was kept, counted from 1, as a JPEG. Raises Refused."""
    arguments = {"payload": payload, "number": number, "longest": longest}
    try:
        found = run("documents.page_pictures:paint", arguments, limits=caps.limits())
    except Ended as error:
        logger.warning("A page could not be made a picture within its limits: %s", error)
        raise Refused(NOT_SHOWN) from error
    return _beginning(found, BEGINNINGS[JPEG])


def _beginning(payload: object, begins: bytes) -> bytes:
    """What a confined process made, if it is of the kind that it says: a file may have taken it over."""
    if not isinstance(payload, bytes) or not payload.startswith(begins):
        raise Refused(TOO_MUCH)
    return payload
