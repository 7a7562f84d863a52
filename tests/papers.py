"""PDFs for tests, made on the spot."""

import io

import pikepdf


def blank_pdf(page_count: int = 1) -> bytes:
    document = pikepdf.new()
    for _page in range(page_count):
        document.add_blank_page(page_size=(595, 842))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
