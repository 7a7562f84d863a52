"""Whole numbers as people in Turkey write them. PURE."""

import re
from decimal import Decimal

from identifiers import Refused
from identifiers.invisible import visible

# Groups of three, by dots or by spaces; the comma is Turkey's decimal sign (TDK) and is never read as a group.
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+")
_PLAIN = re.compile(r"[0-9]+")
_AMOUNT = re.compile(r"(?P<whole>[0-9. ]+?)?(?:[.,](?P<kurus>[0-9]{1,2}))?")
# More signs than any sum has; Python's int takes no more than some thousand digits.
_LONGEST = 100
REFUSAL = "Yalnızca rakamla bir sayı yazın, örneğin 12500 ya da 12.500; küsurat olmaz."
REFUSED_AMOUNT = "Tutarı rakamla yazın, kuruşu virgülle ayırın, örneğin 12.500 ya da 12.500,75."


def clean(text: str) -> int:
    """The number, with or without thousand separators. Raises Refused for a decimal, a sign or anything else.

    "8.000" is eight thousand, never eight: Python's and Django's own readings take the dot for a decimal point.
    """
    typed = visible(text).strip()
    if len(typed) > _LONGEST:
        raise Refused(REFUSAL)
    if _PLAIN.fullmatch(typed):
        return int(typed)
    if _GROUPED.fullmatch(typed):
        return int(re.sub(r"\D", "", typed))
    raise Refused(REFUSAL)


def written(count: int) -> str:
    """As people read it: with a dot between thousands."""
    return f"{count:,}".replace(",", ".")


def clean_amount(text: str) -> Decimal:
    """An amount as `clean` reads numbers, and the kuruş behind a comma. Raises Refused.

    A dot with one or two digits behind it groups nothing, so it can only be meant as the comma.
    """
    typed = _AMOUNT.fullmatch(visible(text).strip())
    if typed is None:
        raise Refused(REFUSED_AMOUNT)
    try:
        whole = clean(typed["whole"] or "")
    except Refused as refusal:
        raise Refused(REFUSED_AMOUNT) from refusal
    return Decimal(f"{whole}.{typed['kurus'] or 0}")
