"""The form in which papers go out: the one with which signing programs cope (ISO 32000-1, 7.5.4 and 7.5.8)."""

import io
import re

import pikepdf
import pytest

from tests.documents.papers.desk import SECOND, SIGNATORY, THIRD, issued

PEOPLE = [(SIGNATORY,), (SIGNATORY, SECOND), (SIGNATORY, SECOND, THIRD)]


@pytest.fixture(params=PEOPLE, ids=["one", "two", "three"])
def paper(request: pytest.FixtureRequest) -> bytes:
    return issued(*request.param)


def test_it_says_a_version_that_programs_know(paper: bytes) -> None:
    assert re.match(rb"%PDF-1\.[4-7][\r\n]", paper)
    with pikepdf.open(io.BytesIO(paper)) as document:
        assert document.pdf_version in {"1.4", "1.5", "1.6", "1.7"}
        assert str(document.Root.get("/Version", "/1.7")) in {"/1.4", "/1.5", "/1.6", "/1.7"}


def test_its_cross_reference_is_a_table_in_every_revision(paper: bytes) -> None:
    assert not re.search(rb"/XRef\b|/ObjStm\b|/XRefStm\b", paper)
    starts = [int(each) for each in re.findall(rb"startxref\s+(\d+)\s+%%EOF", paper)]
    assert starts
    for start in starts:
        assert paper[start:].startswith(b"xref\n") or paper[start:].startswith(b"xref\r\n")
    assert len(re.findall(rb"[\r\n]trailer\b", paper)) == len(starts)


def test_every_row_of_the_table_leads_to_its_object(paper: bytes) -> None:
    rows = 0
    for start in re.findall(rb"startxref\s+(\d+)", paper):
        table = paper[int(start) : paper.index(b"trailer", int(start))]
        sections = re.finditer(rb"(?m)^(\d+) (\d+) ?\r?\n((?:\d{10} \d{5} [nf][ \r]?[\r\n])+)", table)
        for section in sections:
            lines = section[3].splitlines()
            assert len(lines) == int(section[2])
            for number, line in enumerate(lines, int(section[1])):
                offset, generation, kind = line.split()
                if kind == b"n":
                    assert paper[int(offset) :].startswith(b"%d %d obj" % (number, int(generation)))
                    rows += 1
    assert rows > 10


def test_it_ends_with_the_end_and_has_an_identifier(paper: bytes) -> None:
    assert re.search(rb"startxref\s+\d+\s+%%EOF\s*\Z", paper)
    with pikepdf.open(io.BytesIO(paper)) as document:
        first, second = (bytes(each) for each in document.trailer.ID)
        assert len(first) == len(second) == 16
        assert "/Encrypt" not in document.trailer


def test_two_papers_have_two_identifiers() -> None:
    found = set()
    for people in PEOPLE:
        with pikepdf.open(io.BytesIO(issued(*people))) as document:
            found.add(b"".join(bytes(each) for each in document.trailer.ID))
    assert len(found) == len(PEOPLE)


def test_no_complaint_of_a_strict_reader(paper: bytes) -> None:
    with pikepdf.open(io.BytesIO(paper)) as document:
        assert document.check_pdf_syntax() == []


@pytest.mark.parametrize("people", PEOPLE, ids=["one", "two", "three"])
def test_a_field_stands_ready_for_each_person(people: tuple[object, ...]) -> None:
    with pikepdf.open(io.BytesIO(issued(*people))) as document:
        form, last = document.Root.AcroForm, document.pages[-1]
        assert int(form.SigFlags) == 3
        assert "/XFA" not in form
        assert "/NeedAppearances" not in form
        assert [str(field.T) for field in form.Fields] == [f"Imza{number + 1}" for number in range(len(people))]
        for field in form.Fields:
            assert (str(field.FT), str(field.Subtype)) == ("/Sig", "/Widget")
            assert "/V" not in field
            assert field.P.objgen == last.obj.objgen
            left, low, right, high = (float(each) for each in field.Rect)
            assert right - left > 100
            assert high - low > 40
        assert [each.objgen for each in last.obj.Annots] == [each.objgen for each in form.Fields]
