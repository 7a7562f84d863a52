"""A signature around or beside the paper is told from a paper, and what to choose instead is said."""

import base64
import io
import zipfile

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from documents.signatures import cms
from sandbox.authority import Authority
from tests.scenarios.papers import blank_pdf

PAPER = blank_pdf()


def signed(payload: bytes, *, detached: bool = False, encoding: Encoding = Encoding.DER) -> bytes:
    by = Authority.new().issue("Defne Poyraz", "10000000146")
    builder = pkcs7.PKCS7SignatureBuilder().set_data(payload)
    builder = builder.add_signer(by.certificate, by.key, hashes.SHA256())
    options = [pkcs7.PKCS7Options.Binary, *([pkcs7.PKCS7Options.DetachedSignature] if detached else [])]
    return builder.sign(encoding, options)


@pytest.fixture(scope="module")
def around() -> bytes:
    return signed(PAPER)


def test_the_paper_in_a_p7s_is_looked_at(around: bytes) -> None:
    assert cms.is_signature(around)
    assert "CAdES" in cms.what_to_do(around, PAPER)
    assert "hazırladığımız dosya değil" in cms.what_to_do(around, blank_pdf(2))
    assert "CAdES" in cms.what_to_do(around)


@pytest.mark.parametrize("written", ["base64", "lines", "armoured"])
def test_a_p7s_in_letters_is_one_too(around: bytes, written: str) -> None:
    lines = base64.encodebytes(around)
    armour = b"-----BEGIN PKCS7-----\r\n" + lines + b"-----END PKCS7-----\n"
    payload = {"base64": base64.b64encode(around), "lines": lines, "armoured": armour}[written]
    assert cms.is_signature(payload)
    assert "CAdES" in cms.what_to_do(payload, PAPER)


def test_a_signature_without_the_paper_says_so() -> None:
    beside = signed(PAPER, detached=True)
    assert cms.is_signature(beside)
    assert "belgenin kendisi yok" in cms.what_to_do(beside, PAPER)


def test_half_a_p7s_says_what_to_choose_as_well(around: bytes) -> None:
    assert cms.is_signature(around[:400])
    assert "PAdES" in cms.what_to_do(around[:400], PAPER)


def test_a_container_of_signatures_is_recognised() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as container:
        container.writestr("mimetype", "application/vnd.etsi.asic-e+zip")
        container.writestr("taahhutname.pdf", PAPER)
    assert cms.is_signature(out.getvalue())
    assert "ASiC" in cms.what_to_do(out.getvalue(), PAPER)


@pytest.mark.parametrize(
    "payload", [b"", PAPER, b"MIIX", b"MII" + b"A" * 60, b"0\x82\x01\x00", b"PK\x03\x04" + bytes(80)]
)
def test_nothing_else_is_taken_for_a_signature(payload: bytes) -> None:
    assert not cms.is_signature(payload)
