"""Pictures and PDFs made one PDF, a page after the other; called in a confined process alone. PURE."""

import io

import pikepdf
from PIL import Image

from documents.pdf_inspection import is_signed
from documents.pictures import A4_LONG, A4_SHORT, fitting, on_white
from identifiers import Refused

POINTS = 72  # of PDF in an inch
# How the pictures are written: as they are kept, else smaller where they would not fit.
QUALITIES = ((200, 85), (150, 75), (150, 55))
# How many times too large the pictures may be for each of these to be worth the time: a page written anew takes a
# third of what it did, or a fifth.
WORTH = (1.0, 3.0, 8.0)
TOO_LARGE = (
    "Sayfalar birlikte çok büyük oluyor. Daha az sayfayı birlikte yükleyin ya da belgeyi daha düşük çözünürlükle "
    "tarayın."
)


def warm() -> None:
    """Has pikepdf and Pillow load what they load at the first file."""
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, "PNG")
    join(payloads=[out.getvalue()], max_bytes=10**6, max_pages=1)


def join(*, payloads: list[bytes], max_bytes: int, max_pages: int, instead: int = 0) -> dict[str, object]:
    """The PDF, which is the same one for the same files, and its number of pages; `instead`: the page of the first
    file, a PDF, in whose place the others come. Raises Refused."""
    too_large = sum(map(len, payloads)) / max_bytes
    for (dots, quality), worth in zip(QUALITIES, WORTH, strict=True):
        if too_large > worth:
            continue
        made, pages = _joined(payloads, dots, quality, max_pages, instead)
        if len(made) <= max_bytes:
            return {"payload": made, "pages": pages}
    raise Refused(TOO_LARGE)


def _joined(payloads: list[bytes], dots: int, quality: int, max_pages: int, instead: int) -> tuple[bytes, int]:
    out = io.BytesIO()
    with pikepdf.new() as document:
        for place, payload in enumerate(payloads):
            if place == 0 and instead:
                _append(document, payload, slice(instead - 1))
            elif payload.startswith(b"%PDF-"):
                _append(document, payload)
            else:
                _paint(document, payload, dots, quality)
        if instead:
            _append(document, payloads[0], slice(instead, None))
        pages = len(document.pages)
        if pages > max_pages:
            raise Refused(f"Birlikte {pages} sayfa oluyor; bir belge en çok {max_pages} sayfa olabilir.")
        document.save(out, deterministic_id=True)
    return out.getvalue(), pages


def _append(document: pikepdf.Pdf, payload: bytes, which: slice = slice(None)) -> None:
    with pikepdf.open(io.BytesIO(payload)) as added:
        if is_signed(added):
            raise Refused(
                "Seçtiklerinizden biri e-imzalı bir PDF; başka sayfalarla birleştirmek imzasını bozar. "
                "Onu tek başına yükleyin."
            )
        document.pages.extend(added.pages[which])


def _paint(document: pikepdf.Pdf, payload: bytes, dots: int, quality: int) -> None:
    """A page of A4, upright or lying as the picture is, which fills it in one direction."""
    with Image.open(io.BytesIO(payload), formats=("JPEG", "PNG")) as picture:
        size = fitting(picture.size, dots=dots)
        raw = payload
        if picture.format != "JPEG" or size != picture.size or dots != QUALITIES[0][0]:
            painted = on_white(picture)
            out = io.BytesIO()
            (painted if size == picture.size else painted.resize(size, Image.Resampling.BICUBIC)).save(
                out, "JPEG", quality=quality
            )
            raw = out.getvalue()
    with Image.open(io.BytesIO(raw)) as written:
        width, height, mode = written.width, written.height, written.mode
    image = pikepdf.Stream(
        document,
        raw,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=width,
        Height=height,
        ColorSpace=pikepdf.Name.DeviceGray if mode == "L" else pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    short, long = A4_SHORT * POINTS, A4_LONG * POINTS
    across, down = (long, short) if width > height else (short, long)
    scale = min(across / width, down / height)
    left, below = (across - width * scale) / 2, (down - height * scale) / 2
    page = document.add_blank_page(page_size=(round(across, 2), round(down, 2)))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
    page.Contents = pikepdf.Stream(
        document,
        f"q {width * scale:.3f} 0 0 {height * scale:.3f} {left:.3f} {below:.3f} cm /Im0 Do Q".encode(),
    )
