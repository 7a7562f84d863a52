"""What came back signed: which paper it says the words of, and whether that paper says something else by now.

On paper nobody can tell what was printed; what counts is what the portal's own paper said when it came back.
"""

from collections.abc import Mapping

from documents.models import Document
from onboarding.dossier import content, papers
from onboarding.models import Application, ChannelChoices, DocumentKind, SignatureCheck

ON_PAPER: Mapping[str, DocumentKind] = {
    DocumentKind.UNDERTAKING: DocumentKind.UNDERTAKING_BLANK,
    DocumentKind.ASSIGNMENT_FORM: DocumentKind.ASSIGNMENT_BLANK,
}
ELECTRONICALLY: Mapping[str, DocumentKind] = {
    DocumentKind.UNDERTAKING_SIGNED: DocumentKind.UNDERTAKING_TO_SIGN,
    DocumentKind.ASSIGNMENT_SIGNED: DocumentKind.ASSIGNMENT_TO_SIGN,
}
CHANGED_SINCE = {
    DocumentKind.UNDERTAKING: (
        "Bilgiler taahhütname imzalandıktan sonra değişti. Yeni taahhütnameyi indirip yeniden imzalayın."
    ),
    DocumentKind.ASSIGNMENT_FORM: (
        "Bilgiler form imzalandıktan sonra değişti. Yeni formu indirip yeniden imzalayın."
    ),
}


def source(application: Application, kind: str) -> str:
    """What is kept with a document that was signed on paper: the digest of the paper as it is now."""
    return papers.digest(application, ON_PAPER[kind]) if kind in ON_PAPER else ""


def is_outdated(application: Application, document: Document | None) -> bool:
    """Whether it has to be signed anew. What was kept before its source was noted is taken as it is."""
    if document is None:
        return False
    if document.kind in ON_PAPER:
        return document.source_sha256 not in ("", source(application, document.kind))
    if document.kind in ELECTRONICALLY:
        check = SignatureCheck.objects.filter(document=document).first()
        current = papers.ready(application, ELECTRONICALLY[document.kind])
        return check is None or current is None or current.pk != check.issued_id
    return False


def sign_anew(application: Application) -> str:
    """Says that the undertaking on paper has to be signed again; empty when it has not."""
    needs = content.needs(application.application_form)
    outdated = any(is_outdated(application, need.document) for need in needs)
    online = application.application_form.channel == ChannelChoices.ONLINE
    return CHANGED_SINCE[DocumentKind.UNDERTAKING] if outdated and not online else ""
