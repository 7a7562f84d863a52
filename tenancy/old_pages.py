"""What is sent from a page that has grown old: what it was for is gone, because a colleague or another tab has
changed the way, taken the thing away or ended the application meanwhile.

Nothing of it is kept. A person is told so in a sentence, with the way to where it goes on. `member` in
tenancy/access.py gives this answer to every post that finds nothing. What is another company's is answered alike.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string

from tenancy.requests import by_itself, by_script, came_from

HOME = "onboarding:board"
GONE = (
    "Gönderdiğiniz sayfa eskimiş: siz o sayfadayken bir şey değişti ve gönderdiğinizin artık bir yeri yok. "
    "Hiçbir şey kaydedilmedi."
)


class Overtaken(Http404):
    """What a page offered is not there any more. `why` is a Turkish sentence, `to` the path of the page where it
    goes on, or the name of its URL."""

    def __init__(self, why: str, *, to: str = HOME) -> None:
        super().__init__(why)
        self.why, self.to = why, to


def answer(request: HttpRequest, gone: Http404) -> HttpResponse:
    """What a person is told, in the form that the page understands."""
    why, to = (gone.why, gone.to) if isinstance(gone, Overtaken) else (GONE, _anew(request))
    context = {"why": why, "to": resolve_url(to)}
    if by_itself(request):
        # The page's own link opens it anew (static/js/drafts.js).
        return JsonResponse({"said": why}, status=409)
    if by_script(request):
        details = render_to_string("_partials/old_page_link.html", context)
        return JsonResponse({"error": why, "details": details}, status=404)
    if request.headers.get("HX-Request"):
        messages.error(request, why)
        return HttpResponse(status=404, headers={"HX-Redirect": context["to"]})
    return render(request, "old_page.html", context, status=404)


def _anew(request: HttpRequest) -> str:
    """The page that the form stood on, which now shows how it is. One that posts to itself may be gone itself."""
    page = came_from(request)
    return page if page and page != request.get_full_path() else HOME
