"""The scans in a PDF made small where they are huge; called in a confined process alone. PURE.

Office scanners are set to 600 dots per inch in colour, which is ten times what a reader or a printer needs. Only
plain pictures in grey or colour are touched, by how large they stand on their page; what a rule here does not
understand stays as it is. Never called for a signed PDF: any change breaks its signature.
"""

import io
import time
from typing import Any

import pikepdf
from PIL import Image

from documents.pictures import DAMAGED, DOTS, on_white

# Smaller ones are no burden to a letter.
HUGE_BYTES = 300 * 1024
# Below this nothing is gained that would be worth a second compression.
HUGE_DOTS = 300
SECONDS = 7.0  # of the process's own; pages that are not reached stay as they are
QUALITY = 80
POINTS = 72  # of PDF in an inch
COLOURS = {"/DeviceRGB": "RGB", "/DeviceGray": "L", "/CalRGB": "RGB", "/CalGray": "L"}
# What gives a picture another look than its points alone.
NOT_PLAIN = ("/SMask", "/Mask", "/Decode", "/ImageMask", "/Matte", "/SMaskInData", "/Alternates")
Matrix = tuple[float, float, float, float]


def shrink(document: pikepdf.Pdf) -> bool:
    """Whether anything became smaller."""
    ends = time.monotonic() + SECONDS
    largest: dict[tuple[int, int], float] = {}
    found: dict[tuple[int, int], Any] = {}
    for page in document.pages:
        for picture, inches in _placed(page):
            if _is_huge(picture):
                found[picture.objgen] = picture
                largest[picture.objgen] = max(largest.get(picture.objgen, 0.0), inches)
    # In every place in which a picture may stand besides pages it would be seen at another size.
    used_elsewhere = _in_forms(document)
    smaller = False
    for key, picture in found.items():
        if time.monotonic() > ends:
            break
        if key not in used_elsewhere and largest[key] > 0:
            smaller |= _made_smaller(picture, max(picture.Width, picture.Height) / largest[key])
    return smaller


def _is_huge(picture: Any) -> bool:
    return (
        picture.is_indirect
        and picture.get("/Subtype") == "/Image"
        and not any(each in picture for each in NOT_PLAIN)
        and picture.get("/BitsPerComponent") == 8
        and _mode(picture) is not None
        and len(picture.read_raw_bytes()) > HUGE_BYTES
    )


def _mode(picture: Any) -> str | None:
    """Of Pillow; None for colours that are not understood."""
    space = picture.get("/ColorSpace")
    if isinstance(space, pikepdf.Array) and len(space) == 2 and space[0] == "/ICCBased":
        return {1: "L", 3: "RGB"}.get(int(space[1].get("/N", 0)))
    if isinstance(space, pikepdf.Array) and len(space):
        space = space[0]
    return COLOURS.get(str(space))


def _placed(page: Any) -> list[tuple[Any, float]]:
    """The pictures that a page paints by itself, each with the longer of its sides in inches."""
    pictures = page.obj.get("/Resources", {}).get("/XObject", {}) if "/Resources" in page.obj else {}
    unit = float(page.obj.get("/UserUnit", 1))
    found, now, before = [], (1.0, 0.0, 0.0, 1.0), []
    for instruction in pikepdf.parse_content_stream(page, "q Q cm Do"):
        match str(instruction.operator):
            case "q":
                before.append(now)
            case "Q":
                now = before.pop() if before else now
            case "cm":
                now = _times(tuple(float(each) for each in instruction.operands[:4]), now)  # type: ignore[arg-type]
            case "Do":
                picture = pictures.get(str(instruction.operands[0]))
                if isinstance(picture, pikepdf.Stream):
                    # A picture is one unit wide and high (ISO 32000-1, 8.9.5.1).
                    wide, high = _length(now[0], now[1]), _length(now[2], now[3])
                    found.append((picture, max(wide, high) * unit / POINTS))
    return found


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d = one
    e, f, g, h = other
    return a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h


def _length(across: float, up: float) -> float:
    return float((across * across + up * up) ** 0.5)


def _in_forms(document: pikepdf.Pdf) -> set[tuple[int, int]]:
    """Pictures in what is painted as a whole: forms, patterns, looks of annotations."""
    return {
        picture.objgen
        for holder in document.objects
        if isinstance(holder, pikepdf.Stream)
        and isinstance(holder.get("/Resources"), pikepdf.Dictionary)
        and isinstance(holder.Resources.get("/XObject"), pikepdf.Dictionary)
        for picture in holder.Resources.XObject.values()
        if isinstance(picture, pikepdf.Stream)
    }


def _made_smaller(picture: Any, dots: float) -> bool:
    if dots < HUGE_DOTS:
        return False
    scale = DOTS / dots
    size = (max(1, round(picture.Width * scale)), max(1, round(picture.Height * scale)))
    try:
        small = _unpacked(picture, size).resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    except (*DAMAGED, pikepdf.PdfError, NotImplementedError, MemoryError):
        return False
    out = io.BytesIO()
    small.save(out, "JPEG", quality=QUALITY, optimize=True)
    if out.tell() >= len(picture.read_raw_bytes()):
        return False
    for key in ("/DecodeParms", "/Intent", "/Metadata"):
        if key in picture:
            del picture[key]
    picture.Width, picture.Height = size
    picture.ColorSpace = pikepdf.Name.DeviceGray if small.mode == "L" else pikepdf.Name.DeviceRGB
    picture.write(out.getvalue(), filter=pikepdf.Name.DCTDecode)
    return True


def _unpacked(picture: Any, size: tuple[int, int]) -> Image.Image:
    """Its points; of a JPEG only as many as are needed, which takes a fraction of the memory."""
    filters = picture.get("/Filter")
    if filters == "/DCTDecode" or (isinstance(filters, pikepdf.Array) and list(filters) == ["/DCTDecode"]):
        packed = Image.open(io.BytesIO(picture.read_raw_bytes()), formats=("JPEG",))
        if packed.mode not in ("L", "RGB"):
            raise NotImplementedError(packed.mode)
        packed.draft(None, size)
        return on_white(packed)
    return on_white(pikepdf.PdfImage(picture).as_pil_image())
