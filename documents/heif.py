"""Photos in HEIC, as telephones take them, made JPEG by a process that does nothing else. PURE.

The decoders of HEVC are large C libraries in which errors are found that take over whoever opens a prepared photo,
so they run confined, as all work on files does. An interpreter of its own also keeps an encoder under GPL, which
comes with the library and is never called, apart from the portal
(docs/decisions/0010-heic-in-a-process-of-its-own.md).
"""

from dataclasses import replace

from confinement.running import Ended, run
from documents.caps import CAPS, Caps
from identifiers import Refused

# An interpreter that begins opens its libraries.
FILES = 32
# ISO/IEC 23008-12: the brands of still pictures and sequences, and those whose pictures are HEVC. AVIF has the
# general ones too, but is none of it.
_GENERAL = {b"mif1", b"mif2", b"msf1"}
_HEVC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_OTHERS = {b"avif", b"avis"}


def is_heif(payload: bytes) -> bool:
    """Judged by the first box of the file (ISO/IEC 14496-12, 4.3): its brand and those it is compatible with."""
    if payload[4:8] != b"ftyp":
        return False
    box = payload[8 : min(int.from_bytes(payload[:4], "big"), 256)]
    brands = {box[:4], *(box[at : at + 4] for at in range(8, len(box), 4))}
    return bool(brands & _HEVC or (brands & _GENERAL and not brands & _OTHERS))


def to_jpeg(payload: bytes, *, max_pixels: int, caps: Caps = CAPS) -> bytes:
    """The photo as a JPEG, upright. Raises Refused for what is damaged or has too many pixels."""
    limits = replace(caps.limits(files=FILES), apart=True)
    try:
        made = run("documents.heif_photo:to_jpeg", {"payload": payload, "max_pixels": max_pixels}, limits=limits)
    except Ended as error:
        raise Refused("Fotoğraf açılamadı. JPEG olarak kaydedip yeniden yükleyin.") from error
    return bytes(made["payload"])
