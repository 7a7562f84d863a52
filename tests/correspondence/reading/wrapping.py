"""What programs wrap mails into, made by hand: S/MIME (RFC 5652) and winmail.dat (MS-OXTNEF)."""

import struct
import zlib

SIGNED, ENVELOPED = "2a864886f70d010702", "2a864886f70d010703"
COMPRESSED, DATA, ZLIB = "2a864886f70d0109100109", "2a864886f70d010701", "2a864886f70d0109100308"


def der(tag: int, *contents: bytes) -> bytes:
    body = b"".join(contents)
    size = len(body)
    if size < 0x80:
        return bytes((tag, size)) + body
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(length))) + length + body


def endless(tag: int, *contents: bytes) -> bytes:
    """With BER's indefinite length."""
    return bytes((tag, 0x80)) + b"".join(contents) + b"\x00\x00"


def oid(value: str) -> bytes:
    return der(0x06, bytes.fromhex(value))


def signed(entity: bytes) -> bytes:
    encapsulated = der(0x30, oid(DATA), der(0xA0, der(0x04, entity)))
    return der(0x30, oid(SIGNED), der(0xA0, der(0x30, der(2, b"\x01"), der(0x31), encapsulated, der(0x31))))


def signed_as_a_stream(entity: bytes) -> bytes:
    """As OpenSSL and Outlook write what they did not hold in memory: pieces, and no lengths."""
    pieces = [der(0x04, entity[at : at + 100]) for at in range(0, len(entity), 100)]
    encapsulated = endless(0x30, oid(DATA), endless(0xA0, endless(0x24, *pieces)))
    algorithms = endless(0x31, endless(0x30, oid("608648016503040201"), b"\x05\x00"))
    inner = endless(0x30, der(2, b"\x01"), algorithms, encapsulated, der(0x31))
    return endless(0x30, oid(SIGNED), endless(0xA0, inner))


def compressed(entity: bytes) -> bytes:
    encapsulated = der(0x30, oid(DATA), der(0xA0, der(0x24, der(0x04, zlib.compress(entity)))))
    return der(0x30, oid(COMPRESSED), der(0xA0, der(0x30, der(2, b"\x00"), der(0x30, oid(ZLIB)), encapsulated)))


def enveloped() -> bytes:
    return der(0x30, oid(ENVELOPED), der(0xA0, der(0x30, der(2, b"\x00"), der(0x31), der(0x30, oid(DATA)))))


BODY, PROPERTIES, CODEPAGE, RENDERED = 0x2800C, 0x69003, 0x69007, 0x69002
TITLE, FILE, FILE_PROPERTIES, VERSION = 0x18010, 0x6800F, 0x69005, 0x89006


def attribute(level: int, name: int, value: bytes) -> bytes:
    return struct.pack("<BII", level, name, len(value)) + value + struct.pack("<H", sum(value) % 0x10000)


def property_of(name: int, kind: int, value: bytes) -> bytes:
    padded = value + bytes(-len(value) % 4)
    counted = kind in (0x1E, 0x1F, 0x0D, 0x102)
    return struct.pack("<HH", kind, name) + (struct.pack("<II", 1, len(value)) if counted else b"") + padded


def named_property(value: str) -> bytes:
    """One that a program added: known by its name instead of a number."""
    name = "x-sınıf\x00".encode("utf-16-le")
    head = struct.pack("<HH16xII", 0x1F, 0x8001, 1, len(name)) + name + bytes(-len(name) % 4)
    text = f"{value}\x00".encode("utf-16-le")
    return head + struct.pack("<II", 1, len(text)) + text + bytes(-len(text) % 4)


def properties(*each: bytes) -> bytes:
    return struct.pack("<I", len(each)) + b"".join(each)


def winmail(*attributes: bytes) -> bytes:
    head = attribute(1, VERSION, struct.pack("<I", 0x10000)) + attribute(1, CODEPAGE, struct.pack("<II", 1254, 0))
    return b"\x78\x9f\x3e\x22\x01\x00" + head + b"".join(attributes)


def file(name: str, payload: bytes) -> bytes:
    long_name = property_of(0x3707, 0x1F, f"{name}\x00".encode("utf-16-le"))
    return (
        attribute(2, RENDERED, bytes(14))
        + attribute(2, TITLE, b"TEKLIF~1.PDF\x00")
        + attribute(2, FILE, payload)
        + attribute(2, FILE_PROPERTIES, properties(property_of(0x0E20, 3, bytes(4)), long_name))
    )


def attached_mail(inner: bytes) -> bytes:
    value = property_of(0x3701, 0x0D, bytes(16) + inner)
    return attribute(2, RENDERED, bytes(14)) + attribute(2, FILE_PROPERTIES, properties(value))


def rich(text: bytes) -> bytes:
    """Compressed rich text that refers back to nothing but one letter, twice; ends with the place after it."""
    out = bytearray()
    for at in range(0, len(text), 8):
        piece = text[at : at + 8]
        out += b"\x00" + piece.ljust(8, b" ")
    written = 207 + len(text) + -len(text) % 8
    out += b"\x01" + ((written % 4096) << 4).to_bytes(2)
    return struct.pack("<II4sI", len(out) + 12, len(text), b"LZFu", 0) + bytes(out)
