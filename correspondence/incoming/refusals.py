"""A log-in that the server of a mailbox has refused is left alone for a while, by all workers.

Tried with each turn of the schedule, a wrong password is typed 17 000 times a day: servers shut the account for
less, and many the portal's address with it. With another password the mailbox is tried at once.
"""

from datetime import timedelta

from correspondence.mailbox import REFUSED_PAUSE, Mailbox
from telemetry import pulses

PAUSE = timedelta(seconds=REFUSED_PAUSE)


def keep(mailbox: Mailbox) -> None:
    """It was refused now. Those whose time is over go."""
    pulses.forget_older(pulses.REFUSED, PAUSE)
    pulses.mark(_of(mailbox))


def rests(mailbox: Mailbox) -> bool:
    """Whether it is not to be tried yet."""
    age = pulses.ages(_of(mailbox)).get(_of(mailbox))
    return age is not None and age < PAUSE


def _of(mailbox: Mailbox) -> str:
    return f"{pulses.REFUSED}{mailbox.login}"
