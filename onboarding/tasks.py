"""Celery's doors to the verbs. Each task looks for what is due; none carries work in its message."""

import logging

from celery import shared_task
from kombu.exceptions import OperationalError

from correspondence import delivery, inbox, understanding
from correspondence.partner_mailbox import sources
from onboarding import digest, papers, reminders, replies, settling, watching
from onboarding.evidence_pack import building
from onboarding.models import DocumentKind, Onboarding
from team import forwarding

logger = logging.getLogger(__name__)


@shared_task
def deliver() -> None:
    """Sends what is due and tells the steps what became of it."""
    delivery.deliver()
    settling.tell_steps()


@shared_task
def fetch() -> None:
    """Takes in what waits in the mailboxes, understands it and lets it move the steps."""
    for mailbox, partner in sources():
        try:
            inbox.take_in(mailbox=mailbox, partner=partner)
        except OSError as error:
            logger.warning("Mailbox %s is out of reach: %s", mailbox.name, error)
    understanding.understand_waiting(owners_of_numbers=replies.owners_of_numbers)
    forwarding.settle()
    replies.apply_waiting()


@shared_task
def remind() -> None:
    reminders.send_due()


@shared_task
def send_digests() -> None:
    digest.send_due()


@shared_task
def watch() -> None:
    watching.mark_expiring()


@shared_task
def render_paper(onboarding_id: str, kind: str) -> None:
    """Rendering is asked for again by the page that waits for it, so a lost message costs a moment only."""
    onboarding = Onboarding.objects.select_related("company__partner").get(pk=onboarding_id)
    papers.render(onboarding, DocumentKind(kind))


def ask_for_paper(onboarding: Onboarding, kind: DocumentKind) -> None:
    """Has a worker render a paper. A broker that is down is asked again by the page's next refresh."""
    try:
        render_paper.apply_async((str(onboarding.pk), str(kind)), retry=False)
    except OperationalError:
        logger.warning("The broker could not be reached; the waiting page will ask again.")


@shared_task
def build_pack(onboarding_id: str) -> None:
    building.build(onboarding=Onboarding.objects.select_related("company__partner").get(pk=onboarding_id))


def ask_for_pack(onboarding: Onboarding) -> None:
    """Has a worker make the evidence pack. A message that gets lost is asked again by the page's next refresh."""
    try:
        build_pack.apply_async((str(onboarding.pk),), retry=False)
    except OperationalError:
        logger.warning("The broker could not be reached; the waiting page will ask again.")
