"""One page of a PDF as a picture, by PDFium; called in a confined process alone. PURE."""

import io

import pypdfium2  # type: ignore[import-untyped]

# PDFium's bindings load Pillow when a page is first made a picture, and then no file may be opened any more.
from PIL import Image

QUALITY = 80


def warm() -> None:
    """Has PDFium and Pillow load what they load at the first page."""
    document = pypdfium2.PdfDocument.new()
    document.new_page(20, 20)
    out = io.BytesIO()
    document.save(out)
    paint(payload=out.getvalue(), number=1, longest=20)


def paint(*, payload: bytes, number: int, longest: int) -> bytes:
    """A JPEG of the page, the first of which is 1, with what its fields and signatures look like; `longest`:
    points of its longer side."""
    document = pypdfium2.PdfDocument(payload)
    document.init_forms()
    page = document[number - 1]
    picture: Image.Image = page.render(scale=longest / max(*page.get_size(), 1.0)).to_pil()
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
