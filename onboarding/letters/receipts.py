"""Receipts of what a company hands in after the first step: they ask for nothing, so they rest as news do, and
what takes the place of either says what they would have said. The receipt of step 1 has the cargo in it, and
goes at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from correspondence.outgoing import news
from journal.models import Entry, Event
from journal.parties import Party
from onboarding.machine import Step
from onboarding.models import Application, StepRecord
from onboarding.steps import BY_KEY

LATER = "later_submission_received"  # as a letter in the tables of moves


def cause(name: str, entry: Entry) -> str:
    """The idempotency key of the letter `name` that a move posts."""
    return f"{news.RECEIPT}{entry.pk}" if name == LATER else f"{name}:{entry.pk}"


@dataclass(frozen=True)
class Since:
    """What readers have not been told yet, because the letter in hand takes the place of what would have told it.

    `finished` is the last step that others than the company finished (where it was reached, those before it were
    too), `received` steps for which it handed something in.
    """

    finished: StepRecord | None
    received: Sequence[Step]


def since(application: Application, readers: Sequence[str], *, about: Step) -> Since:
    """For a letter to these readers that says of itself how the step `about` stands."""
    before = news.before(company=application.company, application_id=application.pk, readers=readers)
    finished = _finished(application, before.told_at or application.opened_at, about)
    said = {about.key, *(record.step for record in finished)}
    return Since(finished[-1] if finished else None, [BY_KEY[key] for key in before.receipts if key not in said])


def _finished(application: Application, told_at: datetime, about: Step) -> list[StepRecord]:
    others = (each for each in application.records.all() if each.since > told_at and each.step != about.key)
    done = [record for record in others if record.definition.is_done(record.standing)]
    if not done:
        return []
    own = Entry.objects.filter(
        application_id=application.pk, event=Event.MOVED, party=Party.COMPANY, at__gt=told_at
    ).values_list("step_key", "data")
    by_company = {(key, data.get("state")) for key, data in own}
    return [record for record in done if (record.step, record.state) not in by_company]
