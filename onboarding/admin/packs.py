"""The evidence pack as support sees it: its state, asking for it, taking it away.

`find` gives the application that may be looked at by who asks, or ends the request.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from documents.storage import streamed
from onboarding import tasks
from onboarding.admin.acting import staff
from onboarding.evidence_pack import building
from onboarding.models import Application
from onboarding.views.refusals import refusals_as_messages

Find = Callable[[HttpRequest, UUID], Application]


def context(found: Application) -> dict[str, Any]:
    """Looking at the page asks again for a pack whose message got lost."""
    pack = building.of(found)
    if pack is not None and building.asked_again(pack):
        tasks.ask_for_pack(found)
    return {
        "allowed": building.allowed(found),
        "found": pack,
        "is_current": pack is not None and building.is_current(pack, found),
    }


def ask(find: Find, request: HttpRequest, pk: UUID) -> HttpResponseBase:
    application = find(request, pk)
    if request.method == "POST":
        with refusals_as_messages(request, "Kanıt dosyası hazırlanıyor; birkaç saniye sonra sayfayı yenileyin."):
            building.ask(application=application, actor=staff(request))
            tasks.ask_for_pack(application)
    return redirect("admin:onboarding_application_change", pk)


def give(find: Find, request: HttpRequest, pk: UUID, kind: str) -> HttpResponseBase:
    application = find(request, pk)
    pack = building.of(application)
    if kind not in ("pdf", "zip"):
        raise Http404
    if pack is None or not building.is_current(pack, application):
        messages.info(request, "Kanıt dosyası henüz hazır değil ya da güncelliğini yitirdi.")
        return redirect("admin:onboarding_application_change", pk)
    building.given(application=application, kind=kind, actor=staff(request))
    return streamed(pack.files[kind])
