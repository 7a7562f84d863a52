"""Verbs of the channel "already applied": what a company proves, and what staff make of it."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from onboarding.actor import Actor, NotAllowed
from onboarding.machine import Party
from onboarding.mail import answers
from onboarding.models import DocumentKind, Evidence, Onboarding
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from onboarding.transitions import perform


def hand_over(
    *,
    onboarding: Onboarding,
    iys_application_number: str,
    iys_code: str,
    brands: Sequence[Mapping[str, str]],
    note: str,
    actor: Actor,
    seen: int,
) -> None:
    """Gives the numbers to staff. Raises NotAllowed without a number or without a paper that shows it."""
    if not iys_application_number and not iys_code:
        raise NotAllowed("İYS'nin verdiği ön başvuru numarasını ya da İYSKod'u yazın.")
    if not onboarding.company.documents.current().of_kind(DocumentKind.EVIDENCE).exists():
        raise NotAllowed("İYS'den gelen e-postayı ya da belgeyi yükleyin.")
    with transaction.atomic():
        perform(onboarding=onboarding, step=PRE_APPLICATION, move="give_evidence", actor=actor, seen=seen)
        keep(
            onboarding=onboarding,
            iys_application_number=iys_application_number,
            iys_code=iys_code,
            brands=brands,
            note=note,
        )


def keep(
    *,
    onboarding: Onboarding,
    iys_application_number: str,
    iys_code: str,
    brands: Sequence[Mapping[str, str]],
    note: str,
) -> Evidence:
    return Evidence.objects.update_or_create(
        onboarding=onboarding,
        defaults={
            "iys_application_number": iys_application_number,
            "iys_code": iys_code,
            "brands": [dict(brand) for brand in brands],
            "note": note,
        },
    )[0]


def accept(*, onboarding: Onboarding, approved: bool, actor: Actor, seen: int) -> None:
    """Staff believe it: step 1 is done, and step 2 stands where İYS is.

    `approved` says that İYS has approved already: step 2 is done too, and step 3 has the codes to confirm
    when they were shown. Otherwise İYS is still looking at the application.
    """
    shown = onboarding.evidence
    facts = {
        "application_number": shown.iys_application_number,
        "iys_code": shown.iys_code,
        "brands": shown.brands,
    }
    iys = Actor(Party.IYS, actor.user)
    with transaction.atomic():
        perform(onboarding=onboarding, step=PRE_APPLICATION, move="accept_evidence", actor=actor, seen=seen)
        if shown.iys_application_number:
            Onboarding.objects.filter(pk=onboarding.pk).update(iys_application_number=shown.iys_application_number)
        answers.take(
            onboarding=onboarding,
            step=STATUS_QUERY,
            move="approve" if approved else "received",
            facts=facts,
            actor=iys,
            reason="",
            data={"evidence": True, "recorded_by_staff": True},
        )
