"""The last stage of an incoming mail: what it means for a step, whether that is believed, and the move that
follows, by the same transitions as every screen's.

What İYS says moves a step only when our own mail server vouches for an İYS domain and each of its sentences is
understood; a company's request for a package only from a verified address of the company. Either must also be tied
to this very application (`ties`). A bounce gives the step back to staff when it came to the address that only
reports of that letter come to. A mail that comes too soon is held as early; one that a machine cannot decide waits
for a person.
"""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from correspondence.incoming import duplicates, taught
from correspondence.incoming.belief import is_believed
from correspondence.incoming.failures import isolate
from correspondence.incoming.processing import record_reading
from correspondence.models import Mail, MailStatus
from correspondence.reading.kinds import KINDS, Kind, KindSpec, StepMove
from documents.antivirus import Unchecked
from onboarding.actor import IYS, Actor, NotAllowed
from onboarding.applications import live_application
from onboarding.machine import Move, Step
from onboarding.mail import against, answers, early, forwarded, reports, resting, ties, validity
from onboarding.mail.resting import Facts, Outcome
from onboarding.models import Application, StepRecord
from onboarding.steps import BY_KEY, CODE_RECEIPT, STEPS
from onboarding.steps.code_receipt import AWAITED
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
    """Lets one mail do what it may, in a transaction of its own, and saves on its row what became of it and why.

    A second worker, or the same mail in a second mailbox, waits for the first and finds it done: what counts is
    read under the lock, and nothing of `mail` as it was seen before.
    """
    with isolate(mail), transaction.atomic():
        now, others = duplicates.lock_with_duplicates(mail)
        if now.status not in resting.OPEN:
            return
        _find_merged(now)
        facts = Facts([now])
        if duplicates.was_applied(now, others):
            outcome: Outcome = (MailStatus.FILED, duplicates.ALREADY_CAME)
        elif decided := early.kept(now):
            outcome = _make_kept(now, decided)
        else:
            if facts.is_read_otherwise(now):
                record_reading(now, taught.read_again(now, facts.sentences))
                now.save()
            outcome = resting.outcome(now, facts) or _moved(now, facts)
        resting.write_down([(now, outcome)], facts)


def _find_merged(mail: Mail) -> None:
    """It was found to be a company's that has been merged into another one since: it is that one's."""
    if mail.company is not None and mail.company.merged_into is not None:
        mail.company = mail.company.today
        mail.save(update_fields=["company"])


def _moved(mail: Mail, facts: Facts) -> Outcome:
    """What becomes of a mail that does not rest (`resting`) whatever its step stands at."""
    spec = KINDS[mail.kind]
    if resting.is_report(mail):
        return reports.apply(mail)
    application, meant = facts.application(mail), resting.meant(mail, facts)
    if application is None or meant is None:
        raise ValueError("A mail that can mean nothing for a step rests.")
    prefetch_related_objects([application], "records")
    if not is_believed(mail):
        return forwarded.hand_over(application, mail)
    if untied := ties.tie(mail, application):
        return MailStatus.PERSON, untied
    return _move(application, mail, spec, meant)


def _make_kept(mail: Mail, decided: early.Decision) -> Outcome:
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


def _move(application: Application, mail: Mail, spec: KindSpec, meant: StepMove) -> Outcome:
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
) -> Outcome:
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
    return bool(record.turn) and record.state in AWAITED


def _take(
    application: Application,
    mail: Mail,
    step: Step,
    row: Move,
    actor: Actor,
    *,
    reason: str,
    data: Mapping[str, object] | None = None,
) -> Outcome:
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
