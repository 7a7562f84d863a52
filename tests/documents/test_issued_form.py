"""Papers are issued in the plain form that signing programs append to without a fault."""

import io
import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from documents.rendering import html_to_pdf
from documents.signatures.fields import with_fields
from sandbox.authority import Authority

HTML = "<title>Taahhütname</title><h1>Taahhütname</h1><p>Şirket: İğde Öğütücü A.Ş.</p>"


@pytest.fixture(scope="module")
def papers() -> dict[str, bytes]:
    plain = html_to_pdf(HTML)
    to_sign = with_fields(plain, ["Defne Poyraz", "Ada Yalın"])
    authority = Authority.new()
    signed = authority.sign(to_sign, authority.issue("Defne Poyraz", "10000000146"))
    return {"plain": plain, "to sign": to_sign, "signed": signed}


@pytest.mark.parametrize("which", ["plain", "to sign", "signed"])
def test_a_paper_has_a_table_of_cross_references_and_no_packed_objects(
    papers: dict[str, bytes], which: str
) -> None:
    paper = papers[which]
    assert paper.startswith(b"%PDF-1.7\n")
    places = [int(place) for place in re.findall(rb"startxref\s+(\d+)", paper)]
    assert len(places) == {"plain": 1, "to sign": 2, "signed": 3}[which]
    assert all(paper[place : place + 4] == b"xref" for place in places)
    assert b"/ObjStm" not in paper
    assert b"/XRef" not in paper
    assert paper.rstrip().endswith(b"%%EOF")


@pytest.mark.parametrize("which", ["plain", "to sign", "signed"])
def test_a_paper_is_read_by_several_parsers_without_a_remark(
    papers: dict[str, bytes], which: str, tmp_path: Path
) -> None:
    with pikepdf.open(io.BytesIO(papers[which]), attempt_recovery=False) as document:
        assert document.check_pdf_syntax() == []
        assert len(document.trailer.ID) == 2
    assert PdfFileReader(io.BytesIO(papers[which]), strict=True).root["/Type"] == "/Catalog"
    if shutil.which("qpdf"):
        (tmp_path / "paper.pdf").write_bytes(papers[which])
        said = subprocess.run(["qpdf", "--check", tmp_path / "paper.pdf"], capture_output=True, text=True)
        assert (said.returncode, said.stderr) == (0, "")


def test_the_identifier_stays_while_a_paper_is_signed_and_tells_papers_apart(papers: dict[str, bytes]) -> None:
    def first(paper: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(paper)) as document:
            return bytes(document.trailer.ID[0])

    assert first(papers["plain"]) == first(papers["to sign"]) == first(papers["signed"])
    assert first(html_to_pdf(HTML.replace("İğde", "Ahlat"))) != first(papers["plain"])


def test_there_is_a_form_with_a_field_for_each_person(papers: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(papers["to sign"])) as document:
        form = document.Root.AcroForm
        assert [(str(field.T), str(field.FT), str(field.Subtype)) for field in form.Fields] == [
            ("Imza1", "/Sig", "/Widget"),
            ("Imza2", "/Sig", "/Widget"),
        ]
        assert form.SigFlags == 3
        assert "/NeedAppearances" not in form
        assert [field.P.objgen for field in form.Fields] == [document.pages[-1].obj.objgen] * 2
        assert [each.objgen for each in document.pages[-1].Annots] == [each.objgen for each in form.Fields]
