"""`manage.py rotate_keys`: after it the older keys may go, whatever was encrypted with them, on disk and in S3."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from correspondence.frozen import frozen_words
from correspondence.incoming.fetching import raw_of
from correspondence.models import Audience, Letter, Mail, MailStatus
from correspondence.outgoing import outbox
from documents import rotation
from documents.encrypted import FIRST_LINE, DamagedFile
from documents.models import KeyRotation
from documents.storage import keep, read, withdraw
from onboarding.models import ApplicationForm, EvidencePack, PackState
from tenancy.models import Company
from tests.accounts.door import person
from tests.documents.stores import in_s3
from tests.documents.test_storage import kept
from tests.scenarios import ctrl_c
from tests.scenarios.browser import signed_in
from tests.scenarios.earlier import letter_in_a_file
from tests.scenarios.factories import CompanyFactory
from tests.scenarios.ladder import IDENTITY, filled_in

pytestmark = pytest.mark.django_db
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
_TOKEN = re.compile(r"gAAAA[\w-]{60,}={0,2}")
RAW = b"Subject: gizli\r\n\r\ngizli"


@contextmanager
def keys(*keys: str) -> Iterator[None]:
    with override_settings(FIELD_KEYS=list(keys)):
        yield


def rotate() -> str:
    said = StringIO()
    call_command("rotate_keys", stdout=said, stderr=said)
    return said.getvalue()


def letter(company: Company) -> Letter:
    return outbox.post(
        company=company,
        idempotency_key=str(uuid4()),
        body=outbox.Body("Konu", "gizli", "<p>gizli</p>"),
        address=outbox.Address(Audience.COMPANY, ["ada@mavideniz.example"]),
    )


def earlier_letter(company: Company) -> Letter:
    return letter_in_a_file(letter(company))


def mail() -> Mail:
    digest = uuid4().hex
    return Mail.objects.create(
        mailbox="m", folder="INBOX", uid_validity=1, uid=digest, sha256=digest, size=len(RAW),
        stored_name=storages["private"].save(f"mails/{digest}.eml", ContentFile(RAW)), status=MailStatus.FILED,
    )  # fmt: skip


def as_it_lies(name: str) -> bytes:
    private: Any = storages["private"]
    with private.stored(name) as stored:
        found: bytes = stored.read()
    return found


def in_clear(name: str, content: bytes) -> None:
    """As a version before wrote it."""
    path = Path(storages["private"].path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@pytest.mark.parametrize("where", ["disk", "s3"])
@pytest.mark.usefixtures("swift")
def test_afterwards_the_old_key_may_go(where: str) -> None:
    with in_s3() if where == "s3" else nullcontext():
        with keys(OLD):
            application = filled_in()
            company = application.company
            document, posted, came = kept(company), letter(company), mail()
            pack = EvidencePack.objects.create(
                application=application,
                state=PackState.READY,
                asked_at=timezone.now(),
                pdf_stored_name=keep(f"packs/{uuid4()}.pdf", ContentFile(b"%PDF gizli")),
                zip_stored_name=keep(f"packs/{uuid4()}.zip", ContentFile(b"PK gizli")),
            )
        with keys(NEW, OLD):
            said = rotate()
        assert "documents.Document.stored_name: 4 of 4" in said
        assert "the older ones may be removed" in said
        with keys(NEW):
            assert ApplicationForm.objects.get(application=application).signatory_identity == IDENTITY
            assert read(document).startswith(b"%PDF")
            assert frozen_words(posted)["text"] == "gizli"
            assert raw_of(came) == RAW
            for name, content in ((pack.pdf_stored_name, b"%PDF gizli"), (pack.zip_stored_name, b"PK gizli")):
                with storages["private"].open(name) as stored:
                    assert stored.read() == content


def test_no_row_of_any_table_is_left_that_the_old_key_is_needed_for() -> None:
    """Whoever encrypted it: the words of columns, of sessions, of second factors."""
    with keys(OLD):
        filled_in()
        browser = signed_in(person())
    with keys(NEW, OLD):
        rotate()
    with keys(NEW):
        assert browser.get(reverse("accounts:mine")).status_code == 200
        tokens = [
            token
            for table in connection.introspection.table_names()
            for row in _rows(table)
            for value in row
            for token in _TOKEN.findall(str(value))
        ]
        assert len(tokens) >= 2, "an identity number and a session"
        for token in tokens:
            Fernet(NEW).decrypt(token)


def _rows(table: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - the names are the database's own
        return list(cursor.fetchall())


def test_every_column_that_names_a_file_is_gone_over() -> None:
    found = {part.name for part in rotation.parts()}
    assert {
        "documents.Document.stored_name",
        "correspondence.Letter.stored_name",
        "correspondence.Mail.stored_name",
        "onboarding.EvidencePack.pdf_stored_name",
        "onboarding.EvidencePack.zip_stored_name",
    } <= found


def test_what_an_earlier_version_left_in_clear_is_encrypted_whether_a_row_names_it_or_not() -> None:
    company = CompanyFactory.create()
    document = kept(company)
    in_clear(document.stored_name, b"%PDF-1.4 eski gizli")
    in_clear("letters/kimsenin.json", b"eski gizli")
    assert read(document) == b"%PDF-1.4 eski gizli"
    rotate()
    for name in (document.stored_name, "letters/kimsenin.json"):
        assert as_it_lies(name).startswith(FIRST_LINE)
        assert b"gizli" not in as_it_lies(name)
    assert read(document) == b"%PDF-1.4 eski gizli"


def test_once_all_is_encrypted_a_file_in_clear_is_somebody_elses() -> None:
    document = kept(CompanyFactory.create())
    rotate()
    in_clear(document.stored_name, b"%PDF-1.4 baskasinin")
    with pytest.raises(DamagedFile):
        read(document)
    with pytest.raises(CommandError, match="1 could not be read"):
        rotate()
    assert as_it_lies(document.stored_name) == b"%PDF-1.4 baskasinin"


def test_a_run_that_was_cut_short_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    company = CompanyFactory.create()
    with keys(OLD):
        letters = [earlier_letter(company) for _number in range(5)]
    monkeypatch.setattr(rotation, "BATCH", 2)
    written: list[str] = []
    seal = rotation._seal

    def noted(name: str) -> None:
        written.append(name)
        seal(name)

    def cut(name: str) -> None:
        if len(written) == 3:
            ctrl_c.press()
        noted(name)

    monkeypatch.setattr(rotation, "_seal", cut)
    with keys(NEW, OLD):
        with pytest.raises(CommandError, match=r"Stopped at .*stored_name: 2 of 5\. .* goes on from there"):
            rotate()
        assert not KeyRotation.objects.exclude(finished_at=None).exists()
        written.clear()
        monkeypatch.setattr(rotation, "_seal", noted)
        said = rotate()
    assert "correspondence.Letter.stored_name: 5 of 5" in said
    assert len(written) == 3, "the two whose batch was done are not opened again"
    with keys(NEW):
        assert [frozen_words(each)["text"] for each in letters] == ["gizli"] * 5


def test_what_is_encrypted_anew_already_is_not_written_again() -> None:
    document = kept(CompanyFactory.create())
    before = as_it_lies(document.stored_name)
    rotate()
    assert as_it_lies(document.stored_name) == before


def test_what_cannot_be_read_stops_nothing_is_told_and_is_looked_at_again() -> None:
    company = CompanyFactory.create()
    with keys("A" * 43 + "="):
        lost, other = filled_in(), earlier_letter(company)
    with keys(OLD):
        document, damaged = kept(company), earlier_letter(company)
        in_clear(damaged.stored_name, as_it_lies(damaged.stored_name)[:-9])
    said = StringIO()
    with keys(NEW, OLD), pytest.raises(CommandError, match="Keep the older keys"):
        call_command("rotate_keys", stdout=said, stderr=said)
    form = ApplicationForm.objects.filter(application=lost).values_list("pk", flat=True).get()
    assert f"onboarding.ApplicationForm {form}: none of the keys opens it" in said.getvalue()
    assert f"correspondence.Letter.stored_name {damaged.pk}: piece 0" in said.getvalue()
    assert not KeyRotation.objects.exists()
    with keys(NEW):
        assert read(document).startswith(b"%PDF")
    with keys(NEW, "A" * 43 + "="):
        assert frozen_words(other)["text"] == "gizli", "it is as it was"


def test_a_file_that_is_gone_is_told_and_needs_no_key() -> None:
    document = kept(CompanyFactory.create())
    storages["private"].delete(document.stored_name)
    assert f"documents.Document.stored_name {document.pk}: the file is not there" in rotate()


def test_an_erased_document_stays_erased(django_capture_on_commit_callbacks: Any) -> None:
    document = kept(CompanyFactory.create())
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(document)
    assert str(document.pk) not in rotate()
    assert not storages["private"].exists(document.stored_name)
