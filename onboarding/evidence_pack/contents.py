"""What belongs into an attempt's evidence pack: the history for the PDF, the originals for the ZIP."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import PurePath

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify

from correspondence.incoming.fetching import raw_of
from correspondence.models import Audience, Letter, Mail
from correspondence.outgoing.message import copy_of
from correspondence.outgoing.outbox import body_of
from correspondence.reading import parsing
from correspondence.reading.parsing import Unreadable
from documents import storage
from documents.models import Document
from documents.packing import Erased
from identifiers.masking import masked
from identifiers.turkish import fold
from journal.models import Entry, Event
from onboarding.dossier import content
from onboarding.models import DocumentKind, Onboarding
from onboarding.overview.board import board
from partners.models import IysContact
from tenancy.models import Company

FILE_NAME_MAX = 60
ASCII = str.maketrans("çğöşü", "cgosu")


@dataclass(frozen=True)
class Original:
    """A file for the ZIP. `sha256` is what it has to be, empty for a letter that is put together now."""

    name: str
    kind: str
    dated: datetime
    sha256: str
    chunks: Callable[[], Iterable[bytes]]


def letters(onboarding: Onboarding) -> QuerySet[Letter]:
    """To İYS, oldest first."""
    return Letter.objects.filter(
        subject_id=onboarding.pk, company_id=onboarding.company_id, audience=Audience.IYS
    ).order_by("created_at")


def mails(onboarding: Onboarding) -> QuerySet[Mail]:
    return Mail.objects.filter(subject_id=onboarding.pk, company_id=onboarding.company_id).order_by("taken_in_at")


def documents(onboarding: Onboarding) -> QuerySet[Document]:
    """All that the company ever handed in or was given, replaced and erased ones too."""
    return onboarding.company.documents.order_by("created_at")


def journal(onboarding: Onboarding) -> QuerySet[Entry]:
    """Without the giving out of packs, which would make each pack out of date."""
    return Entry.objects.filter(subject=onboarding.pk).exclude(event=Event.PACK_GIVEN).order_by("pk")


def fingerprint(onboarding: Onboarding) -> str:
    """Another one whenever a pack made now would say something else."""
    attempt = Onboarding.objects.filter(pk=onboarding.pk)
    facts = (
        attempt.values_list("iys_code", "iys_application_number", "finished_at", "closed_at"),
        Company.objects.filter(pk=onboarding.company_id).values_list(),
        onboarding.records.values_list("step", "state", "version"),
        onboarding.company.brands.values_list("name", "code"),
        onboarding.remarks.values_list("pk", "settled_at"),
        onboarding.declarations.values_list("pk"),
        onboarding.acceptances.values_list("pk"),
        onboarding.payments.values_list("pk"),
        onboarding.submissions.values_list("pk", "sha256"),
        journal(onboarding).values_list("pk"),
        documents(onboarding).values_list("pk", "sha256", "replaced_by", "erased_at"),
        letters(onboarding).values_list("pk", "status", "sent_at", "delivered_at"),
        mails(onboarding).values_list("pk", "sha256", "status", "kind"),
    )
    said = "\n".join(repr(sorted(map(repr, rows))) for rows in facts)
    return hashlib.sha256(said.encode()).hexdigest()


def originals(onboarding: Onboarding) -> list[Original]:
    found = [
        Original(
            f"belgeler/{number:03d}-{_file_name(document)}",
            _kind_label(document.kind),
            timezone.localtime(document.created_at),
            document.sha256,
            partial(storage.chunks, document.stored_name),
        )
        for number, document in enumerate(documents(onboarding), start=1)
        if document.erased_at is None
    ]
    found += [
        Original(
            f"mektuplar/{number:03d}-{_slug(letter.title)}.eml",
            f"Mektup ({letter.get_status_display()})",
            timezone.localtime(letter.sent_at or letter.created_at),
            "",
            partial(_written, letter),
        )
        for number, letter in enumerate(letters(onboarding), start=1)
    ]
    return found + [
        Original(
            f"gelen/{number:03d}-{_slug(mail.title)}.eml",
            "Gelen e-posta",
            timezone.localtime(mail.taken_in_at),
            mail.sha256,
            partial(storage.chunks, mail.stored_name),
        )
        for number, mail in enumerate(mails(onboarding), start=1)
    ]


def erased(onboarding: Onboarding) -> list[Erased]:
    return [
        Erased(
            document.name,
            _kind_label(document.kind),
            timezone.localtime(document.created_at),
            document.sha256,
            timezone.localtime(document.erased_at),
        )
        for document in documents(onboarding)
        if document.erased_at is not None
    ]


def _written(letter: Letter) -> Iterable[bytes]:
    yield copy_of(letter)


def _file_name(document: Document) -> str:
    name = PurePath(document.name)
    return f"{_slug(f'{_kind_label(document.kind)} {name.stem}')}{name.suffix}"


def _slug(text: str) -> str:
    """A file name that every system and every sha256sum can read."""
    return slugify(fold(text).translate(ASCII))[:FILE_NAME_MAX].strip("-") or "adsiz"


@dataclass(frozen=True)
class Message:
    """A letter or an answer with its whole text, identity numbers masked."""

    who: str
    title: str
    addresses: str
    when: datetime
    state: str
    text: str


def messages(onboarding: Onboarding) -> list[Message]:
    """The whole correspondence, oldest first."""
    sent = [
        Message(
            "Mektup",
            letter.title,
            f"{letter.from_email} → {', '.join([*letter.to, *letter.cc])}",
            letter.sent_at or letter.created_at,
            letter.get_status_display(),
            masked(body_of(letter).text),
        )
        for letter in letters(onboarding)
    ]
    got = [
        Message("Gelen", mail.title, mail.from_email, mail.taken_in_at, mail.trust_why, _text(mail))
        for mail in mails(onboarding)
    ]
    return sorted([*sent, *got], key=lambda each: each.when)


def _text(mail: Mail) -> str:
    try:
        return masked(parsing.content(raw_of(mail)).full_text)
    except Unreadable:
        return "(Bu e-posta çözümlenemedi; aslı ZIP dosyasındadır.)"


def history(onboarding: Onboarding) -> dict[str, object]:
    """What the PDF is made of (templates/pdf/evidence_pack.html)."""
    form = onboarding.application_form
    labels = {line.key: line.label for line in content.lines(form)}
    return {
        "onboarding": onboarding,
        "company": onboarding.company,
        "partner": onboarding.company.partner,
        "iys": IysContact.current(),
        "made_at": timezone.now(),
        "board": board(onboarding),
        "lines": (*content.lines(form), *content.together(form)),
        "brands": onboarding.company.brands.all(),
        "choice": getattr(onboarding, "package_choice", None),
        "assignment": getattr(onboarding, "assignment", None),
        "cargo": getattr(onboarding, "cargo", None),
        "payments": onboarding.payments.select_related("recorded_by", "receipt"),
        "submissions": onboarding.submissions.select_related("submitted_by").order_by("submitted_at"),
        "remarks": [
            (labels.get(each.field) or _kind_label(each.field), each) for each in onboarding.remarks.order_by("pk")
        ],
        "acceptances": onboarding.acceptances.select_related("accepted_by", "text_version"),
        "declarations": onboarding.declarations.select_related("declared_by", "text_version"),
        "journal": [(entry, masked(entry.text)) for entry in journal(onboarding).select_related("actor")],
        "messages": messages(onboarding),
        "documents": [(_kind_label(each.kind), each) for each in documents(onboarding)],
    }


def _kind_label(field: str) -> str:
    return str(DocumentKind(field).label) if field in DocumentKind.values else "Genel"
