"""PDFs for tests, made on the spot."""

import io

import pikepdf
import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from documents.inspection import Inspected, inspect


def blank_pdf(page_count: int = 1) -> bytes:
    document = pikepdf.new()
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


def heic_photo() -> bytes:
    """As a telephone takes it."""
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (60, 40), "white")).save(out)
    return out.getvalue()


def upload(payload: bytes, name: str = "tarama.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, payload, content_type="application/octet-stream")
