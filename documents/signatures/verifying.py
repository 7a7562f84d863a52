"""Whether a signed PDF is the one that was issued, signed by those who should, and by nobody else.

The file is opened in a confined process (`examining`). It asks no authority itself: what it wants to know about a
certificate that is believed, the portal asks for it.
"""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from confinement import budget
from confinement.budget import Late
from confinement.running import Ended, run
from confinement.serving import Limits
from documents.caps import CAPS, Caps
from documents.signatures.fields import Person
from documents.signatures.report import NOT_UNDERSTOOD, Report, failed, unpacked
from fetcher import web

if TYPE_CHECKING:
    from documents.signatures.trust import Trust

logger = logging.getLogger(__name__)

# Beyond the work itself: what the event loop of the library opens.
FILES = 16
# Of all questions about one file, however many signatures it has.
SECONDS_OF_QUESTIONS = 10.0


def verify(
    signed: bytes, issued: bytes, *, people: Sequence[Person], trust: "Trust", at: datetime, caps: Caps = CAPS
) -> Report:
    """Checks `signed` against the paper `issued` to `people`, at the moment `at`.

    The first of `people` is the signatory, the others sign together with them. Never raises: what cannot
    be understood fails with a sentence.
    """
    # The parser of certificates is loaded with the first signed file.
    from documents.signatures.trust import packed

    arguments: dict[str, object] = {
        "signed": signed,
        "issued": issued,
        "people": [asdict(each) for each in people],
        "trust": packed(trust),
        "at": at.isoformat(),
    }
    limits = Limits(memory=caps.memory, seconds=caps.seconds + SECONDS_OF_QUESTIONS, files=FILES)
    try:
        found = run(
            "documents.signatures.examining:examine", arguments, limits=limits, answers=_Asking(trust.timeout)
        )
        if "trouble" in found:
            logger.warning("A signed file could not be understood: %s", found["trouble"])
        return unpacked(found)
    except Late as error:
        return Report((failed("file", str(error)),))
    except Ended as error:
        logger.warning("A signed file could not be opened within its limits: %s", error)
    except (KeyError, TypeError, ValueError) as error:
        logger.warning("A signed file was answered with nonsense: %s", type(error).__name__)
    return Report((failed("file", NOT_UNDERSTOOD),))


def told_beside(payload: bytes, *, caps: Caps = CAPS) -> str:
    """What to do about a signature that lies around a paper or beside it; empty when the file is none. Raises
    Refused when the time of the whole is over."""
    try:
        return str(run("documents.signatures.cms:told", {"payload": payload}, limits=caps.limits())["sentence"])
    except Ended as error:
        logger.warning("A signature could not be opened within its limits: %s", error)
        return NOT_UNDERSTOOD


class _Asking:
    """What a confined process may have asked: a revocation list, or the state of a certificate."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until = time.monotonic() + budget.left(SECONDS_OF_QUESTIONS)

    def __call__(self, question: Mapping[str, Any]) -> Mapping[str, Any]:
        seconds = min(self._seconds, self._until - time.monotonic())
        if seconds <= 0:
            return {"failed": "too slow"}
        url, body = str(question.get("url", "")), question.get("body")
        headers = {"Accept": str(question.get("accept", "*/*"))}
        try:
            if isinstance(body, bytes):
                headers["Content-Type"] = "application/ocsp-request"
                answer = web.post(url, body, headers=headers, seconds=seconds)
            else:
                answer = web.get(url, headers=headers, seconds=seconds)
        except web.NotFetched as error:
            return {"failed": str(error)}
        return {"content": answer.content} if answer.is_success else {"failed": f"HTTP {answer.status}"}
