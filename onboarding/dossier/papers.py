"""The papers that the portal prepares for signing and sending: what is in them, and rendering them once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

from documents.models import Document, LegalText
from documents.rendering import NOTHING, digest_of, ensure, existing
from documents.signatures.fields import with_fields
from identifiers import phone
from onboarding.dossier import content, needed
from onboarding.models import Application, Assignment, DocumentKind
from partners.models import IysContact


@dataclass(frozen=True)
class Paper:
    kind: DocumentKind
    template: str
    filename: str
    context: Mapping[str, Any]
    finish: Callable[[bytes], bytes] | None = None

    @cached_property
    def digest(self) -> str:
        """Of what it says. Whoever applies again has another reference and has signed the same."""
        return digest_of(self.template, {**self.context, "reference": ""})


def undertaking(application: Application) -> Paper | None:
    """To be stamped and signed on every page; None while data (`needed`) or the text are missing.

    Identity numbers are masked in it: whose they are follows from the letter that it goes with, which has them in
    full (guide, "Gerekli Bilgiler"), and from the signature. So whoever prepares it may download it.
    """
    text = LegalText.objects.in_force("undertaking")
    form = application.application_form
    if text is None or not form.complete or needed.lacking(application, DocumentKind.UNDERTAKING_BLANK):
        return None
    context = {
        "text": text,
        "company": application.company,
        "lines": [replace(line, value=line.shown) for line in content.lines(form)],
        "signatory_name": form.signatory_name,
        "together": _together(application),
        "reference": application.reference,
    }
    return Paper(DocumentKind.UNDERTAKING_BLANK, "pdf/undertaking.html", "taahhutname.pdf", context)


def undertaking_to_sign(application: Application) -> Paper | None:
    """The same text for the e-signature, issued with a field for each person who is to sign."""
    blank = paper_of(application, DocumentKind.UNDERTAKING_BLANK)
    if blank is None:
        return None
    return _with_fields(blank, DocumentKind.UNDERTAKING_TO_SIGN, "taahhutname-e-imza.pdf")


def _with_fields(blank: Paper, kind: DocumentKind, filename: str) -> Paper:
    """The paper with a field for each person who is to sign it electronically; its template has their page."""
    names = [blank.context["signatory_name"], *blank.context["together"]]
    template = blank.template.replace(".html", "_to_sign.html")
    return Paper(kind, template, filename, {**blank.context, "names": names}, partial(with_fields, people=names))


def _together(application: Application) -> list[str]:
    return [each.name for each in application.co_signatories.all()]


def address_label(application: Application) -> Paper | None:
    """For the parcel with the undertaking; None while the sender's address is missing."""
    if needed.lacking(application, DocumentKind.ADDRESS_LABEL):
        return None
    reached = application.application_form.contact_phone
    context = {
        "iys": IysContact.current(),
        "company": application.company,
        "sender_phone": phone.pretty(reached) if reached else "",
        "reference": application.reference,
    }
    return Paper(DocumentKind.ADDRESS_LABEL, "pdf/address_label.html", "kargo-etiketi.pdf", context)


def assignment_form(application: Application) -> Paper | None:
    """Step 5's form; None before the figures of step 4 and what it needs are there."""
    text = LegalText.objects.in_force("assignment_form")
    choice = getattr(application, "package_choice", None)
    if text is None or choice is None or not application.iys_code:
        return None
    if needed.lacking(application, DocumentKind.ASSIGNMENT_BLANK):
        return None
    context = {
        "text": text,
        "company": application.company,
        "partner": application.company.partner,
        "iys_code": application.iys_code,
        "brands": [brand for brand in application.company.brands.all() if brand.code],
        "choice": choice,
        "channels": Assignment.of(application).channel_labels,
        "signatory_name": application.application_form.signatory_name,
        "together": _together(application),
        "reference": application.reference,
    }
    return Paper(DocumentKind.ASSIGNMENT_BLANK, "pdf/assignment_form.html", "is-ortagi-atama-formu.pdf", context)


def assignment_to_sign(application: Application) -> Paper | None:
    """The same form for the e-signature; None as well when no signatory's TCKN is known to check it by."""
    blank = paper_of(application, DocumentKind.ASSIGNMENT_BLANK)
    form = application.application_form
    if blank is None or form.signatory_foreign or needed.lacking(application, DocumentKind.ASSIGNMENT_TO_SIGN):
        return None
    return _with_fields(blank, DocumentKind.ASSIGNMENT_TO_SIGN, "is-ortagi-atama-formu-e-imza.pdf")


PAPERS = {
    DocumentKind.UNDERTAKING_BLANK: undertaking,
    DocumentKind.UNDERTAKING_TO_SIGN: undertaking_to_sign,
    DocumentKind.ADDRESS_LABEL: address_label,
    DocumentKind.ASSIGNMENT_BLANK: assignment_form,
    DocumentKind.ASSIGNMENT_TO_SIGN: assignment_to_sign,
}


# On an application that a page only reads: its papers as they were put together once.
AT_HAND = "papers_at_hand"


def only_read(application: Application) -> None:
    """From now on this object changes no more, and each of its papers is put together once."""
    setattr(application, AT_HAND, {})


def paper_of(application: Application, kind: DocumentKind) -> Paper | None:
    """The paper as it would be made now; None while it cannot be."""
    at_hand: dict[DocumentKind, Paper | None] | None = getattr(application, AT_HAND, None)
    if at_hand is None:
        return PAPERS[kind](application)
    if kind not in at_hand:
        at_hand[kind] = PAPERS[kind](application)
    return at_hand[kind]


def digest(application: Application, kind: DocumentKind) -> str:
    """Of what the paper says now; of nothing while it cannot be made."""
    paper = paper_of(application, kind)
    return paper.digest if paper is not None else NOTHING


def says(application: Application, kind: DocumentKind, made: Document) -> bool:
    """Whether this paper has the words of one that would be made now, be it that others were made in between."""
    paper = paper_of(application, kind)
    return paper is not None and made.source_sha256 == digest_of(paper.template, paper.context)


def was_made(application: Application, kind: DocumentKind) -> bool:
    """Whether somebody of the company has had it as it would be made now, be it with others in between."""
    paper = PAPERS[kind](application)
    made = application.company.documents.of_kind(kind)
    return paper is not None and made.filter(source_sha256=digest_of(paper.template, paper.context)).exists()


def ready(application: Application, kind: DocumentKind) -> Document | None:
    """The paper for what is known now, if it was rendered."""
    paper = paper_of(application, kind)
    if paper is None:
        return None
    return existing(company=application.company, kind=paper.kind, template=paper.template, context=paper.context)


def render(application: Application, kind: DocumentKind) -> Document | None:
    """Renders the paper for what is known now; about a second of work, so never inside a request."""
    paper = PAPERS[kind](application)
    if paper is None:
        return None
    return ensure(
        company=application.company,
        kind=paper.kind,
        template=paper.template,
        context=paper.context,
        filename=paper.filename,
        by=None,
        finish=paper.finish,
    )
