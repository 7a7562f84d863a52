"""Whether an upload is what it should be: judged by its content, never by its name. PURE."""

import hashlib
import io
import math
import struct
from dataclasses import dataclass

from PIL import Image, ImageFile, ImageOps

from identifiers import Refused

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
# More pixels than an A3 scan at 600 dpi has: beyond that a picture is a trap for memory.
MAX_PIXELS = 80_000_000
# What Pillow raises over damaged files, found by damaging files.
DAMAGED_PICTURE = (OSError, SyntaxError, ValueError, TypeError, struct.error, Image.DecompressionBombError)


@dataclass(frozen=True, slots=True)
class Inspected:
    """A sound file. `payload` is what is kept: a picture comes re-encoded and without its metadata.

    `pages` None for pictures; `size` in bytes.
    """

    content_type: str
    pages: int | None
    payload: bytes

    @property
    def size(self) -> int:
        return len(self.payload)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.payload).hexdigest()


def inspect(payload: bytes, filename: str, *, max_bytes: int, max_pages: int) -> Inspected:
    """Checks a PDF, JPEG or PNG. Raises Refused with a Turkish sentence for anything else."""
    if not payload:
        raise Refused("Dosya boş. Dosyayı açıp kontrol edin ve yeniden seçin.")
    if len(payload) > max_bytes:
        raise Refused(
            f"Dosya {_megabytes(len(payload))} MB; en çok {_megabytes(max_bytes)} MB olabilir. "
            "Daha düşük çözünürlükle yeniden tarayın."
        )
    if payload.lstrip()[:5] == b"%PDF-":
        # pikepdf is loaded with the first PDF: no command and few pages need it.
        from documents import pdf_inspection

        return Inspected(PDF, pdf_inspection.inspect(payload, max_pages=max_pages), payload)
    if payload[:3] == b"\xff\xd8\xff" or payload[:8] == b"\x89PNG\r\n\x1a\n":
        return _picture(payload)
    raise Refused(f"“{filename}” bir PDF, JPEG ya da PNG değil. Belgeyi bu biçimlerden biriyle yükleyin.")


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
