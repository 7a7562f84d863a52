"""Verbs of the mailed link with which a signatory without an account signs one paper: the undertaking of step 1 or
the assignment form of step 5."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from documents.inspection import Inspected
from documents.signatures.report import Report
from journal.parties import Party
from onboarding.actions import partner_assignment
from onboarding.actions.pre_application import e_signature
from onboarding.actor import Actor, NotAllowed
from onboarding.dossier import e_signed, papers
from onboarding.dossier.e_signed import Awaited, SignedPaper
from onboarding.letters import signing as signing_letters
from onboarding.machine import Step
from onboarding.models import Application, ChannelChoices, DocumentKind, HandOff
from onboarding.steps import DOSSIER, PARTNER_ASSIGNMENT


@dataclass(frozen=True, slots=True)
class Signing:
    """How a paper is signed now: whether it is, what takes it, and whether signatures alone are lacking in the
    `steps` of which it is a part. `closed` says why it is not."""

    is_open: Callable[[Application], bool]
    take: Callable[..., Report]
    is_left: Callable[[Application], bool]
    steps: tuple[Step, ...]
    closed: str


SENT_ALREADY = "Bu adrese bağlantı az önce gönderildi; ikinci kez göndermedik."
SIGNINGS: Mapping[str, Signing] = {
    DocumentKind.UNDERTAKING_TO_SIGN: Signing(
        e_signature.is_open,
        e_signature.take_signed,
        e_signature.is_left,
        DOSSIER,
        "Taahhütname şu anda imzalanamaz; başvuru incelemede ya da İYS'de.",
    ),
    DocumentKind.ASSIGNMENT_TO_SIGN: Signing(
        partner_assignment.is_open,
        partner_assignment.take_signed,
        partner_assignment.is_open,
        (PARTNER_ASSIGNMENT,),
        "Atama formu şu anda imzalanamaz; form incelemede ya da İYS'de.",
    ),
}


def send(
    *,
    application: Application,
    paper: SignedPaper,
    email: str,
    actor: Actor,
    unless_since: datetime | None = None,
) -> HandOff:
    """Mails a link to a signatory; an older one of theirs ends. Raises NotAllowed where no paper can be made.

    And when one has gone there after `unless_since`, when the page was shown on which this was pressed: the
    signatory would get two mails, of which the first no longer leads anywhere.

    The paper itself may come later: whoever opens the link waits for it there.
    """
    signing = SIGNINGS[paper.issued]
    with transaction.atomic():
        # One after the other: of two at once neither would find an older link, and the second would break.
        Application.objects.select_for_update(no_key=True).get(pk=application.pk)
        if not signing.is_open(application):
            raise NotAllowed(signing.closed)
        if actor.user is None:
            raise NotAllowed("Bağlantıyı yalnızca giriş yapmış biri gönderebilir.")
        if papers.PAPERS[paper.issued](application) is None:
            raise NotAllowed(f"{paper.title} için önce başvuru bilgilerini tamamlayın.")
        waiting = application.hand_offs.filter(email=email, **e_signed.OPEN_LINK)
        if unless_since and waiting.filter(paper=paper.issued, created_at__gt=unless_since).exists():
            raise NotAllowed(SENT_ALREADY)
        waiting.update(revoked_at=timezone.now())
        link = HandOff.objects.create(
            application=application,
            paper=paper.issued,
            email=email,
            created_by=actor.user,
            expires_at=timezone.now() + timedelta(days=settings.SIGNING_LINK_DAYS),
        )
        signing_letters.post_signing_link(link, paper)
    return link


def revoke(*, link: HandOff) -> None:
    HandOff.objects.filter(pk=link.pk, **e_signed.OPEN_LINK).update(revoked_at=timezone.now())


def paper_of(link: HandOff) -> SignedPaper:
    return e_signed.BY_ISSUED[link.paper]


def usable(link: HandOff) -> bool:
    """Whether the link still opens the paper: not used, not taken back, not too old, and signing is still open."""
    return link.holds and link.application.closed_at is None and SIGNINGS[link.paper].is_open(link.application)


def take(*, link: HandOff, inspected: Inspected, filename: str) -> Report:
    """What came back by the link. Raises NotAllowed as the paper's own verb does."""
    return SIGNINGS[link.paper].take(
        application=link.application, inspected=inspected, filename=filename, actor=holder(), by_link=link
    )


def paper_in(application: Application, step: Step) -> SignedPaper | None:
    """The one that is signed electronically in this step."""
    paper = next((each for each in e_signed.BY_ISSUED.values() if step in SIGNINGS[each.issued].steps), None)
    online = application.application_form.channel == ChannelChoices.ONLINE
    return paper if online or paper is not e_signed.UNDERTAKING else None


def awaited(application: Application, paper: SignedPaper, links: Sequence[HandOff]) -> Awaited | None:
    """The signatures for which nothing but the mailed links is waited for: None while the company has anything
    else to do, be it to send one more link."""
    found = e_signed.awaited(application, paper, links)
    return found if found and SIGNINGS[paper.issued].is_left(application) else None


def holder() -> Actor:
    """Whoever holds a signing link acts for the company, without an account."""
    return Actor(Party.COMPANY)
