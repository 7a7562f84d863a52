"""What a decision is about stands beside it: the parts of a case's page that come first, and the open paper."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from documents.models import Document
from onboarding.actions.staff_moves import StaffMoves
from onboarding.models import ApplicationForm, ChannelChoices, DocumentKind
from onboarding.steps import (
    CODE_RECEIPT,
    PACKAGE_CONTRACT,
    PARTNER_ASSIGNMENT,
    PRE_APPLICATION,
    STATUS_QUERY,
)

FOLDER = "admin/onboarding/application"
PARTS = CORRECTIONS, REPORTED, CHECKS, CODES, PAYMENT, ASSIGNMENT, READINGS = tuple(
    f"{FOLDER}/_{part}.html"
    for part in ("corrections", "reported", "channel", "codes", "payment", "assignment", "readings")
)

BY_STEP: Mapping[str, Sequence[str]] = {
    STATUS_QUERY.key: (CORRECTIONS, READINGS),
    CODE_RECEIPT.key: (CODES,),
    PACKAGE_CONTRACT.key: (PAYMENT,),
    PARTNER_ASSIGNMENT.key: (ASSIGNMENT,),
}
# Step 1 is another thing by each channel.
BY_CHANNEL: Mapping[str, Sequence[str]] = {
    ChannelChoices.ONLINE: (CORRECTIONS, CHECKS, READINGS),
    ChannelChoices.APPLIED: (CORRECTIONS, REPORTED, READINGS),
}


@dataclass(frozen=True, slots=True)
class About:
    """`first` stands above the data and the papers, `rest` below; both are names of templates. `paper` stands in
    `first` and not among the papers. `opened`: the paper that is seen at once, which may be that one."""

    first: Sequence[str]
    rest: Sequence[str]
    paper: Document | None
    opened: UUID | None

    @property
    def paper_label(self) -> str:
        return str(DocumentKind(self.paper.kind).label) if self.paper else "Belge"


def about(ours: Sequence[StaffMoves], shown: Mapping[str, Any]) -> About:
    """By the steps whose turn is support's; nothing comes first where there is nothing to decide."""
    form = shown["application_form"]
    wanted = {part for group in ours for part in _parts(group.record.step, form)}
    first = [part for part in PARTS if part in wanted]
    paper = next(filter(None, (_paper(part, shown) for part in first)), None)
    opened = paper or next(_papers(ours, shown), None)
    return About(
        first=first,
        rest=[part for part in PARTS if part not in wanted],
        paper=paper,
        opened=opened.pk if opened else None,
    )


def _parts(step: str, form: ApplicationForm) -> Sequence[str]:
    if step == PRE_APPLICATION.key:
        return BY_CHANNEL.get(form.channel, (CORRECTIONS, READINGS))
    return BY_STEP.get(step, ())


def _paper(part: str, shown: Mapping[str, Any]) -> Document | None:
    """The one paper that is beside a part."""
    if part == PAYMENT:
        return next((each.receipt for each in shown["payments"][:1]), None)
    if part == REPORTED:
        return next((need.document for need in shown["needs"] if need.kind == DocumentKind.EVIDENCE), None)
    return None


def _papers(ours: Sequence[StaffMoves], shown: Mapping[str, Any]) -> Iterator[Document]:
    """What is to be decided on among the papers, what was asked to be corrected before all, and the newest first:
    never another step's. Looking at a paper may be journalled."""
    steps = {group.record.step for group in ours}
    kinds: set[str] = set()
    if steps & {PRE_APPLICATION.key, STATUS_QUERY.key}:
        kinds |= {str(need.kind) for need in shown["needs"]}
    if PARTNER_ASSIGNMENT.key in steps:
        kinds |= {DocumentKind.ASSIGNMENT_FORM, DocumentKind.ASSIGNMENT_SIGNED}
    asked = {point.key for point in shown["corrections"].points if point.is_asked}
    papers = [each for _label, each in shown["documents"] if each.kind in kinds]
    return iter(sorted(papers, key=lambda each: each.kind not in asked))
