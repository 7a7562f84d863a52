"""What a mail was read as. PURE."""

from dataclasses import dataclass

from correspondence.reading.extraction import ExtractedFields
from correspondence.reading.kinds import Kind


@dataclass(frozen=True, slots=True)
class Reading:
    """`rule` names the rule that fired and `words` the words that made it fire. `forwarded`: they stand in a
    mail that was passed on, not in the sender's own words."""

    kind: Kind
    extracted: ExtractedFields
    rule: str
    words: str
    forwarded: bool = False
