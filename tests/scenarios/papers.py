"""PDFs for tests, made on the spot."""

import io

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

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


def upload(payload: bytes, name: str = "tarama.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, payload, content_type="application/octet-stream")
