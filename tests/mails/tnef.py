"""winmail.dat as Outlook writes it (MS-OXTNEF), with no more than a mail needs: a body in one of its forms, and files."""

import struct
import zlib

SIGNATURE, KEY = 0x223E9F78, 1
VERSION, CODE_PAGE, BODY, PROPERTIES = 0x00089006, 0x00069007, 0x0002800C, 0x00069003
RENDERING, FILE_NAME, FILE, FILE_PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
PR_BODY, PR_RTF, PR_HTML, PR_LONG_NAME = (0x1000, 0x1F), (0x1009, 0x102), (0x1013, 0x102), (0x3707, 0x1F)
FIRST_WRITTEN = 207  # the length of the dictionary that compressed RTF begins with (MS-OXRTFCP 2.1.2.1)


def attribute(level: int, name: int, data: bytes) -> bytes:
    return struct.pack("<BII", level, name, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def properties(*given: tuple[tuple[int, int], bytes]) -> bytes:
    written = struct.pack("<I", len(given))
    for (name, kind), value in given:
        written += struct.pack("<HHII", kind, name, 1, len(value)) + value + b"\0" * (-len(value) % 4)
    return written


def rtf(words: str) -> bytes:
    """RTF in the code page 1254, every sign above ASCII escaped."""
    body = "".join(
        sign if sign.isascii() else f"\\'{sign.encode('windows-1254').hex()}"
        for sign in words.replace("\n", "\\par\n")
    )
    return f"{{\\rtf1\\ansi\\ansicpg1254\\fromtext \\deff0{{\\fonttbl{{\\f0 Arial;}}}}\\uc1\\pard {body}\\par}}".encode()


def compressed(raw: bytes) -> bytes:
    """RTF in the compressed form (LZFu) without repetitions: eight letters behind each control byte, then the end."""
    body = b""
    for start in range(0, len(raw) + 1, 8):
        letters = raw[start : start + 8]
        if len(letters) == 8:
            body += b"\0" + letters
            continue
        end = (FIRST_WRITTEN + len(raw)) % 4096
        body += bytes([1 << len(letters)]) + letters + struct.pack(">H", end << 4)
    check = zlib.crc32(body, 0xFFFFFFFF) ^ 0xFFFFFFFF
    return struct.pack("<II4sI", len(body) + 12, len(raw), b"LZFu", check) + body


def uncompressed(raw: bytes) -> bytes:
    return struct.pack("<II4sI", len(raw) + 12, len(raw), b"MELA", 0) + raw


def winmail(
    *,
    body: str = "",
    rich: bytes = b"",
    page: str = "",
    unicode_body: str = "",
    files: dict[str, bytes] | None = None,
) -> bytes:
    written = struct.pack("<IH", SIGNATURE, KEY)
    written += attribute(1, VERSION, struct.pack("<I", 0x10000))
    written += attribute(1, CODE_PAGE, struct.pack("<II", 1254, 0))
    if body:
        written += attribute(1, BODY, body.replace("\n", "\r\n").encode("windows-1254") + b"\0")
    given = []
    if unicode_body:
        given.append((PR_BODY, unicode_body.encode("utf-16-le") + b"\0\0"))
    if rich:
        given.append((PR_RTF, rich))
    if page:
        given.append((PR_HTML, page.encode("windows-1254")))
    if given:
        written += attribute(1, PROPERTIES, properties(*given))
    for name, data in (files or {}).items():
        short = "TEKLIF~1.PDF" if not name.isascii() else name
        written += attribute(2, RENDERING, struct.pack("<HIHHI", 1, 0xFFFFFFFF, 0, 0, 0))
        written += attribute(2, FILE_NAME, short.encode() + b"\0")
        written += attribute(2, FILE, data)
        written += attribute(2, FILE_PROPERTIES, properties((PR_LONG_NAME, name.encode("utf-16-le") + b"\0\0")))
    return written
