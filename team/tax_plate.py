"""A vergi levhası that is handed in by whoever founds a company: read at once, and kept with the company alone.

There is no company yet whose file it could be, and many a page like this is left again. So nothing of it is
stored: the page that comes back carries it, encrypted, and brings it along when the company is founded.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from cryptography.fernet import InvalidToken
from django.core.files.base import ContentFile
from django.http import HttpRequest

from documents import paper_readings, storage
from documents.inspection import PDF, Inspected
from documents.intake import examine
from documents.models import Origin
from documents.reading.comparing import same
from documents.reading.papers import NOBODY, Ours, Outcome, Paper, Reading
from identifiers import Refused, digits, masking
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from limits import quotas
from limits.quotas import Quota
from tenancy.encryption import cipher
from tenancy.models import Company, User

FIELD, CARRIED = "tax_plate", "tax_plate_carried"
# GİB's have a tenth of it. With what encrypting adds, a form that carries one stays below
# DATA_UPLOAD_MAX_MEMORY_SIZE.
MOST_BYTES = 2 * 2**20
CARRIED_FOR = timedelta(days=1)
BY_HAND = "Unvanı ve vergi numarasını siz yazın; belge saklanmadı."
# After why a file could not be opened; what mends it elsewhere, a scan, is not read here.
ANEW = "Taranmış belge burada okunmaz: Dijital Vergi Dairesi'nden parolasız PDF'i yeniden indirip seçin."
TOO_LARGE = (
    f"Bu dosya 2 MB'tan büyük: Dijital Vergi Dairesi'nden indirilen vergi levhası küçük bir PDF'tir. {BY_HAND}"
)
GONE = "Seçtiğiniz belge artık bu sayfada değil; isterseniz yeniden seçin."
WHY_NOT = {
    Outcome.NO_TEXT: "Bu belgede yeterince yazı yok: taranmış, fotoğraflanmış ya da başka bir belge okunamaz.",
    Outcome.UNREAD: "Bu belgeyi okuyamadık.",
    Outcome.ILLEGIBLE: "Bu PDF'in yazısı okunamıyor ya da belge bir vergi levhası değil.",
    Outcome.SEVERAL: "Bu vergi levhasında birden çok vergi numarası var; hangisi sizin, anlaşılmıyor.",
    Outcome.UNTIED: "Bu vergi levhasında vergi numarası bulamadık.",
}
OTHER_PAPER = "Bu bir vergi levhası gibi görünmüyor."


@dataclass(frozen=True, slots=True)
class Plate:
    """One that was read; `says` has the title and the number, as far as it is clear."""

    name: str
    file: Inspected
    says: dict[str, str]


@dataclass(frozen=True, slots=True)
class Beside:
    """What it says of a field of the form, and whether that stands there."""

    shown: str
    is_same: bool


def brought(request: HttpRequest) -> Plate | None:
    """The one that was chosen just now. Raises Refused with a sentence when it says nothing that could be used."""
    upload = request.FILES.get(FIELD)
    if upload is None:
        return None
    quotas.take(Quota.FOUNDING_PAPERS, **quotas.asking(request))
    if (upload.size or 0) > MOST_BYTES:
        raise Refused(TOO_LARGE)
    try:
        file = examine(upload.read(), upload.name or "")
    except Refused as refusal:
        raise Refused(f"{refusal} {ANEW} {BY_HAND}") from refusal
    if file.content_type != PDF:
        raise Refused(f"{WHY_NOT[Outcome.NO_TEXT]} {BY_HAND}")
    return _understood(upload.name or "", file)


def carried(request: HttpRequest, user: User) -> Plate | None:
    """The one that this person's page brings back. Raises Refused when it has become too old."""
    token = request.POST.get(CARRIED, "")
    if not token:
        return None
    try:
        content = cipher().decrypt(token.encode(), ttl=int(CARRIED_FOR.total_seconds()))
        head, _line, payload = content.partition(b"\n")
        said = json.loads(head)
    except (InvalidToken, ValueError):
        raise Refused(GONE) from None
    if said.get("person") != user.pk:
        raise Refused(GONE)
    return _understood(said["name"], Inspected(PDF, said["pages"], payload, signed=said["signed"]))


def carrying(plate: Plate, user: User) -> str:
    head = {"person": user.pk, "name": plate.name, "pages": plate.file.pages, "signed": plate.file.signed}
    return cipher().encrypt(json.dumps(head).encode() + b"\n" + plate.file.payload).decode()


def _understood(name: str, file: Inspected) -> Plate:
    reading = paper_readings.read(file, NOBODY)
    if not _is_plate(reading):
        may_be_one = reading.paper in (Paper.TAX_PLATE, Paper.UNKNOWN)
        raise Refused(f"{WHY_NOT.get(reading.outcome, OTHER_PAPER) if may_be_one else OTHER_PAPER} {BY_HAND}")
    said = {each.field: each.value for each in reading.found if each.field in ("trade_name", "tax_number")}
    return Plate(name, file, said)


def _is_plate(reading: Reading) -> bool:
    return reading.paper is Paper.TAX_PLATE and reading.outcome is Outcome.READ


def beside(plate: Plate, name: str, typed: str) -> Beside | None:
    """A person has a tax number and a TCKN: one says nothing about the other."""
    value = plate.says.get(name, "")
    is_shown = typed == masking.shown(value)
    number = digits.bare(typed) if name == "tax_number" else value
    if not value or (len(number) != len(value) and not is_shown):
        return None
    return Beside(masking.shown(value), is_shown or same(name, typed, value))


def read_for(plate: Plate, *, trade_name: str, tax_number: str) -> Reading:
    """What it says of the company that is founded; to be called outside of a transaction."""
    return paper_readings.read(plate.file, Ours(tax_number=tax_number, trade_name=trade_name))


def keep(plate: Plate, reading: Reading, company: Company, user: User) -> None:
    """As the company's document. One of another company is nobody's here, and is forgotten."""
    if not _is_plate(reading):
        return
    document = storage.store(
        company=company,
        kind=Paper.TAX_PLATE,
        payload=plate.file.payload,
        filename=plate.name,
        content_type=plate.file.content_type,
        pages=plate.file.pages,
        origin=Origin.UPLOADED,
        by=user,
    )
    paper_readings.keep(document, reading)
    write(
        company=company,
        event=Event.DOCUMENT_ADDED,
        text=f"Vergi levhası: {document.name}",
        party=Party.COMPANY,
        actor=user,
        data={"document": str(document.pk), "sha256": document.sha256},
    )


def forget(plate: Plate) -> None:
    """For a tax number that is here already. It takes as long as keeping: how long says nothing either."""
    storage.discard(storage.keep(f"founding/{uuid4()}", ContentFile(plate.file.payload)))
