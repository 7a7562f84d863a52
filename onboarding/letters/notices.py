"""Who is told by mail that a step moved: the company, and the partner's staff who want to know at once."""

from correspondence.models import Audience
from correspondence.outgoing import outbox
from journal.models import Entry
from onboarding import gate
from onboarding.letters import drafts
from onboarding.letters.drafts import Draft
from onboarding.machine import Move, Party, Step
from onboarding.models import Onboarding
from onboarding.steps import BY_KEY
from tenancy.models import User
from tenancy.notices import people_to_tell, staff_to_tell_now


def tell(
    attempt: Onboarding,
    verdicts: tuple[gate.Verdict, ...],
    entry: Entry,
    row: Move,
    *,
    by: User | None,
    reason: str,
    more_follows: bool,
) -> None:
    """One letter at most to each side: that it is its turn now, that all is done, or that something happened.

    `entry` is the move `row` as the journal has it. The company is not told of what it did itself.
    """
    if attempt.closed_at is not None or more_follows:
        return
    step, current = BY_KEY[entry.topic], gate.current(verdicts)
    if current is not None and current.turn is Party.STAFF and entry.party != Party.STAFF:
        _post_to_staff(attempt, current.step, entry, by)
    if entry.party == Party.COMPANY or drafts.TELLING & set(row.letters):
        return
    if current is None:
        drafts.post("finished", onboarding=attempt, step=verdicts[-1].step, cause=f"end:{entry.pk}")
    elif current.turn is Party.COMPANY:
        drafts.post("your_turn", onboarding=attempt, step=current.step, cause=f"turn:{entry.pk}", reason=reason)
    elif entry.party == Party.IYS or step.is_done(attempt.records.get(step=step.key).standing):
        _post_news(attempt, step, row, entry, current)


def _post_news(attempt: Onboarding, step: Step, row: Move, entry: Entry, current: gate.Verdict) -> None:
    """An answer has arrived or a step is finished, and the company has nothing to do yet."""
    to = people_to_tell(attempt.company, turn=False)
    context = {"step": step, "move": row, "current": attempt.records.get(step=current.step.key)}
    _post("news", attempt, step, Audience.COMPANY, to, cause=f"news:{entry.pk}", context=context)


def _post_to_staff(attempt: Onboarding, step: Step, entry: Entry, by: User | None) -> None:
    to = staff_to_tell_now(attempt.company, but=by)
    context = {"step": step, "record": attempt.records.get(step=step.key), "said": entry.text}
    _post("staff_turn", attempt, step, Audience.STAFF, to, cause=f"staff_turn:{entry.pk}", context=context)


def _post(
    template: str,
    attempt: Onboarding,
    step: Step,
    audience: Audience,
    to: list[str],
    *,
    cause: str,
    context: dict[str, object],
) -> None:
    if not to:
        return
    company = attempt.company
    common = {"onboarding": attempt, "company": company, "partner": company.partner}
    draft = Draft(
        outbox.render(template=template, context={**common, **context}),
        outbox.Address(audience=audience, to=to, subject_id=attempt.pk, topic=step.key),
    )
    outbox.post(company=company, cause=cause, body=draft.body, address=draft.address)
