"""A logo repainted; called in a confined process alone. PURE."""

import io
import struct

# Loaded by Pillow only when a file asks for it, and then no file may be opened any more.
from PIL import Image, ImageFile, ImageOps, MpoImagePlugin, TiffImagePlugin  # noqa: F401

from identifiers import Refused

# What Pillow raises over damaged files.
DAMAGED = (OSError, SyntaxError, ValueError, TypeError, struct.error, Image.DecompressionBombError)

# Of 255: what is nowhere darker is not seen on the white on which logos stand, on screens and on paper.
PALE = 230


def warm() -> None:
    """Has Pillow load what it loads at the first picture of each kind."""
    for form in ("JPEG", "PNG"):
        out = io.BytesIO()
        Image.new("RGB", (2, 2)).save(out, form)
        paint(payload=out.getvalue(), max_pixels=4, box=(1, 1))


def paint(*, payload: bytes, max_pixels: int, box: tuple[int, int]) -> dict[str, object]:
    """The picture as a PNG that fits into `box`, with its width and height. Raises Refused."""
    # WeasyPrint, once imported, has Pillow fill up half pictures with grey.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    # Ours refuses where Pillow's own guard would only warn.
    Image.MAX_IMAGE_PIXELS = None
    try:
        painted = _upright(payload, max_pixels)
    except Refused:
        raise
    except DAMAGED as error:
        raise Refused("Logo PNG ya da JPEG olmalı; bu dosya açılamadı.") from error
    width, height = box
    painted.thumbnail((width, height))
    painted.info.clear()
    if _darkest_on_white(painted) > PALE:
        raise Refused("Logo beyaz zeminde görünmüyor. Koyu renkli olanını yükleyin.")
    out = io.BytesIO()
    painted.save(out, "PNG", optimize=True)
    return {"png": out.getvalue(), "width": painted.width, "height": painted.height}


def _darkest_on_white(painted: Image.Image) -> int:
    white = Image.new("RGBA", painted.size, "white")
    darkest, _lightest = Image.alpha_composite(white, painted).convert("L").getextrema()
    return int(darkest)  # type: ignore[arg-type]


def _upright(payload: bytes, max_pixels: int) -> Image.Image:
    with Image.open(io.BytesIO(payload), formats=("PNG", "JPEG")) as picture:
        if picture.width * picture.height > max_pixels:
            raise Refused("Logo çok büyük. Daha küçük bir resim seçin.")
        return ImageOps.exif_transpose(picture).convert("RGBA")
