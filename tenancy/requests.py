import unicodedata
from datetime import datetime
from typing import cast
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from identifiers.invisible import visible
from tenancy.models import User

LONGEST = 2000  # characters
AUTOSAVE_HEADER = "X-Autosave"  # of what a form sends by itself (static/js/drafts.js)


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


def by_script(request: HttpRequest) -> bool:
    """Whether a file is sent by its page's script, which is answered in JSON (static/js/uploads.js)."""
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def by_itself(request: HttpRequest) -> bool:
    """Whether a form was sent by its page and not by a button (static/js/drafts.js)."""
    return request.method == "POST" and AUTOSAVE_HEADER in request.headers


def by_a_page(request: HttpRequest) -> bool:
    """Whether a script has sent it, which stays where it is and follows no redirect for people."""
    return by_script(request) or by_itself(request) or "HX-Request" in request.headers


def came_from(request: HttpRequest) -> str:
    """The path of the portal's page that a form or link stood on; empty where the browser does not say."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}):
        return ""
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def user_of(request: HttpRequest) -> User:
    """Who is signed in. For views that nobody else reaches."""
    return cast(User, request.user)


def shown_at(request: HttpRequest) -> datetime | None:
    """When the page was shown on which this was pressed, as its form says; None where that says nothing."""
    try:
        said = datetime.fromisoformat(request.POST.get("shown_at", ""))
    except ValueError:
        return None
    return said if said.tzinfo else None
