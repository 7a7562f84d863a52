"""Provinces and districts of Turkey; the data file is made by bin/make-places. PURE."""

import json
from functools import cache
from pathlib import Path

from identifiers import Refused
from identifiers.turkish import fold

_DATA = Path(__file__).with_name("places.json")
PROVINCES: dict[str, tuple[str, ...]] = {
    province: tuple(districts) for province, districts in json.loads(_DATA.read_text(encoding="utf-8")).items()
}


@cache
def _folded_provinces() -> dict[str, str]:
    return {fold(province): province for province in PROVINCES}


def clean_province(text: str) -> str:
    """The province as it is officially written. Raises Refused."""
    province = _folded_provinces().get(fold(text))
    if province is None:
        raise Refused(f"“{text.strip()}” adında bir il yok; listeden seçin.")
    return province


def clean(province: str, district: str) -> tuple[str, str]:
    """Both as they are officially written. Raises Refused when the district is not of the province."""
    found = clean_province(province)
    known = {fold(each): each for each in PROVINCES[found]}
    if fold(district) not in known:
        raise Refused(f"{found} ilinde “{district.strip()}” adında bir ilçe yok; listeden seçin.")
    return found, known[fold(district)]
