"""Verbs of step 5: the channels, the form on paper or e-signed, and the way through İYS's own panel."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction

from brands.models import Channel
from correspondence.outgoing import splitting
from documents.inspection import Inspected
from documents.models import Document, current_of
from documents.signatures.report import Report
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from onboarding.actor import Actor, LetterChanged, NotAllowed
from onboarding.dossier import (
    e_signed,
    filing,
    page_counts,
    paper_notes,
    readings,
    signature_checks,
    signed,
)
from onboarding.letters import drafts, signing
from onboarding.models import Application, Assignment, AssignmentWay, DocumentKind, HandOff, SignatureCheck
from onboarding.overview import returned_form
from onboarding.steps import PARTNER_ASSIGNMENT
from onboarding.steps.partner_assignment import PartnerAssignment
from onboarding.transitions import perform

ANOTHER_KIND = "Yanlış dosyayı seçtiyseniz yerine kaşeli ve imzalı atama formunu yükleyin."


def panel_points(application: Application) -> list[tuple[str, str]]:
    """What is done in İYS's own panel, point by point (name, label), to be ticked off."""
    partner = application.company.partner
    code = f", entegratör kodu {partner.integrator_code}" if partner.integrator_code else ""
    channels = ", ".join(Assignment.of(application).channel_labels)
    return [
        ("menu", "İYS paneline girip “İş Ortaklığı” bölümünü açtım"),
        ("partner", f"İş ortağım olarak {partner.legal_name} firmasını seçtim{code}"),
        ("permissions", f"Şu kanallar için yetki verdim: {channels}"),
    ]


def _preparing(application: Application) -> Application:
    """The application, locked. Raises NotAllowed when the form is not being prepared by the company."""
    locked = (
        Application.objects.select_for_update(of=("self", "company"))
        .select_related("company__partner")
        .get(pk=application.pk)
    )
    if not is_open(locked):
        raise NotAllowed("Atama formu şu anda değiştirilemez.")
    return locked


def is_open(application: Application) -> bool:
    """Whether the company prepares the form now, and may hand it in signed."""
    stands = {record.step: (record.state, record.turn) for record in application.records.all()}
    return stands[PARTNER_ASSIGNMENT.key] == (PartnerAssignment.PREPARING, Party.COMPANY)


def choose_channels(*, application: Application, channels: Sequence[str], actor: Actor) -> bool:
    """Which channels the partner is authorised for; returns whether a form that was handed in says others now.

    It stays, and is right again with the channels that it was signed for. Raises NotAllowed for none at all, or
    when the form is not being prepared.
    """
    wanted = [channel.value for channel in Channel if channel.value in channels]
    if not wanted:
        raise NotAllowed("En az bir kanal seçin.")
    with transaction.atomic():
        locked = _preparing(application)
        found = Assignment.of(locked)
        if found.channels == wanted:
            return False
        found.channels = wanted
        found.save()
        write(
            company=locked.company,
            event=Event.FILLED_IN,
            text=f"İş ortağına yetki verilecek kanallar: {', '.join(found.channel_labels)}",
            party=actor.party,
            actor=actor.user,
            application_id=locked.pk,
            step_key=PARTNER_ASSIGNMENT.key,
        )
        return signed.is_outdated(locked, found.signed_form)


def hand_in_form(
    *,
    application: Application,
    inspected: Inspected,
    filename: str,
    actor: Actor,
    onto: Document | None = None,
) -> Document:
    """Takes the stamped and signed form. Raises NotAllowed when the form is not being prepared, and for what
    filing refuses (`onto` as there)."""
    with transaction.atomic():
        locked = _preparing(application)
        return _keep(locked, DocumentKind.ASSIGNMENT_FORM, inspected, filename, actor, onto)


def _keep(
    application: Application,
    kind: DocumentKind,
    inspected: Inspected,
    filename: str,
    actor: Actor,
    onto: Document | None = None,
) -> Document:
    document = filing.keep(application, kind, inspected, filename=filename, actor=actor, onto=onto)
    found = Assignment.of(application)
    found.signed_form, found.way = document, AssignmentWay.FORM
    found.save()
    return document


def form_doubts(application: Application) -> list[str]:
    """Why the company should look at the signed form again, in sentences."""
    lacking = pages_lacking(application)
    return [each for each in (_of_another_kind(application), lacking.text if lacking else "") if each]


def _of_another_kind(application: Application) -> str:
    """When something else of the company's is the very file of the signed form; empty when nothing is."""
    form = Assignment.of(application).signed_form
    kinds = readings.also_handed_in_as(form, current_of(application.company)) if form is not None else []
    named = ", ".join(DocumentKind(kind).label for kind in kinds)
    return f"Bu dosya başka bir belge olarak da yüklendi: {named}. {ANOTHER_KIND}" if named else ""


def pages_lacking(application: Application) -> paper_notes.Note | None:
    """That the stamped form has fewer pages than the one that was made."""
    form = Assignment.of(application).signed_form
    if form is None or form.kind != DocumentKind.ASSIGNMENT_FORM:
        return None
    made = DocumentKind.ASSIGNMENT_BLANK
    papers = [each for each in current_of(application.company) if each.kind == made]
    pages = page_counts.lacking([form, *papers], form.kind)
    return paper_notes.too_few_pages(form.kind, "atama formu", *pages) if pages else None


def is_vouched_for(application: Application) -> bool:
    """Whether support sees that the stamped form came without the new one having been downloaded."""
    form = Assignment.of(application).signed_form
    return form is not None and signed.is_vouched_for(application, form)


def take_signed(
    *, application: Application, inspected: Inspected, filename: str, actor: Actor, by_link: HandOff | None = None
) -> Report:
    """Verifies an e-signed form as step 1 does the undertaking, and keeps it when nothing failed.

    Raises NotAllowed when the form is not being prepared, or none was issued for what is known now.
    """
    with transaction.atomic():
        _preparing(application)
    issued = e_signed.issued(application, e_signed.ASSIGNMENT)
    if issued is None:
        raise NotAllowed("Önce e-imzalanacak formu indirin, sonra imzaladığınız dosyayı yükleyin.")
    report = signature_checks.made(application, issued, inspected)
    with transaction.atomic():
        locked = _preparing(application)
        report = signature_checks.weighed(
            report,
            application=locked,
            paper=e_signed.ASSIGNMENT,
            issued=issued,
            by_link=by_link,
            anew=returned_form.is_refused(locked),
        )
        if report.accepted:
            document = _keep(locked, DocumentKind.ASSIGNMENT_SIGNED, inspected, filename, actor)
            signature_checks.keep(document=document, issued=issued, report=report)
        signature_checks.settle(
            application=locked,
            paper=e_signed.ASSIGNMENT,
            issued=issued,
            report=report,
            inspected=inspected,
            filename=filename,
            actor=actor,
            by_link=by_link,
        )
        if by_link is not None and (report.accepted or report.unfinished):
            move = "submit" if report.accepted else ""
            signing.post_signed_by_link(by_link, e_signed.ASSIGNMENT, move=move)
    return report


def signature_check(application: Application) -> SignatureCheck | None:
    """The verification of the form that was handed in; None for a stamped one."""
    form = Assignment.of(application).signed_form
    if form is None or form.kind != DocumentKind.ASSIGNMENT_SIGNED:
        return None
    return SignatureCheck.objects.filter(document=form).select_related("document", "issued").first()


def changed_since_signing(application: Application) -> bool:
    """Whether the form that was handed in says something else than a form made now would."""
    return signed.is_outdated(application, Assignment.of(application).signed_form)


def submit(*, application: Application, actor: Actor, expected_version: int, letter_digest: str) -> None:
    """Hands the signed form to staff; with the click the owner approves the letter to İYS.

    `letter_digest` is the digest of that letter as it was seen; raises LetterChanged when it is another by now,
    and NotAllowed without a form, or with one that no mail can carry or that is no longer right.
    """
    with transaction.atomic():
        locked = Application.objects.select_for_update().get(pk=application.pk)
        form = Assignment.of(locked).signed_form
        if form is None:
            raise NotAllowed("Önce imzalı atama formunu yükleyin.")
        if returned_form.is_refused(locked):
            raise NotAllowed(returned_form.NOT_AGAIN)
        if not splitting.fits(form.size, settings.LETTER_MAX_BYTES):
            raise NotAllowed("İmzalı form bir e-postaya sığmıyor. Daha düşük çözünürlükle tarayıp yükleyin.")
        if changed_since_signing(locked):
            raise NotAllowed(signed.CHANGED_SINCE[DocumentKind.ASSIGNMENT_FORM])
        if drafts.assignment_to_iys(locked, PARTNER_ASSIGNMENT, "").digest != letter_digest:
            raise LetterChanged
        perform(
            application=locked,
            step=PARTNER_ASSIGNMENT,
            move="submit",
            actor=actor,
            expected_version=expected_version,
        )
        # Who tried İYS's panel before has come back to the form.
        Assignment.objects.filter(application=locked).update(way=AssignmentWay.FORM)


def approve(*, application: Application, actor: Actor, reason: str = "", expected_version: int) -> None:
    """Staff send the form to İYS. Raises NotAllowed while they owe a look-up of the signature."""
    if signature_checks.waits_for_staff(signature_check(application)):
        raise NotAllowed("E-imzanın iptal durumu sorulamamıştı: önce elle denetleyip onaylayın.")
    perform(
        application=application,
        step=PARTNER_ASSIGNMENT,
        move="approve",
        actor=actor,
        reason=reason,
        expected_version=expected_version,
    )


def claim(*, application: Application, ticks: Sequence[str], actor: Actor, expected_version: int) -> None:
    """The company says it has assigned the partner in İYS's panel; every point has to be ticked."""
    wanted = [name for name, _label in panel_points(application)]
    if set(wanted) - set(ticks):
        raise NotAllowed("Paneldeki adımların hepsini tamamlayıp işaretleyin.")
    with transaction.atomic():
        perform(
            application=application,
            step=PARTNER_ASSIGNMENT,
            move="claim",
            actor=actor,
            expected_version=expected_version,
        )
        # Asked anew: a form may have come since the page read the application.
        found = Assignment.of(Application.objects.get(pk=application.pk))
        found.way, found.ticks = AssignmentWay.PANEL, wanted
        found.save()
