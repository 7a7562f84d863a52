"""The read models of support's page about one application, in words about the company and never to it."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Prefetch, prefetch_related_objects

from correspondence.incoming.authentication import SenderAuthentication
from documents.models import Document
from onboarding import gate
from onboarding.dossier import content, papers
from onboarding.models import Application, CodeDecision, StepRecord, Submission
from onboarding.overview import board, threads
from onboarding.overview.threads import ThreadItem

# What is there once at most, and is found with the application.
BESIDE = (
    "company",
    "application_form",
    "cargo",
    "evidence",
    "package_choice__package",
    "assignment__signed_form",
    "evidence_pack",
    "case_holder__holder",
    "snooze",
)
# What a company reads of itself, and what support reads instead.
WHO = {threads.OWN: "Firma adına", threads.SUPPORT: "Destek ekibi"}
BADGES = {threads.AUTHENTICATION_BADGES[SenderAuthentication.COMPANY][0]: "firmadan"}


@dataclass(frozen=True, slots=True)
class StepLine:
    """One of the six steps as support sees it."""

    number: int
    key: str
    title: str
    verdict: str
    state: str
    note: str
    is_current: bool
    since: datetime | None


def read_whole(application: Application) -> None:
    """Reads what the parts of the page have in common, each table once; they find it in the application's and
    its company's relations."""
    prefetch_related_objects(
        [application],
        Prefetch("records", StepRecord.objects.order_by("pk")),
        Prefetch("submissions", Submission.objects.select_related("submitted_by").order_by("pk")),
        "remarks",
        "co_signatories",
        Prefetch("code_readings__decisions", CodeDecision.objects.select_related("decided_by")),
        Prefetch("company__documents", Document.objects.filter(erased_at=None).select_related("reading")),
        *content.FROZEN,
    )
    papers.only_read(application)


def steps(application: Application) -> tuple[StepLine, ...]:
    records = {record.step: record for record in application.records.all()}
    verdicts = application.verdicts()
    current = gate.current(verdicts) if application.closed_at is None else None
    lines = []
    for verdict in verdicts:
        record = records[verdict.step.key]
        notes = {
            gate.Status.LOCKED: board.locked_note(verdict.step, record, application),
            gate.Status.NOT_NEEDED: "Bu yolda gerekmiyor",
        }
        stale = f"Sonucu yeniden onay bekliyor: {record.mark_reason}" if record.stale else ""
        held = "Beklemede: " if record.held else ""
        lines.append(
            StepLine(
                number=verdict.step.number,
                key=verdict.step.key,
                title=verdict.step.title,
                verdict=verdict.status.value,
                state=record.state,
                note=notes.get(verdict.status) or stale or f"{held}{record.support_label}",
                is_current=verdict is current,
                since=record.since if verdict.active or verdict.status is gate.Status.DONE else None,
            )
        )
    return tuple(lines)


def thread(application: Application) -> list[ThreadItem]:
    """Letters to İYS and its answers, newest first."""
    return [
        replace(item, who=WHO.get(item.who, item.who), badge=BADGES.get(item.badge, item.badge))
        for item in threads.thread(application)
    ]
