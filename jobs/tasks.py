"""What the schedule runs (see iysportal/celery.py). These tasks span apps, so they stand above all of them.

Each looks in the database for what is due; none carries work in its message, so a lost message costs one turn of
the schedule at most.
"""

from functools import partial

from celery import shared_task
from django.contrib.sessions.models import Session as FormerSession
from django.utils import timezone

from accounts.session_store import SessionStore
from broker import ask
from correspondence.outgoing import delivery
from figures import gathering
from finding import renewing
from health import nightly, telling
from jobs import leases
from limits import counting
from onboarding import tasks as pages
from onboarding.actions import looks
from onboarding.attention import package_expiry
from onboarding.mail import outcomes, pipeline
from onboarding.merging import doing as merging
from onboarding.reminders import digest, sending
from privacy import erasing
from team import joining
from team.importing import running
from telemetry import pulses
from verification import codes, sms, sms_notices


@shared_task
def pulse() -> None:
    """Shows that a worker answers bells."""
    pulses.mark(pulses.WORKER)


@shared_task
def send_codes() -> None:
    """Mails the codes and links that somebody waits for."""
    with leases.held("codes") as mine:
        if mine:
            delivery.deliver_codes()


@shared_task
def deliver() -> None:
    """Sends what is due over the portal's own line, lets the outcome move the steps, and has the companies' own
    lines looked after."""
    for pk in delivery.accounts_with_letters():
        ask(deliver_over_account, pk)
    with leases.held("letters") as mine:
        if mine:
            delivery.deliver_over_own_line()
    outcomes.handle_outcomes()


@shared_task
def deliver_over_account(pk: int) -> None:
    """The same over one company's own line, whose server may be slow."""
    with leases.held(f"letters:{pk}") as mine:
        if mine:
            delivery.deliver_over_account(pk)
    outcomes.handle_outcomes()


@shared_task
def fetch() -> None:
    """Has every mailbox looked after, and lets what was fetched before move the steps."""
    for name in pipeline.names_of_mailboxes():
        ask(fetch_mailbox, name)
    pipeline.process()


@shared_task
def fetch_mailbox(name: str) -> None:
    """Fetches what waits in one mailbox, whose server may be slow, and lets it move the steps. A mail that comes
    while somebody is at the mailbox has it looked at once more."""
    with leases.held(pulses.of_mailbox(name), once_more=partial(ask, fetch_mailbox, name)) as mine:
        new = pipeline.fetch(name) if mine else 0
    if new:  # what waits for another reason, `fetch` takes up
        pipeline.process()


@shared_task
def send_sms() -> None:
    """Hands one-time codes and notices to the SMS gateway, and takes away codes that are too old."""
    sms.send_due()
    sms_notices.send_due()
    codes.wipe_outdated()


@shared_task
def renew_found() -> None:
    """Writes anew by what the companies and mails are found that were changed."""
    renewing.renew_marked()


@shared_task
def take_up_packs() -> None:
    """Asks again for evidence packs that nobody works at."""
    pages.ask_for_lost_packs()


@shared_task
def tell_owners() -> None:
    """Writes to the owners of companies whose tax number somebody has typed."""
    joining.tell_owners()


@shared_task
def end_looks() -> None:
    """Ends looks at companies' pages whose time is over."""
    looks.end_overdue()


@shared_task
def gather_merged() -> None:
    """Takes along what came to a company that was merged meanwhile."""
    merging.gather()


@shared_task
def bring_companies_in() -> None:
    """One wave of each list of companies that goes on."""
    running.run_waves()


@shared_task
def remind() -> None:
    """Posts the reminders that are due and escalates what waits too long."""
    sending.send_due()


@shared_task
def send_digests() -> None:
    """Writes to each member of staff once a day what waits for them."""
    digest.send_due()


@shared_task
def tell_operations() -> None:
    """Writes to who runs the portal what has to be acted on."""
    telling.tell_operations()


@shared_task
def watch() -> None:
    """Puts packages before staff that come to their end soon."""
    package_expiry.mark_expiring()


@shared_task
def gather_figures() -> None:
    """Counts what support steers by, of the days that are over."""
    gathering.run()


@shared_task
def forget_closed_windows() -> None:
    """Deletes the counts of quotas that have run out."""
    counting.forget_closed()


@shared_task
def forget_ended_sessions() -> None:
    """Deletes the sessions that have ended, also those of before 0.2.0, which are used no more."""
    SessionStore.clear_expired()
    FormerSession.objects.filter(expire_date__lt=timezone.now()).delete()


@shared_task
def erase_expired() -> None:
    """Takes away personal data whose time is over."""
    erasing.run()


@shared_task
def look_for_stuck() -> None:
    """Mends or names what waits although nothing holds it up."""
    nightly.run()
