"""What an SMTP answer means for the next attempt. PURE (RFC 5321, 4.2.1; RFC 3463)."""

import re
from datetime import timedelta
from enum import StrEnum


class Answer(StrEnum):
    SOON = "soon"
    LATER = "later"
    NEVER = "never"
    ACCOUNT = "account"


# After the n-th failed attempt; when the row ends, the letter is given up.
DELAYS = {
    Answer.SOON: tuple(timedelta(seconds=seconds) for seconds in (10, 30, 60, 300, 900, 3600, 3600, 3600, 21600)),
    Answer.LATER: tuple(timedelta(minutes=minutes) for minutes in (15, 60, 240, 720, 1440)),
    Answer.NEVER: (),
    # A person waits beside a company's own account, and has other ways.
    Answer.ACCOUNT: tuple(timedelta(seconds=seconds) for seconds in (20, 60, 180)),
}
_SOON_CODES = frozenset({421, 450, 451, 454})
_MAILBOX_FULL = re.compile(r"\b[45]\.2\.2\b")


def classify(code: int | None, text: str, *, own_account: bool = False) -> Answer:
    """`code` None: the line broke before an answer came. `own_account`: it was a company's line."""
    if own_account and (code is None or code < 500):
        return Answer.ACCOUNT
    if code is None or code in _SOON_CODES:
        return Answer.SOON
    if code < 500 or code == 552 or _MAILBOX_FULL.search(text):
        return Answer.LATER
    return Answer.NEVER


def delay(answer: Answer, attempt: int) -> timedelta | None:
    """How long to wait after the `attempt`-th attempt (from 1); None means that the letter has failed."""
    delays = DELAYS[answer]
    return delays[attempt - 1] if 0 < attempt <= len(delays) else None
