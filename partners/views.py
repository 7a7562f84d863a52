from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from partners import colours
from partners.models import Logo
from wall.crossings import Crossing
from wall.standing import crossing


FOR_GOOD = cache_control(public=True, max_age=365 * 24 * 3600, immutable=True)


@FOR_GOOD
def colour(request: HttpRequest, digits: str, digest: str) -> HttpResponse:
    """The stylesheet of a colour, whoever has it; its address changes with its content."""
    wanted = f"#{digits}"
    if digest != colours.digest(wanted):
        raise Http404
    return HttpResponse(colours.stylesheet(wanted), content_type="text/css; charset=utf-8")


@FOR_GOOD
def logo(request: HttpRequest, sha256: str) -> HttpResponse:
    """A partner's logo, for screens and letters; its address changes with its content."""
    with crossing(Crossing.HOST):
        found = Logo.objects.filter(sha256=sha256).first()
    if found is None:
        raise Http404
    answer = HttpResponse(bytes(found.png), content_type="image/png")
    # Mail programs in a browser show it from their own pages.
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
