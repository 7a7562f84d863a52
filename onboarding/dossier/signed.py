"""What came back signed: which paper it says the words of, and whether that paper says something else by now.

On paper nobody can tell what was printed; what counts is what the portal's own paper said when it came back.
"""

from collections.abc import Mapping, Sequence

from documents.models import Document
from documents.rendering import NOTHING
from onboarding.dossier import changes, content, papers
from onboarding.models import Application, Assignment, ChannelChoices, DocumentKind, SignatureCheck

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
# Where nobody has downloaded the paper as it would be made now. Asked, not refused: who applies again may have
# signed the same words on the paper of before.
DOUBTED = {
    DocumentKind.UNDERTAKING: (
        "Taahhütnameyi, bilgiler değiştikten sonra yenisini indirmeden yüklediniz. Yüklediğiniz, yeni bilgilerle "
        "imzaladığınız belge mi?"
    ),
    DocumentKind.ASSIGNMENT_FORM: (
        "Formu, bilgiler değiştikten sonra yenisini indirmeden yüklediniz. Yüklediğiniz, yeni bilgilerle "
        "imzaladığınız belge mi?"
    ),
}
VOUCHED = (
    "Yeni belgeyi portaldan indirmeden yüklediniz; yeni bilgilerle imzaladığınızı bildirdiniz. Eskisiyse yenisini "
    "indirip imzalayın ve bununla değiştirin."
)
VOUCHED_FOR_SUPPORT = (
    "Bilgiler değiştikten sonra yeni belge portaldan indirilmedi; firma, yükleneni yeni bilgilerle imzaladığını "
    "bildirdi. Üstündeki bilgilere bakın."
)
UNSIGNED = (
    "Bu, portaldan indirdiğiniz imzasız belge. Yazdırıp kaşeleyin ve imzalayın, sonra taramasını ya da "
    "fotoğrafını yükleyin."
)

WILL_SIGN_ANEW = (
    "Bu bilgiler imzaladığınız taahhütnamede de yazar: birini değiştirirseniz taahhütname yeniden imzalanır; "
    "aslını kargoladıysanız yenisi de kargolanır."
)

WILL_SIGN_FORM_ANEW = (
    "Bu bilgiler imzaladığınız formda da yazar: değiştirirseniz form yeniden imzalanır. Geri alırsanız "
    "yüklediğiniz form yine geçerli olur."
)


def source(application: Application, kind: str) -> str:
    """What is kept with a document that was signed on paper: the digest of the paper as it is now."""
    return papers.digest(application, ON_PAPER[kind]) if kind in ON_PAPER else ""


def sources(application: Application, kind: str) -> tuple[str, str]:
    """What is kept with a document that comes now: `source_sha256` and `claimed_sha256`."""
    now = source(application, kind)
    if kind not in ON_PAPER or now == NOTHING:
        return now, ""
    documents = application.company.documents
    before = documents.current().of_kind(kind).first()
    if before is not None and before.source_sha256 in ("", now):
        return now, before.claimed_sha256
    made = documents.of_kind(ON_PAPER[kind])
    if papers.was_made(application, ON_PAPER[kind]) or not (before is not None or made.exists()):
        return now, ""
    return before.source_sha256 if before is not None else NOTHING, now


def is_doubted(application: Application, document: Document | None) -> bool:
    """Whether it is to be said first that what is on it are the words of now."""
    if document is None or not document.claimed_sha256 or document.claimed_sha256 == document.source_sha256:
        return False
    return document.claimed_sha256 == source(application, document.kind) and is_outdated(application, document)


def doubt(application: Application, document: Document | None) -> str:
    """The question; empty where nothing is asked."""
    is_asked = document is not None and is_doubted(application, document)
    return DOUBTED[DocumentKind(document.kind)] if document is not None and is_asked else ""


def is_vouched_for(application: Application, document: Document) -> bool:
    """Until the words changed again: then it is signed anew, whatever was said of it."""
    is_said = bool(document.claimed_sha256) and document.claimed_sha256 == document.source_sha256
    return is_said and not is_outdated(application, document)


def is_outdated(application: Application, document: Document | None) -> bool:
    """Whether it has to be signed anew. What was kept before its source was noted is taken as it is."""
    if document is None:
        return False
    if document.kind in ON_PAPER:
        return document.source_sha256 not in ("", source(application, document.kind))
    if document.kind in ELECTRONICALLY:
        check = SignatureCheck.objects.select_related("issued").filter(document=document).first()
        return check is None or is_of_older_paper(application, check, document.kind)
    return False


def is_of_older_paper(application: Application, check: SignatureCheck, kind: str) -> bool:
    """Whether what was signed electronically is not the paper that the portal would issue now."""
    return not papers.says(application, ELECTRONICALLY[kind], check.issued)


def opened_by_data(application: Application) -> frozenset[str]:
    """The undertaking, where data are corrected: on paper once it has to be signed anew, then until it is sent."""
    form = application.application_form
    if form.channel == ChannelChoices.ONLINE:
        return frozenset({DocumentKind.UNDERTAKING_SIGNED})
    since = changes.since_last(application)
    new = since.documents if since is not None else frozenset()
    by_hand = [need for need in content.needs(form) if need.kind in ON_PAPER]
    return frozenset(each.kind for each in by_hand if each.kind in new or is_outdated(application, each.document))


def warning(needs: Sequence[content.Need]) -> str:
    """Says, before anything is changed, that one of these papers is signed by hand; empty while none is."""
    signed = any(need.document is not None for need in needs if need.kind in ON_PAPER)
    return WILL_SIGN_ANEW if signed else ""


def form_warning(application: Application) -> str:
    """The same of step 5's form, while the one that was handed in says what the portal's would."""
    form = Assignment.of(application).signed_form
    return WILL_SIGN_FORM_ANEW if form is not None and not is_outdated(application, form) else ""


def printed(application: Application) -> frozenset[str]:
    """The keys of what is printed on the undertaking, as corrections of it are asked for."""
    return frozenset({*content.TOGETHER, *(line.key for line in content.lines(application.application_form))})


def corrected_first(application: Application, asked: Sequence[changes.Asked]) -> tuple[changes.Asked, ...]:
    """What of these is printed on the undertaking and still to be corrected, where it is to be signed anew on
    paper: who signs it before does it twice."""
    if application.application_form.channel == ChannelChoices.ONLINE:
        return ()
    if not any(each.key == DocumentKind.UNDERTAKING for each in asked):
        return ()
    on_it = printed(application)
    return tuple(each for each in asked if each.key in on_it and not each.is_done)


def sign_anew(application: Application, needs: Sequence[content.Need]) -> str:
    """Says that the undertaking on paper, one of these papers, has to be signed again; empty when it has not."""
    outdated = [need.document for need in needs if is_outdated(application, need.document)]
    if not outdated or application.application_form.channel == ChannelChoices.ONLINE:
        return ""
    said = DOUBTED if all(is_doubted(application, each) for each in outdated) else CHANGED_SINCE
    return said[DocumentKind.UNDERTAKING]
