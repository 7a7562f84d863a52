"""Answers that come before their step is ready: whether it is, and what a person has made of one until then.

A machine's reading is read again when the step opens. What a person has decided is kept on the mail as they
decided it, and is made then with the same checks as if it came then. Any other decision about the mail puts it
aside (`decisions.decide`).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from correspondence.models import Mail, MailStatus
from correspondence.reading.kinds import KIND_OF_MOVE, KINDS, Kind, StepMove
from identifiers.masking import masked
from journal.parties import Party
from onboarding.actor import Actor
from onboarding.attention import marks
from onboarding.gate import Status, Verdict
from onboarding.machine import Move, Step
from onboarding.models import Application, AttentionKind, StepRecord
from onboarding.steps import BY_KEY
from tenancy.models import Company, User
from tenancy.walls import of_partner

DECIDE = "onboarding.record_answer"
# What a mail may say that is not İYS's word but the company's own, and that staff make as their own move.
OF_COMPANIES = frozenset(move for spec in KINDS.values() if spec.said_by is Party.COMPANY for move in spec.moves)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person says that a mail means: the move, what it brings, in which words, and on whose word.

    `by` is their key; `vouched` says how the sender of an unverified mail was checked otherwise.
    """

    step: str
    move: str
    extracted: Mapping[str, Any]
    note: str
    vouched: str
    by: int

    @property
    def of_step(self) -> Step:
        return BY_KEY[self.step]

    @property
    def row(self) -> Move:
        return self.of_step.move(self.move)

    @property
    def in_words(self) -> str:
        return f"{self.of_step.number}. adım ({self.of_step.title}): {self.row.label}"

    @property
    def kind(self) -> Kind:
        return KIND_OF_MOVE.get(StepMove(self.step, self.move), Kind.UNKNOWN)

    @property
    def journalled(self) -> dict[str, object]:
        return {"recorded_by_staff": True, **({"vouched": masked(self.vouched)} if self.vouched else {})}

    def actor(self, user: User) -> Actor:
        return Actor(_as_whom(StepMove(self.step, self.move)), user)

    def as_text(self) -> str:
        return json.dumps(asdict(self))


def kept(mail: Mail) -> Decision | None:
    """What a person decided about a mail whose step was not ready."""
    return Decision(**json.loads(mail.kept_answer)) if mail.kept_answer else None


def not_now(application: Application, step: Step, row: Move, party: Party) -> tuple[MailStatus, str] | None:
    """Why an answer cannot move its step now, and what becomes of it; None when the step is ready for it."""
    return _not_now(application.verdicts()[step.number - 1], application.records.get(step=step.key), row, party)


def _not_now(verdict: Verdict, record: StepRecord, row: Move, party: Party) -> tuple[MailStatus, str] | None:
    if verdict.status is Status.LOCKED:
        return MailStatus.EARLY, "Adımı henüz açılmadı; açılınca kendiliğinden uygulanacak."
    if not verdict.step.refusal(row, record.standing, by=party):
        return None
    if verdict.step.reaches(record.standing.state, row):
        return MailStatus.EARLY, "Adım henüz bu yanıta hazır değil; sırası gelince uygulanacak."
    return MailStatus.FILED, "Adım bu aşamayı zaten geçmiş."


def awaited(application: Application) -> Iterator[tuple[StepRecord, Move]]:
    """What a mail may say to the steps that are not ready for it yet."""
    records = {record.step: record for record in application.records.all()}
    verdicts = {each.step.key: each for each in application.verdicts()}
    for each in KIND_OF_MOVE:
        verdict, record = verdicts[each.step_key], records[each.step_key]
        if not verdict.active and verdict.status is not Status.LOCKED:
            continue
        row = verdict.step.move(each.move)
        why_not = _not_now(verdict, record, row, _as_whom(each))
        if why_not is not None and why_not[0] == MailStatus.EARLY:
            yield record, row


def name_for_support(mail: Mail, record: StepRecord, row: Move) -> None:
    """For an early answer whose step is open and waits for the company: İYS is further than the company has told
    the portal, such as with a payment for a contract that nobody accepted here. Nothing but the company's own deed
    makes it the answer's turn, and that may never come by itself, so support is asked to speak to the company."""
    if record.turn != Party.COMPANY:
        return
    marks.raise_mark(
        record=record,
        kind=AttentionKind.EARLY_ANSWER,
        idempotency_key=f"early:{mail.pk}:{record.state}",
        text=f"“{row.label}” diyen bir e-posta geldi; adım ise portalda “{record.state_label}” durumunda, firmayı "
        "bekliyor. Firma bu işi portalda tamamlayınca e-posta kendiliğinden uygulanır: firmayla görüşün.",
    )


def _as_whom(move: StepMove) -> Party:
    return Party.STAFF if move in OF_COMPANIES else Party.IYS


def may_decide(user: User | None, company: Company) -> bool:
    """Whether they still are support of this company, as they were when they decided."""
    if user is None or not user.is_active or not user.is_staff or not user.has_perm(DECIDE):
        return False
    return of_partner(user, Company.objects.filter(pk=company.pk)).exists()
