"""Who is told by mail that a step moved: the company, and the partner's staff who want to know at once."""

from collections.abc import Mapping

from correspondence.models import Audience
from correspondence.outgoing import outbox
from correspondence.outgoing.news import NEWS
from journal.models import Entry
from journal.parties import Party
from onboarding import gate
from onboarding.dossier import parcel_due
from onboarding.letters import drafts, parcel, receipts
from onboarding.letters.drafts import Draft
from onboarding.machine import Move, Step
from onboarding.models import Application, StepRecord
from onboarding.steps import BY_KEY, PRE_APPLICATION
from tenancy.models import User
from tenancy.notices import people_to_tell, staff_to_tell_now
from verification import sms_notices


def tell(
    application: Application,
    records: Mapping[str, StepRecord],
    verdicts: tuple[gate.Verdict, ...],
    entry: Entry,
    row: Move,
    *,
    by: User | None,
    reason: str,
    more_follows: bool,
    parcel_falls_due: bool,
) -> None:
    """One letter at most to each side: that it is its turn now, that all is done, or that something happened.

    `entry` is the move `row` as the journal has it, `records` are all steps as they stand after it. The company is
    not told of what it did itself, save the end.
    """
    sms_notices.withdraw(application.company)
    if application.closed_at is not None or more_follows:
        return
    step, current = BY_KEY[entry.step_key], gate.current(verdicts)
    if current is not None and current.turn is Party.STAFF and entry.party != Party.STAFF:
        _post_to_staff(application, records[current.step.key], entry, by)
    if current is not None and current.turn is Party.COMPANY and entry.party != Party.COMPANY:
        sms_notices.post(
            company=application.company,
            idempotency_key=f"turn:{entry.pk}",
            text=f"İYS'de sıra firmanızda ({current.step.number}. adım). E-postanıza bakın.",
        )
    # The end is told to whoever brought it about too: it is the receipt of the whole way.
    ends = current is None and entry.data["left"] != entry.data["state"]
    if (entry.party == Party.COMPANY and not ends) or drafts.TELLING & set(row.letters):
        return
    if current is None:
        drafts.post("finished", application=application, step=verdicts[-1].step, idempotency_key=f"end:{entry.pk}")
    elif current.turn is Party.COMPANY:
        drafts.post(
            "your_turn",
            application=application,
            step=current.step,
            idempotency_key=f"turn:{entry.pk}",
            reason=reason,
        )
    # What support sends to İYS makes the parcel fall due: it is told of when that letter has gone, which may fail.
    elif entry.party != Party.STAFF and current.turn is not Party.SYSTEM and parcel.is_untold(application):
        parcel.post(application, records[step.key])
    elif (
        entry.party == Party.IYS
        or (parcel_falls_due and step is not PRE_APPLICATION and not parcel.is_untold(application))
        or step.is_done(records[step.key].standing)
    ):
        _post_news(application, records[step.key], records[current.step.key], entry)


def _post_news(application: Application, record: StepRecord, current: StepRecord, entry: Entry) -> None:
    """An answer has arrived, the parcel may go or a step is finished, and it is not the company's turn.

    It says where the step stands, as the company's screens do: what a move is called is for whoever makes it.
    """
    to = people_to_tell(application.company, turn=False)
    context = {
        "step": record.definition,
        "record": record,
        "current": current,
        "parcel": parcel_due.is_due(application),
        "since": receipts.since(application, to, about=record.definition),
    }
    key = f"{NEWS}{entry.pk}"
    _post("news", application, record.definition, Audience.COMPANY, to, idempotency_key=key, context=context)


def _post_to_staff(application: Application, record: StepRecord, entry: Entry, by: User | None) -> None:
    to = staff_to_tell_now(application.company, but=by)
    step = record.definition
    context = {"step": step, "record": record, "said": entry.text}
    _post(
        "staff_turn",
        application,
        step,
        Audience.STAFF,
        to,
        idempotency_key=f"staff_turn:{entry.pk}",
        context=context,
    )


def _post(
    template: str,
    application: Application,
    step: Step,
    audience: Audience,
    to: list[str],
    *,
    idempotency_key: str,
    context: dict[str, object],
) -> None:
    if not to:
        return
    company = application.company
    common = {"application": application, "company": company, "partner": company.partner}
    draft = Draft(
        outbox.render(template=template, context={**common, **context}),
        outbox.Address(audience=audience, to=to, application_id=application.pk, step_key=step.key),
    )
    outbox.post(company=company, idempotency_key=idempotency_key, body=draft.body, address=draft.address)
