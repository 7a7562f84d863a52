"""What stands below a closing: the writer's name, post, department and firm. PURE.

A postscript stands there too, so only lines that can be nothing else count.
"""

import re

from correspondence.reading.blanks import BLANKS
from correspondence.reading.vocabulary import made_of

_LONGEST = 110  # characters of a line
_NAME = re.compile(r"(?:(?:av|dr|prof|doc|uzm)\.? )?[a-z]{2,20}\.?(?: [a-z.]{1,20}){1,3}$")
_SEPARATOR = re.compile(r" [-–—•|/] | ?[|/,;] ?")


def is_signature_line(plain: str, written: str) -> bool:
    """Whether a line, found below a closing, belongs to a signature: its plain words, and the same as written."""
    if len(plain) > _LONGEST:
        return False
    if BLANKS["adres"].takes(plain, written):
        return True
    pieces, as_written = _SEPARATOR.split(plain), _SEPARATOR.split(written)
    return len(pieces) == len(as_written) and all(map(_is_of_a_signature, pieces, as_written))


def _is_of_a_signature(plain: str, written: str) -> bool:
    words = plain.strip(" -–—|•,")
    if made_of("imza", words):
        return True
    return bool(_NAME.match(words)) and BLANKS["kişi"].takes(words, written)
