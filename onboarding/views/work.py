"""What a company does without moving a step: a table, by name. Screens ask for it through `offers`."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial

from journal.parties import Party
from onboarding import transitions
from onboarding.actions import package_contract, paper_data
from onboarding.actions.pre_application import (
    channel,
    co_signatories,
    e_signature,
    information_entry,
    online,
    remarks,
    submission,
)
from onboarding.actor import Actor
from onboarding.dossier import content
from onboarding.evidence_pack import building
from onboarding.forms.dossier import DossierForm
from onboarding.machine import Step
from onboarding.mail import forwarded
from onboarding.models import Application, ChannelChoices
from onboarding.steps import (
    CODE_RECEIPT,
    DOSSIER,
    PACKAGE_CONTRACT,
    PARTNER_ASSIGNMENT,
    PRE_APPLICATION,
)
from tenancy.roles import Role

COMPANY = Actor(Party.COMPANY)


@dataclass(frozen=True, slots=True)
class Work:
    """What a company does without moving a step: the least role for it, and when it is open to anybody at all.

    `steps` are those that it brings on; what brings none on has no part in whose turn it is.
    """

    role: Role
    is_open: Callable[[Application], bool]
    steps: tuple[Step, ...] = ()


def _live(application: Application) -> bool:
    return application.closed_at is None


def _while(step: Step, move: str, application: Application) -> bool:
    """As long as the company could make this move."""
    return transitions.can(application, step, move, COMPANY)


def any_open(only: frozenset[str] | None, names: AbstractSet[str]) -> bool:
    """Whether any of these fields and documents is among the open ones; `only` as from `open_fields`."""
    return bool(names) if only is None else bool(only & names)


def _may_write(application: Application, names: AbstractSet[str]) -> bool:
    return any_open(submission.open_fields(application), names)


def _on(application: Application, wanted: ChannelChoices) -> bool:
    return application.application_form.channel == wanted


def _undertaking_on_paper(application: Application) -> bool:
    is_open = submission.open_record(application) is not None
    return is_open and application.application_form.complete and _on(application, ChannelChoices.MANUAL)


def _brand_names(application: Application) -> bool:
    by_name = _on(application, ChannelChoices.MANUAL) and "brands" not in information_entry.open_parts(application)
    return by_name and information_entry.brands_are_open(application)


def _papers(application: Application) -> bool:
    """Online only the undertaking is handed in, e-signed."""
    kinds = content.papers(application.application_form).keys()
    return not _on(application, ChannelChoices.ONLINE) and _may_write(application, kinds)


def _papers_to_read(application: Application) -> bool:
    """Beside the form of the data, whether İYS asks for them or not."""
    kinds = content.readable(application.application_form)
    return _may_write(application, frozenset(DossierForm.base_fields)) and _may_write(application, kinds)


def _review(application: Application) -> bool:
    record = submission.open_record(application)
    return record is not None and (record.step, record.state) in submission.SUBMITTING_MOVES


def mail_is_awaited(step: Step, application: Application) -> bool:
    record = application.record_of(step)
    return _live(application) and (
        record.turn == Party.IYS or (step is CODE_RECEIPT and forwarded.is_askable(application))
    )


WORK: Mapping[str, Work] = {
    "change_route": Work(Role.EDITOR, _live),
    "new_application": Work(Role.OWNER, lambda application: not _live(application)),
    "introduce_account": Work(Role.OWNER, _live),
    "bring_any_mail": Work(Role.EDITOR, _live),
    "later_brand": Work(Role.EDITOR, information_entry.takes_later_brands),
    "summary": Work(Role.VIEWER, building.allowed),
    "reveal_identity": Work(
        Role.OWNER, lambda application: bool(content.identities(application.application_form))
    ),
    # Step 1, and its corrections in step 2.
    "choose_channel": Work(Role.EDITOR, channel.may_choose, DOSSIER),
    "write_data": Work(Role.EDITOR, partial(_may_write, names=frozenset(DossierForm.base_fields)), DOSSIER),
    "answer_mersis": Work(
        Role.EDITOR,
        lambda application: channel.may_choose(application) and _may_write(application, frozenset({"has_mersis"})),
        DOSSIER,
    ),
    "hand_in": Work(Role.EDITOR, _papers, DOSSIER),
    "read_paper": Work(Role.EDITOR, _papers_to_read, DOSSIER),
    "print_undertaking": Work(Role.EDITOR, _undertaking_on_paper),
    "name_co_signatories": Work(Role.EDITOR, co_signatories.is_open),
    "change_email": Work(Role.EDITOR, online.may_change_email),
    "sign": Work(Role.EDITOR, e_signature.is_open, DOSSIER),
    "name_brands": Work(Role.EDITOR, _brand_names),
    "record_cargo": Work(Role.EDITOR, lambda application: application.application_form.sends_parcel),
    "keep_evidence": Work(Role.EDITOR, partial(_while, PRE_APPLICATION, "give_evidence"), DOSSIER),
    "renew_link": Work(Role.EDITOR, information_entry.awaits_link, DOSSIER),
    "write_brands": Work(
        Role.EDITOR, lambda application: "brands" in information_entry.open_parts(application), DOSSIER
    ),
    "write_figures": Work(
        Role.EDITOR, lambda application: "statistics" in information_entry.open_parts(application), DOSSIER
    ),
    "answer_remarks": Work(Role.EDITOR, remarks.may_answer, DOSSIER),
    "review": Work(Role.VIEWER, _review),
    # Steps 3 to 6.
    "settle_differences": Work(Role.EDITOR, partial(_while, CODE_RECEIPT, "confirm"), (CODE_RECEIPT,)),
    "choose_package": Work(Role.EDITOR, partial(_while, PACKAGE_CONTRACT, "request"), (PACKAGE_CONTRACT,)),
    "tell_own_package": Work(Role.EDITOR, package_contract.may_tell_own_package),
    "draft_mail": Work(Role.EDITOR, partial(_while, PACKAGE_CONTRACT, "request_seen"), (PACKAGE_CONTRACT,)),
    "read_contract": Work(Role.VIEWER, partial(_while, PACKAGE_CONTRACT, "accept")),
    "pay": Work(Role.EDITOR, partial(_while, PACKAGE_CONTRACT, "claim_payment"), (PACKAGE_CONTRACT,)),
    "complete_papers": Work(Role.EDITOR, paper_data.is_open, (PACKAGE_CONTRACT, PARTNER_ASSIGNMENT)),
    "settle_reconciliation": Work(Role.EDITOR, lambda application: application.awaits_reconciliation),
    "prepare_form": Work(Role.EDITOR, partial(_while, PARTNER_ASSIGNMENT, "submit"), (PARTNER_ASSIGNMENT,)),
}
