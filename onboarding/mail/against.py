"""Mails of İYS's that say otherwise than another one about the same step: no machine chooses between them.

What is said again changes nothing and is filed. What contradicts it reaches a person, whichever came first.
"""

from typing import Any

from correspondence.incoming.processing import sentences_of
from correspondence.models import Mail, MailStatus
from correspondence.reading.kinds import KINDS, Kind
from correspondence.reading.understanding import Meaning
from identifiers.turkish import fold
from journal.models import Entry, Event
from journal.parties import Party
from onboarding.codes import confirmation
from onboarding.machine import Move
from onboarding.models import Application, PackageChoice, StepRecord

LATE = "Adım bu aşamayı geçmişti, ama bu e-posta öncekilerden başka bir şey söylüyor; destek ekibi bakmalı."
EARLY = (
    "Aynı adım için bununla bağdaşmayan başka bir e-posta da erken geldi; hangisinin geçtiğine siz karar verin."
)
AGAIN = (
    "Adım bu aşamadan bir kez geçmiş, şimdi yeniden hazırlanıyor: bu e-posta önceki istek için yazılmış olabilir; "
    "destek ekibi bakmalı."
)
SAID_ALREADY = "İYS bunu daha önce de yazmıştı; yapılacak yeni bir şey yok."
STOPPED = "İYS bu adımı durdurmuştu, bu e-posta başka bir şey söylüyor; destek ekibi bakmalı."


def is_bad_news(kind: str) -> bool:
    """Bad news is what phrases suggest to people."""
    return bool(KINDS[Kind(kind)].rules)


def _is_on_the_way(mail: Mail) -> bool:
    return KINDS[Kind(mail.kind)].on_the_way


def says_otherwise(mail: Mail, application: Application) -> bool:
    """Whether a mail for a stage that its step has passed says anything but what made it pass."""
    if is_bad_news(mail.kind):
        return True
    if mail.kind == Kind.APPROVED:
        codes_came = mail.extracted.get("iys_code", "") and confirmation.latest_reading(application)
        return bool(codes_came) and not is_read_already(mail, application)
    if _is_on_the_way(mail):
        return False
    before = Mail.objects.filter(application_id=application.pk, status=MailStatus.APPLIED, kind=mail.kind)
    said = [_claims(each) for each in before.filter(step_key=mail.step_key)]
    return bool(said) and _claims(mail) not in said


def was_stopped(mail: Mail, record: StepRecord) -> bool:
    """Whether bad news stopped the step, and the mail is no stage on the way."""
    brought = {
        record.definition.move(each.move).target
        for spec in KINDS.values()
        if is_bad_news(spec.kind)
        for each in spec.moves
        if each.step_key == record.step
    }
    return record.state in brought and not _is_on_the_way(mail)


def is_of_the_round_before(mail: Mail, record: StepRecord, row: Move) -> bool:
    """Whether the step has waited for such a mail already and is being prepared anew: what comes now was not
    written about what will be sent. While a letter is on its way, good news may be faster than its receipt."""
    step = record.definition
    if record.turn == Party.SYSTEM and not is_bad_news(mail.kind):
        return False
    waited = [state for state in row.source if step.turns.get(state) is Party.IYS] or list(row.source)
    moves = Entry.objects.filter(application_id=record.application_id, step_key=record.step, event=Event.MOVED)
    return moves.filter(data__left__in=waited).exclude(data__state__in=waited).exists()


def is_said_already(mail: Mail, application: Application) -> bool:
    """Whether it brings just what one of İYS's mails has brought that came before and acted."""
    if not any(mail.extracted.values()):
        return False
    if mail.kind == Kind.APPROVED:
        return is_read_already(mail, application)
    before = Mail.objects.filter(application_id=application.pk, status=MailStatus.APPLIED, kind=mail.kind)
    return any(each.extracted == mail.extracted for each in before.exclude(pk=mail.pk))


def is_read_already(mail: Mail, application: Application) -> bool:
    """Whether the codes of an approval are those that were read last."""
    taken = confirmation.latest_reading(application)
    return taken is not None and (taken.iys_code, _codes(taken.brands)) == _said_codes(mail)


def contradicted(mail: Mail, application: Application) -> list[Mail]:
    """The mails that are held for the same step and do not go together with this one."""
    held = Mail.objects.filter(application_id=application.pk, step_key=mail.step_key, status=MailStatus.EARLY)
    return [each for each in held.exclude(pk=mail.pk).exclude(message_id=mail.message_id) if _against(mail, each)]


def other_package(mail: Mail, application: Application) -> str:
    """Why a mail that names another package than the company asked for is for people; empty when it does not."""
    choice = PackageChoice.objects.filter(application=application).select_related("package").first()
    if choice is None:
        return ""
    blanks = [blank for sentence in sentences_of(mail) for blank in sentence.blanks]
    named = [value for name, value in blanks if name == "paket" and _size(value) != _size(str(choice.package))]
    return f"E-postadaki paket ({named[0]}) firmanın istediği paket ({choice.package}) değil." if named else ""


def _size(package: str) -> str:
    """By which a package is known, however it is written: İLETİ-25, ileti 25 bin, İleti 25.000."""
    if "+" in package:
        return "+"
    digits = "".join(filter(str.isdecimal, package))
    return digits.removesuffix("000") or digits


def _against(one: Mail, other: Mail) -> bool:
    if _is_on_the_way(one) or _is_on_the_way(other):
        return False
    if is_bad_news(one.kind) != is_bad_news(other.kind):
        return True
    return one.kind == other.kind == Kind.APPROVED and _said_codes(one) != _said_codes(other)


def _said_codes(mail: Mail) -> tuple[str, frozenset[str]]:
    return mail.extracted.get("iys_code", ""), _codes(mail.extracted.get("brands", ()))


def _codes(brands: Any) -> frozenset[str]:
    return frozenset(each["code"] for each in brands)


def _claims(mail: Mail) -> frozenset[str]:
    return frozenset(fold(each.text) for each in sentences_of(mail) if each.meaning is Meaning.CLAIM)
