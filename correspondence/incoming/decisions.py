"""What people decide about a mail: whose it is, that it is nobody's, that it was decided wrongly.

Each decision raises Outdated when the mail is no longer what was looked at. What a mail says for a step is decided
in `onboarding.mail.triage`.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from correspondence.incoming.processing import wording_of
from correspondence.incoming.senders import authenticate_for
from correspondence.models import Mail, MailStatus
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from partners.parties import the_only_partner
from tenancy.models import Company, User
from tenancy.walls import of_partner

WAITING = (MailStatus.PERSON, MailStatus.BROKEN)
UNDECIDED = (*WAITING, MailStatus.EARLY)


class Outdated(Exception):
    """Somebody else, or the machine, decided about the mail meanwhile."""


def seen_by(user: User, mails: QuerySet[Mail]) -> QuerySet[Mail]:
    """The mails that a staff member may look at.

    An unmatched mail may be any company's: it is for staff without a partner of their own, and for the
    partner into whose mailbox it came; the only partner's are all mailboxes.
    """
    matched = of_partner(user, mails.exclude(company=None), "company__partner")
    alone = user.partner_id is not None and the_only_partner() == user.partner_id
    return matched | of_partner(user, mails.filter(company=None), shared=alone)


def is_undecided(mail: Mail) -> bool:
    return mail.status in UNDECIDED


def may_attach(mail: Mail) -> bool:
    return is_undecided(mail) and mail.company is None


def may_detach(mail: Mail) -> bool:
    return is_undecided(mail) and mail.company is not None


def may_reopen(mail: Mail) -> bool:
    return mail.status in (MailStatus.FILED, MailStatus.ANSWERED)


def attach(*, mail: Mail, company: Company, by: User) -> None:
    """Says whose mail it is; the sender is authenticated anew, among that company's people."""
    if not may_attach(mail):
        raise Outdated
    verdict = authenticate_for(mail, company)
    with transaction.atomic():
        decide(
            mail,
            company=company,
            partner=mail.partner_id and company.partner_id,
            wording=wording_of(mail, company),
            application_id=None,
            step_key="",
            sender_authentication=verdict.sender_authentication,
            sender_authentication_why=verdict.why[:500],
            match_why=f"{by} firmaya ekledi."[:500],
            tied_why="",
            status_why="Ne dediğine destek ekibi karar verecek."
            if mail.status == MailStatus.PERSON
            else mail.status_why,
        )
        journal(mail, by=by, text="firmaya eklendi")


def detach(*, mail: Mail, reason: str, by: User) -> None:
    """Takes a mail that changed nothing away from its company, whose people no longer see it."""
    if not may_detach(mail):
        raise Outdated
    with transaction.atomic():
        journal(mail, by=by, text=f"firmadan ayrıldı — {reason}")
        decide(
            mail,
            company=None,
            wording=wording_of(mail, None),
            application_id=None,
            step_key="",
            status=MailStatus.PERSON,
            status_why=f"Firmadan ayrıldı ({by}): {reason}"[:500],
            match_why="",
            tied_why="",
        )


def file_away(*, mail: Mail, note: str, by: User) -> None:
    """Nobody has to do anything about it."""
    if not is_undecided(mail):
        raise Outdated
    with transaction.atomic():
        decide(mail, status=MailStatus.FILED, status_why=f"{by}: {note}"[:500])
        journal(mail, by=by, text=f"dosyalandı — {note}")


def answered(*, mail: Mail, application_id: UUID, step_key: str, by: User) -> None:
    """A person has written an answer to it, for this step of this application: nothing else is to be done."""
    with transaction.atomic():
        if mail.status in WAITING:
            decide(
                mail,
                application_id=application_id,
                step_key=step_key,
                status=MailStatus.ANSWERED,
                status_why=f"{by} yanıt yazdı."[:500],
            )
        journal(mail, by=by, text="yanıt yazıldı")


def reopen(*, mail: Mail, reason: str, by: User) -> None:
    """A filed or answered mail waits for a decision again."""
    if not may_reopen(mail):
        raise Outdated
    with transaction.atomic():
        # What was read before there were keys, and decided, has none.
        decide(
            mail,
            status=MailStatus.PERSON,
            status_why=f"Yeniden ele alındı ({by}): {reason}"[:500],
            wording=wording_of(mail, mail.company),
        )
        journal(mail, by=by, text=f"yeniden ele alındı — {reason}")


def decide(mail: Mail, **fields: object) -> None:
    """Compare and swap on whose it is and where it stands: two people who decide at once, one winner. What was
    decided before, and kept for later, is put aside; that a person had to decide stays."""
    same = Mail.objects.filter(pk=mail.pk, status=mail.status, company=mail.company_id)
    if not same.update(**{"kept_answer": "", "decided_at": timezone.now(), **fields}):
        raise Outdated
    mail.refresh_from_db()


def journal(mail: Mail, *, by: User, text: str) -> None:
    if mail.company is None:
        return
    write(
        company=mail.company,
        event=Event.MAIL_HANDLED,
        text=f"“{mail.subject or '(konusuz)'}” ({mail.from_email}): {text}",
        party=Party.STAFF,
        actor=by,
        application_id=mail.application_id,
        step_key=mail.step_key,
        data={"mail": str(mail.pk)},
    )
