"""The sentences that the product knows, from `known.txt`: İYS's claims and what decides nothing beside them. PURE.

A mail moves a step by itself only when each of its sentences is known. What is not there is decided by a person
once, and taught (`TaughtSentence`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from correspondence.reading.kinds import Kind
from correspondence.reading.sentence_patterns import SentencePattern, compiled

FILE = Path(__file__).with_name("known.txt")
HARMLESS = "harmless"


@dataclass(frozen=True, slots=True)
class Known:
    """A sentence that is known.

    `kind` None: harmless. `also`: kinds with which it goes together without being what they say: "ön başvurunuz
    onaylanmıştır" stands in the mail that brings the link to go on. A harmless sentence that names kinds is
    harmless beside them alone: "tekrar deneyiniz" turns "ödemeniz alınmıştır". `closes`: a signature may follow.
    `taught` is the key of the row that a person taught.
    """

    pattern: SentencePattern
    kind: Kind | None = None
    also: tuple[Kind, ...] = ()
    closes: bool = False
    taught: int | None = None


@cache
def shipped() -> tuple[Known, ...]:
    """All that the product knows."""
    return tuple(_read(FILE.read_text(encoding="utf-8")))


def _read(text: str) -> Iterator[Known]:
    head: list[str] = []
    # An indented line goes on with the one before it.
    for line in re.sub(r"\n +", " ", text).splitlines():
        if line.startswith("== "):
            head = line.removeprefix("== ").split()
        elif line and not line.startswith("#"):
            kind = None if head[0] == HARMLESS else Kind(head[0])
            also = tuple(map(Kind, head[2:])) if head[1:2] == ["also"] else ()
            because = (f"{line} : {{açıklama}}", f"{line} : {{liste}}") if "because" in head else ()
            for sentence in (line, *because):
                yield Known(compiled(sentence), kind, also, closes="closing" in head)
