"""Provinces and districts of Turkey; the data file is made by bin/make-places. PURE."""

import json
import unicodedata
from functools import cache
from pathlib import Path

from identifiers import Refused, former_places
from identifiers.turkish import fold

LONGEST = 200  # characters of a name that are looked at; some are written in 18 others
_DATA = Path(__file__).with_name("places.json")
PROVINCES: dict[str, tuple[str, ...]] = {
    province: tuple(districts) for province, districts in json.loads(_DATA.read_text(encoding="utf-8")).items()
}


def _key(name: str) -> str:
    """Marmaraereğlisi and Mustafakemalpaşa are written in two words and three as well, Çankaya and Kadıköy without
    the letters that some keyboards lack, Şanlıurfa short as “Ş. Urfa”."""
    return "".join(each for each in unicodedata.normalize("NFKD", fold(name[:LONGEST])) if each.isalnum())


@cache
def _provinces() -> dict[str, str]:
    now = {_key(province): province for province in PROVINCES}
    return {_key(former): name for former, name in former_places.PROVINCES.items()} | now


@cache
def _districts(province: str) -> dict[str, tuple[str, ...]]:
    """What a name of a district, of today or of before, may mean."""
    former = former_places.DISTRICTS.get(province, {})
    centre = ("Merkez",)  # called by the name of its province too, where there is one
    called = (
        {_key(province): centre, _key(f"{province} Merkez"): centre} if "Merkez" in PROVINCES[province] else {}
    )
    return (
        called
        | {_key(name): names for name, names in former.items()}
        | {_key(name): (name,) for name in PROVINCES[province]}
    )


def clean_province(text: str) -> str:
    """The province as it is officially written now. Raises Refused."""
    province = _provinces().get(_key(text))
    if province is None:
        raise Refused(f"“{text.strip()}” adında bir il yok; listeden seçin.")
    return province


def clean(province: str, district: str) -> tuple[str, str]:
    """Both as they are officially written now. Raises Refused when the district is not of the province, and when
    it has become several: the address alone says which."""
    found = clean_province(province)
    meant = _districts(found).get(_key(district), ())
    if not meant:
        raise Refused(f"{found} ilinde “{district.strip()}” adında bir ilçe yok; listeden seçin.")
    if len(meant) > 1:
        raise Refused(
            f"{found} ilinde artık “{district.strip()}” adında bir ilçe yok, yerine yenileri kuruldu: "
            f"{', '.join(meant)}. Adresiniz hangisindeyse onu seçin."
        )
    return found, meant[0]


def found_by(province: str) -> dict[str, str]:
    """The districts of a province, each with the words that find it in a list: its name and those of before in the
    letters of every keyboard. Empty for what is no province."""
    try:
        found = clean_province(province)
    except Refused:
        return {}
    words = {name: [_key(name)] for name in PROVINCES[found]}
    for former, names in _districts(found).items():
        for name in names:
            if former not in words[name]:
                words[name].append(former)
    return {name: " ".join(keys) for name, keys in words.items()}
