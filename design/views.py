from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from design import samples

# Of dark.css; without one of these words the browser's preference decides, as on every page.
THEMES = {"koyu": "all", "acik": "not all"}


def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for who works on the portal."""
    if not settings.DEBUG:
        raise Http404
    theme = request.GET.get("tema", "")
    context = {**samples.context(), "theme": theme, "dark_media": THEMES.get(theme)}
    return render(request, "design/components.html", context)
