"""S/MIME and winmail.dat, opened for a mail in processes of their own. PURE.

They are nested binary formats, some of them packed, that anybody may write; our readers of them stay away from the
keys, the database and the network.
"""

import time
from typing import Any

from confinement.budget import Late
from confinement.running import Ended, run
from confinement.serving import Limits
from correspondence.reading import smime, tnef

MEMORY = 256 * 1024 * 1024
# For all that one mail holds: whoever waits for it may be a page.
SECONDS = 10.0


class Unwrapping:
    """Of one mail."""

    def __init__(self) -> None:
        self.left = SECONDS

    def signed(self, payload: bytes) -> tuple[bytes, bool]:
        """What is inside, and whether it is whole. Raises NotOpened."""
        match self._run("signed", payload):
            case {"inner": bytes(inner), "whole": bool(whole)}:
                return inner, whole
            case {"why": str(why)}:
                raise smime.NotOpened(why)
        raise smime.NotOpened(smime.UNREADABLE)

    def winmail(self, payload: bytes) -> tnef.Opened:
        match self._run("winmail", payload):
            case {"plain": str(plain), "html": str(html), "files": list(files), "whole": bool(whole)}:
                found = [_file(each, len(payload)) for each in files]
                return tnef.Opened(plain, html, [each for each in found if each], whole and all(found))
        return tnef.Opened(whole=False)

    def _run(self, job: str, payload: bytes) -> Any:
        """None at a limit."""
        if self.left <= 0:
            return None
        began = time.monotonic()
        limits = Limits(memory=MEMORY, seconds=self.left)
        try:
            return run(f"correspondence.reading.wrapped:{job}", {"payload": payload}, limits=limits)
        except (Ended, Late):
            return None
        finally:
            self.left -= time.monotonic() - began


def _file(said: object, size: int) -> tnef.File | None:
    match said:
        case {"name": str(name), "content_type": str(kind), "start": int(start), "end": int(end)}:
            if 0 <= start <= end <= size:
                return tnef.File(name, kind, start, end)
    return None
