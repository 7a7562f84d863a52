import unicodedata
from typing import cast
from uuid import UUID

from django.http import HttpRequest, QueryDict

from identifiers.invisible import visible
from tenancy.models import User

LONGEST = 2000  # characters


def number(text: str) -> int:
    """A whole number that a page has sent; -1 for anything else."""
    return int(text) if text.isdecimal() and len(text) < 19 else -1


def uuid(text: str) -> UUID:
    """An id that a page has sent; for anything else the nil one (RFC 9562, 5.9), which is nobody's."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def expected_version(request: HttpRequest) -> int:
    """The version of the record that the clicked page showed; its form carries it as `expected_version`."""
    return number(request.POST.get("expected_version", ""))


def words(request: HttpRequest, name: str) -> str:
    """What was typed into a field that no form checks: as it is seen, without signs that no database keeps. The
    pages let nobody type more than LONGEST; who sends more has not typed it.
    """
    seen = visible(request.POST.get(name, ""))
    kept = (each for each in seen if each in "\n\t" or unicodedata.category(each) != "Cc")
    return "".join(kept).strip()[:LONGEST]


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the data of a POST, be it empty; None shows the form unbound."""
    return request.POST if request.method == "POST" else None


def user_of(request: HttpRequest) -> User:
    """Who is signed in. For views that nobody else reaches."""
    return cast(User, request.user)
