"""What an incoming mail means for a step, and who is believed: the same transitions as every screen's.

Nothing unverified ever changes a state. A mail that comes too soon is held as early; one that a machine
cannot decide waits for a person.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from correspondence.incoming import uploads
from correspondence.incoming.authentication import SenderAuthentication
from correspondence.incoming.processing import one_bad_mail, says_the_same
from correspondence.models import Letter, Mail, MailStatus
from correspondence.reading.classification import Kind
from documents.antivirus import Unchecked
from identifiers import turkish
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from onboarding.actor import IYS, Actor, NotAllowed
from onboarding.applications import live_application
from onboarding.gate import Status
from onboarding.machine import Step
from onboarding.mail import answers, forwarded, outcomes
from onboarding.models import Application, StepRecord
from onboarding.steps import PACKAGE_CONTRACT, PARTNER_ASSIGNMENT, STATUS_QUERY
from tenancy.models import Company, User


@dataclass(frozen=True, slots=True)
class Meaning:
    """The move that a kind of mail stands for, and whose word it has to be."""

    step: Step
    move: str
    believed: SenderAuthentication = SenderAuthentication.VERIFIED


MEANINGS: Mapping[Kind, Meaning] = {
    Kind.RECEIVED: Meaning(STATUS_QUERY, "received"),
    Kind.CHANGES_ASKED: Meaning(STATUS_QUERY, "ask_changes"),
    Kind.CONTINUE_LINK: Meaning(STATUS_QUERY, "continue_link"),
    Kind.APPROVED: Meaning(STATUS_QUERY, "approve"),
    Kind.OFFER: Meaning(PACKAGE_CONTRACT, "offer"),
    Kind.PAYMENT_RECEIVED: Meaning(PACKAGE_CONTRACT, "payment_received"),
    Kind.PAYMENT_FAILED: Meaning(PACKAGE_CONTRACT, "payment_failed"),
    Kind.ASSIGNMENT_CONFIRMED: Meaning(PARTNER_ASSIGNMENT, "confirm"),
    Kind.PACKAGE_REQUEST: Meaning(PACKAGE_CONTRACT, "request_seen", SenderAuthentication.COMPANY),
}
REFUSED_ASSIGNMENT = Meaning(PARTNER_ASSIGNMENT, "refuse")
REFUSED_APPLICATION = Meaning(STATUS_QUERY, "refuse")
NOTHING_TO_DO = {
    Kind.AUTO_REPLY: "Otomatik yanıt: hiçbir adımı değiştirmez.",
}


def companies_of_numbers(numbers: frozenset[str]) -> frozenset[UUID]:
    """Whose İYS application numbers or codes these are, among live applications."""
    return frozenset().union(*owners_of_numbers(numbers).values())


def owners_of_numbers(numbers: frozenset[str]) -> dict[str, set[UUID]]:
    """The same by number."""
    applications = Application.objects.live().filter(
        Q(iys_application_number__in=numbers) | Q(iys_code__in=numbers)
    )
    owners: dict[str, set[UUID]] = defaultdict(set)
    for company, *names in applications.values_list("company_id", "iys_application_number", "iys_code"):
        for number in numbers.intersection(names):
            owners[number].add(company)
    return owners


def to_apply() -> QuerySet[Mail]:
    """Mails that were read, and early ones whose step is open by now; oldest first."""
    open_step = StepRecord.objects.filter(
        application=OuterRef("application_id"), step=OuterRef("step_key")
    ).exclude(turn="")
    return Mail.objects.filter(Q(status=MailStatus.READ) | Q(Exists(open_step), status=MailStatus.EARLY)).order_by(
        "taken_in_at"
    )


def apply_waiting() -> None:
    """Lets every mail that was read do what it may, each by itself."""
    for key in list(to_apply().values_list("pk", flat=True)):
        apply(mail=Mail.objects.select_related("company").get(pk=key))


def apply(*, mail: Mail) -> None:
    """Lets one mail do what it may, and saves on its row what became of it and why.

    A second worker, or the same mail in a second mailbox, waits for the first and finds it done.
    """
    with one_bad_mail(mail), transaction.atomic():
        duplicates = list(_locked_with_duplicates(mail))
        if mail.status not in (MailStatus.READ, MailStatus.EARLY):
            return
        if any(
            duplicate.status == MailStatus.APPLIED and says_the_same(mail, duplicate) for duplicate in duplicates
        ):
            status, why = MailStatus.FILED, "Aynı e-posta başka bir posta kutusuna da gelmişti."
        else:
            status, why = _apply(mail)
        if (mail.status, mail.status_why) == (status, why):
            return
        mail.status, mail.status_why = status, why[:500]
        mail.save()
        if mail.company is not None:
            write(
                company=mail.company,
                event=Event.MAIL_READ,
                text=f"“{mail.subject}” ({mail.from_email}): {why}",
                party=Party.IYS if mail.sender_authentication == SenderAuthentication.VERIFIED else Party.SYSTEM,
                application_id=mail.application_id,
                step_key=mail.step_key,
                data={
                    "mail": str(mail.pk),
                    "kind": mail.kind,
                    "sender_authentication": mail.sender_authentication,
                },
            )


def take_upload(*, company: Company, payload: bytes, by: User) -> Mail:
    """A mail that a signed-in person of the company hands in. Raises Refused as `uploads` does."""
    mail = uploads.take_upload(company=company, payload=payload, by=by)
    apply(mail=mail)
    return mail


def _locked_with_duplicates(mail: Mail) -> Iterator[Mail]:
    same = Q(pk=mail.pk) | Q(message_id=mail.message_id) if mail.message_id else Q(pk=mail.pk)
    for each in Mail.objects.select_for_update().filter(same).order_by("pk"):
        if each.pk == mail.pk:
            mail.status, mail.status_why = each.status, each.status_why
        else:
            yield each


def _apply(mail: Mail) -> tuple[MailStatus, str]:
    kind = Kind(mail.kind)
    if kind in NOTHING_TO_DO:
        return MailStatus.FILED, NOTHING_TO_DO[kind]
    if kind is Kind.BOUNCE and mail.sender_authentication != SenderAuthentication.COMPANY:
        return _bounced(mail)
    if mail.company is None:
        return MailStatus.PERSON, "Hangi firmanın olduğu anlaşılamadı."
    application = live_application(mail.company)
    if application is None:
        return MailStatus.PERSON, "Firmanın sürmekte olan bir başvurusu yok."
    mail.application_id = application.pk
    meaning = meaning_of(mail)
    if meaning is None:
        return MailStatus.PERSON, f"“{mail.rule}”" if mail.rule else "Ne dediği bir kuralla anlaşılamadı."
    mail.step_key = meaning.step.key
    if (
        mail.sender_authentication != meaning.believed
        and mail.sender_authentication == SenderAuthentication.COMPANY
    ):
        return MailStatus.PERSON, forwarded.why_it_waits(application, mail)
    if mail.sender_authentication != meaning.believed:
        return MailStatus.PERSON, "Gönderen doğrulanamadığı için kendiliğinden uygulanmadı."
    if mail.forwarded:
        return MailStatus.PERSON, "Sözler iletilen bir e-postanın içinde; kendiliğinden uygulanmadı."
    if why := _speaks_of_another(mail, application):
        return MailStatus.PERSON, why
    return _move(application, mail, meaning)


def _bounced(mail: Mail) -> tuple[MailStatus, str]:
    """A letter of ours came back. The Message-ID that the report names is known to nobody but those to whom
    the letter went, and all that it does is to give the turn to people."""
    letters = Letter.objects.filter(message_id__in=mail.extracted.get("bounced_ids", ()))
    told = [
        outcomes.bounced(
            letter=letter, recipients=mail.extracted.get("bounced_to", ()), why=mail.extracted["remarks"]
        )
        for letter in letters
    ]
    if not told:
        return MailStatus.PERSON, "Geri dönen mektubun hangisi olduğu anlaşılamadı."
    moved = all(each.moved for each in told)
    return MailStatus.APPLIED if moved else MailStatus.PERSON, " ".join(each.text for each in told)


def _speaks_of_another(mail: Mail, application: Application) -> str:
    """Why the mail may be about another company than the one that it came to; empty when nothing says so."""
    for name, ours, called in (
        ("application_number", application.iys_application_number, "başvuru numarası"),
        ("iys_code", application.iys_code, "İYSKod"),
    ):
        theirs = mail.extracted.get(name, "")
        if theirs and ours and theirs != ours:
            return f"E-postadaki {called} ({theirs}) firmanınkinden ({ours}) farklı."
    named = mail.extracted.get("trade_name", "")
    if named and not turkish.akin(named, application.company.trade_name):
        return f"E-postadaki unvan ({named}) firmanınkine benzemiyor."
    return ""


def meaning_of(mail: Mail) -> Meaning | None:
    """What the mail's reading stands for; None when it was read as nothing that a step is told."""
    if not mail.kind:
        return None
    kind = Kind(mail.kind)
    if kind is Kind.REFUSED:
        return REFUSED_ASSIGNMENT if mail.step_key == PARTNER_ASSIGNMENT.key else REFUSED_APPLICATION
    return MEANINGS.get(kind)


def _move(application: Application, mail: Mail, meaning: Meaning) -> tuple[MailStatus, str]:
    verdict = application.verdicts()[meaning.step.number - 1]
    if verdict.status is Status.LOCKED:
        return MailStatus.EARLY, "Adımı henüz açılmadı; açılınca kendiliğinden uygulanacak."
    row = meaning.step.move(meaning.move)
    record = application.records.get(step=meaning.step.key)
    actor = IYS if meaning.believed is SenderAuthentication.VERIFIED else Actor(Party.COMPANY)
    why_not = meaning.step.refusal(row, record.standing, by=actor.party)
    if why_not and meaning.step.reaches(record.standing.state, row):
        return MailStatus.EARLY, "Adım henüz bu yanıta hazır değil; sırası gelince uygulanacak."
    if why_not:
        return MailStatus.FILED, "Adım bu aşamayı zaten geçmiş."
    try:
        answers.take(
            application=application,
            step=meaning.step,
            move=meaning.move,
            extracted=mail.extracted,
            actor=actor,
            reason=str(mail.extracted.get("remarks", "")) or (mail.words if row.reason_required else ""),
            mail=mail,
        )
    except NotAllowed as error:
        return MailStatus.PERSON, str(error)
    except Unchecked:
        return MailStatus.READ, "Eki virüs taramasından geçirilemedi; tarayıcı yanıt verince yeniden denenecek."
    return MailStatus.APPLIED, f"{meaning.step.title}: {row.label}"
