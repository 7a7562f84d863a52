"""Verbs of step 4: recommend, choose, request, accept, claim the payment."""

import hashlib
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from documents.inspection import Inspected
from documents.models import LegalText, Origin
from documents.storage import store
from onboarding import filing
from onboarding.models import (
    ContractAcceptance,
    DocumentKind,
    Offer,
    Onboarding,
    Package,
    PackageChoice,
    Payment,
)
from onboarding.steps import PACKAGE_CONTRACT
from onboarding.transitions import Actor, NotAllowed, perform
from partners.models import IysContact


def catalogue(on: date | None = None) -> list[Package]:
    """The packages of that day (today when not given), smallest first."""
    return list(Package.objects.offered(on or timezone.localdate()))


def recommend(packages: Sequence[Package], largest: int) -> Package | None:
    """The smallest package that holds the largest single channel; None for an empty catalogue."""
    return next((package for package in packages if package.holds(largest)), None)


def choose(
    *,
    onboarding: Onboarding,
    message_addresses: int,
    call_addresses: int,
    email_addresses: int,
    package: Package,
    offer_email: str,
) -> PackageChoice:
    """Keeps the figures and the package. Raises NotAllowed once the request has gone out."""
    with transaction.atomic():
        attempt = Onboarding.objects.select_for_update().get(pk=onboarding.pk)
        if attempt.records.get(step=PACKAGE_CONTRACT.key).state != "choosing":
            raise NotAllowed("Teklif istendikten sonra paket değiştirilemez; önce seçimi geri alın.")
        choice, _made = PackageChoice.objects.update_or_create(
            onboarding=attempt,
            defaults={
                "message_addresses": message_addresses,
                "call_addresses": call_addresses,
                "email_addresses": email_addresses,
                "package": package,
                "offer_email": offer_email,
            },
        )
    return choice


def request(*, onboarding: Onboarding, move: str, actor: Actor, seen: int) -> None:
    """Sends the request (move "request") or leaves it to the company's own mailbox ("use_own_mail")."""
    if not PackageChoice.objects.filter(onboarding=onboarding).exists():
        raise NotAllowed("Önce onaylı adres sayılarınızı ve paketinizi seçin.")
    perform(onboarding=onboarding, step=PACKAGE_CONTRACT, move=move, actor=actor, seen=seen)


def latest_offer(onboarding: Onboarding) -> Offer | None:
    return onboarding.offers.first()


def contract(onboarding: Onboarding) -> tuple[LegalText, str]:
    """The sales contract in force and its text with the parties filled in, as it is read and accepted.

    Raises NotAllowed when staff have loaded no contract text.
    """
    text = LegalText.objects.in_force("sales_contract")
    if text is None:
        raise NotAllowed("Sözleşme metni henüz yüklenmedi; destek ekibine haber verin.")
    parties = render_to_string(
        "onboarding/contract_parties.txt",
        {"company": onboarding.company, "iys": IysContact.current(), "onboarding": onboarding},
    )
    return text, f"{parties.strip()}\n\n{text.body.strip()}\n"


def accept(*, onboarding: Onboarding, actor: Actor, seen: int, ip_address: str | None) -> ContractAcceptance:
    """Keeps who read and accepted which words, when and from where."""
    if actor.user is None:
        raise NotAllowed("Sözleşmeyi yalnızca firma sahibi onaylayabilir.")
    with transaction.atomic():
        perform(onboarding=onboarding, step=PACKAGE_CONTRACT, move="accept", actor=actor, seen=seen)
        version, words = contract(onboarding)
        return ContractAcceptance.objects.create(
            onboarding=onboarding,
            text_version=version,
            text_sha256=hashlib.sha256(words.encode()).hexdigest(),
            accepted_by=actor.user,
            ip_address=ip_address,
        )


def claim_payment(
    *,
    onboarding: Onboarding,
    paid_on: date,
    reference: str,
    receipt: Inspected | None,
    filename: str,
    actor: Actor,
    seen: int,
) -> Payment:
    """Records what the company says it paid on İYS's own page, with its receipt if there is one."""
    if actor.user is None:
        raise NotAllowed("Ödemeyi yalnızca firmanın bir üyesi bildirebilir.")
    with transaction.atomic():
        perform(onboarding=onboarding, step=PACKAGE_CONTRACT, move="claim_payment", actor=actor, seen=seen)
        document = None
        if receipt is not None:
            document = store(
                company=onboarding.company,
                kind=DocumentKind.PAYMENT_RECEIPT,
                payload=receipt.payload,
                filename=filename,
                content_type=receipt.content_type,
                pages=receipt.pages,
                origin=Origin.UPLOADED,
                by=actor.user,
            )
            filing.note(onboarding, document, actor)
        return Payment.objects.create(
            onboarding=onboarding,
            paid_on=paid_on,
            reference=reference,
            receipt=document,
            recorded_by=actor.user,
        )
