"""Why a step stands where it does, in words for support."""

from correspondence.outgoing.failures import failure
from journal.parties import Party
from onboarding.codes.confirmation import CLASH
from onboarding.machine import Step

SEND_FAILED = "send_failed"  # of every step that waits for its letter to İYS
# What the company was told is said otherwise to support, which sees where the code stands.
CLASH_FOR_SUPPORT = "Firma onaylarken kodlardan biri başka bir firmanın kaydında da çıktı."

NOTE_OF = {
    Party.COMPANY: "Firmanın notu",
    Party.STAFF: "Destek ekibinin notu",
    Party.IYS: "İYS'nin notu",
    Party.SYSTEM: "Portalın notu",
}


def note(state: str, reason: str) -> str:
    """`reason`: of the move that led to the state; of a letter that did not go, the mail server's answer."""
    if state == SEND_FAILED and reason:
        why = failure(reason, to_iys=True)
        return f"{why.says} {why.to_do}".strip()
    return CLASH_FOR_SUPPORT if reason == CLASH else reason


def writer(step: Step, state: str, reason: str) -> str:
    """Whose note it is, as far as it can be but one party's."""
    if state == SEND_FAILED:
        return "Gönderilememe nedeni"
    asked = [row for row in step.moves if row.target == state and row.reason_required]
    parties = {party for row in asked for party in row.by}
    if reason == CLASH:
        parties = {Party.SYSTEM}
    elif parties > {Party.SYSTEM}:
        parties -= {Party.SYSTEM}  # which has no other reason than that one
    return NOTE_OF[parties.pop()] if len(parties) == 1 else "Son not"
