"""What probes and monitors ask. None of it depends on a session, a host name or a company."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from health.asking import ASKING, state
from health.metrics import text as figures_of_now
from health.token import Reader, reader_of


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """That this process answers: nothing else is touched, so nothing else can make it restart."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether pages may be asked for here; with the token also what is not well, and why."""
    who = reader_of(request)
    if who is Reader.REFUSED:
        return refused()
    answers = ASKING.answers()
    said: dict[str, object] = {"state": state(answers)}
    if who is Reader.KNOWN:
        said["checks"] = {
            each.check.name: {
                "ok": not each.why,
                "needed": each.check.needed,
                "seconds": round(each.seconds, 3),
                **({"why": each.why} if each.why else {}),
            }
            for each in answers
        }
    return JsonResponse(said, status=503 if said["state"] == "unready" else 200)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For a monitor that has the token."""
    if reader_of(request) is not Reader.KNOWN:
        return refused()
    return HttpResponse(figures_of_now(), content_type=CONTENT_TYPE_LATEST)


def refused() -> HttpResponse:
    return HttpResponse(status=401, headers={"WWW-Authenticate": 'Bearer realm="health"'})
