"""What came back e-signed: verified against the paper that was issued, and kept with each check's line."""

from django.conf import settings
from django.utils import timezone

from documents.inspection import Inspected
from documents.intake import caps
from documents.models import Document
from documents.signatures.report import Report
from documents.storage import read
from journal.entries import write
from journal.models import Event
from onboarding.actor import Actor
from onboarding.dossier import undertaking
from onboarding.machine import Step
from onboarding.models import Application, SignatureCheck


def made(application: Application, issued: Document, inspected: Inspected) -> Report:
    """Verifies what came back. Revocation is asked about over the network: call it outside any transaction."""
    # pyHanko is loaded with the first signed file that comes back.
    from documents.signatures.trust import from_folder
    from documents.signatures.verifying import verify

    return verify(
        inspected.payload,
        read(issued),
        people=undertaking.people(application),
        trust=from_folder(settings.TRUST_DIR),
        at=timezone.now(),
        caps=caps(),
    )


def keep(*, document: Document, issued: Document, report: Report) -> None:
    SignatureCheck.objects.update_or_create(
        document=document,
        defaults={
            "issued": issued,
            "lines": [
                {"key": check.key, "outcome": check.outcome, "sentence": check.sentence} for check in report.checks
            ],
            "undecided": report.undecided,
        },
    )


def note(
    *,
    application: Application,
    step: Step,
    paper: str,
    report: Report,
    actor: Actor,
    otherwise: str = "geri çevrildi",
) -> None:
    """What became of a signed file, for the journal; `paper` is the paper's Turkish name, `otherwise` what
    happened to one that was not accepted.
    """
    names = ", ".join(signer.name for signer in report.signers) or "imza yok"
    write(
        company=application.company,
        event=Event.SIGNED,
        text=f"{paper} {'kabul edildi' if report.accepted else otherwise}: {names}",
        party=actor.party,
        actor=actor.user,
        application_id=application.pk,
        step_key=step.key,
        data={"failed": [check.key for check in report.checks if check.outcome == "failed"]},
    )


def waits_for_staff(check: SignatureCheck | None) -> bool:
    """Something could not be asked, and nobody has looked it up since."""
    return check is not None and check.undecided and check.confirmed_at is None
