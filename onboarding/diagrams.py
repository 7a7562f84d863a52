"""The state diagrams of docs/states.md, made from the tables of the six steps. PURE."""

from journal.parties import Party
from onboarding.machine import Move, Step
from onboarding.steps import STEPS

HEAD = """# The six machines

Made from the tables in `onboarding/steps/` by `make docs`; do not edit. Whose turn a state is stands in
brackets. Every step that is not done can also be held and resumed by staff and withdrawn by the
company's owner; a finished one can be reopened by staff, which marks the finished steps after it stale
until each is confirmed or redone.
"""
GENERAL = ("hold", "resume", "withdraw", "reopen", "confirm_stale", "redo")


def document() -> str:
    return "\n".join([HEAD, *(_section(step) for step in STEPS)])


def _section(step: Step) -> str:
    rows = [row for row in step.moves if row.name not in GENERAL]
    lines = [f"## {step.number} · {step.title} (`{step.key}`)", "", "```mermaid", "stateDiagram-v2"]
    lines += [f"    {state.value} : {state.value}{_turn(step, state)}" for state in step.states]
    lines += [f"    [*] --> {step.initial.value}"]
    for row in rows:
        lines += [f"    {source} --> {_target(row, source)} : {row.name}" for source in _in_order(step, row)]
    lines += [f"    {state.value} --> [*]" for state in step.states if state in step.done]
    lines += ["```", "", "| move | on screen | by | from | to |", "|---|---|---|---|---|"]
    lines += [
        f"| `{row.name}` | {row.label} | {_parties(row)} | {', '.join(_in_order(step, row))} "
        f"| {row.target.value if row.target else '–'} |"
        for row in rows
    ]
    return "\n".join([*lines, ""])


def _turn(step: Step, state: object) -> str:
    party = next((party for known, party in step.turns.items() if known == state), None)
    return f" [{party.value}]" if party else ""


def _in_order(step: Step, row: Move) -> list[str]:
    return [state.value for state in step.states if state in row.source]


def _target(row: Move, source: str) -> str:
    return row.target.value if row.target else source


def _parties(row: Move) -> str:
    return ", ".join(
        f"{party.value} ({row.role.value})" if party is Party.COMPANY else party.value
        for party in Party
        if party in row.by
    )
