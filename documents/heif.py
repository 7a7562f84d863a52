"""Photos in HEIC, as telephones take them, made JPEG by a program of its own. PURE.

The decoders of HEVC are large C libraries in which errors are found that take over whoever opens a prepared photo.
So they run in a process that gets no environment, and with it no secrets, may write no file, and is ended after a
while. It also keeps an encoder under GPL, which comes with the library and is never called, out of the portal's
own process (docs/decisions/0010-heic-in-a-process-of-its-own.md).
"""

import subprocess
import sys
from pathlib import Path

from identifiers import Refused

PROGRAM = Path(__file__).with_name("heif_program.py")
SECONDS = 60
TOO_LARGE, DAMAGED = 3, 4  # what the program ends with; 0 when the JPEG is in its output
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


def to_jpeg(payload: bytes, *, max_pixels: int) -> bytes:
    """The photo as a JPEG, upright. Raises Refused for what is damaged or has too many pixels."""
    command = [sys.executable, "-I", str(PROGRAM), str(max_pixels), str(SECONDS)]
    try:
        done = subprocess.run(command, input=payload, capture_output=True, env={}, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise Refused("Fotoğraf açılamadı. JPEG olarak kaydedip yeniden yükleyin.") from error
    if done.returncode == TOO_LARGE:
        raise Refused("Resim çok büyük. Daha düşük çözünürlükle yeniden tarayın.")
    if done.returncode == DAMAGED or done.returncode < 0:
        raise Refused("Fotoğraf bozuk, açılamıyor. Yeniden çekin ya da JPEG olarak kaydedip yükleyin.")
    done.check_returncode()
    return done.stdout
