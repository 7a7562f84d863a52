"""Looking at a company's pages as its people see them: begun from the page of a company or case, ended from the
bar on each page. The list says who looked at whom, and why."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse

from onboarding.actions import looks
from onboarding.models import Application
from tenancy.admin.base import ReadOnlyAdmin
from tenancy.admin.searching import FoundBy
from tenancy.fields import VisibleField
from tenancy.looking import LOOK, MAY_LOOK
from tenancy.models import Company, CompanyLook
from tenancy.requests import posted, user_of, uuid
from tenancy.roles import Role, role_choices
from tenancy.walls import of_partner, refuse_own


class LookForm(forms.Form):
    lead = (
        "Firmanın sayfaları sizin için açılır; siz kendiniz kalırsınız. Yalnızca bakarsınız: düğmeler çalışmaz, "
        "dosyalar açılmaz, hiçbir şey gönderilmez. Başlangıç ve bitiş günlüğe yazılır. Yarım saat sonra, ya da "
        "çıkış yapınca kendiliğinden biter."
    )
    reason = VisibleField(
        label="Neden",
        help_text="Günlükte durur; örneğin “Telefonda, yükleme düğmesini bulamıyor”",
        max_length=400,
        widget=forms.TextInput(attrs={"size": 80}),
        error_messages={"required": "Neden baktığınızı yazın."},
    )
    role = forms.ChoiceField(label="Kimin gözünden", choices=role_choices, initial=Role.OWNER)


@admin.register(CompanyLook)
class CompanyLookAdmin(ReadOnlyAdmin[CompanyLook]):
    partner_path = "company__partner"
    list_display = ["company", "person", "role", "reason", "began_at", "ended_at"]
    found_by = FoundBy(companies=("company",), texts=("person__full_name",))
    list_select_related = ["company", "person"]
    ordering = ["-began_at"]
    fields = ["company", "person", "role", "reason", "began_at", "ends_at", "ended_at"]
    readonly_fields = ["company", "person", "role", "reason", "began_at", "ends_at", "ended_at"]

    def own_urls(self) -> list[URLPattern]:
        return [self.own("bitir/", self.end_view, "end")]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Of the company that the address names."""
        if not request.user.has_perm(MAY_LOOK):
            raise PermissionDenied
        person = user_of(request)
        company = (
            of_partner(person, Company.objects.in_use()).filter(pk=uuid(request.GET.get("firma", ""))).first()
        )
        if company is None:
            raise Http404
        refuse_own(person, company.pk)
        form = LookForm(posted(request))
        if form.is_valid():
            look = looks.begin(
                company=company,
                person=person,
                role=Role(form.cleaned_data["role"]),
                reason=form.cleaned_data["reason"],
            )
            request.session[LOOK] = str(look.pk)
            return redirect("onboarding:board")
        return self.form_page(
            request,
            form,
            f"{company}: firmanın gözünden bak",
            save="Bakmaya başla",
            back_url=reverse("admin:tenancy_company_change", args=[company.pk]),
        )

    def end_view(self, request: HttpRequest) -> HttpResponse:
        """What the bar's button presses; leads back to the case. Pressed once more it changes nothing."""
        if request.method != "POST":
            return redirect("admin:index")
        key = uuid(str(request.session.pop(LOOK, "")))
        mine = of_partner(user_of(request), CompanyLook.objects.all(), "company__partner")
        look = mine.filter(pk=key, person=user_of(request)).select_related("company", "person").first()
        if look is None:
            return redirect("admin:index")
        looks.end(look, looks.Ending.PRESSED)
        if look.application_id and Application.objects.filter(pk=look.application_id).exists():
            return redirect("admin:onboarding_application_change", look.application_id)
        return redirect("admin:tenancy_company_change", look.company_id)
