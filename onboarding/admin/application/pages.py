"""What the pages about one application have in common."""

from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse

from onboarding.admin.application import next_case
from onboarding.models import Application, StepRecord
from tenancy.admin.base import ReadOnlyAdmin


class ApplicationPages(ReadOnlyAdmin[Application]):
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
        return self.found(request, pk, "onboarding.review_application")

    def recorded(self, request: HttpRequest, pk: UUID) -> Application:
        """The application for who may record İYS's answers to it; ends the request otherwise."""
        return self.found(request, pk, "onboarding.record_answer")

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
