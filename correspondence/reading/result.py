"""What a mail was read as. PURE."""

from dataclasses import dataclass

from correspondence.reading.extraction import ExtractedFields
from correspondence.reading.kinds import Kind
from correspondence.reading.understanding import Sentence


@dataclass(frozen=True, slots=True)
class Reading:
    """`rule` names what was recognised and `words` the words by which. `forwarded`: they stand in a mail that was
    passed on, not in the sender's own words.

    `doubt` says in Turkish why the mail is not wholly understood, so that its kind is a suggestion; empty when it
    is. `sentences` are the proof: each sentence and what it was taken for.
    """

    kind: Kind
    extracted: ExtractedFields
    rule: str
    words: str
    forwarded: bool = False
    doubt: str = ""
    sentences: tuple[Sentence, ...] = ()
