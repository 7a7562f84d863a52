"""What people and programs do to long numbers, undone or told. PURE."""

import re
from collections.abc import Callable

from identifiers import Refused
from identifiers.invisible import plain

# Hyphens and dashes of every length are among them (Unicode block 2010, and the minus sign).
_BETWEEN = re.compile(r"[\s.\-\u2010-\u2015\u2212/()]+")
# What keeps a spreadsheet from reading a number comes along when the cell is copied.
_AS_TEXT = "'\u2018\u2019`\u00b4"
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,2}")


def bare(text: str) -> str:
    """The text without spaces, dots, dashes, slashes, brackets, and without what nobody sees."""
    return _BETWEEN.sub("", plain(text).lstrip(_AS_TEXT))


def number(text: str) -> str:
    """As `bare`. Raises Refused for what a spreadsheet makes of a number that is longer than its cell, and for one
    that was copied as it is shown, with its digits hidden."""
    refuse_shortened(text)
    if "*" in text:
        raise Refused("Yıldızlar gizlenmiş hanelerdir; numaranın tamamını rakamla yazın.")
    return bare(text)


def refuse_shortened(text: str) -> None:
    """Raises Refused for 1,23E+15: the digits that are not shown cannot be known."""
    written = plain(text)
    if _SCIENTIFIC.fullmatch(written):
        raise Refused(
            f"Excel gibi bir hesap tablosu numarayı kısaltmış ({written}); tamamı bundan anlaşılmaz. "
            "Hücrenin biçimini “Metin” yapın ya da numarayı belgenizden bakıp rakam rakam yazın."
        )


def is_sound(text: str, clean: Callable[[str], str]) -> bool:
    """Whether it could be a number of the kind that `clean` judges."""
    try:
        return bool(clean(text))
    except Refused:
        return False


def zero_lost(digits: str, length: int, clean: Callable[[str], str]) -> str:
    """Asks, as a sentence, whether zeros are lost in front, where a spreadsheet takes them off; empty when the
    number would not be sound with them (`clean` judges) either."""
    if not length - 2 <= len(digits) < length:
        return ""
    try:
        whole = clean(digits.zfill(length))
    except Refused:
        return ""
    return f" Başındaki sıfır düşmüş olabilir: {whole} mı?"
