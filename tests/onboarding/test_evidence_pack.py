"""The evidence pack: its manifest is true, it holds one company's papers alone, and it is never made twice."""

import hashlib
import io
import json
import subprocess
import zipfile
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.test import Client
from django.utils import timezone

from documents.models import Document
from jobs.tasks import take_up_packs
from journal.models import Entry, Event, Head
from onboarding import tasks
from onboarding.actor import NotAllowed
from onboarding.evidence_pack import building
from onboarding.models import EvidencePack, PackState
from onboarding.steps import PANEL_SETTINGS
from tests.documents.pdf_text import pages
from tests.scenarios import mails
from tests.scenarios.cast import Cast
from tests.scenarios.factories import PartnerFactory
from tests.scenarios.support import REVIEW, Support, colleague

pytestmark = pytest.mark.django_db


class Finished(Cast):
    """A company that has been through all six steps, with letters, answers and documents."""

    def __init__(self, folder: Path, code: str = "710482") -> None:
        self.folder = folder
        super().__init__(code=code)
        self.finished()

    def at_iys(self) -> None:
        super().at_iys()
        number = f"MX{self.code}"
        self.arrives(self.folder, mails.RECEIVED.replace("MX3ZB5JA", number), subject=f"Alındı {number}")

    def hand_in(self, *kinds: str, page_count: int = 1) -> None:
        """Papers that differ from each other and from the assignment form: the same content is the same file."""
        for more, kind in enumerate(kinds, start=1):
            super().hand_in(kind, page_count=page_count + more)

    def codes_read(self, **extracted: Any) -> None:
        super().codes_read(brands=[{"name": f"Marka {self.code}", "code": self.code}])


@pytest.fixture
def cast(tmp_path: Path) -> Cast:
    return Finished(tmp_path)


def made(cast: Cast) -> EvidencePack:
    building.ask(application=cast.now(), actor=cast.owner)
    tasks.build_pack(str(cast.application.pk))
    return EvidencePack.objects.get(application=cast.application)


def unpacked(cast: Cast, kind: str = "zip") -> bytes:
    """The originals are for owners, the history for everybody of the company."""
    answer: Any = cast.browsers["owner" if kind == "zip" else "viewer"].get(f"/basvuru/ozet/kanit/{kind}/")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def read(cast: Cast) -> str:
    """The words of the PDF without white space."""
    return "".join(pages(unpacked(cast, "pdf")))


def squeezed(words: str) -> str:
    return "".join(words.split())


def test_sha256sum_itself_finds_every_file_as_the_manifest_says(cast: Cast, tmp_path: Path) -> None:
    made(cast)
    with zipfile.ZipFile(io.BytesIO(unpacked(cast))) as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / f"kanit-{cast.application.reference}"
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout
    listed = {each["name"] for each in json.loads((folder / "manifest.json").read_text())["files"]}
    there = {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()}
    assert there == listed | {"manifest.json", "MANIFEST.txt", "SHA256SUMS"}
    for each in json.loads((folder / "manifest.json").read_text())["files"]:
        content = (folder / each["name"]).read_bytes()
        assert (each["size"], each["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
        assert each["name"] in (folder / "MANIFEST.txt").read_text()
    kept = {document.sha256 for document in cast.company.documents.all()}
    assert kept <= {hashlib.sha256(each.read_bytes()).hexdigest() for each in folder.glob("belgeler/*")}
    assert len(list(folder.glob("mektuplar/*.eml"))) == 3, "the application, the request, the assignment"
    assert len(list(folder.glob("gelen/*.eml"))) == 1


def test_nothing_of_another_company_is_ever_in_it(cast: Cast, tmp_path: Path) -> None:
    other = Finished(tmp_path, "820593")
    strange = [other.company.trade_name, other.company.tax_number, other.application.reference, "820593"]
    made(cast)
    made(other)
    with zipfile.ZipFile(io.BytesIO(unpacked(cast))) as archive:
        everything = [archive.read(name) for name in archive.namelist() if not name.endswith(".pdf")]
        names = archive.namelist()
    told = read(cast)
    for secret in strange:
        assert squeezed(secret) not in told
        assert not [name for name in names if secret in name]
        assert not [each for each in everything if secret.encode() in each]
    assert squeezed(cast.company.trade_name) in told
    assert cast.application.reference in told


def test_the_pdf_tells_the_whole_history_without_identity_numbers(cast: Cast) -> None:
    made(cast)
    told = read(cast)
    identity = cast.now().application_form.signatory_identity
    assert identity not in told
    assert identity[-4:] in told
    for words in (
        "710482",
        "Ön başvuru: Başvuruyu gönder",
        "no'lu başvurunuz alınmıştır",
        "onkayit@iys.org.tr",
        "Sözleşme onayı",
        "İYS bilgileri",
    ):
        assert squeezed(words) in told, words
    assert all(document.sha256 in told for document in cast.company.documents.all())


def test_the_pdf_says_by_which_sentence_an_answer_was_understood_and_what_tied_it(cast: Cast) -> None:
    made(cast)
    told = read(cast)
    number = cast.now().iys_application_number
    assert squeezed(f"“{number} no'lu başvurunuz alınmıştır.”: bildiriyor · numara: {number}") in told
    assert squeezed("inceleyecektir.”: süreç için bir şey bildirmiyor") in told
    assert squeezed("Firmanın takip adresine geldi") in told


def test_the_pdf_shows_the_head_of_the_journals_chain(cast: Cast) -> None:
    connection.check_constraints()  # as at the commit of what was written
    head = Head.objects.get(company=cast.company)
    made(cast)
    told = read(cast)
    assert head.hash in told
    assert squeezed(f"zincirin başı {head.number} numaralı kayıttı") in told


def test_an_erased_document_leaves_its_name_its_day_and_its_hash(cast: Cast) -> None:
    made(cast)
    gone = cast.company.documents.filter(kind="signature_circular").get()
    Document.objects.filter(pk=gone.pk).update(erased_at=timezone.now())
    storages["private"].delete(gone.stored_name)
    answer = cast.browsers["owner"].get("/basvuru/ozet/kanit/zip/")
    assert answer.status_code == 302, "a pack with an erased document in it is given to nobody"
    pack = made(cast)
    assert pack.state == PackState.READY, pack.why
    with zipfile.ZipFile(io.BytesIO(unpacked(cast))) as archive:
        manifest = json.loads(archive.read(f"{pack.folder}/manifest.json"))
        text = archive.read(f"{pack.folder}/MANIFEST.txt").decode()
        first = next(name for name in archive.namelist() if "mektuplar/" in name)
        letter = message_from_bytes(archive.read(first), policy=default)
    (erased,) = manifest["erased"]
    assert (erased["sha256"], erased["name"]) == (gone.sha256, gone.name)
    assert f"{gone.name} — silindi" in text
    assert "silindi" in read(cast)
    words = [part.get_content() for part in letter.walk() if part.get_content_type() == "text/plain"]
    assert f"silindi ({timezone.now():%d.%m.%Y}), SHA-256 {gone.sha256}" in words[-1]


def test_it_is_made_once_and_again_only_when_something_changed(cast: Cast) -> None:
    first = made(cast)
    again = made(cast)
    assert (first.build, first.made_at) == (again.build, again.made_at)
    unpacked(cast)
    assert made(cast).build == first.build, "giving it out does not make it old"
    assert "Hazır." in cast.open("summary")
    cast.move(PANEL_SETTINGS, "declare_anew", cast.owner)
    page = cast.open("summary")
    assert "yeni gelişmeler oldu" in page
    assert "Yeniden hazırla" in page.buttons
    third = made(cast)
    assert third.build == first.build + 1
    assert not storages["private"].exists(first.zip_stored_name), "the old one is gone"
    assert storages["private"].exists(third.zip_stored_name)


def test_a_file_that_is_not_what_was_kept_is_an_honest_failure_and_can_be_tried_again(cast: Cast) -> None:
    document = cast.company.documents.order_by("created_at").first()
    assert document is not None
    message_group = storages["private"].open(document.stored_name).read()
    for spoiled in (b"verf\xe4lscht", None):
        storages["private"].delete(document.stored_name)
        if spoiled is not None:
            storages["private"].save(document.stored_name, io.BytesIO(spoiled))
        pack = made(cast)
        assert pack.state == PackState.FAILED
        page = cast.open("summary")
        assert "Kanıt dosyası hazırlanamadı: Saklanan bir dosya" in page
        assert "Yeniden dene" in page.buttons
    storages["private"].save(document.stored_name, io.BytesIO(message_group))
    assert made(cast).state == PackState.READY


def test_two_workers_make_it_once_and_one_thought_dead_writes_nothing_more(cast: Cast) -> None:
    building.ask(application=cast.now(), actor=cast.owner)
    first = building._claim(cast.application)
    assert first is not None
    assert building._claim(cast.application) is None
    assert not building.build(application=cast.application)
    EvidencePack.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert building.build(application=cast.now())
    with pytest.raises(building.Superseded):
        building._mine(first, done=1)


def test_a_pack_at_which_nobody_works_is_asked_for_again_by_the_schedule(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(tasks.build_pack, "apply_async", lambda args, **_more: asked.append(args))
    page = cast.send("ask_for_pack", role="viewer")
    assert "Sırada." in page
    progress = f"/basvuru/ozet/kanit/durum/?progress={EvidencePack.objects.get().progress}"
    assert cast.browsers["viewer"].get(progress).status_code == 204
    take_up_packs()
    assert len(asked) == 1, "it was asked for just now"
    EvidencePack.objects.update(asked_at=timezone.now() - timedelta(minutes=1))
    cast.browsers["viewer"].get(progress)
    assert len(asked) == 1, "who looks changes nothing"
    take_up_packs()
    assert len(asked) == 2
    building._claim(cast.application)
    take_up_packs()
    assert len(asked) == 2, "somebody is at it"
    EvidencePack.objects.update(lease_until=timezone.now() - timedelta(seconds=1), done=2, total=9)
    take_up_packs()
    assert len(asked) == 3
    answer = cast.browsers["viewer"].get(progress)
    assert "2/9 dosya" in answer.content.decode()
    assert made(cast).state == PackState.READY
    take_up_packs()
    assert len(asked) == 3


def test_there_is_none_while_the_application_goes_on() -> None:
    cast = Cast()
    with pytest.raises(NotAllowed):
        building.ask(application=cast.now(), actor=cast.owner)
    assert "Özet, gereken adımlar tamamlanınca açılır." in cast.open("summary")


def test_a_withdrawn_application_has_one_too(tmp_path: Path) -> None:
    cast = Cast()
    cast.at_iys()
    cast.press("withdraw", "withdraw", reason="Birleşme nedeniyle")
    assert made(cast).state == PackState.READY
    page = cast.open("summary", role="viewer")
    assert "Geri çekildi" in page
    assert "Neden: Birleşme nedeniyle" in page


def test_however_much_strangers_write_the_pdf_can_be_rendered(cast: Cast, tmp_path: Path) -> None:
    for number, text in enumerate(("Uzun bir söz. " * 8_000, "x" * 200_000, "a\n" * 50_000)):
        cast.arrives(tmp_path, text, sender=f"biri{number}@baska.example", verdict=None)
    made(cast)
    told = pages(unpacked(cast, "pdf"))
    assert len(told) < 40
    assert squeezed("Metnin tamamı ZIP dosyasındaki aslındadır.") in "".join(told)


def test_who_takes_the_originals_is_written_down(cast: Cast) -> None:
    made(cast)
    unpacked(cast, "pdf")
    assert not Entry.objects.filter(event=Event.PACK_GIVEN).exists()
    unpacked(cast)
    entry = Entry.objects.get(event=Event.PACK_GIVEN)
    assert (entry.company, entry.actor) == (cast.company, cast.people["owner"])
    assert cast.browsers["viewer"].get("/basvuru/ozet/kanit/exe/").status_code == 404
    assert Client().get("/basvuru/ozet/kanit/zip/").status_code == 302


def test_the_summary_says_what_was_done_and_what_comes_next(cast: Cast) -> None:
    page = cast.open("summary", role="viewer")
    for words in (
        "İYS kaydınız tamamlandı; iki işiniz kaldı",
        cast.application.reference,
        "MX710482",
        "BrandKod · Marka 710482 710482",
        "İLETİ-5",
        "Mesaj 3.200 · Arama 0 · E-posta 4.100",
        "Bundan sonra",
    ):
        assert words in page, words
    assert "beyanınızı güncelleyin" not in page.links, "who may only look is offered no change"
    assert cast.open("summary").links["beyanınızı güncelleyin"] == "/basvuru/adim/6/?degistir=1"
    assert "Özet ve kanıt dosyası" in cast.open("board").links


def test_support_of_the_same_partner_takes_it_too(cast: Cast) -> None:
    support = Support(cast.now())
    assert "Kanıt dosyasını hazırla" in support.page()
    support.send("pack")
    assert "Sırada" in support.page()
    tasks.build_pack(str(cast.application.pk))
    assert f"kanit-{cast.application.reference}.zip" in support.page()
    answer = support.open("pack_file", "zip")
    assert zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).testzip() is None
    assert Entry.objects.get(event=Event.PACK_GIVEN).actor == support.user
    elsewhere = Support(cast.now(), user=colleague(*REVIEW, partner=PartnerFactory.create(is_default=False)))
    assert elsewhere.open("pack_file", "zip").status_code == 404
    assert support.open("pack_file", "exe").status_code == 404
