"""What the pages about one application have in common."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from onboarding.actions import casework
from onboarding.admin.application import next_case
from onboarding.admin.saved_filters import SavedFilters
from onboarding.models import Application, StepRecord
from tenancy.kept_posts import CARRIED
from tenancy.requests import user_of

REVIEW, RECORD = "onboarding.review_application", "onboarding.record_answer"


def decides(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page whose POST decides the case: it tells who else has it, instead of deciding beside a colleague."""

    @wraps(view)
    def guarded(
        self: "ApplicationPages", request: HttpRequest, pk: UUID, *args: str, **kwargs: str
    ) -> HttpResponse:
        try:
            return view(self, request, pk, *args, **kwargs)
        except casework.HeldByColleague as refusal:
            return self.held_page(request, pk, refusal)

    return guarded


def may_decide(request: HttpRequest) -> bool:
    """Whether somebody decides on cases at all; on which, `decidable` says."""
    return request.user.has_perm(REVIEW) or request.user.has_perm(RECORD)


class ApplicationPages(SavedFilters[Application]):
    """Each topic adds its pages to `own_urls` and what it shows on the application's page to `context`."""

    partner_path = "company__partner"

    def context(self, request: HttpRequest, row: Application) -> dict[str, Any]:
        return {**super().context(request, row), "next_case": next_case.after(request, row)}

    def found(self, request: HttpRequest, pk: object, permission: str) -> Application:
        application = super().found(request, pk, permission)
        if request.method == "POST":
            next_case.remember(request, application)
        return application

    def reviewed(self, request: HttpRequest, pk: UUID) -> Application:
        """The application for who may review it; ends the request otherwise."""
        return self.found(request, pk, REVIEW)

    def decidable(self, request: HttpRequest, pk: UUID) -> Application:
        """The application for who may decide on it, whoever has it; ends the request otherwise."""
        if not may_decide(request):
            raise PermissionDenied
        return self.found(request, pk, "onboarding.view_application")

    def to_decide(self, request: HttpRequest, pk: UUID, permission: str) -> Application:
        """The application for who decides on it now. A decision takes the case, and over from a colleague if that
        was said. Raises HeldByColleague, which `decides` answers.
        """
        application = self.found(request, pk, permission)
        if request.method == "POST":
            user = user_of(request)
            if "take_over" in request.POST:
                casework.give(application=application, to=user, by=user)
            casework.take(application=application, user=user)
        return application

    def held_page(self, request: HttpRequest, pk: UUID, refusal: casework.HeldByColleague) -> HttpResponse:
        """Nothing was decided and nothing that was typed is lost: it goes on from here, taken over."""
        application = get_object_or_404(self.get_queryset(request), pk=pk)
        context = {
            **self.admin_site.each_context(request),
            "title": "Başvuruya bir başkası bakıyor",
            "refusal": refusal,
            "row": application,
            "typed": _typed(request),
            "with_files": bool(request.FILES),
            "back_url": self.url(pk),
            "list_url": self.url(),
            "opts": self.opts,
        }
        return render(request, "admin/onboarding/application/held.html", context, status=409)

    def form_of(
        self,
        request: HttpRequest,
        application: Application,
        form: BaseForm,
        title: str,
        record: StepRecord | None = None,
    ) -> HttpResponse:
        """A form about the application, guarded by the version of the step's record where one is given."""
        version = record.version if record else None
        return self.form_page(request, form, title, row=application, version=version)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What the post brought, to be sent once more as it is."""
    own = {*CARRIED, "take_over"}
    return [(name, value) for name, values in request.POST.lists() if name not in own for value in values]
