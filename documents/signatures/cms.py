"""A signature that lies around a paper or beside it (CAdES, the .p7s of many programs), not in it. PURE.

İYS gets the signed paper as a PDF that anybody can open, so such a file is recognised and not taken: the sentence
says what to choose in the program instead.
"""

import base64
import binascii
import re

from asn1crypto import cms

PADES = (
    "İmza türü olarak “PDF (PAdES)” seçip indirdiğiniz PDF'i yeniden imzalayın; yükleyeceğiniz dosya .pdf olur."
)
ARMOURED = re.compile(rb"\A\s*-----BEGIN (?:PKCS7|CMS|PKCS #7 SIGNED DATA)-----\s+(.*?)-----END", re.DOTALL)
SIGNED_DATA = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"  # the object identifier of CMS SignedData, RFC 5652


def is_signature(payload: bytes) -> bool:
    """Whether it is a CMS signature or a container of signatures (ASiC, ETSI EN 319 162-1), and no PDF."""
    return _signed_data(payload) is not None or _is_container(payload)


def what_to_do(payload: bytes, issued: bytes | None = None) -> str:
    """For people; `issued` is the paper that should have been signed, where it is known."""
    der = _signed_data(payload)
    if der is None:
        return f"Bu dosya bir imza paketi (ASiC); imza PDF'in içinde değil. {PADES}"
    content = _content(der)
    if content is None:
        return f"Bu dosyada yalnızca imza var, belgenin kendisi yok (.p7s, ayrık imza). {PADES}"
    if issued is not None and content != issued:
        return f"Bu .p7s dosyasının içindeki belge sizin için hazırladığımız dosya değil. {PADES}"
    return f"Bu dosya .p7s (CAdES) biçiminde; imza PDF'in içinde değil, çevresinde. {PADES}"


def told(*, payload: bytes) -> dict[str, object]:
    """For people, in a confined process; an empty sentence for what is no signature."""
    return {"sentence": what_to_do(payload) if is_signature(payload) else ""}


def _is_container(payload: bytes) -> bool:
    return payload.startswith(b"PK\x03\x04") and b"mimetypeapplication/vnd.etsi.asic" in payload[:200]


def _signed_data(payload: bytes) -> bytes | None:
    """The signature in DER or BER, also out of its Base64."""
    armoured = ARMOURED.match(payload)
    coded = armoured[1] if armoured else payload
    if re.match(rb"\s*MI[IA-Za-z0-9+/]", coded):
        try:
            coded = base64.b64decode(b"".join(coded.split()), validate=True)
        except binascii.Error:
            return None
    return coded if coded[:1] == b"\x30" and SIGNED_DATA in coded[:24] else None


def _content(der: bytes) -> bytes | None:
    """What is signed, when it is inside; None when it is not, or cannot be read."""
    try:
        content = cms.ContentInfo.load(der)["content"]["encap_content_info"]["content"]
        return bytes(content.native) if content.native is not None else None
    except (ValueError, TypeError):
        return None
