"""A text as it is compared, with the way back to what was written. PURE."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from correspondence.reading.html_text import squeezed
from correspondence.reading.phrases import plain

# Emphasis, quotation marks and brackets say nothing by themselves: "İYS Numaranız: *710482*".
_UNSAID = frozenset('*"“”„«»()[]')
# What stands beside a box that nobody ticked is not said.
_EMPTY_BOX = re.compile(r"\[[ _]?\]|\([ _]?\)")
_OTHER_SPACES = re.compile(r"[^\S\n]+")
_ENDS_A_LINE = (".", "!", "?", ":", ";", ",", "…")
# Sign by sign, since each has to be found again; a mail has some dozens of them.
_plain_sign = lru_cache(maxsize=1024)(plain)
_WRAPPED = 45  # characters; programs break lines at 60 to 80, and nobody breaks a heading


@dataclass(frozen=True, slots=True)
class PlainText:
    """`plain` is folded and without accents, line breaks kept; its sign at `i` was written at `origin[i]`."""

    written: str
    plain: str
    origin: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "PlainText":
        """What a mail program broke over several lines stands on one."""
        # Other signs of white space become spaces only now; so no expression meets a long run of them.
        shown = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
        shown = _EMPTY_BOX.sub("☐", unicodedata.normalize("NFKC", shown))
        written = unwrapped(squeezed(_OTHER_SPACES.sub(" ", shown)))
        signs: list[str] = []
        origin: list[int] = []
        for at, sign in enumerate(written):
            if sign in _UNSAID:
                continue
            folded = sign if sign == "\n" else " " if sign.isspace() else _plain_sign(sign)
            signs.append(folded)
            origin += [at] * len(folded)
        return cls(written, "".join(signs), (*origin, len(written)))

    def as_written(self, begin: int, end: int) -> str:
        """What was written between two places of the plain text, on one line."""
        return " ".join(self.written[self.origin[begin] : self.origin[end]].split())


def unwrapped(text: str) -> str:
    """A long line that ends in the middle of a sentence goes on where the next begins with a small letter."""
    lines: list[str] = []
    last = 0  # length of the line as it came, before others were joined to it
    for line in text.split("\n"):
        goes_on = last >= _WRAPPED and line[:1].islower() and not lines[-1].endswith(_ENDS_A_LINE)
        if goes_on:
            lines[-1] += f" {line}"
        else:
            lines.append(line)
        last = len(line)
    return "\n".join(lines)
