"""What ties a mail to one application by its words, and what in them speaks of another one. PURE.

A sender who is believed may still write about anything: "Ödemeniz alınmıştır" in a mail that answers nothing and
names nobody says nothing about this application.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from correspondence.reading.blanks import BLANKS
from correspondence.reading.extraction import extracted
from correspondence.reading.html_text import squeezed
from correspondence.reading.parsing import Content, Envelope
from identifiers import turkish

# Digits alone are a number of any kind: short ones count only where the words call them the code.
_TELLING_DIGITS = 6
# A title is told by the legal form at its end (Turkish Commercial Code, 43).
_LEGAL_FORM = re.compile(
    r"(?<!\w)(?:a\.? ?ş\.?|anon[iıİ]m ş[iıİ]rket\w*|ltd\.? ?şt[iıİ]\.?|l[iıİ]m[iıİ]ted ş[iıİ]rket\w*)(?!\w)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[,;:!?()<>“”\"]")
_WORDS_OF_TITLE = 10
_BEFORE_A_TITLE = frozenset(("sayin", "sn", "değerli", "firma", "unvan", "ünvan", "başvuru", "ynt", "re"))
_PIECES = re.compile(r"(?<![\w.,/-])\w+(?![\w/-])(?![.,]\d)")


@dataclass(frozen=True, slots=True)
class Names:
    """What only one application has; empty where it has none yet."""

    number: str
    code: str
    title: str


def words_of(head: Envelope, body: Content) -> str:
    """What the sender himself says. What he quotes was said before, perhaps about somebody else."""
    return squeezed(f"{head.subject}\n{body.text}\n{body.alternative}")


def named(words: str, names: Names, *, at_tracking_address: bool) -> str:
    """What the words name that only this application has, as a Turkish sentence; empty when they name nothing.

    A title alone is no secret and no number: it counts where the mail came to the company's own address.
    """
    found = extracted(words, ())
    pieces = {turkish.upper(piece) for piece in _PIECES.findall(words)}
    if names.number and (names.number == found.application_number or _tells(names.number, pieces)):
        return f"Firmanın İYS başvuru numarasını yazıyor: {names.number}."
    if names.code and (names.code == found.iys_code or _tells(names.code, pieces)):
        return f"Firmanın İYSKod'unu yazıyor: {names.code}."
    written = (found.trade_name, *titles(words))
    if at_tracking_address and any(_is_of(title, [names.title]) for title in written if title):
        return f"Firmanın takip adresine geldi ve unvanını yazıyor: {names.title}."
    return ""


def of_another(words: str, names: Names, others: Iterable[str]) -> str:
    """What the words name that is another's, as a Turkish sentence; empty when they name nothing of the kind.

    `others` may be named in any mail: the partner, who stands in one about an assignment, and İYS itself.
    """
    found = extracted(words, ())
    for theirs, ours, called in (
        (found.application_number, names.number, "başvuru numarası"),
        (found.iys_code, names.code, "İYSKod"),
    ):
        if theirs and ours and theirs != ours:
            return f"E-postadaki {called} ({theirs}) firmanınkinden ({ours}) farklı."
    if found.trade_name and not _is_of(found.trade_name, [names.title]):
        return f"E-postadaki unvan ({found.trade_name}) firmanınkine benzemiyor."
    for title in titles(words):
        if not _is_of(title, (names.title, *others)):
            return f"E-postada başka bir firmanın unvanı geçiyor: {title}."
    return ""


def of_another_firm(blanks: Iterable[tuple[str, str]], title: str, partner: Iterable[str]) -> str:
    """Which name in the blanks of the sentences is another firm's or another partner's, as a Turkish sentence.

    A sentence may hold any name there because it is held against the company's own here; empty when all are.
    """
    partner = tuple(partner)
    for name, words in blanks:
        field = BLANKS[name].field
        if field == "trade_name" and not _is_of(words, [title]):
            return f"E-postadaki unvan ({words}) firmanınkine benzemiyor."
        if field == "partner_name" and not _is_of(words, partner):
            return f"E-posta başka bir iş ortağını anıyor: {words}."
    return ""


def _is_of(title: str, firms: Iterable[str]) -> bool:
    """Whether it is the title of one of the firms, perhaps with words of the sentence before it."""
    return any(turkish.akin(each, firm) for each in beginnings(title) for firm in firms)


def beginnings(title: str) -> Iterator[str]:
    """The title as it may begin: words of the sentence may stand before it."""
    pieces = title.split()
    for at, piece in enumerate(pieces):
        yield " ".join(pieces[at:])
        # A capital letter may begin the longer name of another firm.
        if not (piece.islower() or turkish.fold(piece.strip(".")) in _BEFORE_A_TITLE):
            return


def titles(words: str) -> Iterator[str]:
    """What stands before a legal form, on its line: a firm's title, perhaps with words before it."""
    for line in words.splitlines():
        at = 0
        for form in _LEGAL_FORM.finditer(line):
            before = _ENDS.split(line[at : form.start()])[-1].split()[-_WORDS_OF_TITLE:]
            at = form.end()
            if before:
                yield f"{' '.join(before)} {form.group()}"


def _tells(name: str, pieces: set[str]) -> bool:
    return name.upper() in pieces and (not name.isdigit() or len(name) >= _TELLING_DIGITS)
