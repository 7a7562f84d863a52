"""The guide, for everybody. It asks the database for nothing and knows nothing of who reads."""

from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from guide.pages import START, guide
from guide.reading import Page
from guide.searching import LONGEST


@require_safe
def start(request: HttpRequest) -> HttpResponseBase:
    asked = " ".join(request.GET.get("ara", "").split())[:LONGEST]
    if asked:
        found = guide().index.search(asked)
        return _kept(request, render(request, "guide/found.html", {"asked": asked, "found": found}))
    return _shown(request, guide().pages[0])


@require_safe
def page(request: HttpRequest, key: str) -> HttpResponseBase:
    found = guide().page(key)
    if found is None or key == START:
        raise Http404
    return _shown(request, found)


def _shown(request: HttpRequest, found: Page) -> HttpResponseBase:
    before, after = guide().beside(found)
    shown = {"page": found, "before": before, "after": after, "is_start": found.key == START}
    return _kept(request, render(request, "guide/page.html", shown))


def _kept(request: HttpRequest, answer: HttpResponse) -> HttpResponseBase:
    """A visitor's browser may keep it, and asks each time whether it is still so (RFC 9110, 13.1.2).

    For whoever is signed in the frame around it names her company: that is kept nowhere.
    """
    if request.user.is_authenticated:
        return answer
    patch_cache_control(answer, private=True, no_cache=True)
    etag = quote_etag(sha256(answer.content).hexdigest()[:32])
    answer.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=answer) or answer
