"""Which of the portal's letters a mail server took over, by the lines that it has written. PURE.

Postfix names the Message-ID when it reads a mail, and only later whether it kept it; Exim names it with `<=`, when
it has taken the mail. A line that holds a Message-ID and nothing else is believed as it stands: somebody has
picked it out of the log of another server.
"""

import re
from collections.abc import Iterable

_QUEUE_ID = r"(?P<queue>[0-9A-Za-z]{6,20}): "
_NAMED = re.compile(_QUEUE_ID + r"(?:resent-)?message-id=(?P<id><[^<>\s]+>)")
_KEPT = re.compile(_QUEUE_ID + r"(?:from=<[^>]*>, size=\d+, nrcpt=\d+ \(queue active\)|to=<[^>]*>,.* status=)")
_EXIM = re.compile(r" <= .* id=(?P<id>[^<>\s]+@[^<>\s]+)")
_ALONE = re.compile(r"<[^<>\s]+@[^<>\s]+>")


def taken_over(lines: Iterable[str]) -> set[str]:
    """The Message-IDs, in angle brackets, of the mails that the server took over."""
    named: dict[str, str] = {}
    found = set()
    for line in lines:
        if match := _NAMED.search(line):
            named[match["queue"]] = match["id"]
        elif match := _KEPT.search(line):
            if message_id := named.pop(match["queue"], ""):
                found.add(message_id)
        elif match := _EXIM.search(line):
            found.add(f"<{match['id']}>")
        elif _ALONE.fullmatch(line.strip()):
            found.add(line.strip())
    return found
