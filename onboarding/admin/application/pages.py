"""What the pages about one application have in common."""

from copy import copy
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse

from onboarding.actions import casework
from onboarding.admin import lease
from onboarding.admin.application import next_case
from onboarding.admin.application.given_back import typed
from onboarding.admin.saved_filters import SavedFilters
from onboarding.models import Application, StepRecord
from onboarding.overview import case
from tenancy.requests import user_of

REVIEW, RECORD = "onboarding.review_application", "onboarding.record_answer"


def may_decide(request: HttpRequest) -> bool:
    """Whether somebody decides on cases at all; on which, `decidable` says."""
    return request.user.has_perm(REVIEW) or request.user.has_perm(RECORD)


class ApplicationPages(SavedFilters[Application]):
    """Each topic adds its pages to `own_urls` and what it shows on the application's page to `context`."""

    partner_path = "company__partner"
    beside = case.BESIDE

    def context(self, request: HttpRequest, row: Application) -> dict[str, Any]:
        case.read_whole(row)
        colleagues = casework.colleagues(row).exclude(pk=user_of(request).pk)
        return {
            **super().context(request, row),
            **next_case.context(request, row),
            "colleagues": colleagues if may_decide(request) else colleagues.none(),
        }

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
            lease.take(request, application)
        return application

    def given_back(self, request: HttpRequest, application: Application, refusal: Exception) -> HttpResponse:
        """The page of the case as it is now, with the sentence that refused; what was typed stands on it again."""
        if not typed(request, application):
            messages.error(request, str(refusal))
            return self.back(application.pk)
        messages.error(request, f"{refusal} Yazdıklarınız duruyor.")
        # To Django's page whatever is posted there is a change of the row.
        shown = copy(request)
        shown.method = "GET"
        answer: HttpResponse = self.change_view(shown, str(application.pk))
        answer.status_code = 409
        return answer

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
