"""What somebody of the company is told while another party has the turn: who acts, how long that usually takes,
what comes next, and where they are written to."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from journal.parties import Party
from onboarding.dossier import parcel_due
from onboarding.dossier.parcel_due import When
from onboarding.letters import coming_next
from onboarding.models import ReminderMute, StepRecord
from onboarding.overview import expected_wait
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from tenancy.models import Company, User
from tenancy.notices import people_to_tell

LONGEST_LOCAL = 16  # characters before the @ that a narrow screen takes
NOTHING = "Sizin bir şey yapmanız gerekmiyor."
NOTHING_ELSE = "başka bir şey gerekmiyor."
PARCEL: Mapping[When, str] = {
    When.NOW: "Siz bu arada taahhütnamenin aslını kargolayın.",
    When.AFTER_THE_LOOK: "Biz taramaya baktıktan sonra taahhütnamenin aslını kargolayın.",
    When.AFTER_THE_ANSWER: "Biz İYS'nin yanıtına baktıktan sonra taahhütnamenin aslını kargolayın.",
    When.AFTER_THE_CHECK: "Biz düzeltmenize baktıktan sonra taahhütnamenin aslını kargolayın.",
}
WHO: Mapping[Party, str] = {
    Party.STAFF: f"Sıra destek ekibimizde. {NOTHING}",
    # Some answers reach the company's own mailbox alone: whoever was told to do nothing would wait beside them.
    Party.IYS: f"Sıra İYS'de. İYS size yazarsa e-postayı bize iletin ya da yükleyin; {NOTHING_ELSE}",
    Party.SYSTEM: f"Portal mektubunuzu gönderiyor. {NOTHING}",
}
UNKNOWN: Mapping[Party, str] = {
    Party.STAFF: "Kesin bir gün veremiyoruz; ilerleyince size yazarız.",
    Party.IYS: "İYS bir süre bildirmiyor; yanıtı gelir gelmez yazarız.",
    Party.SYSTEM: "Genellikle birkaç dakika sürer.",
}
REMINDED = "İYS'ye hatırlattık."
WILL_REMIND = "Yanıt gecikirse İYS'ye biz hatırlatırız."
HELD = "Destek ekibimiz bu adımı bir süreliğine beklemeye aldı; yeniden başlatınca kaldığı yerden sürer."


@dataclass(frozen=True, slots=True)
class Wait:
    """`others`: how many colleagues are written to beside whoever looks; `address` is empty when they are not."""

    who: str
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
        expected="" if record.held else _expected(record, party),
        next="" if record.held else coming_next.words(record.step, record.state),
        address=short(looking.email) if looking.email in told else "",
        others=len(set(told) - {looking.email}),
    )


def _who(record: StepRecord) -> str:
    """Nobody is told to do nothing whose undertaking is still to be sent on paper, while İYS looks as well."""
    said, application = WHO[Party(record.turn)], record.application
    before = record.step in (PRE_APPLICATION.key, STATUS_QUERY.key)
    if not before or application.application_form.cargo_awaited_since is None:
        return said
    parcel = PARCEL[parcel_due.when(application)]
    return said.replace(NOTHING, parcel).replace(f"; {NOTHING_ELSE}", f". {parcel}")


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
    return known or UNKNOWN[party]


def short(email: str) -> str:
    """An address that fits a narrow screen and is still known for one's own."""
    local, at, domain = email.partition("@")
    return f"{local[: LONGEST_LOCAL - 4]}…{local[-2:]}{at}{domain}" if len(local) > LONGEST_LOCAL else email
