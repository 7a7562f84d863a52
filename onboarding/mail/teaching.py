"""Teaching: a person says once what a sentence of İYS's means; mails of that wording are understood from then on.

A taught sentence belongs to the partner whose staff taught it; who may, teaches for all. It gives no trust: a mail
still has to be believed and tied to its case.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from correspondence.incoming import decisions, taught
from correspondence.incoming.processing import sentences_of
from correspondence.models import Mail, MailStatus, TaughtSentence
from correspondence.reading.proposals import proposed
from correspondence.reading.result import Reading
from correspondence.reading.understanding import Meaning, Sentence
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from onboarding.mail import reread
from partners.models import Partner
from tenancy.models import User

TRIED = 200  # stored mails, the newest first
TEACH_FOR_ALL = "correspondence.teach_for_all"


class NotTaught(Exception):
    """Why the sentence cannot be taught; the message is Turkish."""


@dataclass(frozen=True, slots=True)
class Change:
    """A stored mail that would be read otherwise. `acts`: it waits, so that it may move its step then."""

    mail: Mail
    said: Reading
    acts: bool


def sentence_at(mail: Mail, place: int) -> Sentence | None:
    """The sentence of a mail that can be taught: one that nobody knows."""
    sentences = sentences_of(mail)
    if place >= len(sentences) or sentences[place].meaning is not Meaning.UNKNOWN:
        return None
    return sentences[place]


def draft(mail: Mail, sentence: Sentence, *, kind: str, by: User) -> TaughtSentence:
    """What would be taught, with the blanks that are likely; nothing is saved."""
    names = []
    if mail.company is not None:
        names = [(mail.company.trade_name, "unvan")]
        names += [(brand.name, "marka") for brand in mail.company.brands.all()]
        names += [(mail.company.partner.legal_name, "iş ortağı"), (mail.company.partner.name, "iş ortağı")]
    text = proposed(sentence.text, sorted(names, key=lambda each: -len(each[0])))
    return TaughtSentence(text=text, kind=kind, mail=mail, partner=home_of(mail, by), taught_by=by)


def home_of(mail: Mail, by: User) -> Partner | None:
    """Whose sentence it will be: the teacher's partner's, else that of the partner whose mail it is."""
    if by.partner is not None:
        return by.partner
    partner = taught.partner_of(mail)
    return Partner.objects.get(pk=partner) if partner is not None else None


def stored_mails(user: User) -> QuerySet[Mail]:
    """What a sentence is tried on: the mails that the staff member may look at and that were read."""
    return (
        decisions.seen_by(user, Mail.objects.exclude(kind=""))
        .select_related("company")
        .order_by("-received_at")[:TRIED]
    )


def preview(row: TaughtSentence, *, by: User) -> Iterator[Change]:
    """The stored mails that would be read otherwise if the sentence were taught as it stands in `row`."""
    for mail, said in taught.would_change(row, stored_mails(by)):
        yield Change(mail, said, decisions.is_undecided(mail))


def teach(row: TaughtSentence, *, by: User) -> list[Mail]:
    """Saves the sentence and lets the waiting mails that it makes understood do what they may; returns those that
    moved a step. Raises NotTaught when the same sentence is taught already."""
    changes = [change for change in preview(row, by=by) if change.acts] if row.active else []
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise NotTaught("Bu cümle zaten öğretilmiş. Listeden bulup onu değiştirin.") from error
    if row.mail is not None and row.mail.company is not None:
        write(
            company=row.mail.company,
            event=Event.MAIL_HANDLED,
            text=f"“{row.mail.subject or '(konusuz)'}”: bir cümlesi öğretildi — {row.meaning}",
            party=Party.STAFF,
            actor=by,
            application_id=row.mail.application_id,
            step_key=row.mail.step_key,
            data={"mail": str(row.mail.pk), "sentence": row.pk},
        )
    return [mail for mail in _act(changes) if mail.status == MailStatus.APPLIED]


def _act(changes: Sequence[Change]) -> Iterator[Mail]:
    for change in changes:
        yield reread.apply(reread.Difference(change.mail, change.said, moves=True))
