"""The way of an incoming mail from a mailbox to a moved step, from top to bottom. Read this first.

1. fetch         what waits in each mailbox, in batches that fit into memory          fetching, mailbox
2. store         the very bytes, before anybody looks into them                       fetching
3. parse         headers, the sender's own words, what is quoted or passed on;        processing, reading.parsing
                 what a machine wrote by itself                                       reading.machines
4. authenticate  how far the sender is believed, by our own mail server's word        senders, authentication
5. match         whose mail it is; a delivery report by the letters that it names     owners, matching
6. read          sentence by sentence, by what is known to the partner whose mail     processing, taught,
                 it is: understood wholly, or suggested to a person                   reading.understanding
7. apply         what moves nothing is settled in batches;                            resting
                 of each other one the move that its kind stands for, if everything   applying, answers
                 agrees; or a person

Stages 3 to 6 write on a batch of rows that are saved at once; no step is known to them. What goes wrong with a
mail stands on its row, and the next one gets its turn (`failures`). The same mail in a second mailbox acts once
(`duplicates`). What no machine may decide waits for support (`triage`).
"""

import logging
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from correspondence.incoming import fetching, refusals, taught
from correspondence.incoming.copies import file_own_letters
from correspondence.incoming.duplicates import file_duplicates
from correspondence.incoming.failures import isolate, together
from correspondence.incoming.owners import match_owners
from correspondence.incoming.processing import classify, parse, recognise_machine, save
from correspondence.incoming.senders import authenticate_senders, recognise_members
from correspondence.incoming.sources import mailboxes
from correspondence.incoming.taught import Taught
from correspondence.mailbox import Refused
from correspondence.models import Mail, MailStatus
from onboarding.applications import owners_of_numbers
from onboarding.mail import applying, resting
from team import forwarding
from telemetry import pulses, timings

logger = logging.getLogger(__name__)
BATCH = 50


def run() -> None:
    """One turn of the poller: everything that waits goes as far as it can."""
    for name in names_of_mailboxes():
        fetch(name)
    process()


def names_of_mailboxes() -> list[str]:
    """Of all that are read; from now on these are missed when they stay out of reach."""
    names = [mailbox.name for mailbox, _partner in mailboxes()]
    pulses.keep_mailboxes(names)
    return names


def fetch(name: str) -> int:
    """Stages 1 and 2, for the mailbox of this name, unless it is read no more or its server has just refused the
    password; returns how many mails were new."""
    new = 0
    for mailbox, partner in mailboxes():
        if mailbox.name != name or refusals.rests(mailbox):
            continue
        try:
            with timings.timed(timings.FETCHES):
                new += fetching.fetch(mailbox=mailbox, partner=partner)
        except OSError as error:
            logger.warning("Mailbox %s is out of reach: %s", mailbox.name, error)
            if isinstance(error, Refused):
                refusals.keep(mailbox)
        else:
            pulses.mark(pulses.of_mailbox(mailbox.name))
    return new


def process() -> None:
    """Stages 3 to 7, for everything that was fetched."""
    process_new()
    forwarding.settle()
    apply_due()


def process_new() -> int:
    """Stages 3 to 6, for every mail that is new, in batches; returns how many were processed.

    Two workers at once take different mails.
    """
    sentences = taught.active()
    done = 0
    left: list[UUID] = []
    while True:
        with transaction.atomic():
            waiting = Mail.objects.select_for_update(skip_locked=True).filter(status=MailStatus.NEW)
            batch = list(waiting.exclude(pk__in=left).order_by("received_at", "pk")[:BATCH])
            if not batch:
                return done
            processed = _process_each_if_need_be(batch, sentences)
            done += len(processed)
            left += [mail.pk for mail in batch if mail not in processed]


def _process_each_if_need_be(mails: Sequence[Mail], sentences: Taught) -> list[Mail]:
    """A batch together; when one of its mails makes a stage stumble that looks at all of them, each by itself."""
    whole = together(lambda: _process(mails, sentences))
    if whole is not None:
        return whole
    processed = []
    for mail in mails:
        with isolate(mail), transaction.atomic():
            # What the batch had written on the row goes.
            mail.refresh_from_db()
            processed += _process([mail], sentences)
    return processed


def _process(mails: Sequence[Mail], sentences: Taught) -> list[Mail]:
    """A batch, with a handful of queries for all of it. Returns the mails that were processed; what was not says
    so on its row or waits."""
    parsed = []
    for mail in mails:
        with isolate(mail):
            each = parse(mail)
            recognise_machine(each)
            parsed.append(each)
    others = file_own_letters(parsed)
    authenticate_senders(others)
    match_owners(others, owners_of_numbers=owners_of_numbers)
    recognise_members(others)
    broken = set()
    for each in others:
        broken.add(each.mail.pk)
        with isolate(each.mail):
            classify(each, sentences)
            broken.discard(each.mail.pk)
    file_duplicates([each.mail for each in others if each.mail.pk not in broken])
    processed = [each.mail for each in parsed if each.mail.pk not in broken]
    save(processed)
    return processed


def apply_due() -> None:
    """Stage 7, for every mail that was processed and for early ones whose step is open by now, oldest first: what
    moves nothing in batches, each of the others by itself."""
    keys = list(applying.due().values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        for mail in resting.settle(keys[start : start + BATCH]):
            applying.apply(mail=mail)
