"""Which column of a list is what: guessed from its headings, then said by people. PURE."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import islice

from identifiers.turkish import skeleton


class Field(StrEnum):
    """What a list says of a company."""

    TRADE_NAME = "trade_name"
    TAX_NUMBER = "tax_number"
    EMAIL = "email"
    PHONE = "phone"
    TAX_OFFICE = "tax_office"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Field.TRADE_NAME: "Ticaret unvanı",
    Field.TAX_NUMBER: "VKN / TCKN",
    Field.EMAIL: "E-posta (davet bu adrese gider)",
    Field.PHONE: "Telefon",
    Field.TAX_OFFICE: "Vergi dairesi",
}
NEEDED = (Field.TRADE_NAME, Field.TAX_NUMBER, Field.EMAIL)
# Headings as lists have them: letters alone, without case and marks (identifiers.turkish.skeleton). The first
# field of which a heading has a word decides: "vergi dairesi" before "vergi no", "firma e-postası" before "firma".
_BEGIN: Sequence[tuple[Field, tuple[str, ...]]] = (
    (Field.TAX_OFFICE, ("vd",)),
    (Field.TAX_NUMBER, ("tax", "tcno")),
    (Field.PHONE, ("tel", "cep", "iletisimno", "iletisimnumara", "mobil")),
)
_HOLD: Sequence[tuple[Field, tuple[str, ...]]] = (
    (Field.TAX_OFFICE, ("vergidaire", "taxoffice")),
    (Field.TAX_NUMBER, ("vkn", "tckn", "vergikimlik", "vergino", "verginumara", "tckimlik", "kimlikno")),
    (Field.EMAIL, ("eposta", "mail", "elektronikposta")),
    (Field.PHONE, ("telefon", "gsm", "phone", "ceptel")),
    (Field.TRADE_NAME, ("unvan", "tradename")),
)
# What may be the trade name where no heading says so; the number of a customer is not one.
_NAMED = ("firma", "sirket", "company", "musteri")
_NO_NAME = ("no", "nosu", "kod", "kodu", "numara", "numarasi", "id")


def guessed(headings: Sequence[str]) -> Mapping[int, Field]:
    """What each column may be, by its heading; nothing is guessed twice."""
    found: dict[int, Field] = {}
    for number, heading in enumerate(headings):
        field = _field_of(skeleton(heading))
        if field is not None and field not in found.values():
            found[number] = field
    if Field.TRADE_NAME not in found.values():
        named = (n for n, each in enumerate(headings) if n not in found and _is_name(skeleton(each)))
        found.update(dict.fromkeys(islice(named, 1), Field.TRADE_NAME))
    return found


def _field_of(word: str) -> Field | None:
    holding = (field for field, known in _HOLD if any(each in word for each in known))
    return next(holding, None) or next((field for field, known in _BEGIN if word.startswith(known)), None)


def _is_name(word: str) -> bool:
    return word.startswith(_NAMED) and not word.endswith(_NO_NAME)
