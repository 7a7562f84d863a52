"""What came back e-signed: verified against the paper that was issued, and kept with each check's line."""

from django.conf import settings
from django.utils import timezone

from documents.inspection import Inspected
from documents.intake import caps
from documents.models import Document
from documents.signatures.report import MEANWHILE, Outcome, Report, failed
from documents.storage import read
from identifiers import turkish
from journal.entries import write
from journal.models import Event
from onboarding.actor import Actor
from onboarding.dossier import e_signed, filing
from onboarding.dossier.e_signed import SignedPaper
from onboarding.models import Application, HandOff, SignatureCheck


def made(application: Application, issued: Document, inspected: Inspected) -> Report:
    """Verifies what came back. Revocation is asked about over the network: call it outside any transaction."""
    # pyHanko is loaded with the first signed file that comes back.
    from documents.signatures.trust import from_folder
    from documents.signatures.verifying import verify

    return verify(
        inspected.payload,
        read(issued),
        people=e_signed.people(application),
        trust=from_folder(settings.TRUST_DIR),
        at=timezone.now(),
        caps=caps(),
    )


ALL_SIGNED = (
    "Belgeyi gereken herkes imzaladı; yüklediğiniz dosyada imzaların hepsi yok, onu almadık. Sizin bir şey "
    "yapmanız gerekmiyor."
)


def weighed(
    report: Report,
    *,
    application: Application,
    paper: SignedPaper,
    issued: Document,
    by_link: HandOff | None,
    anew: bool,
) -> Report:
    """The report of a file beside what has come back meanwhile: it has to have all signatures that are there, and
    by a link a new one. `anew`: what all had signed is asked for with new signatures. Call it in the transaction
    that keeps the file."""
    found = e_signed.standing(application, paper) if report.unfinished else None
    if found is None or found.issued_id != issued.pk or (anew and found.document.kind == paper.whole):
        return report
    there = e_signed.signings(application, found)
    lines = [check for check in report.checks if check.key in e_signed.OF_PEOPLE]
    brought = [check.outcome is Outcome.PASSED for check in lines]
    lost = [one.name for one, has in zip(there, brought, strict=True) if one.is_done and not has]
    if lost and found.document.kind == paper.whole:
        return Report((failed("signed", ALL_SIGNED),), report.signers)
    if lost:
        sentence = (
            f"{turkish.listed(lost)} bu arada imzaladı; yüklediğiniz dosyada bu imza yok. Güncel dosyayı indirip "
            "onu imzalayın, sonra yükleyin."
        )
        return Report((failed(MEANWHILE, sentence),), report.signers)
    if by_link is not None and brought == [one.is_done for one in there]:
        sentence = "Dosyada yeni bir imza yok: indirdiğiniz dosyayı önce e-imza programınızla imzalayın."
        return Report((failed("signed", sentence),), report.signers)
    return report


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


def settle(
    *,
    application: Application,
    paper: SignedPaper,
    issued: Document,
    report: Report,
    inspected: Inspected,
    filename: str,
    actor: Actor,
    by_link: HandOff | None,
) -> None:
    """What becomes of a signed file beside its being kept whole: one that lacks nothing but others' signatures is
    kept for them to sign on, a link that brought it is used up, and the journal says what was done. Call it in the
    transaction that keeps the file."""
    if report.unfinished:
        document = filing.keep(application, paper.partly, inspected, filename=filename, actor=actor)
        keep(document=document, issued=issued, report=report)
    if by_link is not None and (report.accepted or report.unfinished):
        HandOff.objects.filter(pk=by_link.pk).update(used_at=timezone.now())
    names = ", ".join(signer.name for signer in report.signers) or "imza yok"
    done = "kabul edildi" if report.accepted else "geri çevrildi"
    if report.unfinished:
        done = "imzaların bir bölümüyle alındı"
    write(
        company=application.company,
        event=Event.SIGNED,
        text=f"{paper.name} {done}: {names}",
        party=actor.party,
        actor=actor.user,
        application_id=application.pk,
        step_key=paper.step.key,
        data={"failed": [check.key for check in report.checks if check.outcome == "failed"]},
    )


def waits_for_staff(check: SignatureCheck | None) -> bool:
    """Something could not be asked, and nobody has looked it up since."""
    return check is not None and check.undecided and check.confirmed_at is None
