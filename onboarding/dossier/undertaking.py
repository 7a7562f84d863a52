"""The e-signed undertaking as it stands: who has to sign, what was issued, what came back."""

from documents.models import Document
from documents.signatures.verifying import Person
from onboarding.dossier import papers
from onboarding.models import DocumentKind, Onboarding, SignatureCheck


def people(onboarding: Onboarding) -> tuple[Person, ...]:
    """Who has to sign: the signatory first, then those who sign together with them."""
    form = onboarding.application_form
    together = onboarding.co_signatories.all()
    return (
        Person(form.signatory_name, form.signatory_identity),
        *(Person(each.name, each.identity) for each in together),
    )


def issued(onboarding: Onboarding) -> Document | None:
    """The paper for what is known now, if it was rendered."""
    return papers.ready(onboarding, DocumentKind.UNDERTAKING_TO_SIGN)


def partly_signed(onboarding: Onboarding) -> SignatureCheck | None:
    """What some of those who sign together have signed already, on the paper for what is known now."""
    paper = issued(onboarding)
    kept = onboarding.company.documents.current().of_kind(DocumentKind.UNDERTAKING_PARTLY)
    checks = SignatureCheck.objects.filter(document__in=kept, issued=paper).select_related("document")
    return checks.first() if paper is not None and lacking(onboarding) else None


def to_sign(onboarding: Onboarding) -> Document | None:
    """What the next signatory downloads: with the signatures that are there; None before anything was rendered."""
    partly = partly_signed(onboarding)
    return partly.document if partly is not None else issued(onboarding)


def current_check(onboarding: Onboarding) -> SignatureCheck | None:
    """The verification of the undertaking that was handed in last."""
    signed = onboarding.company.documents.current().of_kind(DocumentKind.UNDERTAKING_SIGNED)
    return SignatureCheck.objects.filter(document__in=signed).select_related("document", "issued").first()


def lacking(onboarding: Onboarding) -> list[str]:
    """What stands in the way of submitting by e-signature, as Turkish sentences."""
    check = current_check(onboarding)
    if check is None:
        return ["E-imzalı taahhütname henüz yüklenmedi."]
    paper = issued(onboarding)
    if paper is None or paper.pk != check.issued_id:
        return ["Bilgiler taahhütname imzalandıktan sonra değişti. Yeni taahhütnameyi indirip yeniden imzalayın."]
    return []
