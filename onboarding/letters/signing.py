"""Letters about papers that are signed by mailed links: to who signs, and to the company."""

from dataclasses import replace

from django.urls import reverse

from correspondence.models import Letter
from correspondence.outgoing import outbox
from identifiers import turkish
from onboarding.dossier import e_signed
from onboarding.dossier.e_signed import SignedPaper
from onboarding.letters import drafts
from onboarding.models import HandOff


def post_signing_link(link: HandOff, paper: SignedPaper) -> Letter:
    """To a signatory without an account: the link with which the paper is signed."""
    application, key = link.application, f"hand_off:{link.pk}"
    path = reverse("onboarding:sign_by_link", args=[link.pk])
    signings = e_signed.who_signs(application, paper)
    body = drafts.with_link("signing_link", application, link, path, paper=paper, signings=signings)
    address = replace(drafts.to_company(application, paper.step), to=[link.email])
    return outbox.post(company=application.company, idempotency_key=key, body=body, address=address)


def post_signed_by_link(link: HandOff, paper: SignedPaper, *, move: str) -> None:
    """To the company: a signature came by the link, and no step moves that would tell of it. `move` is what alone
    is left; empty while more is."""
    application, key = link.application, f"signed_by_link:{link.pk}"
    signings = e_signed.who_signs(application, paper)
    awaited = [each.name for each in signings if not each.is_done]
    more = {
        "paper": paper,
        "page": paper.signing_page if awaited else paper.review_page,
        "signed_by": turkish.listed([each.name for each in signings if each.is_done]),
        "awaited": turkish.listed(awaited),
        "is_sent": len([each for each in e_signed.open_links(application, paper) if each.holds]) >= len(awaited),
    }
    drafts.post_draft(drafts.to_each("signed_by_link", application, paper.step, move, **more), application, key)
