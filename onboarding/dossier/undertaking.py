"""The e-signed undertaking as it stands: what came back, and whether it may be submitted."""

from documents.models import current_of
from onboarding.dossier import signed
from onboarding.models import Application, DocumentKind, SignatureCheck


def current_check(application: Application) -> SignatureCheck | None:
    """The verification of the undertaking that was handed in last."""
    kind = DocumentKind.UNDERTAKING_SIGNED
    kept = [each for each in current_of(application.company) if each.kind == kind]
    return SignatureCheck.objects.filter(document__in=kept).select_related("document", "issued").first()


def is_signed(application: Application) -> bool:
    """Whether what was signed last holds for what is known now."""
    return current_check(application) is not None and not lacking(application)


def lacking(application: Application) -> list[str]:
    """What stands in the way of submitting by e-signature, as Turkish sentences."""
    return lacking_by(application, current_check(application))


def lacking_by(application: Application, check: SignatureCheck | None) -> list[str]:
    """The same, for who has the verification in hand."""
    if check is None:
        return ["E-imzalı taahhütname henüz yüklenmedi."]
    if signed.is_of_older_paper(application, check, check.document.kind):
        return [signed.CHANGED_SINCE[DocumentKind.UNDERTAKING]]
    return []
