"""What somebody means by what was typed into the one search field. PURE.

One line may mean several things: ten digits are a tax number, a telephone without its zero. Each is looked for.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from identifiers import reference, turkish
from identifiers.digits import bare
from identifiers.invisible import plain
from identifiers.masking import is_persons
from identifiers.turkish import Sought

LONGEST = 200  # characters; more has not been typed
# How few signs of a number are looked for as its beginning: with fewer, too many begin so.
FEWEST = {"tax_number": 6, "mersis": 6, "iys_code": 4, "brand_code": 4, "phone": 7}
# What people write before a number; longer ones first.
_LABEL = re.compile(
    r"(?P<label>vergi kimlik|vergi|vkn|t\.? ?c\.?(?: kimlik)?|tckn|kimlik|mersis|iyskod|iys|brandkod|marka kodu|"
    r"telefon|tel|gsm|cep|[oö]n ba[sş]vuru|ba[sş]vuru|referans|ref)"
    r"(?:\s*(?:numarasi|no|nr|kodu)\b\.?)?\s*[:.#]?\s*(?P<number>(?=\D{0,4}\d|p[- ])\S.*)"
)
_LABELLED = {
    "vergi kimlik": ("tax_number", "identity"),
    "vergi": ("tax_number", "identity"),
    "vkn": ("tax_number", "identity"),
    "tckn": ("identity",),
    "kimlik": ("identity",),
    "tc": ("identity",),
    "tc kimlik": ("identity",),
    "mersis": ("mersis", "identity"),
    "iyskod": ("iys_code",),
    "iys": ("iys_code", "iys_number"),
    "brandkod": ("brand_code",),
    "marka kodu": ("brand_code",),
    "telefon": ("phone",),
    "tel": ("phone",),
    "gsm": ("phone",),
    "cep": ("phone",),
    "on basvuru": ("iys_number", "reference"),
    "basvuru": ("iys_number", "reference"),
    "referans": ("reference",),
    "ref": ("reference",),
}
_UNMARKED = str.maketrans("öş", "os", ".")
_AROUND = " \t\r\n\"'“”‘’«»<>[](){}#;,"
_ADDRESS = re.compile(r"[^\s<>,;\"()\[\]]*@[^\s<>,;\"()\[\]]*")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
_CODE = re.compile(r"[a-z0-9]{4,20}")
_PASSPORT = re.compile(r"(?=.*[0-9])[A-Z0-9]{5,15}")
TURKEY = "90"
MOST_IN_A_NAME = 6  # digits
# Where a paste has put a number that stands in no name against a word.
_GLUED = re.compile(r"(?<=\d{7})(?=[^\W\d_]{3})|(?<=[^\W\d_]{3})(?=\d{7})")


@dataclass(frozen=True, slots=True)
class Number:
    """A number to look for. `kind` is one of `finding.models.Kind`; `whole`: nothing longer is meant."""

    kind: str
    text: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """`is_secret`: an identity number, which is shown nowhere again. `is_beside`: a number beside the words, which
    are looked for without it."""

    words: Sequence[Sought] = ()
    numbers: Sequence[Number] = field(default_factory=tuple)
    is_secret: bool = False
    is_beside: bool = False


def read(text: str) -> Typed:
    """What may be meant, in no order."""
    seen = "".join(" " if unicodedata.category(each) == "Cc" else each for each in text[:LONGEST])
    written = plain(seen).strip(_AROUND)
    addresses = _ADDRESS.findall(seen)
    if addresses and addresses[0].strip("@."):
        return Typed(numbers=tuple(_of_address(addresses[0])))
    labelled = _LABEL.fullmatch(turkish.fold(written)) if written else None
    if labelled and (reference.clean(labelled["number"]) or not any(map(_is_word, labelled["number"].split()))):
        kinds = _LABELLED[labelled["label"].translate(_UNMARKED).replace("t c", "tc")]
        found = [each for each in _numbers(labelled["number"].strip(_AROUND)) if each.kind in kinds]
        if found:
            return Typed(numbers=tuple(found), is_secret=_is_secret(labelled["number"]))
    unglued = _GLUED.sub(" ", written)
    words, numbers = _parted(unglued)
    if unglued != written:
        numbers += written.split()
    if reference.clean(written):
        numbers.append(written)  # "p kdmrxy" may be words as well
    return Typed(
        words=turkish.sought(words),
        numbers=tuple(dict.fromkeys(each for text in numbers for each in _numbers(text))),
        is_secret=any(map(_is_secret, numbers)),
        is_beside=bool(words.strip()) and words != unglued,
    )


def phone_digits(text: str) -> str:
    """A telephone number as it is compared: country code and number, however much of it there is."""
    digits = "".join(filter(str.isdecimal, text))
    if plain(text).startswith("+"):
        return digits
    if digits.startswith("00"):
        return digits[2:]
    if digits.startswith("0"):
        return TURKEY + digits[1:]
    # 90 532 123 45 67; but 532 123 45 67, 232 … and 444 1 222 are without their country.
    return digits if digits.startswith(TURKEY) and len(digits) > 10 else TURKEY + digits


def code(text: str) -> str:
    """A number of letters and digits as it is compared: without marks, dashes and case."""
    return turkish.skeleton(text)


def _is_number(text: str) -> bool:
    """What has a digit; and a reference by its P, since one in four is of letters alone."""
    return any(map(str.isdecimal, text)) or (text[1:2] in ("-", " ") and bool(reference.clean(text)))


def _is_word(token: str) -> bool:
    return len(token) > 2 and not _is_number(token)


def _parted(text: str) -> tuple[str, list[str]]:
    """What is looked for among names, and what as numbers: of "Işıl Çiçek 123 456 78 90" the title and the digits.

    Short numbers stand in names as well ("3K", "1923"); long ones, and an identity number, are no part of any.
    """
    tokens = text.split()
    if len(tokens) > 1 and any(map(_is_word, tokens)):
        runs = [" ".join(run) for is_number, run in groupby(tokens, _is_number) if is_number]
    else:
        runs = [text]
    long = [run for run in runs if sum(map(str.isdecimal, run)) > MOST_IN_A_NAME]
    for run in long if len(tokens) > 1 else filter(_is_secret, runs):
        text = text.replace(run, " ") if runs != [text] else ""
    return text, runs


def _of_address(text: str) -> Iterator[Number]:
    """Of an address, or of how it begins or ends."""
    address = text.strip(".").casefold()
    for kind in ("email", "sender"):
        yield Number(kind, address)


def _is_secret(text: str) -> bool:
    return is_persons(bare(text))


def _numbers(text: str) -> Iterator[Number]:
    joined = bare(text).lstrip("+")
    if _DOMAIN.fullmatch(domain := text.casefold()):
        yield from _of_address(f"@{domain}")
    if joined.isascii() and joined.isdecimal():
        yield from _of_digits(joined, text)
    compared = code(joined)
    if " " in text and not _is_number(text):
        return  # words
    if _PASSPORT.fullmatch(number := joined.upper()) and not is_persons(number):
        yield Number("identity", number, whole=True)
    if _CODE.fullmatch(compared) and not is_persons(joined):
        yield Number("iys_number", compared)
        yield Number("reference", compared)
        if len(compared) == 6:
            yield Number("reference", f"p{compared}", whole=True)


def _of_digits(digits: str, text: str) -> Iterator[Number]:
    if is_persons(digits):
        yield Number("identity", digits, whole=True)
        return
    lengths = {"tax_number": 10, "mersis": 16, "iys_code": 15, "brand_code": 15}
    for kind, longest in lengths.items():
        if FEWEST[kind] <= len(digits) <= longest:
            yield Number(kind, digits)
    phone = phone_digits(text)
    if FEWEST["phone"] <= len(phone) <= 15 and len(digits) >= FEWEST["phone"] - 1:
        yield Number("phone", phone)
