"""What İYS says, by mail or to staff on the telephone: what it brings is kept and its move is made, together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db import transaction

from correspondence.incoming.fetching import raw_of
from correspondence.models import Mail
from correspondence.reading.parsing import content
from documents.antivirus import Unchecked
from documents.inspection import Inspected
from documents.intake import examine
from documents.models import Document, Origin
from documents.storage import store, withdraw
from identifiers import Refused
from journal.parties import Party
from onboarding.actor import SYSTEM, Actor
from onboarding.codes import confirmation
from onboarding.dossier import corrections, filing
from onboarding.machine import Step
from onboarding.models import Application, ChannelChoices, CodeSource, DocumentKind, Offer, Remark
from onboarding.steps import CODE_RECEIPT, PACKAGE_CONTRACT, STATUS_QUERY
from onboarding.transitions import lasting_moves, perform, undo
from tenancy.models import User

ExtractedFields = Mapping[str, Any]
Written = Mapping[str, Any]  # what an answer left behind, for taking it back


@dataclass(frozen=True, slots=True)
class Answer:
    """`codes_from` is whose word the codes are; None for İYS's own."""

    extracted: ExtractedFields
    reason: str
    mail: Mail | None
    codes_from: CodeSource | None


def take(
    *,
    application: Application,
    step: Step,
    move: str,
    extracted: ExtractedFields,
    actor: Actor,
    reason: str,
    mail: Mail | None = None,
    expected_version: int | None = None,
    data: Mapping[str, object] | None = None,
    codes_from: CodeSource | None = None,
) -> None:
    """Keeps what was said and moves the step, wholly or not at all. Raises NotAllowed as `perform` does,
    and Unchecked when the mail's attachment is to be kept while the virus scanner is away.

    `extracted` has the keys of ExtractedFields. An approval that brings codes finishes step 2 and fills step 3 at
    once; `codes_from` says whose word they are where it is not İYS's. One without codes asks the company for them
    when it applied at İYS's own site: İYS writes to it there.
    """
    kept: dict[str, object] = {**(data or {}), **({"mail": str(mail.pk)} if mail else {})}
    with transaction.atomic():
        effect = EFFECTS.get((step.key, move))
        if effect is not None:
            kept["wrote"] = effect(application, Answer(extracted, reason, mail, codes_from))
        approved = (step.key, move) == (STATUS_QUERY.key, "approve")
        brings_codes = approved and bool(extracted.get("iys_code"))
        asks_company = (
            approved
            and not brings_codes
            and application.application_form.channel == ChannelChoices.APPLIED
            and application.records.get(step=CODE_RECEIPT.key).state == CODE_RECEIPT.initial
        )
        perform(
            application=application,
            step=step,
            move=move,
            actor=actor,
            reason=reason,
            expected_version=expected_version,
            data=kept,
            more_follows=brings_codes or asks_company,
        )
        if asks_company:
            perform(application=application, step=CODE_RECEIPT, move="ask_company", actor=SYSTEM)
        if brings_codes:
            anew = application.records.get(step=CODE_RECEIPT.key).stale
            perform(
                application=application,
                step=CODE_RECEIPT,
                move="read_anew" if anew else "read",
                actor=SYSTEM if anew else actor,
                data=kept,
            )


def record(
    *,
    application: Application,
    step: Step,
    move: str,
    extracted: ExtractedFields,
    user: User,
    note: str,
    expected_version: int,
    evidence: Inspected | None,
    filename: str,
) -> None:
    """Staff keep what İYS said by telephone or on paper, and what shows it; it moves like a verified mail.

    Raises NotAllowed as `perform` does; then nothing is kept.
    """
    data: dict[str, object] = {"recorded_by_staff": True}
    with transaction.atomic():
        if evidence is not None:
            kept = filing.keep(
                application,
                DocumentKind.ANSWER,
                evidence,
                filename=filename,
                actor=Actor(Party.STAFF, user),
                about=uuid4(),
            )
            data["document"] = str(kept.pk)
        take(
            application=application,
            step=step,
            move=move,
            extracted=extracted,
            actor=Actor(Party.IYS, user),
            reason=note,
            expected_version=expected_version,
            data=data,
        )


def take_back(*, application: Application, mail: Mail, actor: Actor, reason: str) -> None:
    """Undoes what a mail moved and wrote, wholly or not at all. Raises NotAllowed as `undo` does."""
    with transaction.atomic():
        entries = [entry for entry in lasting_moves(application) if entry.data.get("mail") == str(mail.pk)]
        undo(application=application, entries=entries, actor=actor, reason=reason)
        for entry in entries:
            _unwrite(application, entry.data.get("wrote") or {})


def _unwrite(application: Application, wrote: Written) -> None:
    if number := wrote.get("application_number"):
        mine = Application.objects.filter(pk=application.pk, iys_application_number=number)
        mine.update(iys_application_number="")
    application.remarks.filter(pk=wrote.get("remark", 0)).delete()
    application.code_readings.filter(pk=wrote.get("code_reading", 0)).delete()
    offer = application.offers.select_related("pdf").filter(pk=wrote.get("offer", 0)).first()
    if offer is not None:
        offer.delete()
        if offer.pdf is not None and not Offer.objects.filter(pdf=offer.pdf).exists():
            withdraw(offer.pdf)


def note_number(application: Application, extracted: ExtractedFields) -> Written:
    """Keeps İYS's number of the application, when it has none."""
    number = extracted.get("application_number", "")
    if not number or application.iys_application_number:
        return {}
    Application.objects.filter(pk=application.pk).update(iys_application_number=number)
    return {"application_number": number}


def _application_number(application: Application, answer: Answer) -> Written:
    return note_number(application, answer.extracted)


def _remark(application: Application, answer: Answer) -> Written:
    remark = Remark.objects.create(
        application=application,
        step=STATUS_QUERY.key,
        text=answer.reason[:1000],
        round=corrections.next_round(application),
        by_iys=True,
    )
    return {"remark": remark.pk}


def _codes(application: Application, answer: Answer) -> Written:
    if not answer.extracted.get("iys_code"):
        return {}
    reading = confirmation.keep_reading(
        application=application, extracted=answer.extracted, mail=answer.mail, source=answer.codes_from
    )
    return {"code_reading": reading.pk}


def _offer(application: Application, answer: Answer) -> Written:
    mail, extracted = answer.mail, answer.extracted
    offer = Offer.objects.create(
        application=application,
        mail=mail,
        pdf=_first_pdf(application, mail) if mail else None,
        view_url=extracted.get("view_url", ""),
        pay_url=extracted.get("pay_url", ""),
    )
    return {"offer": offer.pk}


def _first_pdf(application: Application, mail: Mail) -> Document | None:
    """The first attachment that is a sound PDF; what is not sound stays in the raw mail only.

    Raises Unchecked while the virus scanner is away.
    """
    for attachment in content(raw_of(mail)).attachments:
        try:
            found = examine(attachment.payload, attachment.filename)
        except Unchecked:
            raise
        except Refused:
            continue
        if found.content_type == "application/pdf":
            return store(
                company=application.company,
                kind=DocumentKind.OFFER,
                payload=found.payload,
                filename=attachment.filename or "teklif.pdf",
                content_type=found.content_type,
                pages=found.pages,
                origin=Origin.MAIL,
                by=None,
            )
    return None


EFFECTS: Mapping[tuple[str, str], Callable[[Application, Answer], Written]] = {
    (STATUS_QUERY.key, "received"): _application_number,
    (STATUS_QUERY.key, "ask_changes"): _remark,
    (STATUS_QUERY.key, "approve"): _codes,
    (CODE_RECEIPT.key, "read"): _codes,
    (PACKAGE_CONTRACT.key, "offer"): _offer,
}
