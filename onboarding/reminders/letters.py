"""A function per letter that reminds somebody who is waited for. İYS is reminded in the thread of its letter."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from django.utils import timezone

from correspondence.models import Audience, Letter, LetterStatus
from correspondence.outgoing import outbox
from onboarding.dossier import e_signed
from onboarding.letters import drafts, who_acts
from onboarding.letters.drafts import REPLY, Draft, to_company
from onboarding.models import StepRecord, WaitsFor
from onboarding.reminders.due import Wait
from onboarding.steps import CODE_RECEIPT, PACKAGE_CONTRACT, PARTNER_ASSIGNMENT, PRE_APPLICATION, STATUS_QUERY
from tenancy.roles import Role

# Of which letters İYS's turn in a step is the answer.
ANSWERS_TO: Mapping[str, tuple[str, ...]] = {
    STATUS_QUERY.key: (PRE_APPLICATION.key, STATUS_QUERY.key),
    CODE_RECEIPT.key: (PRE_APPLICATION.key, STATUS_QUERY.key),
    PACKAGE_CONTRACT.key: (PACKAGE_CONTRACT.key,),
    PARTNER_ASSIGNMENT.key: (PARTNER_ASSIGNMENT.key,),
}
# The paper that a state of the company's turn is about: it may wait for others' signatures.
SIGNED_IN: Mapping[tuple[str, str], e_signed.SignedPaper] = {
    (PRE_APPLICATION.key, "signing"): e_signed.UNDERTAKING,
    (PARTNER_ASSIGNMENT.key, "preparing"): e_signed.ASSIGNMENT,
}


def post(name: str, *, wait: Wait, idempotency_key: str) -> Letter | None:
    """Posts the letter called `name`; None when there is nobody to write to."""
    draft = LETTERS[name](wait)
    if draft is None or not draft.address.to:
        return None
    letter = drafts.post_draft(draft, wait.application, idempotency_key)
    if draft.address.audience is Audience.IYS:
        # No step waits for it: whatever becomes of it, it must not be taken for the letter that one waits for.
        Letter.objects.filter(message_group=idempotency_key).update(outcome_handled_at=timezone.now())
    return letter


def _render(template: str, wait: Wait, **more: object) -> outbox.Body:
    company = wait.application.company
    context = {
        "application": wait.application,
        "company": company,
        "partner": company.partner,
        "step": wait.step,
        "record": wait.row,
        "since": wait.since,
        **more,
    }
    return outbox.render(template=template, context=context)


def reminder_to_company(wait: Wait) -> Draft:
    where = wait.step.key, wait.row.state if isinstance(wait.row, StepRecord) else ""
    paper, move = SIGNED_IN.get(where), who_acts.ALONE.get(where, "")
    links = e_signed.open_links(wait.application, paper) if paper is not None else []
    awaited = e_signed.awaited(wait.application, paper, links) if paper is not None else None
    more = {"record": wait.row, "since": wait.since, "awaited": awaited}
    return drafts.to_each("reminder_to_company", wait.application, wait.step, move, **more)


def cargo_reminder(wait: Wait) -> Draft:
    return Draft(_render("cargo_reminder", wait), to_company(wait.application, wait.step))


def escalation_to_owner(wait: Wait) -> Draft:
    """To the owners alone, who may not know what waits for their colleagues."""
    owners = wait.application.company.memberships.filter(role=Role.OWNER).select_related("user")
    address = to_company(wait.application, wait.step)
    to = [member.user.email for member in owners if member.user.is_active]
    about = {"whom": WaitsFor(wait.rule.waits_for).label, "cargo": wait.rule.waits_for == WaitsFor.CARGO}
    return Draft(_render("escalation_to_owner", wait, **about), replace(address, to=to))


def reminder_to_staff(wait: Wait) -> Draft:
    """To the partner's support address."""
    support = wait.application.company.partner.support_email
    address = outbox.Address(
        audience=Audience.STAFF,
        to=[support] if support else [],
        application_id=wait.application.pk,
        step_key=wait.step.key,
    )
    about = {"whom": WaitsFor(wait.rule.waits_for).label, "cargo": wait.rule.waits_for == WaitsFor.CARGO}
    return Draft(_render("reminder_to_staff", wait, **about), address)


def follow_up_to_iys(wait: Wait) -> Draft | None:
    """A friendly question in the thread of the letter that İYS has not answered; None when we sent none."""
    asked = (
        Letter.objects.of_steps()
        .filter(
            application_id=wait.application.pk,
            company_id=wait.application.company_id,
            status=LetterStatus.SENT,
            step_key__in=ANSWERS_TO.get(wait.step.key, ()),
        )
        .order_by("-created_at")
        .first()
    )
    if asked is None:
        return None
    body = _render("follow_up_to_iys", wait, asked=asked)
    address = outbox.Address(
        audience=Audience.IYS,
        to=asked.to,
        cc=asked.cc,
        application_id=wait.application.pk,
        step_key=wait.step.key,
    )
    return Draft(replace(body, subject=REPLY + asked.subject.removeprefix(REPLY)), address)


LETTERS: Mapping[str, Callable[[Wait], Draft | None]] = {
    "reminder_to_company": reminder_to_company,
    "cargo_reminder": cargo_reminder,
    "escalation_to_owner": escalation_to_owner,
    "reminder_to_staff": reminder_to_staff,
    "follow_up_to_iys": follow_up_to_iys,
}
