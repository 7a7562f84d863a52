"""A picture repainted, so that nothing but its pixels comes along; called in a confined process alone. PURE.

Telephones take ten times the points that a paper needs to be read. What is larger than A4 at 200 dots per inch is
made as small as that; a scan that says how many dots it has per inch keeps 200 of them, whatever its paper.
"""

import io
import struct
from typing import Any

# Loaded by Pillow only when a file asks for it, and then no file may be opened any more.
from PIL import Image, ImageFile, ImageOps, MpoImagePlugin, TiffImagePlugin  # noqa: F401

from identifiers import Refused

DOTS = 200  # per inch; what İYS's people and a printer need is 150
A4_SHORT, A4_LONG = 8.27, 11.69  # inches
# A telephone writes 72 into every photo; a scanner means what it says.
BELIEVED = range(150, 2401)
# libjpeg unpacks a JPEG to an eighth at the least, so one may have more points than are ever in memory.
REDUCED = 4
# The smallest paper that is handed in is an identity card, 54 mm by 85.6. These are 75 dots per inch of it; with
# fewer no print can be read.
LEAST = (159, 253)
# What Pillow raises over damaged files, found by damaging files.
DAMAGED = (OSError, SyntaxError, ValueError, TypeError, struct.error, Image.DecompressionBombError)


def warm() -> None:
    """Has Pillow load what it loads at the first picture of each kind."""
    for form in ("JPEG", "PNG", "MPO"):
        out = io.BytesIO()
        Image.new("RGB", (2, 2)).save(out, form)
        repaint(payload=out.getvalue(), max_pixels=4)


def repaint(*, payload: bytes, max_pixels: int) -> dict[str, object]:
    """The picture upright and saved anew, as JPEG or PNG, and why nobody could read it. Raises Refused with a
    Turkish sentence."""
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
        form = "PNG" if picture.format == "PNG" else "JPEG"
        size = fitting(picture.size, picture.info.get("dpi"))
        points = picture.width * picture.height
        if form == "JPEG" and points <= REDUCED * max_pixels:
            picture.draft(None, size)
        if points > REDUCED * max_pixels or picture.width * picture.height > max_pixels:
            raise Refused("Resim çok büyük. Daha düşük çözünürlükle yeniden tarayın.")
        if form == "PNG" and getattr(picture, "is_animated", False):
            raise Refused("Resim hareketli. Belgenin hareketsiz bir fotoğrafını ya da taramasını yükleyin.")
        # The way it was held is lost with the metadata of a picture that is made anew.
        held = picture.getexif()
        small: Image.Image = picture
        if picture.size != size:
            small = shrunk(picture, size)
            small.info["exif"] = held.tobytes()
        # In place, and converted only where it must be: a copy of a large scan takes hundreds of megabytes.
        ImageOps.exif_transpose(small, in_place=True)
        if small is not picture:
            # No drawing any more, whose edges a JPEG would blur.
            form, small = "JPEG", on_white(small)
        elif "transparency" in small.info:
            small = small.convert("RGBA")
        # Telephones also write MPO: a JPEG with further pictures behind it.
        plain = small.convert("RGB") if form == "JPEG" and small.mode not in ("RGB", "L") else small
        plain.info.clear()
        out = io.BytesIO()
        plain.save(out, form, **({"optimize": True} if form == "PNG" else {"quality": 88, "optimize": True}))
    return {"form": form, "payload": out.getvalue(), "unreadable": unreadable(plain)}


def unreadable(picture: Image.Image) -> str:
    """Why it cannot be a paper that somebody reads, as a Turkish sentence; only what is certain."""
    if any(side < least for side, least in zip(sorted(picture.size), LEAST, strict=True)):
        return (
            f"Resim çok küçük ({picture.width} × {picture.height} nokta), yazıları okunmaz. "
            "Belgenin büyük bir fotoğrafını çekin ya da belgeyi tarayın."
        )
    # A pair for a picture of one band, and for each band of others.
    tones: Any = picture.getextrema()
    bands = tones if isinstance(tones[0], tuple) else (tones,)
    if all(darkest == lightest for darkest, lightest in bands):
        return "Resim tek renk, üzerinde hiçbir yazı yok. Belgeyi yeniden fotoğraflayın ya da tarayın."
    return ""


def fitting(size: tuple[int, int], said: object = None, dots: int = DOTS) -> tuple[int, int]:
    """The size that a paper of these points is kept in: both sides as long as A4's, or longer. `said` is how many
    dots per inch it says that it has."""
    short, long = sorted(size)
    least = max(dots * A4_SHORT / short, dots * A4_LONG / long)
    if isinstance(said, tuple) and all(each and round(float(each)) in BELIEVED for each in said):
        least = max(least, dots / float(min(said)))
    return size if least >= 1 else (round(size[0] * least), round(size[1] * least))


def shrunk(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Smoothly, which a palette and single bits are not fit for."""
    if picture.mode in ("P", "1"):
        picture = picture.convert(
            "RGBA" if "transparency" in picture.info else "RGB" if picture.mode == "P" else "L"
        )
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def small(*, payload: bytes, longest: int) -> bytes:
    """A small JPEG to choose pages by."""
    with Image.open(io.BytesIO(payload), formats=("JPEG", "PNG")) as picture:
        picture.draft("RGB", (longest, longest))
        found = on_white(picture)
        found.thumbnail((longest, longest))
        out = io.BytesIO()
        found.save(out, "JPEG", quality=70)
    return out.getvalue()


def on_white(picture: Image.Image) -> Image.Image:
    """In grey or colour of eight bits, as paper shows it: what can be seen through is white."""
    if picture.mode.startswith("I"):
        # 16 bits; Pillow would cut off what is brighter than 255.
        return picture.point(lambda value: value / 257).convert("L")
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        sheet = Image.new("RGB", clear.size, "white")
        sheet.paste(clear, mask=clear.getchannel("A"))
        return sheet
    return picture.convert("L" if picture.mode in ("1", "L") else "RGB")
