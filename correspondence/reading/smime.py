"""What stands inside an opaque S/MIME part (RFC 8551): the signed or compressed mail, without its signature. PURE.

The signature is not looked at: whom a mail is from is said by our own mail server. The few fields that are needed
are walked in place, with BER's indefinite lengths as well; a general ASN.1 parser takes quadratic time over a tag
that a sender made long.
"""

import zlib
from collections.abc import Iterator

TYPES = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
MAX_INFLATED = 10 * 2**20  # bytes; a compressed mail of a few kilobytes can be a thousand times as long
ENCRYPTED = (
    "Bu e-posta şifrelenmiş; portal içeriğini okuyamaz. Gönderenden şifrelemeden yeniden göndermesini isteyin."
)
UNREADABLE = "Bu e-postanın imzalı içeriği (smime.p7m) açılamadı; gönderenden yeniden göndermesini isteyin."
_SIGNED = bytes.fromhex("2a864886f70d010702")
_ENVELOPED = bytes.fromhex("2a864886f70d010703")
_COMPRESSED = bytes.fromhex("2a864886f70d0109100109")
_AUTH_ENVELOPED = bytes.fromhex("2a864886f70d0109100117")
_SEQUENCE, _SET, _OID, _INTEGER, _ZERO = 0x30, 0x31, 0x06, 0x02, 0xA0
_OCTETS, _OCTETS_IN_PIECES = 0x04, 0x24


class NotOpened(ValueError):
    """Nothing can be taken out; `why` is the sentence for people, empty when there is nothing to say."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def is_opaque(kind: str, filename: str) -> bool:
    """Gateways that do not know the type call it octet-stream, and leave the name."""
    return kind in TYPES or (kind == "application/octet-stream" and filename.lower() == "smime.p7m")


def opened(payload: bytes) -> tuple[bytes, bool]:
    """What is inside, and whether it is whole. Raises NotOpened."""
    try:
        return _opened(payload)
    except (IndexError, zlib.error) as error:
        raise NotOpened(UNREADABLE) from error


def _opened(payload: bytes) -> tuple[bytes, bool]:
    data = _Ber(payload)
    at, _end = data.into(0, _SEQUENCE)
    kind = data.value(at, _OID)
    if kind in (_ENVELOPED, _AUTH_ENVELOPED):
        raise NotOpened(ENCRYPTED)
    if kind not in (_SIGNED, _COMPRESSED):
        raise NotOpened(UNREADABLE)
    at, _end = data.into(data.after(at), _ZERO)
    at, _end = data.into(at, _SEQUENCE)
    # Version, then the digest algorithms or the compression's.
    at = data.after(data.after(at))
    at, end = data.into(at, _SEQUENCE)
    at = data.after(at)
    if at >= end or data.raw[at] != _ZERO:
        raise NotOpened("")  # certificates alone, or a signature whose mail stands beside it
    at, _end = data.into(at, _ZERO)
    content = b"".join(data.octets(at))
    if kind == _SIGNED:
        return content, data.is_whole
    inflating = zlib.decompressobj()
    return inflating.decompress(content, MAX_INFLATED), data.is_whole and inflating.eof


class _Ber:
    """Elements by their places. What is cut short raises IndexError, what is otherwise than it must be raises
    NotOpened."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.reached = 0

    @property
    def is_whole(self) -> bool:
        return self.reached <= len(self.raw)

    def head(self, at: int) -> tuple[int, int, int]:
        """The tag, where its contents begin, and where they end; -1 when only a mark will tell."""
        tag, length = self.raw[at], self.raw[at + 1]
        if tag & 0x1F == 0x1F or length > 0x84:
            raise NotOpened(UNREADABLE)
        if length == 0x80:
            return tag, at + 2, -1
        if length < 0x80:
            return tag, at + 2, at + 2 + length
        begin = at + 2 + (length & 0x7F)
        return tag, begin, begin + int.from_bytes(self.raw[at + 2 : begin])

    def into(self, at: int, tag: int) -> tuple[int, int]:
        found, begin, end = self.head(at)
        if found != tag:
            raise NotOpened(UNREADABLE)
        return begin, end if end >= 0 else len(self.raw)

    def value(self, at: int, tag: int) -> bytes:
        begin, end = self.into(at, tag)
        return self.raw[begin:end]

    def after(self, at: int) -> int:
        """Where the next element begins; elements of unknown length are counted, not walked one within another."""
        unfinished = 0
        while True:
            if self.raw[at : at + 2] == b"\x00\x00" and unfinished:
                unfinished, at = unfinished - 1, at + 2
            else:
                _tag, begin, end = self.head(at)
                unfinished, at = (unfinished + 1, begin) if end < 0 else (unfinished, end)
            if not unfinished:
                return at

    def octets(self, at: int) -> Iterator[bytes]:
        """An octet string, in one piece or in many; a last piece that was cut short counts as far as it goes."""
        unfinished = 0
        while True:
            if self.raw[at : at + 2] == b"\x00\x00" and unfinished:
                unfinished, at = unfinished - 1, at + 2
            else:
                tag, begin, end = self.head(at)
                if tag == _OCTETS and end >= 0:
                    yield self.raw[begin:end]
                    at = end
                elif tag == _OCTETS_IN_PIECES and end < 0:
                    unfinished, at = unfinished + 1, begin
                elif tag == _OCTETS_IN_PIECES:
                    yield from self._pieces(begin, end)
                    at = end
                else:
                    raise NotOpened(UNREADABLE)
            self.reached = at + bool(unfinished)
            if not unfinished or at >= len(self.raw):
                return

    def _pieces(self, at: int, end: int) -> Iterator[bytes]:
        while at < end:
            tag, begin, at = self.head(at)
            if tag != _OCTETS or at < 0:
                raise NotOpened(UNREADABLE)
            yield self.raw[begin:at]
