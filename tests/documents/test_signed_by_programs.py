"""Papers signed by iText, PDFBox and poppler; `signed/README.md` tells how they were made."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from documents.signatures.fields import Person
from documents.signatures.report import Outcome, Report
from documents.signatures.trust import from_folder
from documents.signatures.verifying import verify
from tests.documents.papers.desk import SECOND, SIGNATORY, edited
from tests.documents.papers.edits import EDITS

SIGNED = Path(__file__).with_name("signed")
AT = datetime(2026, 11, 27, tzinfo=UTC)
ANEW = SIGNED / "programs" / "classic-itext5-ours-anew.pdf"
OWNERS = {
    "programs": SIGNATORY,
    "certified": Person("Defne Poyraz", "10000791952"),
    "itext-and-pdfbox": Person("Ece Yalın", "10000000146"),
}
FILES = sorted(
    file for file in SIGNED.glob("*/*.pdf") if not file.name.startswith("issued") and file.name != ANEW.name
)


def issued_for(file: Path) -> bytes:
    form = f"issued-{file.name.partition('-')[0]}.pdf" if file.parent.name == "programs" else "issued.pdf"
    return (file.parent / form).read_bytes()


def report_of(file: Path, signed: bytes | None = None) -> Report:
    owner = OWNERS[file.parent.name]
    people = (owner, SECOND) if "-then-" in file.name else (owner,)
    trust = from_folder(file.parent)
    return verify(signed or file.read_bytes(), issued_for(file), people=people, trust=trust, at=AT)


def said(report: Report) -> str:
    return " ".join(check.sentence for check in report.checks if check.outcome is Outcome.FAILED)


def named(file: Path) -> str:
    return f"{file.parent.name}/{file.stem}"


def test_every_folder_has_its_files() -> None:
    assert {file.parent.name for file in FILES} == set(OWNERS)
    assert len(FILES) >= 19


@pytest.mark.parametrize("file", FILES, ids=named)
def test_what_a_program_signed_is_taken(file: Path) -> None:
    report = report_of(file)
    assert report.accepted, said(report)
    assert report.signers[0].name == OWNERS[file.parent.name].name
    assert [check.key for check in report.checks if check.outcome is Outcome.NOT_MADE] in (
        ["revocation"],
        ["revocation"] * 2,
    )


def test_a_paper_that_a_program_wrote_anew_is_taken_or_told_from_a_changed_one() -> None:
    report = report_of(ANEW)
    assert report.accepted or "kaydedil" in said(report)


@pytest.mark.parametrize(
    "what", ["the page's contents replaced", "free words laid over", "a field for signing drawn over"]
)
@pytest.mark.parametrize("file", FILES, ids=named)
def test_what_a_program_signed_and_somebody_changed_is_refused(file: Path, what: str) -> None:
    assert not report_of(file, edited(file.read_bytes(), EDITS[what][0])).accepted


def test_a_paper_printed_anew_without_an_identifier_is_another_document() -> None:
    file = SIGNED / "certified" / "certified-p2-with-words.pdf"
    sentences = said(report_of(file, (SIGNED / "printed-anew-without-id.pdf").read_bytes()))
    assert "hazırladığı belge değil" in sentences
    assert "okunabilir bir PDF değil" not in sentences
