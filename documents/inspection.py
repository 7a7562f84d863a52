"""Whether an upload is what it should be: judged by its content, never by its name. PURE."""

import hashlib
import io
import math
import struct
from dataclasses import dataclass, replace

from PIL import Image, ImageFile, ImageOps

from documents import heif
from identifiers import Refused

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
# What a file field offers to choose from. Not every browser knows the type of HEIC: its endings stand there too.
ACCEPTED = f"{PDF},{JPEG},{PNG},image/heic,image/heif,.heic,.heif"
# A reader of PDF looks for the header in the first 1024 bytes (ISO 32000-1, annex H.3, note 13): scanners and web
# servers put a byte order mark, blank lines or commands for a printer before it.
HEADER, HEADER_WITHIN = b"%PDF-", 1024
# A PDF in one of these (ZIP; a signature's envelope, DER or BER) is not the file that was chosen.
CONTAINERS = (b"PK\x03\x04", b"0\x80", b"0\x82", b"0\x83", b"0\x84")
# More pixels than an A3 scan at 600 dpi has: beyond that a picture is a trap for memory.
MAX_PIXELS = 80_000_000
# What Pillow raises over damaged files, found by damaging files.
DAMAGED_PICTURE = (OSError, SyntaxError, ValueError, TypeError, struct.error, Image.DecompressionBombError)


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


def inspect(payload: bytes, filename: str, *, max_bytes: int, max_pages: int) -> Inspected:
    """Checks a PDF, JPEG, PNG or HEIC. Raises Refused with a Turkish sentence for anything else."""
    if not payload:
        raise Refused("Dosya boş. Dosyayı açıp kontrol edin ve yeniden seçin.")
    if len(payload) > max_bytes:
        raise Refused(
            f"Dosya {_megabytes(len(payload))} MB; en çok {_megabytes(max_bytes)} MB olabilir. "
            "Daha düşük çözünürlükle yeniden tarayın."
        )
    if payload[:3] == b"\xff\xd8\xff" or payload[:8] == b"\x89PNG\r\n\x1a\n":
        return _picture(payload)
    if heif.is_heif(payload):
        found = _picture(heif.to_jpeg(payload, max_pixels=MAX_PIXELS))
        return replace(found, note="HEIC fotoğrafınız JPEG'e çevrilip kaydedildi.")
    begins = payload.find(HEADER, 0, HEADER_WITHIN)
    if begins >= 0 and not payload.startswith(CONTAINERS):
        # pikepdf is loaded with the first PDF: no command and few pages need it.
        from documents import pdf_inspection

        sound = pdf_inspection.inspect(payload, begins=begins, max_pages=max_pages)
        return Inspected(PDF, sound.pages, sound.payload, sound.note)
    raise Refused(
        f"“{filename}” bir PDF, JPEG ya da PNG değil. "
        "Belgeyi bu biçimlerden biriyle ya da HEIC fotoğraf olarak yükleyin."
    )


def _megabytes(size: int) -> str:
    """In tenths, rounded up: a file just above the limit must not read as if it were at it."""
    return f"{math.ceil(size / 1024 / 1024 * 10) / 10:.1f}".removesuffix(".0").replace(".", ",")


def _picture(payload: bytes) -> Inspected:
    # WeasyPrint, once imported, has Pillow fill up half pictures with grey in the whole process.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        return _repainted(payload)
    except Refused:
        raise
    except DAMAGED_PICTURE as error:
        raise Refused("Resim bozuk, açılamıyor. Belgeyi yeniden tarayın ya da fotoğraflayın.") from error


def _repainted(payload: bytes) -> Inspected:
    """The picture upright and saved anew, so that nothing but its pixels comes along."""
    with Image.open(io.BytesIO(payload), formats=("JPEG", "PNG")) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            raise Refused("Resim çok büyük. Daha düşük çözünürlükle yeniden tarayın.")
        if picture.format == "PNG" and getattr(picture, "is_animated", False):
            raise Refused("Resim hareketli. Belgenin hareketsiz bir fotoğrafını ya da taramasını yükleyin.")
        upright = ImageOps.exif_transpose(picture)
        out = io.BytesIO()
        if picture.format == "PNG":
            upright.info.clear()
            upright.save(out, "PNG", optimize=True)
            return Inspected(PNG, None, out.getvalue())
        # Telephones also write MPO: a JPEG with further pictures behind it.
        plain = upright.convert("RGB")
        plain.info.clear()
        plain.save(out, "JPEG", quality=88, optimize=True)
        return Inspected(JPEG, None, out.getvalue())
