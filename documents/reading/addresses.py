"""An address as papers print it, "… Mah. … No: 12 ŞİŞLİ/ İSTANBUL", taken apart. PURE."""

import re

from identifiers import Refused, places

_END = " ,;.-–/\\()"
_COUNTRY = re.compile(r"[\s/,-]+türkiye\W*$", re.IGNORECASE)
MOST_WORDS = 3  # of a district's name


def taken_apart(text: str) -> dict[str, str]:
    """`address`, and where the end names them, `province` and `district` as they are officially written now.

    A district that does not belong to the province, or that has become several, stays in the address.
    """
    whole = _COUNTRY.sub("", text).strip(_END)
    words = re.split(r"[\s/\\,()]+", whole)
    for before, province, after in _provinces(words):
        for count in range(min(MOST_WORDS, len(before) - 1), 0, -1):
            found = _district(province, " ".join(before[-count:]))
            if found is not None and not after:
                return {"address": _up_to(whole, words, count + 1), **found}
        if not after:
            return {"address": _up_to(whole, words, 1), "province": province}
        found = _district(province, " ".join(after))
        if found is not None and len(before) > 0:
            return {"address": _up_to(whole, words, len(after) + 1), **found}
    return {"address": whole}


def _provinces(words: list[str]) -> list[tuple[list[str], str, list[str]]]:
    """What stands before the province, the province, what stands behind it; the last word first."""
    found = []
    for behind in range(min(MOST_WORDS + 1, len(words) - 1)):
        at = len(words) - 1 - behind
        try:
            found.append((words[:at], places.clean_province(words[at]), words[at + 1 :]))
        except Refused:
            continue
    return found


def _district(province: str, name: str) -> dict[str, str] | None:
    try:
        province, district = places.clean(province, name)
    except Refused:
        return None
    return {"province": province, "district": district}


def _up_to(whole: str, words: list[str], count: int) -> str:
    """Without the last words; all of it when nothing else would be left."""
    pattern = r"[\s/\\,()]+".join(re.escape(word) for word in words[-count:])
    return re.sub(rf"[\s/\\,()]*{pattern}$", "", whole).strip(_END) or whole
