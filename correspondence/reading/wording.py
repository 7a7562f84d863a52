"""What two mails must have alike to be decided together: the sentences that nobody understood, or that nothing is
said. PURE."""

import hashlib
from collections.abc import Iterable

from identifiers.turkish import skeleton

# Of mails whose sentences are all harmless, whatever they are.
NOTHING_SAID = hashlib.sha256(b"nothing said").hexdigest()


def key(sentences: Iterable[str], name: str) -> str:
    """Of the unknown sentences of a mail without numbers, marks and the firm's name, in whatever order they stand;
    empty where there are none. A hash: the words themselves stand encrypted on the mail's row alone."""
    firm = _letters(name)
    texts = (_letters(each) for each in sentences)
    found = {text.replace(firm, "") if firm else text for text in texts} - {""}
    return hashlib.sha256("\n".join(sorted(found)).encode()).hexdigest() if found else ""


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, skeleton(text)))
