"""What a delivery report says (RFC 3464) and which letter it speaks of. PURE."""

import re
from dataclasses import dataclass

FAILED = "failed"
_MESSAGE_ID = re.compile(
    r"^[ \t>]{0,20}Message-ID:[ \t]{0,20}\n?[ \t]{0,20}(<[^<>\s]{1,250}>)", re.IGNORECASE | re.MULTILINE
)
_ADDRESS = re.compile(r"[^\s<>;,\"]{1,64}@[^\s<>;,\"]{1,255}")


@dataclass(frozen=True, slots=True)
class Report:
    """`action` is the worst (RFC 3464, 2.3.3), `recipients` those it failed for, `message_ids` the original's."""

    action: str
    status: str
    recipients: tuple[str, ...]
    diagnostic: str
    message_ids: tuple[str, ...]


def report(delivery_status: str, original: str) -> Report:
    """From the machine's part of a report and whatever it carries of the original mail."""
    blocks = [_fields(block) for block in re.split(r"\n[ \t]*\n", delivery_status.replace("\r\n", "\n"))]
    per_recipient = [block for block in blocks if "action" in block or "final-recipient" in block]
    failed = [block for block in per_recipient if block.get("action", FAILED).lower() == FAILED]
    shown = failed or per_recipient
    first = shown[0] if shown else {}
    return Report(
        action=FAILED if failed else first.get("action", "").lower(),
        status=first.get("status", "")[:20],
        recipients=tuple(dict.fromkeys(address for block in failed for address in _recipient(block))),
        diagnostic=first.get("diagnostic-code", "").partition(";")[2].strip()[:400],
        message_ids=message_ids(original),
    )


def message_ids(text: str) -> tuple[str, ...]:
    """Message-IDs that are named as such in a text, at most ten."""
    return tuple(dict.fromkeys(_MESSAGE_ID.findall(text.replace("\r\n", "\n"))))[:10]


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
    named = block.get("original-recipient", "") + " " + block.get("final-recipient", "")
    return [address.lower() for address in _ADDRESS.findall(named)]
