"""Comparing and casing Turkish words. Python's own casing knows no dotless ı. PURE.

The Unicode standard leaves Turkish casing to its users (Unicode 15, SpecialCasing.txt, "tr").
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from identifiers import title_words
from identifiers.invisible import visible

# The combining dot is what programs that know no Turkish leave behind when they lower an İ.
# A circumflex is written or not, as one likes.
_FOLD = str.maketrans("IİıiÂâÎîÛû", "iiiiaaiiuu", "\u0307")
_UPPER = str.maketrans("iı", "İI")
_LOWER = str.maketrans("Iİ", "ıi")
_WORD = re.compile(r"(\w+)(\.?)")
# A.Ş. with dots, spaces or neither; T.A.Ş., A.O. and S.S. (sınırlı sorumlu) with their dots.
_INITIALS = (
    (re.compile(r"\bt\. ?a\. ?ş\b\.?"), " türk anonim "),
    (re.compile(r"\bs\. ?s\."), " "),
    (re.compile(r"\ba ?\.? ?ş\b\.?|\ba\. ?[so]\.(?=\W*$)"), " anonim "),
)
_DOTTED = re.compile(r"\b[^\W\d_](?:\.[^\W\d_](?=\.|\b))+\b\.?")
_VOWELS = frozenset("aeiou")
_BACK, _FRONT = frozenset("aâıouû"), frozenset("eiîöü")
_BRANCH = frozenset(["şubesi", "şube", "şb"])  # what stands between the kind and this says where it is


def upper(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_UPPER).upper()


def begun(text: str) -> str:
    """As it begins a line."""
    return upper(text[:1]) + text[1:]


def lower(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_LOWER).lower()


def too(text: str) -> str:
    """The words with "as well" after them, which follows their last vowel: "markalar da", "belgeleri de"."""
    last = next((letter for letter in reversed(lower(text)) if letter in _BACK | _FRONT), "")
    return f"{text} {'de' if last in _FRONT else 'da'}"


def listed(names: Sequence[str], last: str = "ve") -> str:
    """As one says it: “Ada, Ege ve Su”."""
    return f" {last} ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def fold(text: str) -> str:
    """For comparing only: case is gone, all four i's are one, white space is single, circumflexes and
    what nobody sees are away."""
    plain = unicodedata.normalize("NFKC", visible(text)).translate(_FOLD).casefold()
    return " ".join(plain.split())


def skeleton(text: str) -> str:
    """For finding words that are set apart, broken or written without their marks: letters and digits alone."""
    return "".join(filter(str.isalnum, _bare(fold(text))))


def pattern(word: str) -> str:
    """A regular expression, for PostgreSQL as for Python, of all that is written so once it is folded and without
    marks: what is read by the database is compared as what is kept folded."""
    return "".join(_WRITTEN.get(letter, re.escape(letter)) for letter in word)


@dataclass(frozen=True, slots=True)
class Sought:
    """A word by which a name is looked for: how it may be written, all of it folded and without marks.

    `of_kind` says what the firm is in law, and `may_be_kind` may say so: AŞ without its mark is a word, too.
    """

    spellings: tuple[str, ...]
    of_kind: bool
    may_be_kind: bool


def sought(name: str) -> list[Sought]:
    """The words of a name, for finding it by some of them however they are typed: of "Işıl İnş. A.Ş." they are
    isil, ins or insaat, and anonim. What says nothing is left out (ve, şirketi); T.M.S. is one word, tms."""
    folded = _spelled_out(fold(name).replace("_", " "))
    folded = _DOTTED.sub(lambda found: f" {found[0].replace('.', '')} ", folded)
    words: dict[str, Sought] = {}
    for text, dot in _WORD.findall(folded):
        bare = _bare(text)
        whole = _whole(text, bare, dot)
        if not bare or whole in _SAYING_NOTHING:
            continue
        short = _Word(text, short=bool(dot) or bare in _UNDOTTED)
        longer = sorted(_bare(each) for each in _BUSINESS if _shortens(short, _Word(each, short=False)))
        kinds = ["anonim"] if bare == "as" else []
        spellings = dict.fromkeys([_bare(whole), *([] if whole in _KINDS else [bare, *longer, *kinds])])
        words[bare] = Sought(tuple(spellings), whole in _KINDS, bool(kinds))
    return list(words.values())


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a title; `short` when it may stand for a longer one."""

    text: str
    short: bool


@dataclass(frozen=True, slots=True)
class _Title:
    words: tuple[_Word, ...]
    kinds: frozenset[str]
    branch: tuple[_Word, ...]


def same(one: str, other: str) -> bool:
    """Whether two names are the same to a Turkish reader: "IŞIK İNŞ. LTD. ŞTİ." and "Işık İnşaat Limited Şirketi"
    are."""
    first, second = _title(one), _title(other)
    if not (first.words or first.kinds or second.words or second.kinds):
        # Names made of signs alone would otherwise all be the same.
        return fold(one) == fold(other)
    return (
        first.kinds == second.kinds
        and _all_alike(first.words, second.words)
        and _all_alike(first.branch, second.branch)
    )


def akin(one: str, other: str) -> bool:
    """Whether two titles may be one company's, though words of the business are shortened or left out.

    It stands between two companies: when in doubt they are two. Titles that both name their kind of company are
    whole, and may differ by "sanayi" and "ticaret" alone; of one that does not, more may be missing. A branch is
    its firm.
    """
    first, second = sorted((_title(one), _title(other)), key=lambda title: len(title.words))
    if not first.words:
        return False
    if first.kinds and second.kinds:
        if first.kinds != second.kinds:
            return False
        left_out: Collection[str] = _FILLING
    else:
        left_out = _BUSINESS - _NEVER_LEFT_OUT
    return _is_within(first.words, second.words, left_out)


def says_its_kind(name: str) -> bool:
    """Whether a title says what the firm is in law: "Ltd. Şti.", "A.Ş." Such a firm is in the trade registry, so
    in MERSİS (Turkish Commercial Code 6102, articles 24 and 124)."""
    return bool(_title(name).kinds)


def says_association(name: str) -> bool:
    """Whether a title names an association or a foundation, and no business of theirs (iktisadi işletme)."""
    return _names_association(name) and not _names_business(name)


def says_associations_business(name: str) -> bool:
    return _names_association(name) and _names_business(name)


def _names_association(name: str) -> bool:
    return any(word in ("derneği", "dernek", "vakfi", "vakif", "sendikasi") for word in fold(name).split())


def _names_business(name: str) -> bool:
    return any(word.startswith("işletme") for word in fold(name).split())


def _is_within(few: Sequence[_Word], many: Sequence[_Word], left_out: Collection[str]) -> bool:
    """Whether `few` are `many` in the same order, of which only words of `left_out` and numbers are missing."""
    if few[0].text != many[0].text:
        return False
    waiting = list(few)
    for word in many:
        if waiting and _alike(waiting[0], word):
            del waiting[0]
        elif not (word.text.isdecimal() or any(_alike(word, _Word(each, short=False)) for each in left_out)):
            return False
    return not waiting


def _all_alike(one: Sequence[_Word], other: Sequence[_Word]) -> bool:
    """The first word is the firm's own: nobody shortens it."""
    if len(one) != len(other) or (one and one[0].text != other[0].text):
        return False
    return all(map(_alike, one, other))


def _alike(one: _Word, other: _Word) -> bool:
    return one.text == other.text or _shortens(one, other) or _shortens(other, one)


def _shortens(word: _Word, whole: _Word) -> bool:
    """İNŞ. and İNŞT. for inşaat, EĞT. for eğitim: how the word begins, without some of its vowels.

    Only words of the business are shortened: KAR. may be anybody's name.
    """
    short, full = _bare(word.text), _bare(whole.text)
    if not word.short or len(short) < 2 or whole.text not in _BUSINESS or short[0] != full[0]:
        return False
    at = 0
    for letter in short:
        while full[at : at + 1] != letter and full[at : at + 1] in _VOWELS:
            at += 1
        if full[at : at + 1] != letter:
            return False
        at += 1
    return True


# One title is held against many others, a word more of it each time.
@lru_cache(maxsize=4096)
def _title(name: str) -> _Title:
    folded = _spelled_out(fold(name))
    words: list[_Word] = []
    kinds: set[str] = set()
    firm = 0
    for text, dot in _WORD.findall(folded):
        bare = _bare(text)
        whole = _whole(text, bare, dot)
        if whole in _KINDS:
            kinds.add(whole)
            firm = len(words)
        elif whole not in _SAYING_NOTHING:
            words.append(_Word(whole, short=bool(dot) or bare in _UNDOTTED))
    if not kinds or not words or words[-1].text not in _BRANCH:
        firm = len(words)
    return _Title(tuple(words[:firm]), frozenset(kinds), tuple(words[firm:]))


def _spelled_out(folded: str) -> str:
    """With the kinds that are written as initials in words."""
    for pattern, whole in _INITIALS:
        folded = pattern.sub(whole, folded)
    return folded


def _whole(text: str, bare: str, dot: str) -> str:
    """The word that a kind of company is shortened from, in the one spelling that is compared."""
    whole = _SHORT_KINDS.get(bare, text) if dot or bare in _UNDOTTED else text
    return _SPELLINGS.get(whole, whole)


def _bare(word: str) -> str:
    """Without the marks of Turkish letters: many programs and people write none."""
    return "".join(each for each in unicodedata.normalize("NFKD", word) if not unicodedata.combining(each))


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


# The words as they are compared: folded.
_KINDS, _BUSINESS, _FILLING = map(_folded, (title_words.KINDS, title_words.BUSINESS, title_words.FILLING))
_NEVER_LEFT_OUT = _folded(title_words.NEVER_LEFT_OUT)
_SAYING_NOTHING = _folded(title_words.BESIDE_KINDS | title_words.JOINING)
_WORDS = {word: word for word in _KINDS | _BUSINESS | _SAYING_NOTHING} | {
    fold(written): fold(word) for written, word in title_words.SPELLINGS.items()
}
# As they are written with and without the marks; "çam" is not "cam" written with more of them.
_SPELLINGS = {_bare(written): word for written, word in _WORDS.items()} | _WORDS
_SHORT_KINDS = {_bare(fold(short)): fold(kind) for short, kind in title_words.SHORT_KINDS.items()}
_LATIN = [chr(sign) for sign in range(0x41, 0x180)]  # up to the letters of European languages
_WRITTEN = {
    letter: f"[{''.join(sign for sign in _LATIN if skeleton(sign) == letter)}]"
    for letter in map(chr, range(0x61, 0x7B))
}
_UNDOTTED = frozenset(map(_bare, _folded(title_words.UNDOTTED)))
