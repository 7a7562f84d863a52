"""A photo in HEIC made a JPEG; called in a confined process in which nothing else of the portal is. PURE.

`documents.heif` says why it stands alone.
"""

import io

import pillow_heif

from identifiers import Refused


def to_jpeg(*, payload: bytes, max_pixels: int) -> dict[str, object]:
    try:
        return {"payload": _painted(payload, max_pixels)}
    except (Refused, MemoryError):
        raise
    except Exception as error:
        # Whatever a decoder raises over a prepared file, the file is at fault.
        raise Refused("Fotoğraf bozuk, açılamıyor. Yeniden çekin ya da JPEG olarak kaydedip yükleyin.") from error


def _painted(payload: bytes, max_pixels: int) -> bytes:
    photo = pillow_heif.open_heif(io.BytesIO(payload))
    if photo.size[0] * photo.size[1] > max_pixels:
        raise Refused("Resim çok büyük. Daha düşük çözünürlükle yeniden tarayın.")
    # Colours are those of the profile that the photo brings: wide ones would look pale without it.
    plain = photo.to_pillow().convert("RGB")
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=95, icc_profile=photo.info.get("icc_profile"))
    return out.getvalue()
