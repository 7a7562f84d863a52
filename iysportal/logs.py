"""Log lines without what lets somebody in and without personal data."""

import logging
import re

from identifiers.masking import masked

# A segment of a path that is a key: ids in links of mails, keys of reset links. A file's name has a dot.
_KEYS = re.compile(r"(?<=/)[0-9A-Za-z_:=-]{16,}(?=[/?&#\s\"'<>)\],;]|$)")
_ENCODED_KEYS = re.compile(r"(?<=%2F)[0-9A-Za-z_:=-]{16,}(?=%|[&#\s\"')]|$)", re.IGNORECASE)
_ADDRESSES = re.compile(r"(?<![\w.+-])([\w+-])[\w.+-]*@(?=[\w-]+\.)")
# The left side of a Message-ID of ours, and of an envelope sender: by these a letter is found.
_OF_LETTERS = re.compile(r"(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|b-[0-9a-z-]+)@")


def discreet(text: str) -> str:
    """The text without keys in paths, e-mail addresses and identity numbers."""
    text = _ENCODED_KEYS.sub("…", _KEYS.sub("…", text))
    return masked(_ADDRESSES.sub(_address, text))


def _address(found: re.Match[str]) -> str:
    return found.group() if _OF_LETTERS.fullmatch(found.group()) else f"{found.group(1)}…@"


class DiscreetFormatter(logging.Formatter):
    """Whatever a library logs passes here, tracebacks too."""

    def format(self, record: logging.LogRecord) -> str:
        return discreet(super().format(record))
