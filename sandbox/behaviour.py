"""How İYS's desk behaves; chosen on its page, kept over restarts."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from sandbox.voices import VOICES


@dataclass(frozen=True)
class Behaviour:
    """`mode`: "now", "delay" (after `seconds`), or "hand" (somebody presses the button on the page).

    `voice` is a key of VOICES.
    """

    mode: str = "now"
    seconds: int = 10
    voice: str = "guide"
    changes_first: bool = False
    refuse_assignment: bool = False
    garbage: bool = False
    registry_down: bool = False

    @classmethod
    def load(cls, root: Path) -> "Behaviour":
        path = root / "behaviour.json"
        return cls.of(json.loads(path.read_text())) if path.exists() else cls()

    @classmethod
    def of(cls, values: dict[str, Any]) -> "Behaviour":
        """From a page's or a caller's values; raises ValueError for a mode or voice that there is not."""
        known = {each.name for each in fields(cls)}
        made = cls(**{name: value for name, value in values.items() if name in known})
        if made.mode not in ("now", "delay", "hand"):
            raise ValueError(f"mode is now, delay or hand, not {made.mode!r}")
        if made.voice not in VOICES:
            raise ValueError(f"voice is one of {', '.join(VOICES)}, not {made.voice!r}")
        return made

    def save(self, root: Path) -> None:
        root.mkdir(parents=True, exist_ok=True)
        (root / "behaviour.json").write_text(json.dumps(asdict(self)))
