"""Verbs of step 5: the channels, the form on paper or e-signed, and the way through İYS's own panel."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction

from brands.models import Channel
from correspondence.outgoing import splitting
from documents.inspection import Inspected
from documents.models import Document
from documents.signatures.report import Report
from journal.entries import write
from journal.models import Event
from onboarding.actor import Actor, LetterChanged, NotAllowed
from onboarding.dossier import filing, papers, signature_checks
from onboarding.letters import drafts
from onboarding.machine import Party
from onboarding.models import Assignment, AssignmentWay, DocumentKind, Onboarding, SignatureCheck
from onboarding.steps import PARTNER_ASSIGNMENT
from onboarding.transitions import perform

CHANGED_SINCE = "Bilgiler form imzalandıktan sonra değişti. Yeni formu indirip yeniden imzalayın."


def panel_points(onboarding: Onboarding) -> list[tuple[str, str]]:
    """What is done in İYS's own panel, point by point (name, label), to be ticked off."""
    partner = onboarding.company.partner
    code = f", entegratör kodu {partner.integrator_code}" if partner.integrator_code else ""
    channels = ", ".join(Assignment.of(onboarding).channel_labels)
    return [
        ("menu", "İYS paneline girip “İş Ortaklığı” bölümünü açtım"),
        ("partner", f"İş ortağım olarak {partner.legal_name} firmasını seçtim{code}"),
        ("permissions", f"Şu kanallar için yetki verdim: {channels}"),
    ]


def _preparing(onboarding: Onboarding) -> Onboarding:
    """The attempt, locked. Raises NotAllowed when the form is not being prepared by the company."""
    attempt = Onboarding.objects.select_for_update().select_related("company__partner").get(pk=onboarding.pk)
    record = attempt.records.get(step=PARTNER_ASSIGNMENT.key)
    if (record.state, record.turn) != ("preparing", Party.COMPANY):
        raise NotAllowed("Atama formu şu anda değiştirilemez.")
    return attempt


def choose_channels(*, onboarding: Onboarding, channels: Sequence[str], actor: Actor) -> bool:
    """Which channels the partner is authorised for; returns whether a form signed for others was put aside.

    Raises NotAllowed for none at all, or when the form is not being prepared.
    """
    wanted = [channel.value for channel in Channel if channel.value in channels]
    if not wanted:
        raise NotAllowed("En az bir kanal seçin.")
    with transaction.atomic():
        attempt = _preparing(onboarding)
        found = Assignment.of(attempt)
        if found.channels == wanted:
            return False
        put_aside = found.signed_form is not None
        found.channels, found.signed_form = wanted, None
        found.save()
        write(
            company=attempt.company,
            event=Event.FILLED_IN,
            text=f"İş ortağına yetki verilecek kanallar: {', '.join(found.channel_labels)}",
            party=actor.party,
            actor=actor.user,
            subject=attempt.pk,
            topic=PARTNER_ASSIGNMENT.key,
        )
    return put_aside


def hand_in_form(*, onboarding: Onboarding, inspected: Inspected, filename: str, actor: Actor) -> Assignment:
    """Takes the stamped and signed form. Raises NotAllowed when the form is not being prepared."""
    with transaction.atomic():
        attempt = _preparing(onboarding)
        _keep(attempt, DocumentKind.ASSIGNMENT_FORM, inspected, filename, actor)
    return Assignment.of(attempt)


def _keep(attempt: Onboarding, kind: DocumentKind, inspected: Inspected, filename: str, actor: Actor) -> Document:
    document = filing.keep(attempt, kind, inspected, filename=filename, actor=actor)
    found = Assignment.of(attempt)
    found.signed_form, found.way = document, AssignmentWay.FORM
    found.save()
    return document


def take_signed(*, onboarding: Onboarding, inspected: Inspected, filename: str, actor: Actor) -> Report:
    """Verifies an e-signed form as step 1 does the undertaking, and keeps it when nothing failed.

    Raises NotAllowed when the form is not being prepared, or none was issued for what is known now.
    """
    with transaction.atomic():
        _preparing(onboarding)
    issued = papers.ready(onboarding, DocumentKind.ASSIGNMENT_TO_SIGN)
    if issued is None:
        raise NotAllowed("Önce e-imzalanacak formu indirin, sonra imzaladığınız dosyayı yükleyin.")
    report = signature_checks.made(onboarding, issued, inspected)
    with transaction.atomic():
        attempt = _preparing(onboarding)
        if report.accepted:
            document = _keep(attempt, DocumentKind.ASSIGNMENT_SIGNED, inspected, filename, actor)
            signature_checks.keep(document=document, issued=issued, report=report)
        signature_checks.note(
            onboarding=attempt, step=PARTNER_ASSIGNMENT, paper="Atama formu", report=report, actor=actor
        )
    return report


def signature_check(onboarding: Onboarding) -> SignatureCheck | None:
    """The verification of the form that was handed in; None for a stamped one."""
    checks = SignatureCheck.objects.select_related("document", "issued")
    signed = Assignment.objects.filter(onboarding=onboarding).values("signed_form")
    return checks.filter(document__in=signed).first()


def changed_since_signing(onboarding: Onboarding) -> bool:
    """Whether an e-signed form says something else than a form made now would."""
    check = signature_check(onboarding)
    if check is None:
        return False
    current = papers.ready(onboarding, DocumentKind.ASSIGNMENT_TO_SIGN)
    return current is None or current.pk != check.issued_id


def submit(*, onboarding: Onboarding, actor: Actor, seen: int, approved: str) -> None:
    """Hands the signed form to staff; with the click the owner approves the letter to İYS.

    `approved` is the digest of that letter as it was seen; raises LetterChanged when it is another by now,
    and NotAllowed without a form, or with one that no mail can carry or that is no longer right.
    """
    with transaction.atomic():
        attempt = Onboarding.objects.select_for_update().get(pk=onboarding.pk)
        form = Assignment.of(attempt).signed_form
        if form is None:
            raise NotAllowed("Önce imzalı atama formunu yükleyin.")
        if not splitting.fits(form.size, settings.LETTER_MAX_BYTES):
            raise NotAllowed("İmzalı form bir e-postaya sığmıyor. Daha düşük çözünürlükle tarayıp yükleyin.")
        if changed_since_signing(attempt):
            raise NotAllowed(CHANGED_SINCE)
        if drafts.assignment_to_iys(attempt, PARTNER_ASSIGNMENT, "").digest != approved:
            raise LetterChanged
        perform(onboarding=attempt, step=PARTNER_ASSIGNMENT, move="submit", actor=actor, seen=seen)


def approve(*, onboarding: Onboarding, actor: Actor, seen: int) -> None:
    """Staff send the form to İYS. Raises NotAllowed while they owe a look-up of the signature."""
    if signature_checks.waits_for_staff(signature_check(onboarding)):
        raise NotAllowed("E-imzanın iptal durumu sorulamamıştı: önce elle denetleyip onaylayın.")
    perform(onboarding=onboarding, step=PARTNER_ASSIGNMENT, move="approve", actor=actor, seen=seen)


def claim(*, onboarding: Onboarding, ticks: Sequence[str], actor: Actor, seen: int) -> None:
    """The company says it has assigned the partner in İYS's panel; every point has to be ticked."""
    wanted = [name for name, _label in panel_points(onboarding)]
    if set(wanted) - set(ticks):
        raise NotAllowed("Paneldeki adımların hepsini tamamlayıp işaretleyin.")
    with transaction.atomic():
        perform(onboarding=onboarding, step=PARTNER_ASSIGNMENT, move="claim", actor=actor, seen=seen)
        found = Assignment.of(onboarding)
        found.way, found.ticks = AssignmentWay.PANEL, wanted
        found.save()
