"""Taking apart what programs wrap a mail into. PURE. Runs in a confined process; `unwrapping` asks for it."""

import codecs
import contextlib
import encodings
import pkgutil
from dataclasses import asdict
from typing import Any

from correspondence.reading import smime, tnef


def signed(*, payload: bytes) -> dict[str, Any]:
    """What is in an opaque S/MIME message; or why nothing comes out."""
    try:
        inner, whole = smime.opened(payload)
    except smime.NotOpened as closed:
        return {"why": closed.why}
    return {"inner": inner, "whole": whole}


def winmail(*, payload: bytes) -> dict[str, Any]:
    return asdict(tnef.opened(payload))


def warm() -> None:
    """A charset's decoder is a file, and none can be opened later."""
    for each in pkgutil.iter_modules(encodings.__path__):
        with contextlib.suppress(LookupError, ImportError):
            codecs.lookup(each.name)
