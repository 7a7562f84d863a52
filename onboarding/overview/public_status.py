"""Where an application stands, as anybody may be told who knows its number and one of its addresses.

No name, no remark, no link of İYS's: those are for who signs in. Sentences: guide, "Başvuru Durumu".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.utils import timezone

from journal.parties import Party
from onboarding import gate
from onboarding.models import Application, StepRecord
from onboarding.overview import expected_wait, stage_bars
from onboarding.overview.board import WHOSE_TURN
from onboarding.steps import CODE_RECEIPT, PRE_APPLICATION, STATUS_QUERY
from onboarding.transitions import lasting_moves

TAKEN = "{number} no'lu başvurunuz alındı. Destek ekibimiz inceliyor."
WITH_IYS = "{number} no'lu başvurunuz İYS'de inceleniyor."
NOTICES = "Gelişmeleri e-postayla haber veririz."
KEEP = "Başvuru numaranızın yer aldığı e-postayı saklayın."
AWAITED = "Başvurunuz İYS'ye gönderildi. İYS aldığını bildirince ön başvuru numaranızı burada göreceksiniz."
SIGN_IN = "Ayrıntıları görmek ve devam etmek için giriş yapın."
SENTENCES: Mapping[tuple[str, str], tuple[str, ...]] = {
    (PRE_APPLICATION.key, "submitted"): (TAKEN, NOTICES, KEEP),
    (PRE_APPLICATION.key, "reviewing"): (TAKEN, NOTICES, KEEP),
    (PRE_APPLICATION.key, "evidence_review"): (TAKEN, NOTICES, KEEP),
    (PRE_APPLICATION.key, "final_review"): (TAKEN, NOTICES, KEEP),
    (PRE_APPLICATION.key, "info_entry"): (
        "Ön başvurunuz onaylandı. “Başvuruya Devam Et” bağlantısıyla başvurunuza devam edebilirsiniz.",
        KEEP,
    ),
    (STATUS_QUERY.key, "waiting"): (AWAITED,),
    (STATUS_QUERY.key, "received"): (WITH_IYS, NOTICES, KEEP),
    (STATUS_QUERY.key, "resent"): (WITH_IYS, NOTICES, KEEP),
    (STATUS_QUERY.key, "changes_asked"): (
        "Yapmanız gereken bir şey yok: destek ekibi neyin düzeltileceğini hazırlıyor ve size yazacak.",
    ),
    (STATUS_QUERY.key, "correcting"): ("İYS başvurunuzda düzeltme istedi.", SIGN_IN),
    (STATUS_QUERY.key, "re_review"): ("Düzeltmeniz inceleniyor; uygunsa İYS'ye gönderilecek.",),
    (STATUS_QUERY.key, "continue_link"): ("İYS, başvurunuza kendi sitesinde devam etmenizi istiyor.", SIGN_IN),
    (STATUS_QUERY.key, "refused"): ("İYS'nin yanıtını destek ekibi değerlendiriyor ve size bilgi verecek.",),
    (STATUS_QUERY.key, "apply_again"): ("Yeniden başvurabilirsiniz.", SIGN_IN),
    (STATUS_QUERY.key, "approved"): ("İYS başvurunuzu onayladı. Kodlarınız 3. adımda.", SIGN_IN),
}
LATER = "İYS başvurunuzu onayladı, kodlarınız geldi. Kaydınız {number}. adımda sürüyor: {title}."
THROUGH = "Bütün adımlar tamamlandı."
SUMMARY = "Kodlarınız, özet ve kanıt dosyası için giriş yapın."
CORRECTION = "Düzeltmeniz istendi"
# What is told of the way so far, by step and move; what is not here is between the company and support.
MILESTONES: Mapping[tuple[str, str], str] = {
    (PRE_APPLICATION.key, "submit"): "Ön başvuru incelemeye gönderildi",
    (PRE_APPLICATION.key, "submit_online"): "Ön başvuru incelemeye gönderildi",
    (PRE_APPLICATION.key, "ask_changes"): CORRECTION,
    (PRE_APPLICATION.key, "return_online"): CORRECTION,
    (PRE_APPLICATION.key, "return_info"): CORRECTION,
    (PRE_APPLICATION.key, "approve_online"): "Ön başvuru onaylandı",
    (PRE_APPLICATION.key, "complete"): "Bilgi girişi tamamlandı",
    (PRE_APPLICATION.key, "letter_sent"): "Başvuru İYS'ye gönderildi",
    (PRE_APPLICATION.key, "accept_evidence"): "İYS'deki başvuru kaydedildi",
    (STATUS_QUERY.key, "received"): "İYS başvuruyu aldı",
    (STATUS_QUERY.key, "ask_changes"): "İYS düzeltme istedi",
    (STATUS_QUERY.key, "correct"): "Düzeltme incelemeye gönderildi",
    (STATUS_QUERY.key, "letter_sent"): "Düzeltme İYS'ye gönderildi",
    (STATUS_QUERY.key, "continue_link"): "İYS kendi sitesinde devam edilmesini istedi",
    (STATUS_QUERY.key, "continued"): "İYS'nin sitesindeki bölüm tamamlandı",
    (STATUS_QUERY.key, "approve"): "İYS başvuruyu onayladı",
    (STATUS_QUERY.key, "refuse"): "İYS başvuruyu reddetti",
    (STATUS_QUERY.key, "resume_wait"): "Başvuru İYS'de incelenmeye devam ediyor",
}


@dataclass(frozen=True, slots=True)
class Milestone:
    what: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Status:
    """`bar` is empty where nothing is under way; `expected` while too little is known. `awaits_number`: whether
    İYS's number may still come."""

    iys_number: str
    awaits_number: bool
    reference: str
    bar: stage_bars.Bar
    headline: str
    sentences: tuple[str, ...]
    turn: str
    mine: bool
    since: datetime
    expected: str
    milestones: tuple[Milestone, ...]

    @property
    def number(self) -> str:
        return self.iys_number or self.reference


def status(application: Application) -> Status:
    """Two queries beside the application and its records, and one an hour for what is expected."""
    records = {record.step: record for record in application.records.all()}
    record = _telling(application, records)
    number = application.iys_application_number or application.reference
    told = application.closed_at is None and not record.held
    turn = Party(record.turn) if record.turn else None
    return Status(
        iys_number=application.iys_application_number,
        awaits_number=bool(_bar(application)) and records[STATUS_QUERY.key].state not in STATUS_QUERY.done,
        reference=application.reference,
        bar=_bar(application),
        headline=_headline(application, record),
        sentences=_sentences(application, record, number) if told else (),
        turn=WHOSE_TURN[turn] if turn else "",
        mine=turn is Party.COMPANY,
        since=application.closed_at or application.finished_at or record.since,
        expected=_expected(record) if told else "",
        milestones=_milestones(application),
    )


def _sentences(application: Application, record: StepRecord, number: str) -> tuple[str, ...]:
    """İYS's approval is not the end: whoever is past the codes is told how far it is."""
    if application.route != gate.Route.FULL:
        return (SIGN_IN,)
    if application.finished_at is not None:
        return THROUGH, SUMMARY
    current = gate.current(application.verdicts())
    if current is not None and current.step.number > CODE_RECEIPT.number and record.step == STATUS_QUERY.key:
        return LATER.format(number=current.step.number, title=current.step.title), SIGN_IN
    return tuple(sentence.format(number=number) for sentence in SENTENCES.get((record.step, record.state), ()))


def _telling(application: Application, records: Mapping[str, StepRecord]) -> StepRecord:
    """The step that says most: the one that can be acted on, but none after İYS's approval."""
    current = gate.current(application.verdicts())
    if current is None or current.step.number > STATUS_QUERY.number:
        passed = records[STATUS_QUERY.key].standing.state in STATUS_QUERY.done
        stopped = records[PRE_APPLICATION.key].standing.state in PRE_APPLICATION.stopped
        return records[PRE_APPLICATION.key if stopped and not passed else STATUS_QUERY.key]
    return records[current.step.key]


def _headline(application: Application, record: StepRecord) -> str:
    if application.route != gate.Route.FULL:
        return "Seçilen yolda İYS'ye başvuru gerekmiyor"
    if application.closed_at is not None:
        return f"Bu başvuru kapandı: {application.get_closing_display()}"
    if application.finished_at is not None:
        return "İYS kaydınız tamamlandı"
    if record.held:
        return "Destek ekibi bu adımı beklemeye aldı"
    return record.state_label


def _bar(application: Application) -> stage_bars.Bar:
    if application.route != gate.Route.FULL or application.closed_at is not None:
        return []
    return stage_bars.of_application(application)


def _expected(record: StepRecord) -> str:
    return expected_wait.sentence(record.step, record.state, record.turn, record.since, timezone.now())


def _milestones(application: Application) -> tuple[Milestone, ...]:
    """Newest last. The journal's own sentences carry reasons, which are not for everybody."""
    found = [Milestone("Başvuru açıldı", application.opened_at)]
    for entry in sorted(lasting_moves(application, PRE_APPLICATION, STATUS_QUERY), key=attrgetter("at")):
        what = MILESTONES.get((entry.step_key, entry.data["move"]))
        if what is not None:
            found.append(Milestone(what, entry.at))
    return tuple(found)
