"""Merging two companies that are one: which two, what would happen, and giving it back within a day."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, reverse
from django.utils import timezone

from identifiers.digits import bare
from onboarding.merging.doing import NotMerged, merge
from onboarding.merging.preview import Preview, preview
from onboarding.merging.undoing import undo, why_not
from onboarding.models import CompanyMerge
from tenancy.admin import previews
from tenancy.admin.base import ReadOnlyAdmin
from tenancy.admin.searching import FoundBy
from tenancy.fields import VisibleField
from tenancy.models import Company
from tenancy.requests import posted, user_of, uuid
from tenancy.walls import of_partner, refuse_own

MAY_MERGE = "onboarding.add_companymerge"
ACT = "onboarding.companymerge"


class ReasonForm(forms.Form):
    reason = VisibleField(
        label="Neden",
        help_text="İki firmanın da günlüğüne yazılır; örneğin “VKN'de bir hane yanlış yazılmış, aynı firma”",
        max_length=400,
        widget=forms.TextInput(attrs={"size": 80}),
        error_messages={"required": "Nedenini yazın."},
    )


class OtherForm(forms.Form):
    lead = (
        "Aynı firma iki kez kayıtlıysa birini ötekine katın. Önce ne olacağını görürsünüz; onaylayana kadar "
        "hiçbir şey değişmez."
    )
    number = forms.CharField(
        label="Öteki firmanın VKN'si (şahıs işletmesinde TCKN)",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Öteki firmanın vergi numarasını yazın."},
    )
    role = forms.ChoiceField(
        label="Kalan hangisi olsun",
        choices=[("stays", "Sayfasından geldiğim firma kalsın"), ("goes", "Numarasını yazdığım firma kalsın")],
        initial="stays",
        help_text="Vergi numarası doğru olan kalmalı; İYS'ye başvurmuş olan varsa o.",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, companies: "Any", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.companies = companies

    def clean_number(self) -> Company:
        found: Company | None = self.companies.numbered(bare(self.cleaned_data["number"])).first()
        if found is None:
            raise forms.ValidationError("Bu numarayla bir firma yok ya da sizin göreceğiniz bir firma değil.")
        return found


class MergeForm(ReasonForm):
    same = forms.BooleanField(
        label="İki kayıt aynı firmanın; numaraların farkı bir yazım hatası ya da eski kayıt",
        label_suffix="",
        error_messages={"required": "Aynı firma olduklarını onaylayın; emin değilseniz birleştirmeyin."},
    )
    field_order = ["same", "reason"]


@admin.register(CompanyMerge)
class CompanyMergeAdmin(ReadOnlyAdmin[CompanyMerge]):
    partner_path = "stays__partner"
    list_display = ["goes", "stays", "by", "at", "undone_at"]
    found_by = FoundBy(companies=("goes", "stays"))
    list_select_related = ["goes", "stays__partner", "by"]
    ordering = ["-at"]
    fields = ["goes", "stays", "by", "reason", "at", "undone_at", "undone_by", "undone_because"]
    readonly_fields = ["goes", "stays", "by", "reason", "at", "undone_at", "undone_by", "undone_because"]
    change_form_template = "admin/onboarding/companymerge/merge.html"

    def get_queryset(self, request: HttpRequest) -> "QuerySet[CompanyMerge]":
        """One that was undone names a company that may have gone to another partner since."""
        return of_partner(user_of(request), super().get_queryset(request), "goes__partner")

    def own_urls(self) -> list[URLPattern]:
        return [
            self.own("onizleme/<uuid:goes>/<uuid:stays>/", self.preview_view, "preview"),
            self.own("<uuid:pk>/geri-al/", self.undo_view, "undo"),
        ]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Which one the company that the address names is to be merged with."""
        company = self._company(request, uuid(request.GET.get("firma", "")))
        form = OtherForm(posted(request), companies=of_partner(user_of(request), Company.objects.all()))
        if form.is_valid():
            other, stays = form.cleaned_data["number"], form.cleaned_data["role"] == "stays"
            goes, kept = (other, company) if stays else (company, other)
            return redirect(f"admin:{self._name('preview')}", goes.pk, kept.pk)
        return self.form_page(
            request,
            form,
            f"{company}: başka bir firmayla birleştir",
            save="Ne olacağını göster",
            back_url=reverse("admin:tenancy_company_change", args=[company.pk]),
        )

    def preview_view(self, request: HttpRequest, goes: UUID, stays: UUID) -> HttpResponse:
        """What would happen; what was shown is what is done."""
        going, staying = self._company(request, goes), self._company(request, stays)
        done = CompanyMerge.objects.filter(goes=going, stays=staying, undone_at=None).first()
        if done is not None:
            # The button was pressed a second time.
            messages.info(request, "Bu iki firma birleştirildi.")
            return self.back(done.pk)
        found = preview(going, staying)
        form = MergeForm(posted(request))
        if form.is_valid():
            shown = previews.opened(request.POST.get("preview", ""), act=ACT, by=user_of(request))
            # What the page showed is what is merged, or nothing.
            said = found.said if shown and shown.has(self._pair(going, staying), found.said) else ""
            try:
                made = merge(
                    goes=going, stays=staying, said=said, reason=form.cleaned_data["reason"], by=user_of(request)
                )
            except NotMerged as refusal:
                messages.warning(request, str(refusal))
                return self._shown(request, going, staying, preview(going, staying), form, status=409)
            messages.success(request, "Firmalar birleştirildi; ekiplerine yazıldı.")
            return self.back(made.pk)
        return self._shown(request, going, staying, found, form, status=422 if form.errors else 200)

    def undo_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        made = self.found(request, pk, MAY_MERGE)
        refuse_own(user_of(request), made.goes_id)
        if why := why_not(made, timezone.now()):
            messages.warning(request, why)
            return self.back(pk)
        form = ReasonForm(posted(request))
        if form.is_valid():
            try:
                undo(merge=made, reason=form.cleaned_data["reason"], by=user_of(request))
            except NotMerged as refusal:
                messages.warning(request, str(refusal))
                return self.back(pk)
            messages.success(request, "Birleştirme geri alındı; ekiplerine yazıldı.")
            return self.back(pk)
        return self.form_page(request, form, f"{made}: birleştirmeyi geri al", row=made, save="Geri al")

    def context(self, request: HttpRequest, row: CompanyMerge) -> dict[str, Any]:
        return {"may": request.user.has_perm(MAY_MERGE), "why_not": why_not(row, timezone.now())}

    def _company(self, request: HttpRequest, pk: UUID) -> Company:
        """For who may merge. Raises PermissionDenied, Http404 for another partner's, OwnCompany for one's own."""
        if not request.user.has_perm(MAY_MERGE):
            raise PermissionDenied
        seen = of_partner(user_of(request), Company.objects.select_related("partner", "merged_into"))
        company = get_object_or_404(seen, pk=pk)
        refuse_own(user_of(request), company.pk)
        return company

    def _pair(self, goes: Company, stays: Company) -> str:
        return f"{goes.pk}:{stays.pk}"

    def _shown(
        self,
        request: HttpRequest,
        goes: Company,
        stays: Company,
        found: Preview,
        form: MergeForm,
        *,
        status: int,
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": f"{goes} → {stays}: birleştir",
            "form": form,
            "goes": goes,
            "stays": stays,
            "found": found,
            "preview": previews.sealed({self._pair(goes, stays): found.said}, act=ACT, by=user_of(request)),
            "save": "Birleştir",
            "back_url": reverse("admin:tenancy_company_change", args=[stays.pk]),
            "list_url": self.url(),
            "opts": self.opts,
        }
        return render(request, "admin/onboarding/companymerge/preview.html", context, status=status)
