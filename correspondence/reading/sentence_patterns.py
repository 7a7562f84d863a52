"""Known sentences as people write them down, and how a text is held against them. PURE.

`{numara}` is a blank (see `blanks`), `[…]` may be left out, `(…|…)` is one of several, a colon by itself must be
there. Case, accents, apostrophes, other punctuation and line breaks make no difference.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from correspondence.reading.blanks import BLANKS
from correspondence.reading.phrases import plain
from correspondence.reading.plain_text import PlainText
from identifiers.masking import masked

MAX_SENTENCE = 1_000  # characters of a taught sentence
LEAST_LETTERS = 10
EXPLANATION = "açıklama"
FREE_WORDS = frozenset({EXPLANATION, "liste", "söz", "hukuk"})
# Fields of ExtractedFields by which a mail about another company is found out.
HELD_AGAINST_THE_COMPANY = ("trade_name", "partner_name")
# Between two words: a space, a line break, a separating sign of a table or a list.
_SPACE = r"(?:[,;]?[ \n]*[/|•·–—:=-]?[ \n]+|[:=])"
_COLON = r"[ \n]?[:–—-]"
# Nothing but punctuation between the last word and the next sentence.
END = re.compile(r" ?[.!…,;:)]+(?=[ \n]|$)|(?= ?$| ?\n)|(?= [/|•·–—-] )")
_TOKEN = re.compile(r"\{([^{}]*)\}|([\[\]()|])|(\s+)|([^\s\[\](){}|]+)")
_AROUND = " -–—•,;:*'’‘`´\"“”()"
_STOPS = re.compile(r"[.,;:!?…\"“”()]")


class Malformed(ValueError):
    """A sentence that cannot be read; the message is Turkish, for a form."""


@dataclass(frozen=True, slots=True)
class SentencePattern:
    """`literals` must all stand in a text that the sentence fits: looking for them is quick."""

    source: str
    expression: re.Pattern[str]
    blanks: tuple[str, ...]
    literal: str

    def match(self, text: PlainText, at: int) -> "Fit | None":
        """How the sentence fits the text from `at` on, up to an end of a sentence."""
        found = self.expression.match(text.plain, at)
        if found is None:
            return None
        filled = []
        for number, name in enumerate(self.blanks):
            begin, end = found.span(f"b{number}")
            if begin < 0:
                continue
            written = text.as_written(begin, end).strip(_AROUND)
            if not BLANKS[name].takes(found.group(f"b{number}"), written):
                return None
            filled.append((name, written))
        return Fit(found.end(), tuple(filled))


@dataclass(frozen=True, slots=True)
class Fit:
    """Where the sentence ends, and what fills its blanks, in order."""

    end: int
    filled: tuple[tuple[str, str], ...]


@lru_cache(maxsize=4096)
def compiled(source: str) -> SentencePattern:
    """Raises Malformed, with a Turkish sentence."""
    parser = _Parser(source)
    expression = parser.alternatives(closing="")
    literal = max((each for each in parser.required if each), key=len, default="")
    return SentencePattern(source, re.compile(f"(?:{expression})(?:{END.pattern})"), tuple(parser.blanks), literal)


class _Parser:
    """By recursive descent; `required` are the literal words that stand in no option and no alternative."""

    def __init__(self, source: str) -> None:
        self.tokens = list(_TOKEN.finditer(source))
        if sum(found.end() - found.start() for found in self.tokens) != len(source):
            raise Malformed("Boşluklar süslü ayraç içinde yazılır: {numara}. Ayraçlardan biri kapanmamış.")
        self.at = 0
        self.depth = 0
        self.blanks: list[str] = []
        self.required: list[str] = []

    def alternatives(self, closing: str) -> str:
        ways = [self._sequence()]
        while self._sign() == "|":
            self.at += 1
            ways.append(self._sequence())
        if self._sign() != closing:
            raise Malformed("Ayraçlardan biri açılmış ama kapanmamış.")
        self.at += 1
        return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"

    def _sign(self) -> str:
        return self.tokens[self.at].group(2) or "…" if self.at < len(self.tokens) else ""

    def _sequence(self) -> str:
        """Words with a space between each two; an option takes its space with it."""
        expression, pending = "", False  # pending: options alone so far, each with its space behind it
        first = True
        while self.at < len(self.tokens) and self._sign() not in ("|", ")", "]"):
            if self.tokens[self.at].group(3):
                self.at += 1
                continue
            if self.tokens[self.at].group() == ":":
                self.at += 1
                expression += _COLON
                continue
            word, optional = self._word()
            if first:
                expression, pending = (f"(?:{word}{_SPACE})?", True) if optional else (word, False)
                first = False
            elif pending:
                expression += f"(?:{word}{_SPACE})?" if optional else word
                pending = optional
            else:
                expression += f"(?:{_SPACE}{word})?" if optional else f"{_SPACE}{word}"
        if first:
            raise Malformed("Cümle boş olamaz.")
        return expression

    def _word(self) -> tuple[str, bool]:
        """Pieces without a space between them: "{numara}'lu". An option stands by itself."""
        pieces: list[str] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            sign = token.group(2)
            if token.group(3) or sign in ("|", ")", "]"):
                break
            self.at += 1
            if sign == "[" and pieces:
                raise Malformed("Köşeli ayraç bir sözcüğün içinde olamaz.")
            if sign in ("[", "("):
                self.depth += 1
                inner = self.alternatives("]" if sign == "[" else ")")
                self.depth -= 1
                if sign == "[":
                    return inner, True
                pieces.append(inner if inner.startswith("(?:") else f"(?:{inner})")
            elif token.group(1) is not None:
                pieces.append(self._blank(token.group(1)))
            else:
                pieces.append(self._literal(token.group(4)))
        return "".join(pieces), False

    def _blank(self, name: str) -> str:
        if name not in BLANKS:
            raise Malformed(f"“{{{name}}}” diye bir boşluk yok. Olanlar: {', '.join(BLANKS)}.")
        self.blanks.append(name)
        return f"(?P<b{len(self.blanks) - 1}>{BLANKS[name].pattern})"

    def _literal(self, word: str) -> str:
        pieces = [plain(piece) for piece in _STOPS.split(word)]
        if not self.depth:
            self.required += pieces
        # Punctuation within a sentence is as each program and each hand sets it.
        return r" ?[.,;:!?…]?".join(re.escape(piece).replace("\\-", "[ -]?") for piece in pieces)


def complaint(source: str, *, claim: bool, explained: bool = False) -> str:
    """What is wrong with a taught sentence, in Turkish for a form; empty when nothing is.

    A sentence of blanks alone would be found in every mail. Free words stand in a claim that has something to be
    `explained` (a refusal, a correction), names in any claim, and in a harmless sentence those alone that a mail
    is held against its company by.
    """
    if len(source) > MAX_SENTENCE:
        return f"Cümle en çok {MAX_SENTENCE} karakter olabilir."
    if any(sign in source for sign in "[]()|"):
        return "Cümlede köşeli ya da yuvarlak ayraç ve dikey çizgi kullanılamaz."
    try:
        pattern = compiled(source)
    except Malformed as error:
        return str(error)
    if masked(source) != source:
        # What is taught is read by many, and for other people's mails.
        return "Cümlede bir kimlik numarası yazıyor: onu değişen yer olarak işaretleyin."
    letters = sum(sign.isalpha() for sign in re.sub(r"\{[^{}]*\}", "", source))
    if letters < LEAST_LETTERS and (claim or pattern.blanks):
        return f"Değişen yerlerin dışında en az {LEAST_LETTERS} harf kalmalı; yoksa başka cümlelere de uyar."
    for name in pattern.blanks:
        if name in FREE_WORDS and not (explained and name == EXPLANATION):
            return "Her sözün değişebileceği bir yer yalnızca neden ya da istek bildiren cümlede olabilir."
        if not claim and BLANKS[name].free and BLANKS[name].field not in HELD_AGAINST_THE_COMPANY:
            return "Zararsız bir cümlede kişi ya da marka adı değişen yer olamaz: oraya başka sözler de sığar."
    return ""
