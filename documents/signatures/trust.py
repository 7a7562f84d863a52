"""Which authorities are believed, and how revocation is asked about. PURE: the folder is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asn1crypto import pem, x509

ENDINGS = {".pem", ".crt", ".cer", ".der"}


@dataclass(frozen=True)
class Trust:
    """`roots` are believed, `others` only help to build the chain. `timeout` in seconds, for each question."""

    roots: tuple[x509.Certificate, ...]
    others: tuple[x509.Certificate, ...] = ()
    timeout: int = 5


def from_folder(folder: Path) -> Trust:
    """Every certificate in the folder: self-signed ones are roots, the rest intermediates.

    Raises ValueError with the file's name for a file that is no certificate.
    """
    found = []
    for file in sorted(folder.glob("*")) if folder.is_dir() else ():
        if file.suffix.lower() in ENDINGS:
            found += _certificates(file)
    return Trust(
        roots=tuple(each for each in found if each.self_issued),
        others=tuple(each for each in found if not each.self_issued),
    )


def _certificates(file: Path) -> list[x509.Certificate]:
    content = file.read_bytes()
    try:
        if not pem.detect(content):
            return [_checked(content)]
        return [_checked(der) for _kind, _headers, der in pem.unarmor(content, multiple=True)]
    except ValueError as error:
        raise ValueError(f"{file.name} is not a certificate: {error}") from error


def _checked(der: bytes) -> x509.Certificate:
    """Parsed to the end: asn1crypto reads lazily and would complain only when the certificate is needed."""
    certificate = x509.Certificate.load(der)
    certificate.self_issued  # noqa: B018
    return certificate


def packed(trust: Trust) -> dict[str, object]:
    """As plain values, for the way to a confined process."""
    return {
        "roots": [each.dump() for each in trust.roots],
        "others": [each.dump() for each in trust.others],
        "timeout": trust.timeout,
    }


def unpacked(values: Mapping[str, Any]) -> Trust:
    return Trust(
        roots=tuple(x509.Certificate.load(each) for each in values["roots"]),
        others=tuple(x509.Certificate.load(each) for each in values["others"]),
        timeout=values["timeout"],
    )
