"""Whether two values of a field are the same to a Turkish reader, however they are written. PURE."""

import re
from collections import Counter

from identifiers import turkish

# How the words of an address are shortened or written otherwise; the whole word first.
_WRITTEN = """
apartmanı: apartman apt ap
blok: bl b
bulvarı: bulvar bulv bul blv
caddesi: cadde cad cd
daire: da d
kat: k
mahallesi: mahalle mah mh
no: numara n
plaza: plz
sanayi: san
sitesi: site sit
sokak: sokağı sok sk
"""
_WORDS = {
    turkish.skeleton(short): turkish.skeleton(whole)
    for whole, _colon, others in (line.partition(":") for line in _WRITTEN.split("\n"))
    for short in others.split()
}
# What may stand beside the name of a tax office and says no more.
_OFFICE = frozenset(map(turkish.skeleton, ("vergi", "dairesi", "müdürlüğü", "vd", "v.d.", "başkanlığı", "vdb")))
# Nobody writes it everywhere: İÇ KAPI NO: 4 is NO: 12/4.
_INNER = re.compile(rf"\b{turkish.fold('iç kapı')}( no)?\b")


def same(field: str, one: str, other: str) -> bool:
    match field:
        case "trade_name":
            return turkish.same(one, other)
        case "tax_office":
            return _office(one) == _office(other)
        case "address":
            return _address(one) == _address(other)
        case _:
            return turkish.skeleton(one) == turkish.skeleton(other)


def _office(text: str) -> list[str]:
    words = map(turkish.skeleton, re.findall(r"[\w.]+", text))
    return [word for word in words if word and word not in _OFFICE]


def _address(text: str) -> tuple[Counter[str], list[str]]:
    """Its words in any order, its numbers in theirs: 12/4 is not 4/12."""
    plain = _INNER.sub(" ", turkish.fold(text))
    words = (turkish.skeleton(word) for word in re.findall(r"[^\W\d_]+", plain))
    whole = (_WORDS.get(word, word) for word in words)
    return Counter(word for word in whole if word != "no"), re.findall(r"\d+", plain)
