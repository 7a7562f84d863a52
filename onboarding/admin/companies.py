"""A company's page, and from it the way to another partner: to which, what that means, and the button."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern

from onboarding.moving.doing import NotMoved, move
from onboarding.moving.preview import Preview, preview
from partners.models import Partner
from tenancy.admin import previews
from tenancy.admin.people import CompanyAdmin
from tenancy.fields import VisibleField
from tenancy.models import Company
from tenancy.requests import posted, user_of
from tenancy.walls import runs_the_portal

ACT = "tenancy.company.move"


class PartnerForm(forms.Form):
    lead = "Önce ne olacağını görürsünüz; onaylayana kadar hiçbir şey değişmez."
    to = forms.ModelChoiceField(
        label="Hangi iş ortağına",
        queryset=Partner.objects.none(),
        empty_label="Seçin",
        error_messages={"required": "İş ortağını seçin.", "invalid_choice": "İş ortağını listeden seçin."},
    )

    def __init__(self, *args: Any, company: Company, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["to"]
        choice.queryset = Partner.objects.exclude(pk=company.partner_id).order_by("name", "pk")


class MoveForm(forms.Form):
    reason = VisibleField(
        label="Neden",
        help_text="Firmanın günlüğüne yazılır; örneğin “Firma sözleşmesini öteki iş ortağıyla yaptı”",
        max_length=400,
        widget=forms.TextInput(attrs={"size": 80}),
        error_messages={"required": "Nedenini yazın."},
    )


@admin.register(Company)
class MovableCompanyAdmin(CompanyAdmin):
    def own_urls(self) -> list[URLPattern]:
        return [
            *super().own_urls(),
            self.own("<uuid:pk>/tasi/", self.choose_view, "move"),
            self.own("<uuid:pk>/tasi/<int:to>/", self.move_view, "move_to"),
        ]

    def context(self, request: HttpRequest, row: Company) -> dict[str, Any]:
        return {**super().context(request, row), "may_move": runs_the_portal(request.user)}

    def choose_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        company = self._movable(request, pk)
        form = PartnerForm(posted(request), company=company)
        if form.is_valid():
            return redirect(f"admin:{self._name('move_to')}", company.pk, form.cleaned_data["to"].pk)
        title = f"{company}: başka bir iş ortağına taşı"
        return self.form_page(request, form, title, row=company, save="Ne olacağını göster")

    def move_view(self, request: HttpRequest, pk: UUID, to: int) -> HttpResponse:
        """What it means; what was shown is what is done."""
        company, partner = self._movable(request, pk), get_object_or_404(Partner, pk=to)
        if company.partner_id == partner.pk and company.merged_into_id is None:
            # The button was pressed a second time.
            messages.info(request, f"Firma artık {partner} iş ortağında.")
            return self.back(company.pk)
        found = preview(company, partner)
        form = MoveForm(posted(request))
        if form.is_valid():
            shown = previews.opened(request.POST.get("preview", ""), act=ACT, by=user_of(request))
            # What the page showed is what is done, or nothing.
            said = found.said if shown and shown.has(self._pair(company, partner), found.said) else ""
            try:
                move(
                    company=company,
                    to=partner,
                    said=said,
                    reason=form.cleaned_data["reason"],
                    by=user_of(request),
                )
            except NotMoved as refusal:
                messages.warning(request, str(refusal))
                company = self._movable(request, pk)
                return self._shown(request, company, partner, preview(company, partner), form, status=409)
            messages.success(request, f"Firma {partner} iş ortağına taşındı; ekibine yazıldı.")
            return self.back(company.pk)
        return self._shown(request, company, partner, found, form, status=422 if form.errors else 200)

    def _movable(self, request: HttpRequest, pk: UUID) -> Company:
        """For who sees both partners. Raises PermissionDenied, Http404, OwnCompany."""
        if not runs_the_portal(request.user):
            raise PermissionDenied
        rows = self.get_queryset(request).select_related("partner", "merged_into")
        company: Company = self._not_own(request, get_object_or_404(rows, pk=pk))
        return company

    def _pair(self, company: Company, to: Partner) -> str:
        """With the partner it comes from: nobody confirms another move than was read."""
        return f"{company.pk}:{company.partner_id}:{to.pk}"

    def _shown(
        self, request: HttpRequest, company: Company, to: Partner, found: Preview, form: MoveForm, *, status: int
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": f"{company} → {to}: taşı",
            "form": form,
            "row": company,
            "to": to,
            "found": found,
            "preview": previews.sealed({self._pair(company, to): found.said}, act=ACT, by=user_of(request)),
            "save": "Taşı",
            "back_url": self.url(company.pk),
            "list_url": self.url(),
            "opts": self.opts,
        }
        return render(request, "admin/tenancy/company/move.html", context, status=status)
