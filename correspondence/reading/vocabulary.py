"""The words of sentences that decide nothing, from `vocabulary.txt`: legal feet, contact lines, posts. PURE.

No list of forbidden words ends what may be said in a free blank: so the sentences of feet, which each sender words
anew, are held to the words that feet are known to be made of. A word's ending may differ, but not how it closes a
sentence: "gönderilmiştir" does not stand for "gönderilmemiştir".
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from correspondence.reading.phrases import plain

FILE = Path(__file__).with_name("vocabulary.txt")
_STEM = 6  # letters; a word that is shorter may be the beginning of a known one
_SHORT = 4
_WORD = re.compile(r"[^\W\d_]+")
# Numbers, telephones, e-mail addresses and links are no words.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|bel|edu|tr)\b\S*")
_CLOSES_A_SENTENCE = re.compile(
    r"(?:[dt][iu](?:r|rlar|k|m|niz)?|yor\w*|m[ae]z\w*|[ae]c[ae][gk]\w*|s[iu]n[iu]z|m[ae]l[iu]\w*|m[ae]y[iu]n\w*)$"
)


def made_of(topic: str, text: str) -> bool:
    """Whether the plain text has only words of the topic's sentences."""
    whole, stems = _words_of(topic)
    return all(
        word in whole or (word[:_STEM] in stems and not _CLOSES_A_SENTENCE.search(word))
        for word in _WORD.findall(_ADDRESS.sub(" ", text))
    )


@cache
def _words_of(topic: str) -> tuple[frozenset[str], frozenset[str]]:
    text = "\n".join(lines for name, lines in _topics() if name == topic)
    words = frozenset(_WORD.findall(_ADDRESS.sub(" ", " ".join(map(plain, text.splitlines())))))
    return words, frozenset(word[:length] for word in words for length in range(_SHORT, _STEM + 1))


def _topics() -> Iterator[tuple[str, str]]:
    for section in re.split(r"^== ", FILE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _line, rest = section.partition("\n")
        yield name.strip(), rest
