"""What İYS says, by mail or to staff on the telephone: its facts are kept and its move is made, together."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from correspondence.inbox import raw_of
from correspondence.models import Mail
from correspondence.parsing import content
from documents.antivirus import Unchecked
from documents.intake import examine
from documents.models import Document, Origin
from documents.storage import store
from identifiers import Refused
from onboarding import codes
from onboarding.machine import Step
from onboarding.models import DocumentKind, Offer, Onboarding, Remark
from onboarding.steps import CODE_RECEIPT, PACKAGE_CONTRACT, STATUS_QUERY
from onboarding.transitions import Actor, perform

Facts = Mapping[str, Any]


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

    `facts` has the keys of correspondence.reading.Facts. An approval that brings codes finishes step 2
    and fills step 3 at once.
    """
    kept: dict[str, object] = {**(data or {}), **({"mail": str(mail.pk)} if mail else {})}
    with transaction.atomic():
        effect = EFFECTS.get((step.key, move))
        if effect is not None:
            effect(onboarding, facts, reason, mail)
        perform(onboarding=onboarding, step=step, move=move, actor=actor, reason=reason, seen=seen, data=kept)
        if (step.key, move) == (STATUS_QUERY.key, "approve") and facts.get("iys_code"):
            perform(onboarding=onboarding, step=CODE_RECEIPT, move="read", actor=actor, data=kept)


def _application_number(onboarding: Onboarding, facts: Facts, reason: str, mail: Mail | None) -> None:
    number = facts.get("application_number", "")
    if number and not onboarding.iys_application_number:
        Onboarding.objects.filter(pk=onboarding.pk).update(iys_application_number=number)


def _remark(onboarding: Onboarding, facts: Facts, reason: str, mail: Mail | None) -> None:
    Remark.objects.create(onboarding=onboarding, step=STATUS_QUERY.key, text=reason[:1000])


def _codes(onboarding: Onboarding, facts: Facts, reason: str, mail: Mail | None) -> None:
    if facts.get("iys_code"):
        codes.keep_reading(onboarding=onboarding, facts=facts, mail=mail)


def _offer(onboarding: Onboarding, facts: Facts, reason: str, mail: Mail | None) -> None:
    Offer.objects.create(
        onboarding=onboarding,
        mail=mail,
        pdf=_first_pdf(onboarding, mail) if mail else None,
        view_url=facts.get("view_url", ""),
        pay_url=facts.get("pay_url", ""),
    )


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


EFFECTS: Mapping[tuple[str, str], Callable[[Onboarding, Facts, str, Mail | None], None]] = {
    (STATUS_QUERY.key, "received"): _application_number,
    (STATUS_QUERY.key, "ask_changes"): _remark,
    (STATUS_QUERY.key, "approve"): _codes,
    (CODE_RECEIPT.key, "read"): _codes,
    (PACKAGE_CONTRACT.key, "offer"): _offer,
}
