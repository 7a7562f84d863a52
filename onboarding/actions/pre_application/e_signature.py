"""Verbs of the e-signature: the paper to sign, the signed file, links for others (guide, 1.2)."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from documents.inspection import Inspected
from documents.signatures.report import Report
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from onboarding.actions.pre_application import submission
from onboarding.actor import Actor, NotAllowed
from onboarding.dossier import filing, signature_checks, undertaking
from onboarding.letters import drafts
from onboarding.models import Application, ChannelChoices, DocumentKind, HandOff, SignatureCheck
from onboarding.steps import PARTNER_ASSIGNMENT, PRE_APPLICATION


def is_open(application: Application) -> bool:
    """Whether a signed undertaking may be handed in now."""
    fields = submission.open_fields(application)
    online = application.application_form.channel == ChannelChoices.ONLINE
    return online and (fields is None or DocumentKind.UNDERTAKING_SIGNED in fields)


def take_signed(
    *, application: Application, inspected: Inspected, filename: str, actor: Actor, by_link: HandOff | None = None
) -> Report:
    """Verifies a signed undertaking and keeps it when nothing failed; otherwise nothing changes.

    One that lacks nothing but others' signatures is kept for them to sign on: it is what they download next.
    Revocation is asked about over the network, so the verification happens outside any transaction.
    Raises NotAllowed when none may be handed in now.
    """
    if not is_open(application):
        raise NotAllowed("Taahhütname şu anda değiştirilemez; başvuru incelemede ya da İYS'de.")
    paper = undertaking.issued(application)
    if paper is None:
        raise NotAllowed("Önce taahhütnameyi indirin, sonra imzaladığınız dosyayı yükleyin.")
    report = signature_checks.made(application, paper, inspected)
    with transaction.atomic():
        if report.accepted or report.unfinished:
            # Kept byte for byte as it came: a signed file that is saved anew is worth nothing.
            if report.accepted:
                document = submission.hand_in(
                    application=application,
                    kind=DocumentKind.UNDERTAKING_SIGNED,
                    inspected=inspected,
                    filename=filename,
                    actor=actor,
                )
            else:
                kind = DocumentKind.UNDERTAKING_PARTLY
                document = filing.keep(application, kind, inspected, filename=filename, actor=actor)
            signature_checks.keep(document=document, issued=paper, report=report)
            if by_link is not None:
                HandOff.objects.filter(pk=by_link.pk).update(used_at=timezone.now())
        signature_checks.note(
            application=application,
            step=PRE_APPLICATION,
            paper="Taahhütname",
            report=report,
            actor=actor,
            otherwise="imzaların bir bölümüyle alındı" if report.unfinished else "geri çevrildi",
        )
    return report


STEPS_OF_PAPERS = {
    DocumentKind.UNDERTAKING_SIGNED: PRE_APPLICATION,
    DocumentKind.ASSIGNMENT_SIGNED: PARTNER_ASSIGNMENT,
}


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
            step_key=STEPS_OF_PAPERS.get(DocumentKind(check.document.kind), PRE_APPLICATION).key,
        )


def hand_off(*, application: Application, email: str, actor: Actor) -> HandOff:
    """Mails a signatory without an account a link to download, sign and hand in; an older one of theirs ends.

    Raises NotAllowed while there is no paper to sign.
    """
    with transaction.atomic():
        if not is_open(application):
            raise NotAllowed("Taahhütname şu anda imzalanamaz; başvuru incelemede ya da İYS'de.")
        if actor.user is None:
            raise NotAllowed("Bağlantıyı yalnızca giriş yapmış biri gönderebilir.")
        if undertaking.issued(application) is None:
            raise NotAllowed("Önce taahhütnameyi hazırlatın (“indir” düğmesi).")
        application.hand_offs.filter(email=email, used_at=None, revoked_at=None).update(revoked_at=timezone.now())
        link = HandOff.objects.create(
            application=application,
            email=email,
            created_by=actor.user,
            expires_at=timezone.now() + timedelta(days=settings.SIGNING_LINK_DAYS),
        )
        drafts.post_hand_off(link)
    return link


def revoke(*, link: HandOff) -> None:
    HandOff.objects.filter(pk=link.pk, used_at=None, revoked_at=None).update(revoked_at=timezone.now())


def usable(link: HandOff) -> bool:
    """Whether the link still opens the paper: not used, not taken back, not too old, and signing is still open."""
    fresh = link.used_at is None and link.revoked_at is None and link.expires_at > timezone.now()
    return fresh and link.application.closed_at is None and is_open(link.application)


def by_link() -> Actor:
    """Whoever holds a signing link acts for the company, without an account."""
    return Actor(Party.COMPANY)
