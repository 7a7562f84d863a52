"""What the gate, a table or a quota refuses, told on the next page: a late click ends in a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from limits.quotas import TooMany
from onboarding.actor import NotAllowed
from tenancy.old_pages import Overtaken
from tenancy.requests import by_a_page

# Of a page whose form is closed now.
CLOSED_SINCE = "Bu sayfa siz açtıktan sonra kapandı; gönderdiğiniz kaydedilmedi. Başvurunuzun güncel hali burada."


def turned_away(request: HttpRequest, why: str, *, to: str) -> HttpResponse:
    """From a page that is not open now to the page of URL name `to`; a late click is told why. Raises Overtaken,
    which `member` answers, for what a script has sent."""
    if request.method == "POST" and by_a_page(request):
        raise Overtaken(why, to=to)
    if request.method == "POST":
        messages.error(request, why)
    return redirect(to)


@contextmanager
def refusals_as_messages(request: HttpRequest, done: str = "") -> Iterator[None]:
    """Turns NotAllowed and TooMany into a message of the next page; `done`, if given, is that of success."""
    try:
        yield
    except (NotAllowed, TooMany) as refusal:
        messages.error(request, str(refusal))
    else:
        if done:
            messages.success(request, done)
