"""What a delivery report says in its part for machines (RFC 3464), and which letter it speaks of. PURE.

What reports say in words stands in `bounce_words`.
"""

import re
from dataclasses import dataclass

FAILED = "failed"
DELAYED = "delayed"
EXPIRED = "expired"
RELAYED = "relayed"
DELIVERED = "delivered"
# The letter did not arrive and will not.
GIVEN_UP = frozenset({FAILED, EXPIRED})
# The worst first: of several recipients, those with the worst are told.
_WORST_FIRST = (FAILED, EXPIRED, DELAYED, RELAYED, DELIVERED)
_BY_STATUS = {"5": FAILED, "4": DELAYED, "2": DELIVERED}
MAX_IDS = 10
MAX_RECIPIENTS = 100
_MESSAGE_ID = re.compile(r"\bmessage[-_ ]?id[^\w<]{0,12}<?([^<>\s\"']{1,250}@[^<>\s\"']{1,250})", re.IGNORECASE)
ADDRESS = re.compile(r"[^\s<>;,:\"'()\[\]]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True)
class Report:
    """`action` is the worst (RFC 3464, 2.3.3), `recipients` those whom it befell, `message_ids` the letter's.

    EXPIRED is a failure after all attempts to reach the other side: servers call it failed, with a status of 4.4.
    """

    action: str
    status: str
    recipients: tuple[str, ...]
    diagnostic: str
    message_ids: tuple[str, ...]


def report(delivery_status: str, original: str) -> Report:
    """From the machine's part of a report and whatever it carries of the original mail."""
    blocks = [_fields(block) for block in re.split(r"\n[ \t]*\n", delivery_status.replace("\r\n", "\n"))]
    told = [(_action(block), block) for block in blocks if "action" in block or "final-recipient" in block]
    told = told[:MAX_RECIPIENTS]
    action = next((each for each in _WORST_FIRST if any(each == found for found, _block in told)), "")
    worst = [block for found, block in told if found == action]
    first = worst[0] if worst else {}
    return Report(
        action=action,
        status=first.get("status", "")[:20],
        recipients=tuple(dict.fromkeys(address for block in worst for address in _recipient(block))),
        diagnostic=first.get("diagnostic-code", "").partition(";")[2].strip()[:400],
        message_ids=message_ids(original),
    )


def message_ids(text: str) -> tuple[str, ...]:
    """Message-IDs that are named as such in a text, at most ten."""
    return tuple(dict.fromkeys(f"<{found}>" for found in _MESSAGE_ID.findall(text)))[:MAX_IDS]


def _action(block: dict[str, str]) -> str:
    """Comments and case do not count; a server that leaves the action out still writes a status."""
    named = block.get("action", "").partition("(")[0].strip().lower()
    status = block.get("status", "").strip()
    if named == FAILED and status.startswith("4.4."):
        return EXPIRED
    if named:
        return named if named in _WORST_FIRST else RELAYED
    return _BY_STATUS.get(status[:1], "")


def _fields(block: str) -> dict[str, str]:
    found: dict[str, str] = {}
    name = ""
    for line in block.split("\n")[:200]:
        if line[:1] in (" ", "\t") and name:
            found[name] += " " + line.strip()
        elif ":" in line:
            name = line.partition(":")[0].strip().lower()
            found.setdefault(name, line.partition(":")[2].strip())
    return found


def _recipient(block: dict[str, str]) -> list[str]:
    """Both: the final one may be a name that only the other side's servers know."""
    named = block.get("original-recipient", "") + " " + block.get("final-recipient", "")
    return [address.lower() for address in ADDRESS.findall(named)]
