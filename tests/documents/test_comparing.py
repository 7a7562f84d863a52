"""Files that no row names, and rows whose file is gone: on disk and in S3, deleted at a person's word alone."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone

from correspondence.models import SendingHold
from documents import comparing, storage
from documents.models import Document
from telemetry import pulses
from telemetry.models import Pulse
from telemetry.progress import INTERRUPTED
from tests.documents.stores import in_s3
from tests.documents.test_storage import kept
from tests.scenarios import ctrl_c
from tests.scenarios.factories import CompanyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["disk", "swift"], autouse=True)
def place(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "swift":
        request.getfixturevalue("swift")  # a bucket of this worker's own, as it is emptied below
    with in_s3(location="ayri/klasor") if request.param == "swift" else nullcontext():
        yield request.param
        private: Any = storages["private"]
        for each in list(private.lying()):
            private.delete(each.name)


def orphan(name: str = "mails/kimsesiz.eml") -> str:
    return storages["private"].save(name, ContentFile(b"kimsesiz"))


def lies(name: str) -> bool:
    return storages["private"].exists(name)


def found(days: int = 2) -> tuple[list[str], list[str]]:
    with comparing.compared(timezone.now() + timedelta(days=days)) as both:
        return [each.name for batch in both.orphans() for each in batch], [each.name for each in both.gone()]


def command(*options: str) -> str:
    out = StringIO()
    call_command("orphan_files", *options, stdout=out, stderr=out)
    return out.getvalue()


@pytest.fixture
def in_two_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "YOUNG", timedelta(days=-2))


def test_what_no_row_names_is_found_and_what_is_gone_too() -> None:
    there, gone = kept(CompanyFactory.create()), kept(CompanyFactory.create())
    storages["private"].delete(gone.stored_name)
    name = orphan()
    assert lies(there.stored_name)
    assert found() == ([name], [gone.stored_name])


def test_what_is_young_may_be_about_to_be_named() -> None:
    orphan()
    assert found(days=0) == ([], [])


def test_an_erased_document_is_not_missed_and_its_file_should_be_gone() -> None:
    document = kept(CompanyFactory.create())
    name = document.stored_name
    Document.objects.filter(pk=document.pk).update(erased_at=timezone.now())
    assert found() == ([name], []), "its file stayed although it was erased"
    storages["private"].delete(name)
    assert found() == ([], [])


def test_a_file_that_two_rows_name_is_named() -> None:
    company = CompanyFactory.create()
    first = kept(company)
    Document.objects.filter(pk=first.pk).update(erased_at=timezone.now())
    Document.objects.create(
        company=company, kind="x", origin="upload", name="x.pdf", content_type="application/pdf", size=1,
        sha256=first.sha256, stored_name=first.stored_name,
    )  # fmt: skip
    assert found() == ([], [])


def test_more_than_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "BATCH", 2)
    company = CompanyFactory.create()
    rows = [kept(company, kind=f"k{number}", payload=b"%PDF-1.7 " + bytes([65 + number])) for number in range(5)]
    names = [orphan(f"packs/{number}.zip") for number in range(5)]
    storages["private"].delete(rows[3].stored_name)
    assert found() == (names, [rows[3].stored_name])


def test_a_file_that_was_named_after_the_rows_were_read_is_no_orphan() -> None:
    document = kept(CompanyFactory.create())
    Document.objects.filter(pk=document.pk).update(stored_name="")
    with comparing.compared(timezone.now() + timedelta(days=2)) as both:
        Document.objects.filter(pk=document.pk).update(stored_name=document.stored_name)
        assert list(both.orphans()) == []


def test_a_row_that_went_meanwhile_misses_nothing() -> None:
    document = kept(CompanyFactory.create())
    storages["private"].delete(document.stored_name)
    with comparing.compared(timezone.now()) as both:
        Document.objects.filter(pk=document.pk).delete()
        assert list(both.gone()) == []


def test_an_empty_store_has_nothing() -> None:
    assert found() == ([], [])


@pytest.mark.usefixtures("in_two_days")
def test_the_command_names_and_deletes_only_when_asked() -> None:
    document, name = kept(CompanyFactory.create()), orphan()
    said = command()
    assert f"[orphan] {name} (" in said
    assert "1 files" in said
    assert "not named by any row; 0 rows whose file is gone." in said
    assert lies(name)
    assert "deleted; 0 rows" in command("--delete")
    assert not lies(name)
    assert lies(document.stored_name)
    assert "0 files" in command("--delete")


@pytest.mark.usefixtures("in_two_days")
@pytest.mark.parametrize("who", [pulses.BEAT, pulses.WORKER])
def test_nothing_is_deleted_while_the_portal_is_at_work(who: str) -> None:
    """The same content, stored at that moment, is known by its name and not written again."""
    name = orphan()
    pulses.mark(who)
    with pytest.raises(CommandError, match="at work"):
        command("--delete")
    assert lies(name)
    Pulse.objects.update(at=timezone.now() - timedelta(minutes=2))
    command("--delete")
    assert not lies(name)


@pytest.mark.usefixtures("in_two_days")
def test_nothing_is_deleted_while_sending_is_stopped_as_after_a_restore() -> None:
    name = orphan()
    SendingHold.objects.create(reason="Veritabanı yedekten yüklenmiş.", target="")
    with pytest.raises(CommandError, match="as it is after a restore"):
        command("--delete")
    assert lies(name)
    assert name in command()


@pytest.mark.usefixtures("in_two_days")
def test_ctrl_c_in_the_middle_leaves_the_rest_for_the_next_run(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [orphan(f"packs/{number}.zip") for number in range(4)]
    discard: Callable[[str], None] = storage.discard

    def interrupted(name: str) -> None:
        if name == names[2]:
            ctrl_c.press()
        discard(name)

    monkeypatch.setattr("health.management.commands.orphan_files.discard", interrupted)
    with pytest.raises(CommandError, match=r"Stopped at .* Run it again for the rest") as stopped:
        command("--delete")
    assert stopped.value.returncode == INTERRUPTED
    assert [lies(name) for name in names] == [False, False, True, True]
    monkeypatch.undo()
    monkeypatch.setattr(comparing, "YOUNG", timedelta(days=-2))
    assert "2 files" in command("--delete")
    assert not any(map(lies, names))
