"""The forms in which a mail says its words (RFC 2046, 5.1.4), each once. PURE."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress

from identifiers.turkish import fold

ONLY_IN_THE_OTHER = "— E-postanın öteki biçiminde ayrıca yazanlar —"
_MOST = 600  # characters of a part that only says where the words are
_SENTENCES = re.compile(r"[.!?;\n]+\s*")
_ADDRESS = re.compile(r"<?https?://[^\s>]{1,2000}>?")
_WORD = re.compile(r"\w+")
_ELSEWHERE = re.compile(
    r"\b(?:html|tarayici\w*|browser|çok parçali|multi ?-?part|mime)\b"
    r"|\b(?:e-?posta|ileti|mesaj)\w* .{0,40}\bgörüntüle(?:mek|ye)|\bview .{0,40}\b(?:e-?mail|message)\b"
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """The words of one part; `choices` are those of its Part."""

    choices: tuple[tuple[int, int], ...]
    is_html: bool
    words: str


@dataclass(frozen=True, slots=True)
class Forms:
    """`first`: plain before HTML; `other`: empty when the mail has no other; `rest`: whatever is in neither."""

    first: str
    other: str
    rest: str


def forms(leaves: Sequence[Leaf]) -> Forms:
    branches: dict[int, dict[int, list[Leaf]]] = {}
    for leaf in leaves:
        for number, form in leaf.choices:
            branches.setdefault(number, {}).setdefault(form, []).append(leaf)
    plain: dict[int, int] = {}
    rich: dict[int, int] = {}
    for number, forms_there in branches.items():
        said = {form: of_one for form, of_one in forms_there.items() if has_words(of_one)} or forms_there
        in_plain = [form for form, of_one in said.items() if not any(leaf.is_html for leaf in of_one)]
        plain[number] = in_plain[0] if in_plain else next(iter(said))
        rich[number] = next((form for form in reversed(said) if form != plain[number]), plain[number])
    first = [_is_of(leaf, plain) for leaf in leaves]
    other = [_is_of(leaf, rich) for leaf in leaves]
    neither = [not (one or two) for one, two in zip(first, other, strict=True)]
    return Forms(
        _joined(compress(leaves, first)),
        _joined(compress(leaves, other)) if other != first else "",
        _joined(compress(leaves, neither)),
    )


def _is_of(leaf: Leaf, form: dict[int, int]) -> bool:
    return all(form[number] == choice for number, choice in leaf.choices)


def has_words(leaves: Iterable[Leaf]) -> bool:
    """Whether it says anything but that the words stand elsewhere: "Your program shows no HTML"."""
    words = _ADDRESS.sub(" ", _joined(leaves)).strip()
    if len(words) > _MOST:
        return True
    return any(
        _WORD.search(sentence) and not _ELSEWHERE.search(fold(sentence)) for sentence in _SENTENCES.split(words)
    )


def together(said: str, *others: str) -> str:
    """What is said, and below it the lines of the other forms that say something else: each line once for people,
    and no word of any form kept from them."""
    heard = _Heard(said)
    pieces = [said]
    for other in others:
        more = [line for line in other.split("\n") if not heard.knows(line)]
        if more:
            pieces.append("\n".join((ONLY_IN_THE_OTHER, *more)))
            heard.add(other)
    return "\n\n".join(filter(str.strip, pieces))


class _Heard:
    """A line is known when every three words of it stand in a row in what was said."""

    def __init__(self, said: str) -> None:
        self.rows: set[tuple[str, ...]] = set()
        self.add(said)

    def add(self, said: str) -> None:
        words = _words(said)
        self.rows.update(*(zip(*(words[start:] for start in range(length)), strict=False) for length in (1, 2, 3)))

    def knows(self, line: str) -> bool:
        words = _words(line)
        length = min(3, len(words))
        return all(
            tuple(words[at : at + length]) in self.rows for at in range(len(words) - length + 1 if length else 0)
        )


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(_ADDRESS.sub(" ", text)))


def _joined(leaves: Iterable[Leaf]) -> str:
    return "\n".join(leaf.words for leaf in leaves)
