"""Stored mails read again after a sentence was taught. What was applied stays applied."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from correspondence.incoming import decisions, taught
from correspondence.incoming.processing import record_reading, sentences_of
from correspondence.models import Mail, MailStatus
from correspondence.reading.parsing import Unreadable
from correspondence.reading.result import Reading
from onboarding.mail import applying
from telemetry.progress import Far, unwatched


@dataclass(frozen=True, slots=True)
class Difference:
    """A mail that is read otherwise by today's sentences. `moves`: it may act on its new reading."""

    mail: Mail
    said: Reading
    moves: bool


def differences(statuses: Sequence[str], far: Far = unwatched) -> Iterator[Difference]:
    """Of the stored mails with these statuses, oldest first; those that cannot be read are left out. `far` is told
    how many were looked at."""
    sentences = taught.active()
    waiting = Mail.objects.filter(status__in=statuses).exclude(status=MailStatus.NEW).order_by("received_at")
    keys = list(waiting.values_list("pk", flat=True))
    for done, key in enumerate(keys):
        far("mails", done, len(keys))
        mail = Mail.objects.select_related("company").get(pk=key)
        try:
            said = taught.read_again(mail, sentences)
        except (Unreadable, OSError):
            continue
        if (said.kind, not said.doubt, list(said.sentences)) != (mail.kind, mail.understood, sentences_of(mail)):
            yield Difference(mail, said, moves=decisions.is_undecided(mail))


def apply(difference: Difference) -> Mail:
    """Puts the new reading on the mail and lets it do what it may; returns what became of it.

    A mail that was applied or filed keeps what it did, and its old reading with it. One that was broken is
    worked on from the beginning, unless it is a file or people gave it to a company: whose it is and who is
    believed does not stand in it then.
    """
    mail = difference.mail
    if not difference.moves:
        return mail
    with transaction.atomic():
        fresh = Mail.objects.select_for_update().get(pk=mail.pk)
        if fresh.status == MailStatus.BROKEN and fresh.company_id is None and not fresh.is_upload:
            fresh.status = MailStatus.NEW
        elif decisions.is_undecided(fresh):
            record_reading(fresh, difference.said)
            fresh.status = MailStatus.READ
        fresh.save()
    if fresh.status == MailStatus.READ:
        applying.apply(mail=fresh)
    fresh.refresh_from_db()
    return fresh
