"""What a step is, what a move is, and whether a move may happen now. PURE: no Django, no clock, no I/O.

A step is a table: its states, whose turn each state is, and the moves between them. Screens, admin
buttons, incoming mails and the diagrams in docs/states.md are all made from these tables.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from journal.parties import Party
from tenancy.roles import Role


class State(StrEnum):
    """Base of the six enums of states, one per step."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one step of one application stands: its state and the two marks that lie over any state.

    `held` – staff paused the step. `stale` – the step is done, but a step before it was reopened
    since, so its result waits to be confirmed or redone.
    """

    state: State
    held: bool = False
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """One row of a step's table.

    `target` None means that the state stays as it is and only a mark changes. `role` is the least role
    a person of the company needs. `letters` names what is posted, in the same transaction.
    `ends_application` closes the whole application; `reopens` marks later finished steps stale.
    """

    name: str
    label: str
    source: frozenset[State]
    target: State | None
    by: frozenset[Party]
    role: Role = Role.EDITOR
    reason_required: bool = False
    letters: tuple[str, ...] = ()
    holds: bool | None = None
    clears_stale: bool = False
    only_stale: bool = False
    reopens: bool = False


def move(
    name: str,
    label: str,
    source: State | Iterable[State],
    target: State | None,
    *by: Party,
    role: Role = Role.EDITOR,
    reason_required: bool = False,
    letters: tuple[str, ...] = (),
) -> Move:
    """A row of a table, written so that a reader sees from → to and by whom."""
    return Move(name, label, _states(source), target, frozenset(by), role, reason_required, letters)


def _states(one_or_more: State | Iterable[State]) -> frozenset[State]:
    return frozenset({one_or_more}) if isinstance(one_or_more, State) else frozenset(one_or_more)


@dataclass(frozen=True)
class Step:
    """One of the six steps. `turns` holds every state in which somebody has to act.

    `labels` are the words for a company; `support_labels` those for support's people, who read of a firm and
    never of themselves.
    """

    number: int
    key: str
    title: str
    initial: State
    turns: Mapping[State, Party]
    done: frozenset[State]
    stopped: frozenset[State]
    labels: Mapping[State, str]
    support_labels: Mapping[State, str]
    moves: tuple[Move, ...]
    _by_name: Mapping[str, Move] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {row.name: row for row in self.moves})

    @property
    def states(self) -> type[State]:
        return type(self.initial)

    def state(self, value: str) -> State:
        """The state stored as `value`. Raises ValueError for a value this step does not know."""
        return self.states(value)

    def move(self, name: str) -> Move:
        """The row called `name`. Raises KeyError when the table has none."""
        return self._by_name[name]

    def has_move(self, name: str) -> bool:
        return name in self._by_name

    def reaches(self, state: State, row: Move) -> bool:
        """Whether the table leads from `state`, in one or more moves, to where `row` may be made.

        Withdrawing and reopening do not count: they are no way of waiting for something.
        """
        seen: set[State] = set()
        ahead = {state}
        while ahead:
            seen |= ahead
            ahead = {
                each.target
                for each in self.moves
                if each.target is not None and not each.reopens and each.source & ahead
            } - seen
        return bool(row.source & (seen - {state}))

    def waits_for_letter(self, state: State) -> bool:
        """Whether a letter to İYS that goes out now would move the step on: it is being sent, or was kept back."""
        sent = self._by_name.get(LETTER_SENT)
        return sent is not None and state in sent.source

    def is_done(self, standing: Standing) -> bool:
        return standing.state in self.done and not standing.stale

    def turn(self, standing: Standing) -> Party | None:
        """Who has to act on this step if the gate lets it be acted on; None when nobody has to.

        A held step is staff's to resume; a stale one is the company's to confirm or redo.
        """
        if standing.state in self.stopped:
            return None
        if standing.state in self.done:
            return Party.COMPANY if standing.stale else None
        return Party.STAFF if standing.held else self.turns[standing.state]

    def after(self, row: Move, standing: Standing) -> Standing:
        """Where the step stands once `row` has happened. What ends a step also ends its being held."""
        state = standing.state if row.target is None else row.target
        held = standing.held if row.holds is None else row.holds
        return Standing(
            state=state,
            held=held and state in self.turns,
            stale=standing.stale and not row.clears_stale,
        )

    def refusal(self, row: Move, standing: Standing, *, by: Party, role: Role | None = None) -> str:
        """Why `by` may not make this move now, as a sentence for a screen; empty when it may.

        `role` is the acting person's role in the company and counts only when the company acts.
        """
        if by not in row.by:
            return "Bu işlem sizin yetkinizde değil."
        if by is Party.COMPANY and role is not None and not role.includes(row.role):
            return "Bu işlem için firma sahibi (yönetici) yetkisi gerekiyor."
        if standing.held and by is Party.COMPANY and row.name != "withdraw":
            return "Bu adım destek ekibi tarafından beklemeye alındı."
        if standing.stale and not row.only_stale and row.holds is None:
            return "Bu adım yeniden onay bekliyor: önce sonucu onaylayın ya da yeniden yapın."
        if row.only_stale and not standing.stale:
            return "Bu adım yeniden onay beklemiyor."
        if row.holds is not None and row.holds == standing.held:
            return "Adım zaten bu durumda."
        if standing.state not in row.source:
            return "Bu işlem şu anda yapılamaz: adımın durumu değişti."
        return ""

    def allowed(self, standing: Standing, *, by: Party, role: Role | None = None) -> tuple[Move, ...]:
        """The moves that `by` may make now, in the table's order."""
        return tuple(row for row in self.moves if not self.refusal(row, standing, by=by, role=role))


LETTER_SENT, LETTER_FAILED, LETTER_BOUNCED = "letter_sent", "letter_failed", "letter_bounced"


def letter_moves(sending: State, *, sent: State, failed: State) -> tuple[Move, ...]:
    """The rows of a step that waits for a letter to İYS to go out, and for it not to come back.

    A letter that staff let go after all moves a step on from `failed` too.
    """
    return (
        move(LETTER_SENT, "İYS'ye iletildi", (sending, failed), sent, Party.SYSTEM),
        move(LETTER_FAILED, "İYS'ye iletilemedi", sending, failed, Party.SYSTEM, reason_required=True),
        move(LETTER_BOUNCED, "Mektup geri döndü", sent, failed, Party.SYSTEM, reason_required=True),
    )


def step(
    number: int,
    key: str,
    title: str,
    *,
    initial: State,
    turns: Mapping[State, Party],
    done: State | Iterable[State],
    stopped: Iterable[State],
    withdrawn: State,
    labels: Mapping[State, str],
    support_labels: Mapping[State, str],
    moves: tuple[Move, ...],
    stale_role: Role = Role.EDITOR,
) -> Step:
    """A step from its own rows plus the rows that every step has: hold, resume, withdraw, reopen, stale.

    `stale_role` is the least role that may say that a stale result still holds, or do the step again.
    """
    live = frozenset(turns)
    finished = _states(done)
    general = (
        Move(
            "hold",
            "Beklemeye al",
            live,
            None,
            frozenset({Party.STAFF}),
            reason_required=True,
            holds=True,
        ),
        Move("resume", "Devam ettir", live, None, frozenset({Party.STAFF}), holds=False),
        Move(
            "withdraw",
            "Başvuruyu geri çek",
            live,
            withdrawn,
            frozenset({Party.COMPANY}),
            role=Role.OWNER,
            reason_required=True,
            letters=("withdrawal_to_iys",),
        ),
        Move(
            "reopen",
            "Adımı yeniden aç",
            finished,
            initial,
            frozenset({Party.STAFF}),
            reason_required=True,
            reopens=True,
        ),
        Move(
            "confirm_stale",
            "Sonuç hâlâ geçerli",
            finished,
            None,
            frozenset({Party.COMPANY, Party.STAFF}),
            role=stale_role,
            clears_stale=True,
            only_stale=True,
        ),
        Move(
            "redo",
            "Adımı yeniden yap",
            finished,
            initial,
            frozenset({Party.COMPANY, Party.STAFF}),
            role=stale_role,
            clears_stale=True,
            only_stale=True,
            reopens=True,
        ),
    )
    return Step(
        number,
        key,
        title,
        initial,
        turns,
        finished,
        frozenset(stopped) | {withdrawn},
        labels,
        support_labels,
        moves + general,
    )
