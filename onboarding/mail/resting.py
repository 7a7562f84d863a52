"""Mails that move nothing, wherever their step stands: known by their rows and by facts that are asked once for a
batch of them, and settled together.

What is not sure to be such a mail is left to its own turn and transaction (`applying`), and with it what came
after it to the same company. The rules are the same for one mail alone.
"""

from collections.abc import Sequence
from functools import cached_property
from uuid import UUID

from django.conf import settings
from django.db.models import prefetch_related_objects

from correspondence.incoming import duplicates, taught
from correspondence.incoming.authentication import SenderAuthentication
from correspondence.incoming.belief import is_believed
from correspondence.incoming.failures import together
from correspondence.incoming.processing import rests_on, save
from correspondence.incoming.taught import Taught
from correspondence.models import Mail, MailStatus
from correspondence.reading import machines
from correspondence.reading.kinds import KINDS, Kind, StepMove
from identifiers.masking import masked
from journal.entries import write_all
from journal.models import Entry, Event
from journal.parties import Party
from onboarding.models import Application
from onboarding.steps import PARTNER_ASSIGNMENT
from partners.models import IysContact
from tenancy.identities import known_to_each
from tenancy.models import Company

Outcome = tuple[MailStatus, str]  # what becomes of a mail, and why, as a Turkish sentence
OPEN = (MailStatus.READ, MailStatus.EARLY)  # these may act yet
# What this last stage writes on a mail.
FIELDS = (
    *("status", "status_why", "kept_answer", "application_id", "step_key", "tied_why", "kind", "extracted"),
    *("subject", "words", "doubt"),
)


class Facts:
    """What the rules ask of the database, once for all of some mails. It counts in the transaction in which it was
    asked and in which the mails are locked, and no longer."""

    def __init__(self, mails: Sequence[Mail]) -> None:
        prefetch_related_objects(mails, "company")
        companies = {mail.company.pk: mail.company for mail in mails if mail.company is not None}
        self._applications: dict[UUID, Application] = {}
        for each in Application.objects.live().filter(company__in=companies).order_by("opened_at"):
            each.company = companies[each.company_id]
            self._applications[each.company_id] = each
        self._numbers = known_to_each(companies.keys())

    def application(self, mail: Mail) -> Application | None:
        """The live one of the mail's company."""
        return self._applications.get(mail.company_id) if mail.company_id else None

    def numbers(self, mail: Mail) -> frozenset[str]:
        """The identity numbers that are known of the mail's company."""
        return self._numbers.get(mail.company_id, frozenset()) if mail.company_id else frozenset()

    def is_read_otherwise(self, mail: Mail) -> bool:
        """Whether a taught sentence by which the mail was understood was put out of use, or changed, since."""
        relied = rests_on(mail)
        return (
            bool(relied)
            and not relied.items() <= {known.taught: known.kind for known in self.sentences.of(mail)}.items()
        )

    @cached_property
    def sentences(self) -> Taught:
        return taught.active()

    @cached_property
    def desk(self) -> str:
        """Where İYS works on assignments."""
        return IysContact.current().assignment_email.lower()


def settle(keys: Sequence[UUID]) -> list[Mail]:
    """Settles those of these mails, oldest first, that move nothing, in one transaction; returns the others in
    their order. What makes the batch stumble leaves all of them to their own turns."""
    left = together(lambda: _settle(keys))
    if left is not None:
        return left
    rows = Mail.objects.in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def _settle(keys: Sequence[UUID]) -> list[Mail]:
    # Locked in the order in which `duplicates` locks.
    rows = {row.pk: row for row in Mail.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    mails = [rows[key] for key in keys if key in rows and rows[key].status in OPEN]
    copied, facts = duplicates.several(mails), Facts(mails)
    left: list[Mail] = []
    waiting: set[UUID] = set()  # companies of which a mail has its turn first
    settled: list[tuple[Mail, Outcome]] = []
    for mail in mails:
        found = None
        if mail.company_id not in waiting and mail.message_id not in copied and not _was_looked_at(mail, facts):
            found = outcome(mail, facts)
        if found is not None:
            settled.append((mail, found))
            continue
        left.append(mail)
        if mail.company_id is not None:
            waiting.add(mail.company_id)
    write_down(settled, facts)
    return left


def _was_looked_at(mail: Mail, facts: Facts) -> bool:
    """Whether somebody decided about it, it is to be read once more, or its company has become another one's."""
    merged = mail.company is not None and mail.company.merged_into_id is not None
    return merged or bool(mail.kept_answer) or facts.is_read_otherwise(mail)


def outcome(mail: Mail, facts: Facts) -> Outcome | None:
    """What becomes of a mail that moves nothing, wherever its step stands; None for every other. Says on the mail
    which application and step it speaks of."""
    spec = KINDS[mail.kind]
    if mail.rule == machines.ANSWER and mail.words and _concerns_a_case(mail):
        return MailStatus.PERSON, f"Otomatik yanıt görünüyor, ama okunması gereken sözleri var: “{mail.words}”"
    if spec.filed_because and mail.understood:
        return MailStatus.FILED, spec.filed_because
    if is_report(mail):
        return None
    if mail.company is None:
        return MailStatus.PERSON, "Hangi firmanın olduğu anlaşılamadı."
    application = facts.application(mail)
    if application is None:
        return MailStatus.PERSON, "Firmanın sürmekte olan bir başvurusu yok."
    if mail.application_id != application.pk:
        # What ties it to an application that was closed says nothing about the one after it.
        mail.application_id, mail.tied_why = application.pk, ""
    move = meant(mail, facts)
    if move is None:
        return MailStatus.PERSON, mail.doubt or "Ne dediği anlaşılamadı."
    mail.step_key = move.step_key
    if not is_believed(mail):
        if mail.sender_authentication == SenderAuthentication.COMPANY:
            return None
        return MailStatus.PERSON, "Gönderen doğrulanamadığı için kendiliğinden uygulanmadı."
    return None if mail.understood else (MailStatus.PERSON, mail.doubt)


def is_report(mail: Mail) -> bool:
    """Whether it says by itself what became of one of our letters."""
    return mail.kind == Kind.BOUNCE and mail.sender_authentication != SenderAuthentication.COMPANY


def meant(mail: Mail, facts: Facts) -> StepMove | None:
    """The move for which its kind stands, at the step that it speaks of.

    A mail that answers no letter of one it may be about speaks of the step that the desk of İYS's works on which
    wrote it: a refusal of the assignment reads like one of the application.
    """
    spec = KINDS[mail.kind]
    if not spec.moves:
        return None
    if mail.step_key in {each.step_key for each in spec.moves}:
        return spec.move_at(mail.step_key)
    return spec.move_at(PARTNER_ASSIGNMENT.key if mail.from_email.lower() == facts.desk else "")


def _concerns_a_case(mail: Mail) -> bool:
    """Whether it is a company's, or says that İYS sent it: a person reads its words then, whatever wrote them."""
    return (
        mail.company is not None
        or mail.sender_authentication == SenderAuthentication.VERIFIED
        or mail.from_email.rpartition("@")[2] in settings.IYS_DOMAINS
    )


def write_down(settled: Sequence[tuple[Mail, Outcome]], facts: Facts) -> None:
    """Saves on the rows what became of the mails and tells their companies' journals, by one statement each."""
    changed = [mail for mail, found in settled if _note(mail, *found, facts.numbers(mail))]
    if not changed:
        return
    save(changed, FIELDS)
    write_all([_entry(mail, mail.company) for mail in changed if mail.company is not None])


def _note(mail: Mail, status: MailStatus, why: str, known: frozenset[str]) -> bool:
    """Writes on the row what became of the mail; False when nothing is new."""
    why = masked(why, known)[:500]
    if (mail.status, mail.status_why) == (status, why):
        return False
    mail.status, mail.status_why = status, why
    if status not in OPEN:
        mail.kept_answer = ""
    # Whose it is was not known when it was read, and a passport number does not tell itself.
    mail.subject, mail.words, mail.doubt = (masked(each, known) for each in (mail.subject, mail.words, mail.doubt))
    return True


def _entry(mail: Mail, company: Company) -> Entry:
    is_iys = mail.sender_authentication == SenderAuthentication.VERIFIED
    return Entry(
        company=company,
        event=Event.MAIL_READ,
        text=f"“{mail.subject}” ({mail.from_email}): {mail.status_why}",
        party=Party.IYS if is_iys else Party.SYSTEM,
        application_id=mail.application_id,
        step_key=mail.step_key,
        data={"mail": str(mail.pk), "kind": mail.kind, "sender_authentication": mail.sender_authentication},
    )
