"""What İYS says, by mail or to staff on the telephone: its facts are kept and its move is made, together."""

from collections.abc import Callable, Mapping
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
from journal.models import Entry, Event
from onboarding.actor import Actor
from onboarding.codes import confirmation
from onboarding.dossier import corrections, filing
from onboarding.machine import Party, Step
from onboarding.models import DocumentKind, Offer, Onboarding, Remark
from onboarding.steps import CODE_RECEIPT, PACKAGE_CONTRACT, STATUS_QUERY
from onboarding.transitions import perform, undo, undone
from tenancy.models import User

Facts = Mapping[str, Any]
Written = Mapping[str, Any]  # what an answer left behind, for taking it back


def take(
    *,
    onboarding: Onboarding,
    step: Step,
    move: str,
    facts: Facts,
    actor: Actor,
    reason: str,
    mail: Mail | None = None,
    seen: int | None = None,
    data: Mapping[str, object] | None = None,
) -> None:
    """Keeps what was said and moves the step, wholly or not at all. Raises NotAllowed as `perform` does,
    and Unchecked when the mail's attachment is to be kept while the virus scanner is away.

    `facts` has the keys of correspondence.reading.extraction.Facts. An approval that brings codes finishes step 2
    and fills step 3 at once.
    """
    kept: dict[str, object] = {**(data or {}), **({"mail": str(mail.pk)} if mail else {})}
    with transaction.atomic():
        effect = EFFECTS.get((step.key, move))
        if effect is not None:
            kept["wrote"] = effect(onboarding, facts, reason, mail)
        brings_codes = (step.key, move) == (STATUS_QUERY.key, "approve") and bool(facts.get("iys_code"))
        perform(
            onboarding=onboarding,
            step=step,
            move=move,
            actor=actor,
            reason=reason,
            seen=seen,
            data=kept,
            more_follows=brings_codes,
        )
        if brings_codes:
            perform(onboarding=onboarding, step=CODE_RECEIPT, move="read", actor=actor, data=kept)


def record(
    *,
    onboarding: Onboarding,
    step: Step,
    move: str,
    facts: Facts,
    user: User,
    note: str,
    seen: int,
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
                onboarding,
                DocumentKind.ANSWER,
                evidence,
                filename=filename,
                actor=Actor(Party.STAFF, user),
                about=uuid4(),
            )
            data["document"] = str(kept.pk)
        take(
            onboarding=onboarding,
            step=step,
            move=move,
            facts=facts,
            actor=Actor(Party.IYS, user),
            reason=note,
            seen=seen,
            data=data,
        )


def take_back(*, onboarding: Onboarding, mail: Mail, actor: Actor, reason: str) -> None:
    """Undoes what a mail moved and wrote, wholly or not at all. Raises NotAllowed as `undo` does."""
    with transaction.atomic():
        taken_back = undone(onboarding)
        moves = Entry.objects.filter(subject=onboarding.pk, event=Event.MOVED, data__mail=str(mail.pk))
        entries = [entry for entry in moves.order_by("pk") if entry.pk not in taken_back]
        undo(onboarding=onboarding, entries=entries, actor=actor, reason=reason)
        for entry in entries:
            _unwrite(onboarding, entry.data.get("wrote") or {})


def _unwrite(onboarding: Onboarding, wrote: Written) -> None:
    if number := wrote.get("application_number"):
        mine = Onboarding.objects.filter(pk=onboarding.pk, iys_application_number=number)
        mine.update(iys_application_number="")
    onboarding.remarks.filter(pk=wrote.get("remark", 0)).delete()
    onboarding.code_readings.filter(pk=wrote.get("code_reading", 0)).delete()
    offer = onboarding.offers.select_related("pdf").filter(pk=wrote.get("offer", 0)).first()
    if offer is not None:
        offer.delete()
        if offer.pdf is not None and not Offer.objects.filter(pdf=offer.pdf).exists():
            withdraw(offer.pdf)


def _application_number(onboarding: Onboarding, facts: Facts, reason: str, mail: Mail | None) -> Written:
    number = facts.get("application_number", "")
    if not number or onboarding.iys_application_number:
        return {}
    Onboarding.objects.filter(pk=onboarding.pk).update(iys_application_number=number)
    return {"application_number": number}


def _remark(onboarding: Onboarding, facts: Facts, reason: str, mail: Mail | None) -> Written:
    remark = Remark.objects.create(
        onboarding=onboarding,
        step=STATUS_QUERY.key,
        text=reason[:1000],
        round=corrections.next_round(onboarding),
        by_iys=True,
    )
    return {"remark": remark.pk}


def _codes(onboarding: Onboarding, facts: Facts, reason: str, mail: Mail | None) -> Written:
    if not facts.get("iys_code"):
        return {}
    return {"code_reading": confirmation.keep_reading(onboarding=onboarding, facts=facts, mail=mail).pk}


def _offer(onboarding: Onboarding, facts: Facts, reason: str, mail: Mail | None) -> Written:
    offer = Offer.objects.create(
        onboarding=onboarding,
        mail=mail,
        pdf=_first_pdf(onboarding, mail) if mail else None,
        view_url=facts.get("view_url", ""),
        pay_url=facts.get("pay_url", ""),
    )
    return {"offer": offer.pk}


def _first_pdf(onboarding: Onboarding, mail: Mail) -> Document | None:
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
                company=onboarding.company,
                kind=DocumentKind.OFFER,
                payload=found.payload,
                filename=attachment.filename or "teklif.pdf",
                content_type=found.content_type,
                pages=found.pages,
                origin=Origin.MAIL,
                by=None,
            )
    return None


EFFECTS: Mapping[tuple[str, str], Callable[[Onboarding, Facts, str, Mail | None], Written]] = {
    (STATUS_QUERY.key, "received"): _application_number,
    (STATUS_QUERY.key, "ask_changes"): _remark,
    (STATUS_QUERY.key, "approve"): _codes,
    (CODE_RECEIPT.key, "read"): _codes,
    (PACKAGE_CONTRACT.key, "offer"): _offer,
}
