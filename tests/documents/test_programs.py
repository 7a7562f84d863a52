"""Papers that programs wrote anew when they signed, and two that were signed wrongly."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from documents.signatures.fields import Person
from documents.signatures.report import Outcome, Report
from documents.signatures.trust import from_folder
from documents.signatures.verifying import verify

SIGNED = Path(__file__).parent / "signed_otherwise"
# The certificates of these files are valid from 25 November 2026 for a year.
AT = datetime(2026, 11, 27, 12, tzinfo=UTC)
SIGNATORY = Person("Defne Poyraz", "10000000146")
REFUSED = {
    "itext5-over-words.pdf": ("content", "yazının üstüne konmuş"),
    "mupdf-sha1.pdf": ("chain", "SHA-256 seçin"),
}
EVERY = sorted(file.name for file in SIGNED.glob("*.pdf") if file.name != "issued.pdf")


def check(name: str, signed: bytes | None = None) -> Report:
    return verify(
        signed or (SIGNED / name).read_bytes(),
        (SIGNED / "issued.pdf").read_bytes(),
        people=[SIGNATORY],
        trust=from_folder(SIGNED),
        at=AT,
    )


@pytest.mark.parametrize("name", [name for name in EVERY if name not in REFUSED])
def test_a_paper_signed_by_a_program_is_taken(name: str) -> None:
    report = check(name)
    assert [each.sentence for each in report.checks if each.outcome is Outcome.FAILED] == []
    assert report.accepted
    assert [signer.identity for signer in report.signers] == [SIGNATORY.identity]
    # These certificates name nobody to ask about revocation.
    assert [each.key for each in report.checks if each.outcome is Outcome.NOT_MADE] == ["revocation"]


@pytest.mark.parametrize("name", REFUSED)
def test_a_program_that_signs_wrongly_is_told_what_to_change(name: str) -> None:
    key, words = REFUSED[name]
    [failure] = [each for each in check(name).checks if each.outcome is Outcome.FAILED]
    assert (failure.key, words in failure.sentence) == (key, True), failure


@pytest.mark.parametrize("name", [name for name in EVERY if name not in REFUSED])
def test_whatever_a_program_wrote_one_changed_byte_of_it_is_seen(name: str) -> None:
    """In pages, appearances, dictionaries: anywhere but in the gap that the signature itself fills."""
    signed = (SIGNED / name).read_bytes()
    at = signed.rfind(b"/ByteRange")
    numbers = signed[signed.index(b"[", at) + 1 : signed.index(b"]", at)].split()
    begins, ends = int(numbers[1]), int(numbers[2])
    for place in range(20, len(signed) - 8, max(len(signed) // 16, 1)):
        if begins <= place < ends:
            continue
        changed = signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]
        assert not check(name, changed).accepted, place


def test_leading_bytes_before_the_header_do_not_matter() -> None:
    signed = (SIGNED / "itext5-rewritten.pdf").read_bytes()
    assert check("itext5-rewritten.pdf", b"\xef\xbb\xbf" + signed).accepted
    assert check("itext5-rewritten.pdf", b"\r\n" * 300 + signed).accepted
    assert not check("itext5-rewritten.pdf", b"\r\n" * 600 + signed).accepted
