"""Who makes a move, and the sentences with which one is refused."""

from dataclasses import dataclass

from journal.parties import Party
from tenancy.models import User
from tenancy.roles import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Who makes a move. Staff who record what İYS said act as Party.IYS, with themselves as `user`."""

    party: Party
    user: User | None = None
    role: Role | None = None


SYSTEM = Actor(Party.SYSTEM)
IYS = Actor(Party.IYS)


class NotAllowed(Exception):
    """The gate or the table refuses the move; the text is a Turkish sentence for a screen."""


class StaleState(NotAllowed):
    """Somebody else was faster."""

    def __init__(self) -> None:
        super().__init__(
            "Bu adım az önce değişti: başka bir sekmede siz ya da başka biri işlem yaptı. "
            "Sayfa güncel durumu gösteriyor."
        )


class LetterChanged(NotAllowed):
    """What would be sent in the company's name is not what its owner saw and approved."""

    def __init__(self) -> None:
        super().__init__("Mektup siz baktıktan sonra değişti. Son hâlini okuyup yeniden onaylayın.")
