"""Whether an upload is what it should be: judged by its content, never by its name. PURE.

What kind a file claims to be is seen here, by its first bytes; it is opened in a confined process alone
(docs/decisions/0015-files-in-a-process-of-their-own.md).
"""

import hashlib
import logging
import math
from dataclasses import asdict, dataclass, replace

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
BEGINNINGS = {JPEG: b"\xff\xd8\xff", PNG: b"\x89PNG\r\n\x1a\n"}


@dataclass(frozen=True, slots=True)
class Inspected:
    """A sound file. `payload` is what is kept: a picture comes re-encoded and without its metadata.

    `pages` None for pictures; `note` tells whoever handed it in, as a Turkish sentence, what was done to the file
    beyond that; `size` in bytes.
    """

    content_type: str
    pages: int | None
    payload: bytes
    note: str = ""

    @property
    def size(self) -> int:
        return len(self.payload)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.payload).hexdigest()


def inspect(payload: bytes, filename: str, *, max_bytes: int, max_pages: int, caps: Caps = CAPS) -> Inspected:
    """Checks a PDF, JPEG, PNG or HEIC. Raises Refused with a Turkish sentence for anything else."""
    if not payload:
        raise Refused("Dosya boş. Dosyayı açıp kontrol edin ve yeniden seçin.")
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
    raise Refused(
        f"“{filename}” bir PDF, JPEG ya da PNG değil. "
        "Belgeyi bu biçimlerden biriyle ya da HEIC fotoğraf olarak yükleyin."
    )


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
    return Inspected(content_type, None, _beginning(found["payload"], BEGINNINGS[content_type]))


def _pdf(payload: bytes, *, moved: bool, max_pages: int, caps: Caps) -> Inspected:
    arguments = {"payload": payload, "moved": moved, "max_pages": max_pages, "caps": asdict(caps)}
    found = _opened("documents.pdf_inspection:inspect", arguments, caps)
    kept = payload if found["copy"] is None else _beginning(found["copy"], HEADER)
    return Inspected(PDF, int(str(found["pages"])), kept, str(found["note"]))


def _beginning(payload: object, begins: bytes) -> bytes:
    """What a confined process made, if it is of the kind that it says: a file may have taken it over."""
    if not isinstance(payload, bytes) or not payload.startswith(begins):
        raise Refused(TOO_MUCH)
    return payload
