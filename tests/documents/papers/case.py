"""One paper that is handed in, and what has to become of it."""

from collections.abc import Callable
from dataclasses import dataclass

from documents.signatures.fields import Person
from tests.documents.papers.desk import SIGNATORY, Desk

# From the desk and the paper as it was issued, the file that is handed in.
Made = Callable[[Desk, bytes], bytes]

ACCEPTED, REFUSED = "accepted", "refused"
# Somebody has to look at it: refused, or accepted with a check that is left to a person.
NEVER_ALONE = "never alone"
# Either answer is right, as long as a refusal says what is wrong.
EITHER = "either"


@dataclass(frozen=True)
class Case:
    """Each pattern of `says` is found in the sentences of a refusal, none of `says_not`: they would be untrue."""

    name: str
    made: Made
    becomes: str
    says: tuple[str, ...] = ()
    says_not: tuple[str, ...] = ()
    people: tuple[Person, ...] = (SIGNATORY,)


def good(name: str, made: Made, *people: Person) -> Case:
    return Case(name, made, ACCEPTED, people=people or (SIGNATORY,))


def bad(
    name: str, made: Made, *says: str, says_not: tuple[str, ...] = (), people: tuple[Person, ...] = (SIGNATORY,)
) -> Case:
    return Case(name, made, REFUSED, says, says_not, people)
