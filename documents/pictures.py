"""A picture repainted, so that nothing but its pixels comes along; called in a confined process alone. PURE."""

import io
import struct

# Loaded by Pillow only when a file asks for it, and then no file may be opened any more.
from PIL import Image, ImageFile, ImageOps, MpoImagePlugin, TiffImagePlugin  # noqa: F401

from identifiers import Refused

# What Pillow raises over damaged files, found by damaging files.
DAMAGED = (OSError, SyntaxError, ValueError, TypeError, struct.error, Image.DecompressionBombError)


def warm() -> None:
    """Has Pillow load what it loads at the first picture of each kind."""
    for form in ("JPEG", "PNG", "MPO"):
        out = io.BytesIO()
        Image.new("RGB", (2, 2)).save(out, form)
        repaint(payload=out.getvalue(), max_pixels=4)


def repaint(*, payload: bytes, max_pixels: int) -> dict[str, object]:
    """The picture upright and saved anew, as JPEG or PNG. Raises Refused with a Turkish sentence."""
    # WeasyPrint, once imported, has Pillow fill up half pictures with grey.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        return _repainted(payload, max_pixels)
    except Refused:
        raise
    except DAMAGED as error:
        raise Refused("Resim bozuk, açılamıyor. Belgeyi yeniden tarayın ya da fotoğraflayın.") from error


def _repainted(payload: bytes, max_pixels: int) -> dict[str, object]:
    # Pillow's own guard would only warn where ours refuses.
    Image.MAX_IMAGE_PIXELS = None
    with Image.open(io.BytesIO(payload), formats=("JPEG", "PNG")) as picture:
        if picture.width * picture.height > max_pixels:
            raise Refused("Resim çok büyük. Daha düşük çözünürlükle yeniden tarayın.")
        if picture.format == "PNG" and getattr(picture, "is_animated", False):
            raise Refused("Resim hareketli. Belgenin hareketsiz bir fotoğrafını ya da taramasını yükleyin.")
        form = "PNG" if picture.format == "PNG" else "JPEG"
        # In place, and converted only where it must be: a copy of a large scan takes hundreds of megabytes.
        ImageOps.exif_transpose(picture, in_place=True)
        # Telephones also write MPO: a JPEG with further pictures behind it.
        plain = picture.convert("RGB") if form == "JPEG" and picture.mode != "RGB" else picture
        plain.info.clear()
        out = io.BytesIO()
        plain.save(out, form, **({"optimize": True} if form == "PNG" else {"quality": 88, "optimize": True}))
    return {"form": form, "payload": out.getvalue()}
