"""Support's pages of letters out and of holds on sending."""

from correspondence.admin.holds import SendingHoldAdmin
from correspondence.admin.letters import LetterAdmin

__all__ = ["LetterAdmin", "SendingHoldAdmin"]
