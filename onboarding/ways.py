"""Which way a company goes, found by at most three plain answers. PURE.

Guide, "1. Adım", 1.1 and 1.2: who has no MERSİS number, no e-signature, or a signatory from abroad cannot apply
online. Whoever has applied at İYS's own site, is outside of İYS or sees to it alone is asked for nothing more.
"""

from dataclasses import dataclass
from enum import StrEnum

from onboarding.gate import Route


class Situation(StrEnum):
    NEW = "new"
    APPLIED = "applied"
    EXEMPT = "exempt"
    SELF_MANAGED = "self_managed"


class Signing(StrEnum):
    """With what all of those sign the undertaking who have to."""

    ELECTRONIC = "electronic"
    PAPER = "paper"
    FOREIGN = "foreign"


class Way(StrEnum):
    """A route, and on the full one a channel of step 1."""

    ONLINE = "online"
    MANUAL = "manual"
    APPLIED = "applied"
    EXEMPT = "exempt"
    SELF_MANAGED = "self_managed"

    @property
    def route(self) -> Route:
        return Route(self.value) if self in (Way.EXEMPT, Way.SELF_MANAGED) else Route.FULL

    @property
    def channel(self) -> str:
        """The channel of step 1; empty where the way has no step 1."""
        return self.value if self.route is Route.FULL else ""

    @property
    def situation(self) -> Situation:
        """The answer to the first question that leads here."""
        return Situation.NEW if self in (Way.ONLINE, Way.MANUAL) else Situation(self.value)


def taken(route: Route, channel: str) -> Way | None:
    """The one that is gone; None before a channel is chosen."""
    name = channel if route is Route.FULL else route.value
    return Way(name) if name else None


class Because(StrEnum):
    """The answer that decided."""

    SITUATION = "situation"
    NO_MERSIS = "no_mersis"
    FOREIGN = "foreign"
    PAPER = "paper"
    ALL_AT_HAND = "all_at_hand"


@dataclass(frozen=True, slots=True)
class Found:
    way: Way
    because: Because


def find(situation: Situation, *, has_mersis: bool | None = None, signing: Signing | None = None) -> Found | None:
    """None while an answer is missing that decides; answers that decide nothing are not read."""
    if situation is not Situation.NEW:
        return Found(Way(situation.value), Because.SITUATION)
    if has_mersis is None or signing is None:
        return None
    if signing is Signing.FOREIGN:
        return Found(Way.MANUAL, Because.FOREIGN)
    if not has_mersis:
        return Found(Way.MANUAL, Because.NO_MERSIS)
    if signing is Signing.PAPER:
        return Found(Way.MANUAL, Because.PAPER)
    return Found(Way.ONLINE, Because.ALL_AT_HAND)
