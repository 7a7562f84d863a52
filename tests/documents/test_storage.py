"""Keeping and giving out files."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.storage import storages

from documents.inspection import JPEG, PDF
from documents.models import Document, Origin
from documents.storage import read, response, store
from tenancy.models import Company, User
from tests.scenarios.factories import CompanyFactory, UserFactory

pytestmark = pytest.mark.django_db

FIRST, SECOND = b"%PDF-1.7 bir", b"%PDF-1.7 iki"


@pytest.fixture
def company() -> Company:
    return CompanyFactory.create()


def kept(
    company: Company,
    payload: bytes = FIRST,
    kind: str = "signature_circular",
    filename: str = "imza sirküleri.pdf",
    content_type: str = PDF,
    by: User | None = None,
) -> Document:
    return store(
        company=company,
        kind=kind,
        payload=payload,
        filename=filename,
        content_type=content_type,
        pages=1,
        origin=Origin.UPLOADED,
        by=by,
    )


def stored_files() -> Iterator[Path]:
    root = Path(storages["private"].path("."))
    return (each for each in root.rglob("*") if each.is_file())


def test_what_is_stored_is_read_back(company: Company) -> None:
    person = UserFactory.create()
    document = Document.objects.get(pk=kept(company, by=person).pk)
    assert read(document) == FIRST
    assert (document.size, document.pages, document.created_by) == (len(FIRST), 1, person)
    assert document.stored_name == f"documents/{company.pk}/{document.sha256}"


def test_the_same_content_again_is_the_same_document_and_file(company: Company) -> None:
    assert kept(company) == kept(company, filename="yeniden.pdf")
    assert company.documents.count() == 1
    assert len(list(stored_files())) == 1


def test_the_same_content_of_two_kinds_is_two_documents_in_one_file(company: Company) -> None:
    assert kept(company) != kept(company, kind="tax_plate")
    assert len(list(stored_files())) == 1


def test_a_newer_document_replaces_the_one_before_and_keeps_it_readable(company: Company) -> None:
    before, other = kept(company), kept(company, kind="tax_plate")
    after = kept(company, payload=SECOND)
    before.refresh_from_db()
    assert before.replaced_by == after
    assert read(before) == FIRST
    assert set(company.documents.current()) == {after, other}
    assert company.documents.current().of_kind("signature_circular").get() == after


def test_going_back_to_an_earlier_content_makes_it_current_again(company: Company) -> None:
    before, between = kept(company), kept(company, payload=SECOND)
    again = kept(company)
    between.refresh_from_db()
    assert again != before
    assert between.replaced_by == again
    assert list(company.documents.current()) == [again]
    assert read(again) == FIRST


def test_companies_share_no_document_and_no_file(company: Company) -> None:
    stranger = CompanyFactory.create()
    assert kept(company) != kept(stranger)
    assert len(list(stored_files())) == 2
    kept(stranger, payload=SECOND)
    assert company.documents.current().count() == 1


@pytest.mark.parametrize(
    ("filename", "content_type", "name"),
    [
        ("tarama.pdf", JPEG, "tarama.jpg"),
        ("İmza Sirküleri.PDF", PDF, "İmza Sirküleri.pdf"),
        ("C:\\Belgeler\\levha.pdf", PDF, "levha.pdf"),
        ("../../etc/passwd", PDF, "passwd.pdf"),
        ("satır\r\nsonu\x00.pdf", PDF, "satırsonu.pdf"),
        ("a\u202egpj.pdf", PDF, "agpj.pdf"),
        ("sözleşme.v2.pdf", PDF, "sözleşme.v2.pdf"),
        ("", PDF, "belge.pdf"),
        ("..", PDF, "belge.pdf"),
        ("u" * 300 + ".pdf", PDF, "u" * 180 + ".pdf"),
    ],
)
def test_a_document_keeps_its_name_with_the_ending_of_its_content(
    company: Company, filename: str, content_type: str, name: str
) -> None:
    assert kept(company, filename=filename, content_type=content_type).name == name


@pytest.mark.parametrize(("inline", "way"), [(True, "inline"), (False, "attachment")])
def test_a_browser_gets_the_file_and_may_run_nothing_in_it(company: Company, inline: bool, way: str) -> None:
    answer = response(kept(company, filename="imza “sirküleri”.pdf"), inline=inline)
    assert answer.content == FIRST
    assert answer["Content-Type"] == PDF
    assert answer["Content-Disposition"] == (
        f"{way}; filename*=UTF-8''imza%20%E2%80%9Csirk%C3%BCleri%E2%80%9D.pdf"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
