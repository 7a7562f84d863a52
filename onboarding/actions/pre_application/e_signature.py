"""Verbs of the e-signed undertaking: the signed file, and what staff looked up by hand (guide, 1.2)."""

from django.db import transaction
from django.utils import timezone

from documents.inspection import Inspected
from documents.signatures.report import Report
from journal.entries import write
from journal.models import Event
from onboarding.actions.last_move import last_move
from onboarding.actions.pre_application import submission
from onboarding.actor import Actor, NotAllowed
from onboarding.dossier import changes, e_signed, signature_checks
from onboarding.letters import signing
from onboarding.machine import Step
from onboarding.models import Application, ChannelChoices, DocumentKind, HandOff, SignatureCheck
from onboarding.steps import PRE_APPLICATION


def is_open(application: Application) -> bool:
    """Whether a signed undertaking may be handed in now."""
    fields = submission.open_fields(application)
    online = application.application_form.channel == ChannelChoices.ONLINE
    return online and (fields is None or DocumentKind.UNDERTAKING_SIGNED in fields)


def take_signed(
    *, application: Application, inspected: Inspected, filename: str, actor: Actor, by_link: HandOff | None = None
) -> Report:
    """Verifies a signed undertaking and keeps it when nothing failed; otherwise nothing changes.

    Revocation is asked about over the network, so the verification happens outside any transaction.
    Raises NotAllowed when none may be handed in now.
    """
    if not is_open(application):
        raise NotAllowed("Taahhütname şu anda değiştirilemez; başvuru incelemede ya da İYS'de.")
    paper = e_signed.issued(application, e_signed.UNDERTAKING)
    if paper is None:
        raise NotAllowed("Önce taahhütnameyi indirin, sonra imzaladığınız dosyayı yükleyin.")
    report = signature_checks.made(application, paper, inspected)
    with transaction.atomic():
        # One after the other: of two files at once each would lack the other's signature.
        locked = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
        report = signature_checks.weighed(
            report,
            application=locked,
            paper=e_signed.UNDERTAKING,
            issued=paper,
            by_link=by_link,
            anew=is_asked_anew(locked),
        )
        if report.accepted:
            # Kept byte for byte as it came: a signed file that is saved anew is worth nothing.
            document = submission.hand_in(
                application=application,
                kind=DocumentKind.UNDERTAKING_SIGNED,
                inspected=inspected,
                filename=filename,
                actor=actor,
            )
            signature_checks.keep(document=document, issued=paper, report=report)
        signature_checks.settle(
            application=application,
            paper=e_signed.UNDERTAKING,
            issued=paper,
            report=report,
            inspected=inspected,
            filename=filename,
            actor=actor,
            by_link=by_link,
        )
        if by_link is not None and (report.accepted or report.unfinished):
            record = submission.open_record(locked)
            move = last_move(locked, record) if record is not None else ""
            signing.post_signed_by_link(by_link, e_signed.UNDERTAKING, move=move)
    return report


def is_left(application: Application) -> bool:
    """Whether signatures alone may be lacking."""
    return is_open(application) and not submission.missing(application, but=DocumentKind.UNDERTAKING_SIGNED)


def is_asked_anew(application: Application) -> bool:
    """Whether the signatures on the undertaking that is there are refused."""
    asked = changes.asked(application) if submission.corrections_asked(application) else ()
    return any(each.key == DocumentKind.UNDERTAKING_SIGNED and not each.is_done for each in asked)


def confirm_by_hand(*, check: SignatureCheck, application: Application, note: str, actor: Actor) -> None:
    """Staff have looked up what could not be asked. Raises NotAllowed without saying how."""
    if not note.strip():
        raise NotAllowed("Nasıl denetlediğinizi yazın.")
    with transaction.atomic():
        SignatureCheck.objects.filter(pk=check.pk).update(
            confirmed_by=actor.user, confirmed_at=timezone.now(), confirmation_note=note[:500]
        )
        write(
            company=application.company,
            event=Event.SIGNED,
            text=f"İptal durumu elle denetlendi: {note[:500]}",
            party=actor.party,
            actor=actor.user,
            application_id=application.pk,
            step_key=step_of(check).key,
        )


def step_of(check: SignatureCheck) -> Step:
    of_paper = (each.step for each in e_signed.BY_ISSUED.values() if each.whole == check.document.kind)
    return next(of_paper, PRE_APPLICATION)
