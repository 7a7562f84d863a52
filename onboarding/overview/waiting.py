"""What somebody of the company is told while another party has the turn: who acts, how long that usually takes,
what comes next, and where they are written to."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from journal.parties import Party
from onboarding.dossier import parcel_due
from onboarding.letters import coming_next
from onboarding.models import ReminderMute, StepRecord
from onboarding.overview import expected_wait
from onboarding.steps import PANEL_SETTINGS, PRE_APPLICATION
from tenancy.models import Company, User
from tenancy.notices import people_to_tell

LONGEST_LOCAL = 16  # characters before the @ that a narrow screen takes
NOTHING = "Şimdi bir şey yapmanız gerekmiyor."
NOTHING_ELSE = "başka bir şey gerekmiyor."
PARCEL = "Taahhütnamenin aslını kargolayın."
PARCEL_LATER = "Taahhütnamenin aslını sonra kargolayacaksınız; zamanını e-postayla yazarız."
ONLY_WAIT = "Şimdilik yalnızca bekleyin."
WHO: Mapping[Party, str] = {
    Party.STAFF: NOTHING,
    # Some answers reach the company's own mailbox alone: whoever was told to do nothing would wait beside them.
    Party.IYS: f"İYS size yazarsa e-postayı bize iletin ya da yükleyin; {NOTHING_ELSE}",
    Party.SYSTEM: NOTHING,
}
UNKNOWN: Mapping[Party, str] = {
    Party.IYS: "İYS bir süre bildirmiyor.",
    Party.SYSTEM: "Genellikle birkaç dakika sürer.",
}
REMINDED = "İYS'ye hatırlattık."
WILL_REMIND = "Yanıt gecikirse İYS'ye biz hatırlatırız."
HELD = "Destek ekibimiz bu adımı bir süreliğine beklemeye aldı; yeniden başlatınca kaldığı yerden sürer."


@dataclass(frozen=True, slots=True)
class Wait:
    """`others`: how many colleagues are written to beside whoever looks; `address` is empty when they are not.
    `parcel`: whether `who` names it, and nothing else on the step's page does."""

    who: str
    parcel: bool
    expected: str
    next: str
    address: str
    others: int


def of(record: StepRecord, *, company: Company, looking: User) -> Wait | None:
    """None when it is nobody's turn, or the company's own. `record.turn` is the gate's word."""
    if not record.turn or record.turn == Party.COMPANY:
        return None
    party = Party(record.turn)
    told = people_to_tell(company, turn=True)
    return Wait(
        who=HELD if record.held else " ".join(filter(None, (_who(record), _reminding(record, party, company)))),
        parcel=not record.held and not has_card(record) and _awaits_parcel(record),
        expected="" if record.held else _expected(record, party),
        next="" if record.held else coming_next.words(record.step, record.state),
        address=short(looking.email) if looking.email in told else "",
        others=len(set(told) - {looking.email}),
    )


def _who(record: StepRecord) -> str:
    """Nobody is told to do nothing whose undertaking is to be sent on paper now, while İYS looks as well; that it
    is to be sent later its own card says, where there is one."""
    said = WHO[Party(record.turn)]
    if not _awaits_parcel(record):
        return said
    if parcel_due.is_due(record.application):
        parcel = PARCEL
    else:
        parcel = ONLY_WAIT if has_card(record) else PARCEL_LATER
    return said.replace(NOTHING, parcel).replace(f"; {NOTHING_ELSE}", f". {parcel}")


def _awaits_parcel(record: StepRecord) -> bool:
    return record.application.application_form.cargo_awaited_since is not None


def has_card(record: StepRecord) -> bool:
    """Of the parcel, on the page of this step."""
    return record.step in (PRE_APPLICATION.key, PANEL_SETTINGS.key)


def _reminding(record: StepRecord, party: Party, company: Company) -> str:
    """A rule for İYS's turn writes to İYS; who is left in peace for a while is promised nothing."""
    if party is not Party.IYS:
        return ""
    if record.reminded:
        return REMINDED
    is_muted = ReminderMute.objects.in_force(timezone.localdate()).filter(company=company).exists()
    return "" if is_muted else WILL_REMIND


def _expected(record: StepRecord, party: Party) -> str:
    known = expected_wait.sentence(record.step, record.state, record.turn, record.since, timezone.now())
    return known or UNKNOWN.get(party, "")


def short(email: str) -> str:
    """An address that fits a narrow screen and is still known for one's own."""
    local, at, domain = email.partition("@")
    return f"{local[: LONGEST_LOCAL - 4]}…{local[-2:]}{at}{domain}" if len(local) > LONGEST_LOCAL else email
