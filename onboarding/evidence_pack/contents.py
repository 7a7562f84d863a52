"""What belongs into an application's evidence pack: the history for the PDF, the originals for the ZIP."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import PurePath
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from correspondence.incoming.authentication import SenderAuthentication
from correspondence.incoming.fetching import raw_of
from correspondence.incoming.processing import sentences_of
from correspondence.models import Audience, Letter, Mail
from correspondence.outgoing.message import copy_of
from correspondence.outgoing.outbox import body_of
from correspondence.reading import parsing
from correspondence.reading.parsing import Unreadable
from correspondence.reading.understanding import Meaning
from documents import storage
from documents.models import Document
from documents.naming import plain_name
from documents.packing import Erased
from identifiers.masking import masked
from journal.models import Entry, Event, Head
from onboarding.dossier import content
from onboarding.evidence_pack.timeline import timeline
from onboarding.mail.labels import MEANINGS
from onboarding.models import Application, DocumentKind
from onboarding.overview.board import board
from onboarding.steps import BY_KEY
from partners.models import IysContact
from tenancy.identities import known_to
from tenancy.models import Company

PROVES = {**MEANINGS, Meaning.HARMLESS: "süreç için bir şey bildirmiyor"}


@dataclass(frozen=True)
class Original:
    """A file for the ZIP. `sha256` is what it has to be, empty for a letter that is put together now."""

    name: str
    kind: str
    date_header: datetime
    sha256: str
    chunks: Callable[[], Iterable[bytes]]


def letters(application: Application) -> QuerySet[Letter]:
    """To İYS, oldest first."""
    return Letter.objects.filter(
        application_id=application.pk, company_id=application.company_id, audience=Audience.IYS
    ).order_by("created_at")


def mails(application: Application) -> QuerySet[Mail]:
    return Mail.objects.filter(application_id=application.pk, company_id=application.company_id).order_by(
        "received_at"
    )


def documents(application: Application) -> QuerySet[Document]:
    """All that the company ever handed in or was given, replaced and erased ones too."""
    return application.company.documents.order_by("created_at")


def journal(application: Application) -> QuerySet[Entry]:
    """Without the giving out of packs and papers, which would make each pack out of date, and without who of
    support had the case when, looked at it or put it off, which is no evidence."""
    given = (Event.PACK_GIVEN, Event.PAPER_OPENED, Event.CASE_GIVEN, Event.SNOOZED, Event.LOOKED_AT)
    return Entry.objects.filter(application_id=application.pk).exclude(event__in=given).order_by("pk")


def fingerprint(application: Application) -> str:
    """Another one whenever a pack made now would say something else."""
    row = Application.objects.filter(pk=application.pk)
    extracted = (
        row.values_list("iys_code", "iys_application_number", "finished_at", "closed_at"),
        Company.objects.filter(pk=application.company_id).values_list(),
        application.records.values_list("step", "state", "version"),
        application.company.brands.values_list("name", "code"),
        application.remarks.values_list("pk", "settled_at"),
        application.declarations.values_list("pk"),
        application.acceptances.values_list("pk"),
        application.payments.values_list("pk"),
        application.submissions.values_list("pk", "sha256"),
        journal(application).values_list("pk"),
        documents(application).values_list("pk", "sha256", "replaced_by", "erased_at"),
        letters(application).values_list("pk", "status", "sent_at", "delivered_at"),
        Letter.objects.filter(application_id=application.pk).values_list("pk", "status"),
        mails(application).values_list("pk", "sha256", "status", "kind"),
    )
    said = "\n".join(repr(sorted(map(repr, rows))) for rows in extracted)
    return hashlib.sha256(said.encode()).hexdigest()


def originals(application: Application) -> list[Original]:
    found = [
        Original(
            f"belgeler/{number:03d}-{_file_name(document)}",
            _kind_label(document.kind),
            timezone.localtime(document.created_at),
            document.sha256,
            partial(storage.chunks, document.stored_name),
        )
        for number, document in enumerate(documents(application), start=1)
        if document.erased_at is None
    ]
    found += [
        Original(
            f"mektuplar/{number:03d}-{_slug(letter.subject)}.eml",
            f"Mektup ({letter.get_status_display()})",
            timezone.localtime(letter.sent_at or letter.created_at),
            "",
            partial(_written, letter),
        )
        for number, letter in enumerate(letters(application), start=1)
    ]
    return found + [
        Original(
            f"gelen/{number:03d}-{_slug(mail.subject)}.eml",
            "Gelen e-posta",
            timezone.localtime(mail.received_at),
            mail.sha256,
            partial(storage.chunks, mail.stored_name),
        )
        for number, mail in enumerate(mails(application), start=1)
    ]


def erased(application: Application) -> list[Erased]:
    return [
        Erased(
            document.name,
            _kind_label(document.kind),
            timezone.localtime(document.created_at),
            document.sha256,
            timezone.localtime(document.erased_at),
        )
        for document in documents(application)
        if document.erased_at is not None
    ]


def _written(letter: Letter) -> Iterable[bytes]:
    yield copy_of(letter)


def _file_name(document: Document) -> str:
    name = PurePath(document.name)
    return f"{_slug(f'{_kind_label(document.kind)} {name.stem}')}{name.suffix}"


def _slug(text: str) -> str:
    return plain_name(text) or "adsiz"


class Shown(NamedTuple):
    """How much of a mail the PDF shows; the ZIP has it as a whole. `text` in characters."""

    text: int
    sentences: int


BELIEVED = Shown(30_000, 200)
# Anybody may write, as much as he likes: nobody shall keep the PDF from ever being rendered.
STRANGERS = Shown(1_500, 10)


def _shown(mail: Mail) -> Shown:
    return STRANGERS if mail.sender_authentication == SenderAuthentication.UNVERIFIED else BELIEVED


@dataclass(frozen=True)
class Message:
    """A letter or an answer with its whole text, identity numbers masked. `proof`: by what an answer was
    understood, one line for each thing."""

    who: str
    subject: str
    addresses: str
    when: datetime
    state: str
    text: str
    proof: tuple[str, ...] = ()


def messages(application: Application) -> list[Message]:
    """The whole correspondence, oldest first."""
    hidden = partial(masked, known=known_to(application.company))
    sent = [
        Message(
            "Mektup",
            hidden(letter.subject),
            f"{letter.from_email} → {', '.join([*letter.to, *letter.cc])}",
            letter.sent_at or letter.created_at,
            letter.get_status_display(),
            hidden(body_of(letter).text),
        )
        for letter in letters(application)
    ]
    got = [
        Message(
            "Gelen",
            hidden(mail.subject),
            mail.from_email,
            mail.received_at,
            mail.sender_authentication_why,
            _text(mail, hidden),
            _proof(mail, hidden),
        )
        for mail in mails(application)
    ]
    return sorted([*sent, *got], key=lambda each: each.when)


def _proof(mail: Mail, hidden: Callable[[str], str]) -> tuple[str, ...]:
    """What ties the mail to this application, what became of it and each of its sentences."""
    read = [
        f"“{hidden(each.text)}”: {PROVES[each.meaning]}"
        + "".join(f" · {name}: {hidden(value)}" for name, value in each.blanks)
        for each in sentences_of(mail)
    ]
    why = (mail.match_why, mail.tied_why, mail.status_why)
    most = _shown(mail).sentences
    more = (f"… ve {len(read) - most} cümle daha",) if len(read) > most else ()
    return (*map(hidden, filter(None, why)), *read[:most], *more)


def _text(mail: Mail, hidden: Callable[[str], str]) -> str:
    try:
        text = hidden(parsing.content(raw_of(mail)).full_text)
    except Unreadable:
        return "(Bu e-posta çözümlenemedi; aslı ZIP dosyasındadır.)"
    most = _shown(mail).text
    return text if len(text) <= most else f"{text[:most]}…\n(Metnin tamamı ZIP dosyasındaki aslındadır.)"


def history(application: Application) -> dict[str, object]:
    """What the PDF is made of (templates/pdf/evidence_pack.html)."""
    form = application.application_form
    labels = content.labels(form)
    return {
        "application": application,
        "company": application.company,
        "partner": application.company.partner,
        "iys": IysContact.current(),
        "made_at": timezone.now(),
        "board": board(application),
        "lines": content.told(form),
        "brands": application.company.brands.all(),
        "choice": getattr(application, "package_choice", None),
        "assignment": getattr(application, "assignment", None),
        "cargo": form.parcel,
        "payments": application.payments.select_related("recorded_by", "receipt"),
        "submissions": [
            (BY_KEY[each.step], each)
            for each in application.submissions.select_related("submitted_by").order_by("submitted_at")
        ],
        "remarks": [
            (labels.get(each.field) or _kind_label(each.field), each, masked(each.text), masked(each.answer))
            for each in application.remarks.order_by("pk")
        ],
        "acceptances": application.acceptances.select_related("accepted_by", "text_version"),
        "declarations": application.declarations.select_related("declared_by", "text_version"),
        # Two, where it came with a company that was merged into this one.
        "heads": Head.objects.filter(company__in=journal(application).order_by().values("company")),
        "journal": list(timeline(journal(application), masked)),
        "messages": messages(application),
        "documents": [(_kind_label(each.kind), each) for each in documents(application)],
    }


def _kind_label(field: str) -> str:
    return str(DocumentKind(field).label) if field in DocumentKind.values else "Genel"
