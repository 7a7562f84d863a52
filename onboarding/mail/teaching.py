"""Teaching: a person says once what a sentence of İYS's means; mails of that wording are understood from then on.

A taught sentence belongs to the partner whose staff taught it; who may, teaches for all. It gives no trust: a mail
still has to be believed and tied to its case.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from correspondence.incoming import decisions, taught
from correspondence.incoming.belief import is_believed
from correspondence.incoming.processing import sentences_of
from correspondence.models import Mail, MailStatus, TaughtSentence
from correspondence.reading.classification import NOTHING_SAID
from correspondence.reading.result import Reading
from correspondence.reading.understanding import Meaning, Sentence
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from onboarding.applications import live_application
from onboarding.mail import reread
from partners.models import Partner
from tenancy.models import User

# Whether the mail is tied to the case, and its step ready for it, is asked when it moves.
MOVES = "Başvurusuna bağlıysa ve adımına uyuyorsa hemen uygulanır."
NOTHING_TO_DO = "Öbür böyle e-postalarla birlikte dosyalanabilir."
TRIED = 200  # stored mails, the newest first
TEACH = "correspondence.add_taughtsentence"
TEACH_FOR_ALL = "correspondence.teach_for_all"


class NotTaught(Exception):
    """Why the sentence cannot be taught; the message is Turkish."""


@dataclass(frozen=True, slots=True)
class Change:
    """A stored mail that would be read otherwise. `acts`: it waits, so that it may move its step then."""

    mail: Mail
    before: Reading
    said: Reading
    acts: bool


def may_teach(user: User, mail: Mail) -> bool:
    """A sentence that holds for nobody's mails teaches nothing: a mail that is nobody's yet is first given to a
    company, except by who may teach for all."""
    if not decisions.is_undecided(mail) or not user.has_perm(TEACH):
        return False
    return taught.partner_of(mail) is not None or user.has_perm(TEACH_FOR_ALL)


def sentence_at(mail: Mail, place: int) -> Sentence | None:
    """The sentence of a mail that can be taught: one that nobody knows."""
    sentences = sentences_of(mail)
    if place >= len(sentences) or sentences[place].meaning is not Meaning.UNKNOWN:
        return None
    return sentences[place]


def names_in(mail: Mail) -> list[tuple[str, str]]:
    """What the firm and its case are called, and the blank for it; the longest first."""
    if mail.company is None:
        return []
    company = mail.company
    names = [(company.trade_name, "unvan")]
    names += [(brand.name, "marka") for brand in company.brands.all()]
    names += [(name, "iş ortağı") for name in (company.partner.legal_name, company.partner.name)]
    if (application := live_application(company)) is not None:
        names += [(application.iys_application_number, "numara"), (application.iys_code, "kod")]
    return sorted(names, key=lambda each: -len(each[0]))


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


def preview(row: TaughtSentence, *, by: User) -> list[Change]:
    """The stored mails that would be read otherwise if the sentence were known as it stands in `row`."""
    return [
        Change(mail, before, said, decisions.is_undecided(mail))
        for mail, before, said in taught.would_change(row, stored_mails(by))
    ]


def outlook(change: Change) -> str:
    """What becomes of the mail then, in words for people."""
    if not change.acts:
        return "Karar verilmişti; değişmez."
    if change.said.doubt == NOTHING_SAID:
        return NOTHING_TO_DO
    if change.said.doubt:
        return "Kararı yine bir kişi verir."
    if change.mail.company is None:
        return "Hangi firmanın olduğunu yine bir kişi seçer."
    believed = is_believed(change.mail, change.said.kind)
    return MOVES if believed else "Gönderen doğrulanmadı: kararı yine bir kişi verir."


def teach(row: TaughtSentence, *, by: User) -> list[Mail]:
    """Saves a sentence of `row.mail`, and lets the waiting mails that it makes understood do what they may;
    returns those that moved a step. Raises NotTaught."""
    if row.partner is None and not by.has_perm(TEACH_FOR_ALL):
        raise NotTaught("Bütün iş ortakları için cümle öğretme yetkiniz yok.")
    moved = save(row, by=by)
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
    return moved


def save(row: TaughtSentence, *, by: User) -> list[Mail]:
    """As `teach`, for a sentence that is taught, put out of use, or said to mean something else."""
    changes = [change.mail for change in preview(row, by=by) if change.acts]
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise NotTaught(
            "Bu cümle zaten öğretilmiş. “Öğretilen cümleler” listesinde bulup orada değiştirin."
        ) from error
    return [mail for mail in _act(changes) if mail.status == MailStatus.APPLIED]


def _act(mails: Iterable[Mail]) -> Iterator[Mail]:
    sentences = taught.active()
    for mail in mails:
        yield reread.apply(reread.Difference(mail, taught.read_again(mail, sentences), moves=True))
