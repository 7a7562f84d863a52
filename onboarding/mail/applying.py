"""The last stage of an incoming mail: what it means for a step, whether that is believed, and the move that
follows, by the same transitions as every screen's.

What İYS says moves a step only when our own mail server vouches for an İYS domain and each of its sentences is
understood; a company's request for a package only from a verified address of the company. Either must also be tied
to this very application (`ties`). A bounce gives the step back to staff when it came to the address that only
reports of that letter come to. A mail that comes too soon is held as early; one that a machine cannot decide waits
for a person.
"""

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from correspondence.incoming import duplicates, taught
from correspondence.incoming.authentication import SenderAuthentication
from correspondence.incoming.belief import is_believed
from correspondence.incoming.failures import isolate
from correspondence.incoming.processing import record_reading, rests_on
from correspondence.models import Mail, MailStatus
from correspondence.reading import machines
from correspondence.reading.kinds import KINDS, Kind, KindSpec, StepMove
from documents.antivirus import Unchecked
from identifiers.masking import masked
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from onboarding.actor import IYS, Actor, NotAllowed
from onboarding.applications import live_application
from onboarding.machine import Move, Step
from onboarding.mail import against, answers, early, forwarded, reports, ties, validity
from onboarding.models import Application, StepRecord
from onboarding.steps import BY_KEY, CODE_RECEIPT, PARTNER_ASSIGNMENT, STEPS
from partners.models import IysContact
from tenancy.identities import known_to
from tenancy.models import User


def due() -> QuerySet[Mail]:
    """Mails that were processed, and early ones whose step is open by now, or ended without them; oldest first."""
    records = StepRecord.objects.filter(application=OuterRef("application_id"), step=OuterRef("step_key"))
    ended = Q(application__closed_at__isnull=False)
    for step in STEPS:
        ended |= Q(step=step.key, state__in=step.done)
    settled = records.filter(~Q(turn="") | ended)
    return Mail.objects.filter(Q(status=MailStatus.READ) | Q(Exists(settled), status=MailStatus.EARLY)).order_by(
        "received_at"
    )


def apply(*, mail: Mail) -> None:
    """Lets one mail do what it may, and saves on its row what became of it and why.

    A second worker, or the same mail in a second mailbox, waits for the first and finds it done.
    """
    with isolate(mail), transaction.atomic():
        others = duplicates.lock_with_duplicates(mail)
        if mail.status not in (MailStatus.READ, MailStatus.EARLY):
            return
        if duplicates.was_applied(mail, others):
            status, why = MailStatus.FILED, duplicates.ALREADY_CAME
        elif decided := early.kept(mail):
            status, why = _make_kept(mail, decided)
        else:
            _read_anew(mail)
            status, why = _apply(mail)
        known = known_to(mail.company)
        why = masked(why, known)[:500]
        if (mail.status, mail.status_why) == (status, why):
            return
        mail.status, mail.status_why = status, why
        if status not in (MailStatus.READ, MailStatus.EARLY):
            mail.kept_answer = ""
        # Whose it is was not known when it was read, and a passport number does not tell itself.
        mail.subject, mail.words, mail.doubt = (
            masked(each, known) for each in (mail.subject, mail.words, mail.doubt)
        )
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


def _read_anew(mail: Mail) -> None:
    """Reads a mail again that has waited, when a sentence by which it was understood was put out of use."""
    relied = rests_on(mail)
    if not relied:
        return
    sentences = taught.active()
    today = {known.taught: known.kind for known in sentences.of(mail)}
    if not relied.items() <= today.items():
        record_reading(mail, taught.read_again(mail, sentences))
        mail.save()


def _apply(mail: Mail) -> tuple[MailStatus, str]:
    spec = KINDS[mail.kind]
    if mail.rule == machines.ANSWER and mail.words and _concerns_a_case(mail):
        return MailStatus.PERSON, f"Otomatik yanıt görünüyor, ama okunması gereken sözleri var: “{mail.words}”"
    if spec.filed_because and mail.understood:
        return MailStatus.FILED, spec.filed_because
    if spec.kind is Kind.BOUNCE and mail.sender_authentication != SenderAuthentication.COMPANY:
        return reports.apply(mail)
    if mail.company is None:
        return MailStatus.PERSON, "Hangi firmanın olduğu anlaşılamadı."
    application = live_application(mail.company)
    if application is None:
        return MailStatus.PERSON, "Firmanın sürmekte olan bir başvurusu yok."
    if mail.application_id != application.pk:
        # What ties it to an application that was closed says nothing about the one after it.
        mail.application_id, mail.tied_why = application.pk, ""
    speaks_of = {each.step_key for each in spec.moves}
    meant = spec.move_at(mail.step_key if mail.step_key in speaks_of else _step_of_desk(mail))
    if meant is None:
        return MailStatus.PERSON, mail.doubt or "Ne dediği anlaşılamadı."
    mail.step_key = meant.step_key
    believed = is_believed(mail)
    if not believed and mail.sender_authentication == SenderAuthentication.COMPANY:
        return forwarded.hand_over(application, mail)
    if not believed:
        return MailStatus.PERSON, "Gönderen doğrulanamadığı için kendiliğinden uygulanmadı."
    if not mail.understood:
        return MailStatus.PERSON, mail.doubt
    if untied := ties.tie(mail, application):
        return MailStatus.PERSON, untied
    return _move(application, mail, spec, meant)


def _step_of_desk(mail: Mail) -> str:
    """The step that the desk of İYS's works on which wrote a mail that answers no letter of one it may be about;
    empty for any other. A refusal of the assignment reads like one of the application."""
    desk = IysContact.current().assignment_email.lower()
    return PARTNER_ASSIGNMENT.key if mail.from_email.lower() == desk else ""


def _make_kept(mail: Mail, decided: early.Decision) -> tuple[MailStatus, str]:
    """What a person decided while the step was not ready, by the checks of today."""
    application = live_application(mail.company) if mail.company else None
    if application is None or application.pk != mail.application_id:
        return MailStatus.PERSON, f"“{decided.in_words}” kararı kapanan bir başvuru içindi; uygulanmadı."
    by = User.objects.filter(pk=decided.by).first()
    if by is None or not early.may_decide(by, application.company):
        return MailStatus.PERSON, f"“{decided.in_words}” kararını veren kişinin artık yetkisi yok; uygulanmadı."
    actor = decided.actor(by)
    if why_not := early.not_now(application, decided.of_step, decided.row, actor.party):
        if why_not[0] != MailStatus.EARLY:
            return why_not
        early.name_for_support(mail, application.records.get(step=decided.step), decided.row)
        return why_not[0], mail.status_why
    mail.kind, mail.extracted, mail.step_key = decided.kind, dict(decided.extracted), decided.step
    return _take(
        application, mail, decided.of_step, decided.row, actor, reason=decided.note, data=decided.journalled
    )


def _concerns_a_case(mail: Mail) -> bool:
    """Whether it is a company's, or says that İYS sent it: a person reads its words then, whatever wrote them."""
    return (
        mail.company is not None
        or mail.sender_authentication == SenderAuthentication.VERIFIED
        or mail.from_email.rpartition("@")[2] in settings.IYS_DOMAINS
    )


def _move(application: Application, mail: Mail, spec: KindSpec, meant: StepMove) -> tuple[MailStatus, str]:
    step = BY_KEY[meant.step_key]
    row = step.move(meant.move)
    actor = Actor(spec.said_by)
    why_not = early.not_now(application, step, row, actor.party)
    if why_not is not None:
        return _not_made(application, mail, step, row, *why_not)
    if others := against.contradicted(mail, application):
        # What a person decided stays decided.
        undecided = [each.pk for each in others if not each.kept_answer]
        held = Mail.objects.filter(pk__in=undecided, status=MailStatus.EARLY)
        held.update(status=MailStatus.PERSON, status_why=against.EARLY)
        return MailStatus.PERSON, against.EARLY
    if other := against.other_package(mail, application):
        return MailStatus.PERSON, other
    reason = str(mail.extracted.get("remarks", "")) or (mail.words if row.reason_required else "")
    done = _take(application, mail, step, row, actor, reason=reason)
    if spec.kind is Kind.OFFER and done[0] == MailStatus.APPLIED:
        until = validity.last_day(mail)
        if until is not None and until < timezone.localdate():
            # It came too early for its step, or too late for anybody.
            why = f"{until:%d.%m.%Y} tarihine kadar geçerliydi"
            done = _take(application, mail, step, step.move("expire"), actor, reason=why)
    return done


def _not_made(
    application: Application, mail: Mail, step: Step, row: Move, status: MailStatus, why: str
) -> tuple[MailStatus, str]:
    """What becomes of a mail whose move cannot be made now: what contradicts those before it is for people."""
    record = application.records.get(step=step.key)
    if status == MailStatus.FILED and mail.extracted.get("iys_code") and _awaits_codes(application):
        # The approval was told on the telephone before; the codes were not.
        mail.step_key = CODE_RECEIPT.key
        return _take(application, mail, CODE_RECEIPT, CODE_RECEIPT.move("read"), IYS, reason="")
    if status == MailStatus.FILED and against.says_otherwise(mail, application):
        return MailStatus.PERSON, against.LATE
    if status == MailStatus.EARLY and against.is_of_the_round_before(mail, record, row):
        if mail.kind == Kind.RECEIVED or against.is_said_already(mail, application):
            status, why = MailStatus.FILED, against.SAID_ALREADY
        else:
            status, why = MailStatus.PERSON, against.AGAIN
    if status != MailStatus.FILED and against.was_stopped(mail, record):
        return MailStatus.PERSON, against.STOPPED
    if status == MailStatus.EARLY:
        early.name_for_support(mail, record, row)
    if status == MailStatus.FILED and mail.kind == Kind.RECEIVED:
        answers.note_number(application, mail.extracted)
    return status, why


def _awaits_codes(application: Application) -> bool:
    record = application.records.get(step=CODE_RECEIPT.key)
    return bool(record.turn) and record.state == CODE_RECEIPT.initial


def _take(
    application: Application,
    mail: Mail,
    step: Step,
    row: Move,
    actor: Actor,
    *,
    reason: str,
    data: Mapping[str, object] | None = None,
) -> tuple[MailStatus, str]:
    try:
        answers.take(
            application=application,
            step=step,
            move=row.name,
            extracted=mail.extracted,
            actor=actor,
            reason=reason,
            mail=mail,
            data=data,
        )
    except NotAllowed as error:
        return MailStatus.PERSON, str(error)
    except Unchecked:
        return MailStatus.READ, "Eki virüs taramasından geçirilemedi; tarayıcı yanıt verince yeniden denenecek."
    return MailStatus.APPLIED, f"{step.title}: {row.label}"
