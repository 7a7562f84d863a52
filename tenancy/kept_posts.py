"""What somebody has sent whose session had ended: kept until the log-in, then put back into the form, unsaved.

It is kept in the browser it came from and nowhere else: a cookie that only this portal can read, for an hour. A
page says in its forms to whom it was shown (SHOWN_TO, signed). To that person alone, working for the company that
the page was shown for, it is given back; the first other person who logs in there ends it. Nothing is saved by it:
it stands in the fields, and goes when its button is pressed. Passwords, codes, identity numbers and files are not
kept.
"""

import json
import zlib
from dataclasses import dataclass
from datetime import timedelta

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode

from identifiers import masking
from tenancy import refilling
from tenancy.access import LINKED_FOR, SHOWN_FOR
from tenancy.encryption import cipher
from tenancy.models import Company, User
from tenancy.requests import by_a_page, came_from

SHOWN_TO = "shown_to"  # the field of a form
KEPT_FOR = timedelta(hours=1)
# Bytes of the cookie's value: browsers take 4096 with name and attributes. A form's short fields have a tenth of
# it; what is longer is not kept.
MOST = 3800
CARRIED = frozenset({"csrfmiddlewaretoken", SHOWN_FOR, SHOWN_TO})
# Names of fields whose content is kept in no browser. tests/tenancy/test_kept_posts.py looks through all forms.
NEVER = frozenset(
    {
        "password",
        "password1",
        "password2",
        "oldpassword",
        "code",
        "credential",
        "identity",
        "signatory_identity",
        "tax_number",
        "mersis_number",
    }
)


@dataclass(frozen=True, slots=True)
class Kept:
    """`page` is where the form stood, `action` where it was sent to; `company` is empty where there was none."""

    person: int
    company: str
    page: str
    action: str
    typed: list[tuple[str, str]]


def shown_to(user: User) -> str:
    """What a form carries, so that what is sent later can be told to be this person's."""
    return _signer().sign(str(user.pk))


def _signer() -> Signer:
    return Signer(salt="tenancy.kept_posts")


def keep(request: HttpRequest, answer: HttpResponseBase) -> None:
    """To be called with the answer that leads to the log-in: what was sent goes along, and the log-in leads to the
    page that the form stood on."""
    try:
        person = int(_signer().unsign(request.POST.get(SHOWN_TO, "")))
    except BadSignature:
        return
    company = request.POST.get(SHOWN_FOR, "")
    page = (came_from(request) or request.get_full_path()).partition("?")[0]
    typed = [list(pair) for pair in _typed(request.POST)]
    said = {"person": person, "company": company, "page": page, "action": request.path, "typed": typed}
    token = cipher().encrypt(zlib.compress(json.dumps(said, ensure_ascii=False).encode(), 9)).decode()
    if len(token) > MOST:
        return
    answer.set_cookie(
        settings.TYPED_COOKIE_NAME,
        token,
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    # Of several companies the log-in chooses one; the page asks whether to go on for this one.
    back = f"{page}?{urlencode({LINKED_FOR: company})}" if company else page
    answer["Location"] = f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': back})}"


def _typed(data: QueryDict) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in data.lists()
        for value in values
        if name not in CARRIED and name not in NEVER and masking.masked(value) == value
    ]


def give_back(request: HttpRequest, answer: HttpResponseBase) -> None:
    """Puts into a page what was kept for it."""
    found, user = _read(request.COOKIES[settings.TYPED_COOKIE_NAME]), request.user
    if found is None or found.person != user.pk:
        _forget(answer)
        return
    company: Company | None = getattr(request, "company", None)
    is_page = request.method == "GET" and request.path == found.page and answer.status_code == 200
    if not is_page or found.company != (str(company.pk) if company else "") or by_a_page(request):
        return
    _forget(answer)
    if isinstance(answer, HttpResponse) and answer.get("Content-Type", "").startswith("text/html"):
        _refill(answer, found)


def _refill(answer: HttpResponse, found: Kept) -> None:
    def note(*, lacks: bool) -> str:
        return render_to_string("_partials/given_back.html", {"typed": bool(found.typed), "lacks": lacks})

    filled = refilling.refill(
        answer.content.decode(), at=found.page, action=found.action, typed=found.typed, note=note
    )
    if filled is not None:
        answer.content = filled.encode()


def _read(token: str) -> Kept | None:
    try:
        content = cipher().decrypt(token.encode(), ttl=int(KEPT_FOR.total_seconds()))
    except InvalidToken:
        return None
    said = json.loads(zlib.decompress(content))
    return Kept(**{**said, "typed": [(name, value) for name, value in said["typed"]]})


def _forget(answer: HttpResponseBase) -> None:
    answer.delete_cookie(settings.TYPED_COOKIE_NAME, samesite="Lax")
