"""The evidence pack as support sees it: its state, asking for it, taking it away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern

from documents.storage import streamed
from onboarding import tasks
from onboarding.admin.acting import staff
from onboarding.admin.application.pages import ApplicationPages
from onboarding.evidence_pack import building
from onboarding.models import Application, EvidencePack
from onboarding.views.refusals import refusals_as_messages


class PackPages(ApplicationPages):
    def own_urls(self) -> list[URLPattern]:
        return [
            self.own("<uuid:pk>/pack/", self.ask_for_pack_view, "pack"),
            self.own("<uuid:pk>/pack/<str:kind>/", self.pack_file_view, "pack_file"),
            *super().own_urls(),
        ]

    def context(self, request: HttpRequest, row: Application) -> dict[str, Any]:
        shown = super().context(request, row)
        pack: EvidencePack | None = getattr(row, "evidence_pack", None)
        found = {
            "allowed": building.allowed(row),
            "found": pack,
            "is_current": pack is not None and building.is_current(pack, row),
        }
        return {**shown, "pack": found}

    def ask_for_pack_view(self, request: HttpRequest, pk: UUID) -> HttpResponseBase:
        application = self.reviewed(request, pk)
        if request.method == "POST":
            with refusals_as_messages(
                request, "Kanıt dosyası hazırlanıyor; birkaç saniye sonra sayfayı yenileyin."
            ):
                building.ask(application=application, actor=staff(request))
                tasks.ask_for_pack(application)
        return self.back(pk)

    def pack_file_view(self, request: HttpRequest, pk: UUID, kind: str) -> HttpResponseBase:
        application = self.reviewed(request, pk)
        pack = building.of(application)
        if kind not in ("pdf", "zip"):
            raise Http404
        if pack is None or not building.is_current(pack, application):
            messages.info(request, "Kanıt dosyası henüz hazır değil ya da güncelliğini yitirdi.")
            return self.back(pk)
        building.given(application=application, kind=kind, actor=staff(request))
        return streamed(pack.files[kind])
