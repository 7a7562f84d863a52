"""Asking for an evidence pack and putting it together: the row is the truth, the message only a notice."""

import hashlib
import io
import tempfile
from datetime import timedelta
from typing import IO

from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import timezone

from correspondence.outgoing.message import Unsendable
from documents import storage
from documents.encrypted import DamagedFile
from documents.packing import Packing
from documents.rendering import html_to_pdf
from journal.entries import write
from journal.models import Event
from onboarding.actor import Actor, NotAllowed
from onboarding.evidence_pack import contents
from onboarding.models import Application, EvidencePack, PackState

# Renewed with every file; a builder that is silent for so long is thought dead.
LEASE = timedelta(minutes=3)
CHANGED = "Saklanan bir dosya kayıttakinden farklı: {}. Destek isteyin."
BROKEN = "Beklenmeyen bir sorun çıktı. Yeniden deneyin; olmazsa destek isteyin."


class Unbuildable(Exception):
    """The pack cannot be made; the text is a Turkish sentence for a screen."""


class Superseded(Exception):
    """Another builder has taken over."""


def allowed(application: Application) -> bool:
    """There is a pack of what has come to its end."""
    return application.finished_at is not None or application.closed_at is not None


def of(application: Application) -> EvidencePack | None:
    return EvidencePack.objects.filter(application=application).first()


def is_current(pack: EvidencePack, application: Application) -> bool:
    """Whether a pack made now would say the same."""
    return pack.state == PackState.READY and pack.fingerprint == contents.fingerprint(application)


def ask(*, application: Application, actor: Actor) -> EvidencePack:
    """Has the pack made, unless there is one that says it all or somebody is at it.

    Raises NotAllowed while the application goes on.
    """
    if not allowed(application):
        raise NotAllowed("Kanıt dosyası başvuru tamamlanınca ya da kapanınca hazırlanabilir.")
    with transaction.atomic():
        Application.objects.select_for_update().get(pk=application.pk)
        pack = of(application)
        if pack is not None and (pack.state == PackState.BUILDING or is_current(pack, application)):
            return pack
        return EvidencePack.objects.update_or_create(
            application=application,
            defaults={
                "state": PackState.WAITING,
                "why": "",
                "done": 0,
                "total": 0,
                "asked_at": timezone.now(),
                "asked_by": actor.user,
            },
        )[0]


def build(*, application: Application) -> bool:
    """Makes the pack that was asked for; False when nobody asked, or another worker is at it."""
    pack = _claim(application)
    if pack is None:
        return False
    before = (pack.pdf_stored_name, pack.zip_stored_name)
    try:
        # Taken first: what happens meanwhile makes the pack out of date, and it will say so.
        seen = contents.fingerprint(application)
        with tempfile.TemporaryFile() as archive:
            pdf = _pack(pack, application, archive)
            _settle(pack, seen, pdf, archive)
    except Superseded:
        return False
    except Unbuildable as error:
        _fail(pack, str(error))
        return False
    except Exception:
        _fail(pack, BROKEN)
        raise
    for stored_name in before:
        storage.discard(stored_name)
    return True


def _claim(application: Application) -> EvidencePack | None:
    """Takes the pack. The row count decides between two workers."""
    now = timezone.now()
    free = Q(state=PackState.WAITING) | Q(state=PackState.BUILDING, lease_until__lt=now)
    taken = EvidencePack.objects.filter(free, application=application).update(
        state=PackState.BUILDING, build=F("build") + 1, done=0, total=0, lease_until=now + LEASE
    )
    return EvidencePack.objects.select_related("application").get(application=application) if taken else None


def _mine(pack: EvidencePack, **fields: object) -> None:
    """Writes on the row as long as it is this builder's. Raises Superseded."""
    found = EvidencePack.objects.filter(pk=pack.pk, build=pack.build, state=PackState.BUILDING)
    if not found.update(lease_until=timezone.now() + LEASE, **fields):
        raise Superseded


def _pack(pack: EvidencePack, application: Application, archive: IO[bytes]) -> bytes:
    """Fills the ZIP and returns the PDF, which is in it too."""
    made_at = timezone.localtime()
    originals = contents.originals(application)
    total = len(originals) + 1
    _mine(pack, total=total)
    pdf = html_to_pdf(render_to_string("pdf/evidence_pack.html", contents.history(application)))
    with Packing(archive, pack.folder) as packing:
        packing.add(name="kanit-dosyasi.pdf", kind="Kanıt dosyası", date_header=made_at, chunks=[pdf])
        for done, original in enumerate(originals, start=1):
            _mine(pack, done=done)
            _add(packing, original)
        packing.describe(
            title=f"{application.company.trade_name} · {application.reference}",
            made_at=made_at,
            erased=contents.erased(application),
        )
    _mine(pack, done=total)
    return pdf


def _add(packing: Packing, original: contents.Original) -> None:
    """Raises Unbuildable when the original is gone, or is not what was kept once."""
    try:
        entry = packing.add(
            name=original.name, kind=original.kind, date_header=original.date_header, chunks=original.chunks()
        )
    except FileNotFoundError as error:
        raise Unbuildable(f"Saklanan bir dosya bulunamadı: {original.name}. Destek isteyin.") from error
    except DamagedFile as error:
        raise Unbuildable(CHANGED.format(original.name)) from error
    except Unsendable as error:
        raise Unbuildable(str(error)) from error
    if original.sha256 and entry.sha256 != original.sha256:
        raise Unbuildable(CHANGED.format(original.name))


def _settle(pack: EvidencePack, seen: str, pdf: bytes, archive: IO[bytes]) -> None:
    place = f"packs/{pack.application.company_id}/{pack.application_id}-{pack.build}"
    size = archive.seek(0, io.SEEK_END)
    archive.seek(0)
    digest = hashlib.file_digest(archive, "sha256").hexdigest()  # type: ignore[arg-type]
    zip_stored_name = storage.keep(f"{place}.zip", archive)
    pdf_stored_name = storage.keep(f"{place}.pdf", io.BytesIO(pdf))
    try:
        _mine(
            pack,
            state=PackState.READY,
            fingerprint=seen,
            made_at=timezone.now(),
            pdf_stored_name=pdf_stored_name,
            pdf_size=len(pdf),
            pdf_sha256=hashlib.sha256(pdf).hexdigest(),
            zip_stored_name=zip_stored_name,
            zip_size=size,
            zip_sha256=digest,
        )
    except Superseded:
        storage.discard(zip_stored_name)
        storage.discard(pdf_stored_name)
        raise


def _fail(pack: EvidencePack, why: str) -> None:
    EvidencePack.objects.filter(pk=pack.pk, build=pack.build, state=PackState.BUILDING).update(
        state=PackState.FAILED, why=why[:500]
    )


def given(*, application: Application, kind: str, actor: Actor) -> None:
    """The ZIP holds identity numbers as they were sent: who takes it is written down (KVKK)."""
    if kind == "zip":
        write(
            company=application.company,
            event=Event.PACK_GIVEN,
            text="Kanıt dosyasının ZIP'i indirildi",
            party=actor.party,
            actor=actor.user,
            application_id=application.pk,
        )
