"""A log-in that the server of a mailbox has refused is left alone for a while, by all workers.

Tried with each turn of the schedule, a wrong password is typed 17 000 times a day: servers shut the account for
less, and many the portal's address with it. With another password the mailbox is tried at once.
"""

from datetime import timedelta

from django.db.models.functions import Now

from correspondence.mailbox import REFUSED_PAUSE, Mailbox
from telemetry import pulses
from telemetry.models import Pulse

PAUSE = timedelta(seconds=REFUSED_PAUSE)


def keep(mailbox: Mailbox) -> None:
    """It was refused now. Those whose time is over go."""
    Pulse.objects.filter(name__startswith=pulses.REFUSED, at__lte=Now() - PAUSE).delete()
    pulses.mark(_of(mailbox))


def rests(mailbox: Mailbox) -> bool:
    """Whether it is not to be tried yet; also until a clock that was set back proves nothing any more."""
    return Pulse.objects.filter(name=_of(mailbox), at__gt=Now() - PAUSE, at__lte=Now() - pulses.AHEAD).exists()


def _of(mailbox: Mailbox) -> str:
    return f"{pulses.REFUSED}{mailbox.login}"
