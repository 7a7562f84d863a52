"""Verbs of step 4: recommend, choose, request, accept, claim the payment."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.template.loader import render_to_string
from django.utils import timezone

from brands.models import Channel, Reach
from correspondence.models.sending import SendingAccount
from documents.inspection import Inspected
from documents.models import LegalText, Origin
from documents.storage import store
from identifiers import phone
from journal.parties import Party
from onboarding.actions.pre_application import withdrawn_papers
from onboarding.actor import Actor, LetterChanged, NotAllowed
from onboarding.attention.marks import raise_mark
from onboarding.dossier import filing, needed
from onboarding.letters import drafts
from onboarding.models import (
    Application,
    AttentionKind,
    ContractAcceptance,
    DocumentKind,
    Package,
    PackageChoice,
    Payment,
)
from onboarding.steps import PACKAGE_CONTRACT
from onboarding.transitions import can, perform
from partners.models import IysContact
from support import asking
from support.models import Question
from tenancy.models import Company, User

OWN_PACKAGE = "paket"  # what a question to support is about of who needs no offer


def own_package_question(application: Application) -> Question | None:
    """The one by which support looks at a package that the company has already; while it does, no offer is asked
    for."""
    if application.record_of(PACKAGE_CONTRACT).state != PACKAGE_CONTRACT.initial:
        return None
    return asking.waiting(application.company, OWN_PACKAGE)


def may_tell_own_package(application: Application) -> bool:
    """Support records it once the figures are there."""
    may_ask = can(application, PACKAGE_CONTRACT, "request", Actor(Party.COMPANY))
    return may_ask and hasattr(application, "package_choice") and own_package_question(application) is None


def tell_own_package(*, application: Application, by: User, text: str, page: str) -> None:
    """A question to support, and a mark on the step that leads support's queue to it until the step moves."""
    with transaction.atomic():
        question = asking.ask(company=application.company, by=by, text=text, page=page, topic=OWN_PACKAGE)
        raise_mark(
            record=application.records.get(step=PACKAGE_CONTRACT.key),
            kind=AttentionKind.OWN_PACKAGE,
            idempotency_key=f"own_package:{question.pk}",
            text=f"Firma: {text} İYS'de bakın; varsa “Paketi zaten var” ile kaydedin, yoksa sorusunu yanıtlayın.",
            actor=Actor(Party.COMPANY, by),
        )


def catalogue(on: date | None = None) -> list[Package]:
    """The packages of that day (today when not given), smallest first."""
    return list(Package.objects.offered(on or timezone.localdate()))


def recommend(packages: Sequence[Package], largest: int) -> Package | None:
    """The smallest package that holds the largest single channel; None for an empty catalogue."""
    return next((package for package in packages if package.holds(largest)), None)


def suggested(company: Company) -> dict[Channel, int]:
    """How many recipients the brands reach by channel: no more than a first guess at the approved addresses."""
    reached = Reach.objects.filter(brand__company=company).values("channel").annotate(people=Sum("recipients"))
    return {Channel(row["channel"]): row["people"] for row in reached if row["people"]}


def choose(
    *,
    application: Application,
    message_addresses: int,
    call_addresses: int,
    email_addresses: int,
    package: Package | None,
    offer_email: str,
) -> PackageChoice:
    """Keeps the figures and the package, or without one what the portal proposes for them.

    Raises NotAllowed once the request has gone out, and when there is nothing to propose.

    Whoever applied at İYS's own site is asked for no corporate address in step 1: the one for the offer is it
    (guide, "4. Adım").
    """
    with transaction.atomic():
        locked = Application.objects.select_for_update().get(pk=application.pk)
        record = locked.records.get(step=PACKAGE_CONTRACT.key)
        if (record.state, record.turn) != ("choosing", Party.COMPANY):
            raise NotAllowed("Teklif istendikten sonra paket değiştirilemez; önce seçimi geri alın.")
        in_force = package or recommend(catalogue(), max(message_addresses, call_addresses, email_addresses))
        if in_force is None:
            raise NotAllowed("Paket kataloğu boş; destek ekibine haber verin.")
        choice, _made = PackageChoice.objects.update_or_create(
            application=locked,
            defaults={
                "message_addresses": message_addresses,
                "call_addresses": call_addresses,
                "email_addresses": email_addresses,
                "package": in_force,
                "proposed": package is None,
                "offer_email": offer_email,
            },
        )
        Company.objects.filter(pk=locked.company_id, corporate_email="").update(corporate_email=offer_email)
    return choice


def request(
    *, application: Application, move: str, actor: Actor, expected_version: int, letter_digest: str
) -> None:
    """Sends the request (move "request"; from the company's own account "request_by_account") or leaves it to
    the company's mailbox ("use_own_mail").

    `letter_digest` is the digest of the letter that the owner saw; raises LetterChanged when it is another by now.
    """
    _propose_anew(application)
    with transaction.atomic():
        locked = Application.objects.select_for_update().get(pk=application.pk)
        choice = PackageChoice.objects.filter(application=locked).first()
        if choice is None:
            raise NotAllowed("Önce onaylı adres sayılarınızı ve paketinizi seçin.")
        if not Package.objects.offered(timezone.localdate()).filter(pk=choice.package_id).exists():
            raise NotAllowed(f"{choice.package} paketi artık katalogda yok; paketinizi yeniden seçin.")
        if drafts.package_request_to_iys(locked, PACKAGE_CONTRACT, "").digest != letter_digest:
            raise LetterChanged
        if move == "request_by_account" and own_account(locked) is None:
            raise NotAllowed("Gönderim hesabınız hazır değil; önce tanıtıp deneyin ya da başka yol seçin.")
        perform(
            application=locked, step=PACKAGE_CONTRACT, move=move, actor=actor, expected_version=expected_version
        )


def _propose_anew(application: Application) -> None:
    """A proposal that the catalogue has no more is made again: nobody is asked to choose what they never chose."""
    choice = PackageChoice.objects.filter(application=application, proposed=True).first()
    offered = catalogue()
    if choice is None or choice.package_id in {each.pk for each in offered}:
        return
    package = recommend(offered, choice.largest)
    if package is not None:
        PackageChoice.objects.filter(pk=choice.pk, proposed=True).update(package=package)


def own_account(application: Application) -> SendingAccount | None:
    """The company's own mail account, once it was tested for the corporate address of now."""
    account = SendingAccount.objects.filter(company=application.company).select_related("company").first()
    return account if account is not None and account.is_usable else None


@dataclass(frozen=True)
class Contract:
    """The sales contract as somebody reads it: `words` begin with the parties."""

    version: LegalText
    words: str

    @property
    def text(self) -> str:
        return f"{self.version.title}\n\n{self.words}"

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


def contract(application: Application) -> Contract:
    """The text in force, the parties filled in. Raises NotAllowed when staff have loaded no contract text, or
    while a line of the company's would be empty."""
    version = LegalText.objects.in_force("sales_contract")
    if version is None:
        raise NotAllowed("Sözleşme metni henüz yüklenmedi; destek ekibine haber verin.")
    missing = needed.refused(application, needed.SALES_CONTRACT)
    if missing:
        raise NotAllowed(missing)
    company = application.company
    parties = render_to_string(
        "onboarding/contract_parties.txt",
        {
            "company": company,
            "phone": phone.pretty(application.application_form.contact_phone),
            "email": application.package_choice.offer_email,
            "iys": IysContact.current(),
        },
    )
    return Contract(version, f"{parties.strip()}\n\n{version.body.strip()}\n")


def accept(
    *, application: Application, actor: Actor, expected_version: int, contract_sha256: str, ip_address: str | None
) -> ContractAcceptance:
    """Keeps who read and accepted which words, when and from where.

    `contract_sha256` is the SHA-256 of the words on the screen; raises NotAllowed when they are others by now.
    """
    if actor.user is None:
        raise NotAllowed("Sözleşmeyi yalnızca firma sahibi onaylayabilir.")
    with transaction.atomic():
        perform(
            application=application,
            step=PACKAGE_CONTRACT,
            move="accept",
            actor=actor,
            expected_version=expected_version,
        )
        words = contract(application)
        if words.sha256 != contract_sha256:
            raise NotAllowed("Sözleşme siz okuduktan sonra değişti. Son hâlini okuyup yeniden onaylayın.")
        return ContractAcceptance.objects.create(
            application=application,
            text_version=words.version,
            text=words.text,
            text_sha256=words.sha256,
            accepted_by=actor.user,
            ip_address=ip_address,
        )


def claim_payment(
    *,
    application: Application,
    paid_on: date,
    reference: str,
    receipt: Inspected | None,
    filename: str,
    actor: Actor,
    expected_version: int,
) -> Payment:
    """Records what the company says it paid on İYS's own page, with its receipt if there is one."""
    if actor.user is None:
        raise NotAllowed("Ödemeyi yalnızca firmanın bir üyesi bildirebilir.")
    with transaction.atomic():
        perform(
            application=application,
            step=PACKAGE_CONTRACT,
            move="claim_payment",
            actor=actor,
            expected_version=expected_version,
        )
        document = None
        if receipt is not None:
            document = store(
                company=application.company,
                kind=DocumentKind.PAYMENT_RECEIPT,
                payload=receipt.payload,
                filename=filename,
                content_type=receipt.content_type,
                pages=receipt.pages,
                origin=Origin.UPLOADED,
                by=actor.user,
            )
            filing.note(application, document, actor)
        return Payment.objects.create(
            application=application,
            paid_on=paid_on,
            reference=reference,
            receipt=document,
            recorded_by=actor.user,
        )


def unclaim_payment(*, application: Application, actor: Actor, expected_version: int) -> None:
    """Takes back what was recorded by mistake, with its receipt, until support or İYS has decided on it."""
    with transaction.atomic():
        perform(
            application=application,
            step=PACKAGE_CONTRACT,
            move="unclaim_payment",
            actor=actor,
            expected_version=expected_version,
        )
        claimed = application.payments.select_related("receipt").first()
        if claimed is None:
            return
        claimed.delete()
        if claimed.receipt is not None and not Payment.objects.filter(receipt=claimed.receipt).exists():
            withdrawn_papers.withdraw(application, claimed.receipt, PACKAGE_CONTRACT, actor)


def has_package(*, application: Application, actor: Actor, reason: str, expected_version: int) -> None:
    """Staff have seen a package that the company has at İYS already. Raises NotAllowed before its figures are
    there, which step 5 prints."""
    with transaction.atomic():
        perform(
            application=application,
            step=PACKAGE_CONTRACT,
            move="has_package",
            actor=actor,
            reason=reason,
            expected_version=expected_version,
        )
        if not PackageChoice.objects.filter(application=application).exists():
            raise NotAllowed("Önce firma onaylı adres sayılarını yazmalı; atama formunda kullanılıyor.")
