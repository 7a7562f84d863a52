"""PDFs for tests, made on the spot."""

import io

import pikepdf


def blank_pdf() -> bytes:
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
