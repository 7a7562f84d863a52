"""Which papers hold identity numbers, and who of a company opens them: its owners. Support's reviewers do too.

What is scanned or signed cannot be read for numbers, so a kind holds them unless it is known not to; an
e-signature holds the TCKN in its certificate. What the portal prepares now is masked, and anybody of the company
may open it; what it prepared before is not.
"""

from collections.abc import Callable
from datetime import timedelta

from documents.looks import ONE_LOOK, opened
from documents.models import Document, Origin
from onboarding.actor import Actor
from onboarding.dossier import e_signed, papers
from onboarding.models import Application, DocumentKind
from tenancy.models import Company
from tenancy.roles import Role

FOR_OWNERS = "Kimlik numarası içerebilen belgeleri yalnızca firma sahibi (yönetici) açabilir."
WITHOUT = frozenset({DocumentKind.ADDRESS_LABEL})
# These name the company by its tax number, which is a TCKN where the company is one person.
OF_THE_COMPANY = frozenset(
    {
        DocumentKind.ASSIGNMENT_BLANK,
        DocumentKind.ASSIGNMENT_TO_SIGN,
        DocumentKind.ASSIGNMENT_FORM,
        DocumentKind.BRAND_CERTIFICATE,
        DocumentKind.OFFER,
        DocumentKind.PAYMENT_RECEIPT,
    }
)


def holds_identity(document: Document, company: Company) -> bool:
    if document.kind in OF_THE_COMPANY:
        return bool(company.tax_identity or company.mersis_identity)
    return document.kind not in WITHOUT


def may_open(document: Document, company: Company, attempt: Callable[[], Application | None], role: Role) -> bool:
    """Whether somebody with this role in the company may open it; `attempt` is asked only where it matters.

    An editor prepares the signing, and so takes the paper for the next signatory as well, which holds what others
    have signed.
    """
    if role is Role.OWNER or not holds_identity(document, company):
        return True
    application = attempt()
    if application is None:
        return False
    if document.origin == Origin.GENERATED and document.kind in papers.PAPERS:
        return papers.ready(application, DocumentKind(document.kind)) == document
    signing = (e_signed.to_sign(application, each) for each in e_signed.BY_ISSUED.values())
    return role.includes(Role.EDITOR) and document in signing


def note(
    document: Document,
    company: Company,
    application: Application | None,
    actor: Actor,
    within: timedelta = ONE_LOOK,
) -> None:
    """Writes the look into the journal, if there is a number to be looked at; `within` as in `opened`."""
    if holds_identity(document, company):
        by_link = "" if actor.user is not None else " (imza bağlantısıyla)"
        opened(
            company=company,
            key=str(document.pk),
            text=f"Belge açıldı{by_link}: {DocumentKind(document.kind).label}, {document.name}",
            party=actor.party,
            user=actor.user,
            application_id=application.pk if application is not None else None,
            within=within,
        )
