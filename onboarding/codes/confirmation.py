"""Verbs of step 3: codes read from İYS's mail or typed, differences settled one by one, codes confirmed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from brands.models import Brand
from correspondence.incoming.authentication import SenderAuthentication
from correspondence.models import Mail, MailStatus
from correspondence.reading.kinds import Kind as MailKind
from journal.entries import write
from journal.models import Event
from onboarding.actor import SYSTEM, Actor, NotAllowed, StaleState
from onboarding.attention.marks import raise_mark
from onboarding.code_differences import ANSWERS, Answer, Comparison, Decision, Difference, Kind, Named, compare
from onboarding.codes.clashes import brand_codes, free_codes_of_closed_attempts
from onboarding.codes.contradiction import Contradiction, contradiction, written_by_iys
from onboarding.models import Application, AttentionKind, CodeDecision, CodeReading, CodeSource
from onboarding.steps import CODE_RECEIPT
from onboarding.steps.code_receipt import CodeReceipt
from onboarding.transitions import perform, refusal
from tenancy.models import User

CLASH = "Bu kodlardan biri başka bir kayıtta da geçiyor; destek ekibi bakıyor ve size bilgi verecek."


def latest_reading(application: Application) -> CodeReading | None:
    return application.code_readings.first()


def comparison(reading: CodeReading) -> Comparison:
    """The reading beside the company's brands and trade name, with what was decided about it."""
    company = reading.application.company
    return compare(
        [Named(each["name"], each["code"]) for each in reading.brands],
        iys_code=reading.iys_code,
        trade_name_there=reading.trade_name,
        trade_name=company.trade_name,
        ours=[brand.name for brand in company.brands.all()],
        decisions=[
            Decision(Kind(each.kind), each.name, Answer(each.answer), each.same_as)
            for each in reading.decisions.all()
        ],
    )


def brought(application: Application) -> QuerySet[Mail]:
    """Approvals that the company itself forwarded or uploaded and that nobody has decided about; newest first."""
    return Mail.objects.filter(
        company=application.company,
        application_id=application.pk,
        kind=MailKind.APPROVED,
        sender_authentication=SenderAuthentication.COMPANY,
        status=MailStatus.PERSON,
    ).order_by("-received_at")


def keep_reading(
    *,
    application: Application,
    extracted: Mapping[str, Any],
    mail: Mail | None,
    source: CodeSource | None = None,
    typed_by: User | None = None,
) -> CodeReading:
    """Keeps the codes for the confirming click; changes no state. Without `source` İYS has said them itself."""
    return CodeReading.objects.create(
        application=application,
        source=source or (CodeSource.MAIL if mail else CodeSource.TOLD),
        typed_by=typed_by,
        trade_name=str(extracted.get("trade_name", ""))[:250],
        iys_code=extracted["iys_code"],
        brands=list(extracted["brands"]),
        mail=mail,
    )


def type_codes(
    *,
    application: Application,
    iys_code: str,
    brands: Sequence[tuple[str, str]],
    actor: Actor,
    expected_version: int,
) -> CodeReading:
    """The company types what İYS wrote to it. `brands` are (name, code) pairs, checked by the form."""
    with transaction.atomic():
        perform(
            application=application, step=CODE_RECEIPT, move="type", actor=actor, expected_version=expected_version
        )
        return CodeReading.objects.create(
            application=application,
            source=CodeSource.TYPED,
            iys_code=iys_code,
            brands=[{"name": name, "code": code} for name, code in brands],
            typed_by=actor.user,
        )


def use_iyss_codes(*, application: Application, actor: Actor, expected_version: int) -> None:
    """Takes the codes that İYS wrote, in place of what was typed or of none; they still are to be confirmed.

    Raises NotAllowed where İYS wrote none or its codes are those to be confirmed, and where the step forbids it.
    """
    with transaction.atomic():
        theirs = written_by_iys(application)
        is_read = application.records.get(step=CODE_RECEIPT.key).state == CodeReceipt.READ
        if theirs is None or (is_read and theirs == latest_reading(application)):
            raise NotAllowed("Onaylanacak kodlar zaten İYS'nin yazdıkları.")
        perform(
            application=application, step=CODE_RECEIPT, move="type", actor=actor, expected_version=expected_version
        )
        keep_reading(
            application=application,
            extracted={name: getattr(theirs, name) for name in ("trade_name", "iys_code", "brands")},
            mail=theirs.mail,
            source=CodeSource(theirs.source),
            typed_by=actor.user,
        )
        _note(application, "Yazılanlar yerine İYS'nin yazdığı kodlar alındı", actor)


def reopen(*, application: Application, actor: Actor, reason: str, expected_version: int) -> None:
    """Staff open the step again. Where İYS's codes are here already it is the company's turn, not İYS's."""
    with transaction.atomic():
        is_here = written_by_iys(application) is not None
        perform(
            application=application,
            step=CODE_RECEIPT,
            move="reopen",
            actor=actor,
            reason=reason,
            expected_version=expected_version,
            more_follows=is_here,
        )
        if is_here:
            perform(application=application, step=CODE_RECEIPT, move="ask_company", actor=SYSTEM, reason=reason)


@dataclass(frozen=True, slots=True)
class About:
    """Which difference of which reading a screen asks about; the screen may be out of date."""

    reading: int
    kind: str
    name: str


def settle_difference(*, application: Application, about: About, answer: str, same_as: str, actor: Actor) -> None:
    """Keeps what the company decided about one difference; nothing is changed before the codes are confirmed.

    Raises NotAllowed for what may not be decided (now),
    StaleState when newer codes have come meanwhile.
    """
    with transaction.atomic():
        found = _to_decide(application, about, actor)
        difference = _difference(comparison(found), about)
        decision = _checked(found, difference, answer, same_as)
        CodeDecision.objects.update_or_create(
            reading=found,
            kind=decision.kind,
            name=decision.name,
            defaults={"answer": decision.answer, "same_as": decision.same_as, "decided_by": actor.user},
        )
        _note(application, f"Kod farkı: {in_words(difference, decision)}", actor)


def reopen_difference(*, application: Application, about: About, actor: Actor) -> None:
    """Takes a decision back. Raises as `settle_difference` does."""
    with transaction.atomic():
        found = _to_decide(application, about, actor)
        if found.decisions.filter(kind=about.kind, name=about.name).delete()[0]:
            _note(application, f"Kod farkı: “{about.name}” kararı geri alındı", actor)


def _to_decide(application: Application, about: About, actor: Actor) -> CodeReading:
    locked = Application.objects.select_for_update().get(pk=application.pk)
    records = {record.step: record for record in locked.records.all()}
    why_not = refusal(locked, records, CODE_RECEIPT.move("confirm"), CODE_RECEIPT, actor)
    if why_not:
        raise NotAllowed(why_not)
    newest = latest_reading(application)
    if newest is None or newest.pk != about.reading:
        raise StaleState
    return newest


def _difference(found: Comparison, about: About) -> Difference:
    every = (*found.open, *(difference for difference, _decision in found.decided))
    for each in every:
        if (each.kind, each.name) == (about.kind, about.name):
            return each
    raise StaleState


def _checked(reading: CodeReading, difference: Difference, answer: str, same_as: str) -> Decision:
    if answer not in ANSWERS[difference.kind]:
        raise NotAllowed("Bu fark için seçeneklerden birini işaretleyin.")
    if answer == Answer.SAME and same_as not in comparison(reading).unmatched:
        raise NotAllowed("Hangi markanızın başka adı olduğunu seçin.")
    return Decision(difference.kind, difference.name, Answer(answer), same_as if answer == Answer.SAME else "")


def in_words(difference: Difference, decision: Decision) -> str:
    name = f"“{difference.name}”"
    match decision.answer:
        case Answer.SAME:
            return f"{name}, “{decision.same_as}” markasının İYS'deki adı"
        case Answer.ADD:
            return f"{name} yeni marka olarak eklenecek"
        case Answer.KEEP:
            return f"{name} kodsuz kalacak"
        case Answer.REMOVE:
            return f"{name} markalardan çıkarılacak"
        case Answer.THEIRS:
            return f"unvan İYS'deki gibi {name} olacak"
        case Answer.OURS:
            return f"unvan bizdeki gibi kalacak (İYS'de {name})"


def _note(application: Application, text: str, actor: Actor) -> None:
    write(
        company=application.company,
        event=Event.FILLED_IN,
        text=text,
        party=actor.party,
        actor=actor.user,
        application_id=application.pk,
        step_key=CODE_RECEIPT.key,
    )


def confirm(*, application: Application, actor: Actor, expected_version: int) -> None:
    """Makes the newest reading the company's codes, with what was decided about its differences.

    Raises NotAllowed while a difference is open, and when another company has one of the codes: then it is
    support's turn, and the company is told no more than that. Codes that İYS wrote otherwise are taken, since the
    company may know better, and support is told.
    """
    reading = latest_reading(application)
    if reading is None:
        raise NotAllowed("Onaylanacak kod henüz gelmedi.")
    try:
        with transaction.atomic():
            perform(
                application=application,
                step=CODE_RECEIPT,
                move="confirm",
                actor=actor,
                expected_version=expected_version,
            )
            found = comparison(reading)
            if found.open:
                raise NotAllowed(f"Önce farkları tek tek çözün; {len(found.open)} fark var.")
            free_codes_of_closed_attempts(application.company_id, brand_codes(reading))
            Application.objects.filter(pk=application.pk).update(iys_code=reading.iys_code)
            _write_codes(application, found)
            for difference, decision in found.decided:
                _carry_out(application, difference, decision, actor)
            brought(application).update(
                status=MailStatus.FILED, status_why="Kodlar onaylandı; bu e-postaya gerek kalmadı."
            )
            if against := contradiction(reading):
                _tell_support(application, reading, against, actor)
    except IntegrityError as error:
        perform(
            application=application,
            step=CODE_RECEIPT,
            move="clash",
            actor=SYSTEM,
            reason=CLASH,
            expected_version=expected_version,
        )
        raise NotAllowed(CLASH) from error


def _tell_support(application: Application, reading: CodeReading, found: Contradiction, actor: Actor) -> None:
    raise_mark(
        record=application.records.get(step=CODE_RECEIPT.key),
        kind=AttentionKind.CODE_CORRECTED,
        idempotency_key=f"code reading:{reading.pk}",
        text=f"Firma, İYS'nin yazdığından farklı kod onayladı ({'; '.join(map(str, found.lines))})",
        actor=actor,
    )


def _write_codes(application: Application, found: Comparison) -> None:
    company = application.company
    ours = {brand.name: brand for brand in company.brands.all()}
    # Two brands whose codes change places would meet in the constraint halfway.
    company.brands.filter(code__in=[line.code for line in found.lines]).update(code="")
    for line in found.lines:
        known = ours.get(line.ours)
        if known is None:
            Brand.objects.create(company=company, name=line.name[:150], code=line.code)
        else:
            known.code = line.code
            known.save(update_fields=["code"])


def _carry_out(application: Application, difference: Difference, decision: Decision, actor: Actor) -> None:
    company = application.company
    match decision.answer:
        case Answer.KEEP:
            company.brands.filter(name=difference.name).update(code="")
        case Answer.REMOVE:
            company.brands.filter(name=difference.name).delete()
            _note(application, f"“{difference.name}” markası çıkarıldı: İYS'de kaydı yok", actor)
        case Answer.THEIRS:
            before, company.trade_name = company.trade_name, " ".join(difference.name.split())
            company.save(update_fields=["trade_name"])
            _note(
                application, f"Ticaret unvanı İYS'deki gibi yazıldı: {company.trade_name} (önce: {before})", actor
            )
