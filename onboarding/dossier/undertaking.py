"""The e-signed undertaking as it stands: who has to sign, what was issued, what came back."""

from documents.models import Document
from documents.signatures.fields import Person
from onboarding.dossier import papers, signed
from onboarding.models import Application, DocumentKind, SignatureCheck


def people(application: Application) -> tuple[Person, ...]:
    """Who has to sign: the signatory first, then those who sign together with them."""
    form = application.application_form
    together = application.co_signatories.all()
    return (
        Person(form.signatory_name, form.signatory_identity),
        *(Person(each.name, each.identity) for each in together),
    )


def issued(application: Application) -> Document | None:
    """The paper for what is known now, if it was rendered."""
    return papers.ready(application, DocumentKind.UNDERTAKING_TO_SIGN)


def partly_signed(application: Application) -> SignatureCheck | None:
    """What some of those who sign together have signed already, on the paper for what is known now."""
    paper = issued(application)
    kept = application.company.documents.current().of_kind(DocumentKind.UNDERTAKING_PARTLY)
    checks = SignatureCheck.objects.filter(document__in=kept, issued=paper).select_related("document")
    return checks.first() if paper is not None and lacking(application) else None


def to_sign(application: Application) -> Document | None:
    """What the next signatory downloads: with the signatures that are there; None before anything was rendered."""
    partly = partly_signed(application)
    return partly.document if partly is not None else issued(application)


def current_check(application: Application) -> SignatureCheck | None:
    """The verification of the undertaking that was handed in last."""
    kept = application.company.documents.current().of_kind(DocumentKind.UNDERTAKING_SIGNED)
    return SignatureCheck.objects.filter(document__in=kept).select_related("document", "issued").first()


def lacking(application: Application) -> list[str]:
    """What stands in the way of submitting by e-signature, as Turkish sentences."""
    check = current_check(application)
    if check is None:
        return ["E-imzalı taahhütname henüz yüklenmedi."]
    if signed.is_outdated(application, check.document):
        return [signed.CHANGED_SINCE[DocumentKind.UNDERTAKING]]
    return []
