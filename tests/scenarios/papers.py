"""PDFs for tests, made on the spot."""

import io
from itertools import count

import pikepdf
import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from documents.inspection import Inspected, inspect

Colour = str | tuple[int, int, int]
_NUMBERS = count(1)


def blank_pdf(page_count: int = 1) -> bytes:
    """Made twice, two different files. Keep it where the same one is meant."""
    document = pikepdf.new()
    # The id of a PDF tells two apart by the second alone.
    document.docinfo["/Subject"] = str(next(_NUMBERS))
    for _page in range(page_count):
        document.add_blank_page(page_size=(595, 842))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sound_pdf(page_count: int = 1) -> Inspected:
    """A blank paper that was looked at and found sound."""
    return inspect(blank_pdf(page_count), "tarama.pdf", max_bytes=10**6, max_pages=5)


def protected_pdf() -> bytes:
    """Everybody may open it; an owner's password forbids to change it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(blank_pdf())) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="gizli", user=""))
    return out.getvalue()


def picture(colour: Colour = "white", size: tuple[int, int] = (300, 400)) -> Image.Image:
    """Of a sheet of this colour with one dark line on it, as large as somebody could read it."""
    sheet = Image.new("RGB", size, colour)
    ImageDraw.Draw(sheet).line((size[0] // 4, 30, size[0] // 2, 30), "black", 4)
    return sheet


def photo(colour: Colour = "white", form: str = "JPEG", size: tuple[int, int] = (300, 400)) -> bytes:
    out = io.BytesIO()
    picture(colour, size).save(out, form)
    return out.getvalue()


def heic_photo() -> bytes:
    """As a telephone takes it."""
    out = io.BytesIO()
    pillow_heif.from_pillow(picture()).save(out)
    return out.getvalue()


def upload(payload: bytes, name: str = "tarama.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, payload, content_type="application/octet-stream")
