"""Why a step stands where it does, in words for support."""

from correspondence.outgoing.failures import failure
from onboarding.codes.confirmation import CLASH

SEND_FAILED = "send_failed"  # of every step that waits for its letter to İYS
# What the company was told is said otherwise to support, which sees where the code stands.
CLASH_FOR_SUPPORT = "Firma onaylarken kodlardan biri başka bir firmanın kaydında da çıktı."


def note(state: str, reason: str) -> str:
    """`reason`: of the move that led to the state; of a letter that did not go, the mail server's answer."""
    if state == SEND_FAILED and reason:
        why = failure(reason, to_iys=True)
        return f"{why.says} {why.to_do}".strip()
    return CLASH_FOR_SUPPORT if reason == CLASH else reason
