"""Whose word a mail counts as."""

from collections.abc import Mapping

from correspondence.incoming.authentication import SenderAuthentication
from correspondence.models import Mail
from correspondence.reading.kinds import KINDS
from journal.parties import Party

# How a sender has to be authenticated for a mail to count as the word of a party.
BELIEVED_AS: Mapping[Party, SenderAuthentication] = {
    Party.IYS: SenderAuthentication.VERIFIED,
    Party.COMPANY: SenderAuthentication.COMPANY,
}


def is_believed(mail: Mail, kind: str = "") -> bool:
    """Whether the mail comes from whom such a mail is the word of; one that was not read, from İYS. `kind`: if it
    were read as that."""
    kind = kind or mail.kind
    said_by = KINDS[kind].said_by if kind else Party.IYS
    return mail.sender_authentication == BELIEVED_AS[said_by]
