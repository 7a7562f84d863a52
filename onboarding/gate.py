"""The gate: which of the six steps may be acted on now. PURE.

"Her bir adım, bir sonraki adıma bağlı … Bir önceki adımı tamamlamayan kullanıcıların talepleri İYS
tarafından işleme alınmamaktadır" (the guide's first page). Every verb, screen, button and incoming mail
asks here; nobody else decides about order.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from journal.parties import Party
from onboarding.machine import Standing, Step
from onboarding.steps import STEPS


class Route(StrEnum):
    """How much of the way a company has to go."""

    FULL = "full"
    EXEMPT = "exempt"
    SELF_MANAGED = "self_managed"


NEEDED: Mapping[Route, frozenset[str]] = {
    Route.FULL: frozenset(step.key for step in STEPS),
    Route.EXEMPT: frozenset({STEPS[-1].key}),
    Route.SELF_MANAGED: frozenset({STEPS[-1].key}),
}


class Status(StrEnum):
    """What the gate says of one step."""

    OPEN = "open"
    WAITING = "waiting"
    DONE = "done"
    LOCKED = "locked"
    NOT_NEEDED = "not_needed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`turn` is set exactly when the step is OPEN (the company's turn) or WAITING (anybody else's);
    `because` is the unfinished step that locks this one."""

    step: Step
    status: Status
    turn: Party | None = None
    because: Step | None = None

    @property
    def active(self) -> bool:
        """Somebody has to act on this step now."""
        return self.status in (Status.OPEN, Status.WAITING)

    @property
    def passable(self) -> bool:
        """The gate lets moves through; a finished step too may be reopened or declared anew."""
        return self.active or self.status is Status.DONE


def board(route: Route, standings: Mapping[str, Standing]) -> tuple[Verdict, ...]:
    """Six verdicts, in order, by one walk. `standings` is keyed by step key and names every step."""
    verdicts: list[Verdict] = []
    barrier: Step | None = None
    for step in STEPS:
        standing = standings[step.key]
        if step.key not in NEEDED[route]:
            verdicts.append(Verdict(step, Status.NOT_NEEDED))
            continue
        if barrier is not None:
            verdicts.append(Verdict(step, Status.LOCKED, because=barrier))
            continue
        verdict = _verdict(step, standing)
        verdicts.append(verdict)
        if verdict.status is not Status.DONE:
            barrier = step
    return tuple(verdicts)


def _verdict(step: Step, standing: Standing) -> Verdict:
    turn = step.turn(standing)
    if turn is None:
        return Verdict(step, Status.DONE if step.is_done(standing) else Status.STOPPED)
    return Verdict(step, Status.OPEN if turn is Party.COMPANY else Status.WAITING, turn=turn)


def verdict_of(step: Step, route: Route, standings: Mapping[str, Standing]) -> Verdict:
    return board(route, standings)[step.number - 1]


def current(verdicts: tuple[Verdict, ...]) -> Verdict | None:
    """The one step that can be acted on; None when all are done or the application has stopped."""
    return next((verdict for verdict in verdicts if verdict.active), None)


def finished(verdicts: tuple[Verdict, ...]) -> bool:
    return all(verdict.status in (Status.DONE, Status.NOT_NEEDED) for verdict in verdicts)
