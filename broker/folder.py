"""Celery's queue as a folder, for one machine without Redis: kombu's own, whose messages appear whole.

kombu writes a message where readers look for it. A worker on a busy machine takes it before its words are in, and
ends with what it cannot read.
"""

from pathlib import Path
from time import monotonic_ns
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps
from kombu.utils.uuid import uuid


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]  # kombu's own name
        """Written under a name that no reader takes, then renamed. Names sort by time: the oldest goes first."""
        name = f"{monotonic_ns():020d}_{uuid()}.{queue}.msg"
        folder = Path(self.data_folder_out)
        unfinished = folder / f".{name}"
        unfinished.write_text(dumps(payload), encoding="utf-8")
        unfinished.replace(folder / name)


class Transport(filesystem.Transport):
    Channel = Channel


def use() -> None:
    """From now on `filesystem://` is this one."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:{Transport.__name__}"
