"""A partner's logo: whatever picture staff choose, repainted as a small PNG, so that only pixels come along."""

import hashlib
import io
import struct

from PIL import Image, ImageFile, ImageOps

from identifiers import Refused
from partners.models import Logo, Partner

MAX_BYTES = 2 * 1024 * 1024
MAX_PIXELS = 20_000_000
# What Pillow raises over damaged files.
DAMAGED = (OSError, SyntaxError, ValueError, TypeError, struct.error, Image.DecompressionBombError)
BOX = (480, 160)  # pixels: twice what the widest place shows


def keep(*, partner: Partner, payload: bytes) -> Logo:
    """Makes the picture the partner's logo. Raises Refused for anything but a sound PNG or JPEG."""
    png, width, height = repainted(payload)
    values = {"png": png, "sha256": hashlib.sha256(png).hexdigest(), "width": width, "height": height}
    return Logo.objects.update_or_create(partner=partner, defaults=values)[0]


def repainted(payload: bytes) -> tuple[bytes, int, int]:
    """PNG, width, height."""
    if len(payload) > MAX_BYTES:
        raise Refused("Logo en çok 2 MB olabilir.")
    # WeasyPrint, once imported, has Pillow fill up half pictures with grey in the whole process.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        painted = _painted(payload)
    except DAMAGED as error:
        raise Refused("Logo PNG ya da JPEG olmalı; bu dosya açılamadı.") from error
    if painted is None:
        raise Refused("Logo çok büyük. Daha küçük bir resim seçin.")
    painted.thumbnail(BOX)
    painted.info.clear()
    out = io.BytesIO()
    painted.save(out, "PNG", optimize=True)
    return out.getvalue(), painted.width, painted.height


def _painted(payload: bytes) -> Image.Image | None:
    """The picture upright; None when it has too many pixels to be unpacked."""
    with Image.open(io.BytesIO(payload), formats=("PNG", "JPEG")) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            return None
        return ImageOps.exif_transpose(picture).convert("RGBA")
