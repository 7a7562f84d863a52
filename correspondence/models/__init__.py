"""The rows of correspondence. `application_id` and `step_key` say what a letter or mail concerns; they are opaque
here: correspondence knows no step.
"""

from correspondence.models.letters import (
    WAITING,
    Audience,
    Letter,
    LetterAttachment,
    LetterQuerySet,
    LetterStatus,
    with_documents,
)
from correspondence.models.mails import UPLOADED, Mail, MailboxCursor, MailStatus
from correspondence.models.partner_mailbox import PartnerMailbox
from correspondence.models.sending import (
    AccountState,
    Security,
    SendingAccount,
    SendingDay,
    SendingHold,
    SendingMark,
)
from correspondence.models.taught_sentence import TaughtSentence
from correspondence.models.tracking_address import TrackingAddress, at_tracking_domain, make_token

__all__ = [
    "UPLOADED",
    "WAITING",
    "AccountState",
    "Audience",
    "Letter",
    "LetterAttachment",
    "LetterQuerySet",
    "LetterStatus",
    "Mail",
    "MailStatus",
    "MailboxCursor",
    "PartnerMailbox",
    "Security",
    "SendingAccount",
    "SendingDay",
    "SendingHold",
    "SendingMark",
    "TaughtSentence",
    "TrackingAddress",
    "at_tracking_domain",
    "make_token",
    "with_documents",
]
