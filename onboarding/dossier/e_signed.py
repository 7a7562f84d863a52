"""The papers that are e-signed, each by the same people: what is issued, and what has come back so far.

Where several sign together, one signs what the other has signed: a file that lacks nothing but others' signatures
is kept, and is what the next one downloads.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from documents.models import Document
from documents.signatures.fields import Person
from documents.signatures.report import JOINT, SIGNATORY, Outcome
from identifiers import turkish
from onboarding.dossier import papers
from onboarding.machine import Step
from onboarding.models import Application, DocumentKind, HandOff, SignatureCheck
from onboarding.steps import PARTNER_ASSIGNMENT, PRE_APPLICATION


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """`issued`, `partly` and `whole` are its kinds of document; `name` stands in sentences, `title` on buttons.
    The pages are where it is signed and where it is looked through and sent, by the names of their URLs."""

    step: Step
    issued: DocumentKind
    partly: DocumentKind
    whole: DocumentKind
    name: str
    title: str
    signing_page: str
    review_page: str


UNDERTAKING = SignedPaper(
    PRE_APPLICATION,
    DocumentKind.UNDERTAKING_TO_SIGN,
    DocumentKind.UNDERTAKING_PARTLY,
    DocumentKind.UNDERTAKING_SIGNED,
    "Taahhütname",
    "Kullanım Taahhütnamesi",
    "onboarding:sign",
    "onboarding:review",
)
ASSIGNMENT = SignedPaper(
    PARTNER_ASSIGNMENT,
    DocumentKind.ASSIGNMENT_TO_SIGN,
    DocumentKind.ASSIGNMENT_PARTLY,
    DocumentKind.ASSIGNMENT_SIGNED,
    "Atama formu",
    "İş Ortağı Atama Formu",
    "onboarding:partner_assignment",
    "onboarding:review_assignment",
)
# Of a report, in the order of `people`.
OF_PEOPLE = frozenset({SIGNATORY, JOINT})
BY_ISSUED: Mapping[str, SignedPaper] = {paper.issued: paper for paper in (UNDERTAKING, ASSIGNMENT)}


def people(application: Application) -> tuple[Person, ...]:
    """Who has to sign: the signatory first, then those who sign together with them."""
    form = application.application_form
    together = application.co_signatories.all()
    return (
        Person(form.signatory_name, form.signatory_identity),
        *(Person(each.name, each.identity) for each in together),
    )


@dataclass(frozen=True, slots=True)
class Signing:
    """One who has to sign, and whether she has."""

    name: str
    is_done: bool


def signings(application: Application, check: SignatureCheck | None) -> tuple[Signing, ...]:
    """Who has signed what came back for what is known now: its check has a line for each, in their order."""
    lines = check.lines if check is not None else []
    done = [line["outcome"] == Outcome.PASSED for line in lines if line["key"] in OF_PEOPLE]
    everybody = people(application)
    done += [False] * len(everybody)
    return tuple(Signing(each.name, is_done) for each, is_done in zip(everybody, done, strict=False))


# Of a link that was neither used nor taken back.
OPEN_LINK = {"used_at": None, "revoked_at": None}


def open_links(application: Application, paper: SignedPaper) -> list[HandOff]:
    """Those that were sent and not used, be it that they are too old by now."""
    return list(application.hand_offs.filter(paper=paper.issued, **OPEN_LINK))


@dataclass(frozen=True, slots=True)
class Awaited:
    """Who signs by mailed links, `until` when those hold, and since when they alone are waited for."""

    names: tuple[str, ...]
    until: datetime
    since: datetime

    @property
    def words(self) -> str:
        return f"İmza bekleniyor: {turkish.listed(self.names)}"

    @property
    def how_long(self) -> str:
        return f"İmza bağlantısı {date_format(timezone.localdate(self.until), 'j F Y')} gününe kadar geçerli."


def awaited(application: Application, paper: SignedPaper, opened: Sequence[HandOff]) -> Awaited | None:
    """None where somebody who has to sign still lacks a link that holds; `opened` as from `open_links`."""
    links = [link for link in opened if link.holds]
    found = standing(application, paper) if links else None
    names = [each.name for each in signings(application, found) if not each.is_done] if links else []
    if not 0 < len(names) <= len(links):
        return None
    # Until then there are as many links as signatures to come.
    until = sorted((link.expires_at for link in links), reverse=True)[len(names) - 1]
    began = max(link.created_at for link in links)
    return Awaited(tuple(names), until, max(began, found.checked_at) if found is not None else began)


def issued(application: Application, paper: SignedPaper) -> Document | None:
    """The paper for what is known now, if it was rendered."""
    return papers.ready(application, paper.issued)


def standing(application: Application, paper: SignedPaper) -> SignatureCheck | None:
    """What has come back on the paper for what is known now, with all signatures or some. The newer one: only a
    paper that is to be signed anew gets fewer."""
    found = issued(application, paper)
    if found is None:
        return None
    kept = application.company.documents.current().filter(kind__in=(paper.partly, paper.whole))
    checks = SignatureCheck.objects.filter(document__in=kept, issued=found).select_related("document")
    return checks.order_by("document__created_at", "document__pk").last()


def who_signs(application: Application, paper: SignedPaper) -> tuple[Signing, ...]:
    """Who has signed what has come back so far."""
    return signings(application, standing(application, paper))


def partly_signed(application: Application, paper: SignedPaper) -> SignatureCheck | None:
    """What some of those who sign together have signed already; None when it is signed wholly."""
    found = standing(application, paper)
    return found if found is not None and found.document.kind == paper.partly else None


def to_sign(application: Application, paper: SignedPaper) -> Document | None:
    """What the next signatory downloads: with the signatures that are there; None before anything was rendered."""
    partly = partly_signed(application, paper)
    return partly.document if partly is not None else issued(application, paper)
