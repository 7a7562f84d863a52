"""Identity numbers of persons, shown by their last digits alone; keys and codes of our letters, not at all. PURE.

A TCKN, a passport number, and what is made of a TCKN: a sole trader's tax number is the owner's TCKN, and the
MERSİS number begins with it. Those of a company are made of its VKN, which is public (`vkn`, `mersis`).
"""

import re
from collections.abc import Iterable

from identifiers import Refused, tckn
from identifiers.invisible import IGNORABLE

# As `tenancy.signed_ids` makes them: whoever answers a letter quotes the link in it.
_KEY_OF_A_LINK = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}-[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])")
# As our letters say them: whoever has an automatic forward sends such a letter back, and its subject is a mail's.
_CODE_OF_A_LETTER = re.compile(
    r"(?<!\d)\d{6}(?= doğrulama kodunuz)"
    r"|((?:doğrulamak için (?:kodunuz|bu kodu yazın):[\s>*]*)"
    r"|/(?:confirm-email|e-posta)/(?:\?[^\s#]*)?#)\d{6}(?!\d)"
)
_PERSONS = re.compile(r"[1-9][0-9]{10}(?:[0-9]{5})?")
# What nobody sees may stand between the digits.
_RUN = re.compile(rf"(?<!\d)\d(?:[{IGNORABLE}]*\d){{10}}(?!\d)")
# The same in groups, as people type it: 100 000 001 46. One sign between two digits, so that no sum of a table's
# row and no list of numbers becomes one number.
_GAP = rf"[{IGNORABLE} \t\u00a0.\-\u2010-\u2015/]?"
_GROUPS = re.compile(rf"(?<!\d)(?<!\d[ .\-/])\d(?:{_GAP}\d){{10}}(?!{_GAP}\d)")
_LIKE_A_PERSONS = re.compile(rf"(?<!\d)[1-9](?:{_GAP}\d){{10}}(?!\d)")
# A passport number has no checksum: it is known by the word before it, in a line of text or a row of a table.
_PASSPORT = re.compile(
    r"(pasaport[^:\n<0-9]{0,40}?(?::\s*|(?:\s*<[^<>]*>\s*)+|\s))((?=[A-Z0-9]*[0-9])[A-Z0-9]{5,15})\b",
    re.IGNORECASE,
)


def is_persons(number: str) -> bool:
    """Whether a number in canonical form is a TCKN or a MERSİS number that begins with one."""
    if not _PERSONS.fullmatch(number):
        return False
    try:
        tckn.clean(number[:11])
    except Refused:
        return False
    return True


def mask(number: str) -> str:
    """An identity number as it is shown. Of a short passport number fewer digits stay than of a TCKN."""
    if is_persons(number):
        return tckn.mask(number[:11]) + number[11:]
    kept = min(4, len(number) // 2)
    return "*" * (len(number) - kept) + number[len(number) - kept :]


def shown(number: str) -> str:
    """A tax or MERSİS number for anybody's eyes: masked when it is a person's."""
    return mask(number) if is_persons(number) else number


def masked(text: str, known: Iterable[str] = ()) -> str:
    """Running text with every identity number masked: those that tell themselves, and the `known` ones; and
    without links and codes that let somebody in. A MERSİS number in a text tells nothing by itself; a sole
    trader's is among what is known of the company."""
    text = _KEY_OF_A_LINK.sub("(gizlendi)", text)
    text = _CODE_OF_A_LETTER.sub(lambda found: f"{found[1] or ''}(gizlendi)", text)
    for pattern in (_RUN, _GROUPS):
        text = pattern.sub(_hidden, text)
    text = _PASSPORT.sub(lambda found: found[1] + mask(found[2]), text)
    for number in sorted(filter(None, known), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(number)}(?!\w)", mask(number), text, flags=re.IGNORECASE)
    return text


def masked_as_typed(text: str) -> str:
    """As `masked`, for what people have typed and not checked: a person's number with a wrong digit in it is one,
    too. Nothing else has eleven digits of which the first is no 0."""
    return _LIKE_A_PERSONS.sub(lambda found: mask("".join(filter(str.isdecimal, found.group()))), masked(text))


def _hidden(found: re.Match[str]) -> str:
    number = "".join(filter(str.isdecimal, found.group()))
    return mask(number) if number.isascii() and is_persons(number) else found.group()
