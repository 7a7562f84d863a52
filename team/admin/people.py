"""People, as support meets them. Nobody's place in a company is saved by a form: each change is a verb of
`team.people`, which keeps it in the company's journal and tells the person and the owners."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils import timezone

from journal.parties import Party
from team import people
from team.forms import AddingForm, ReasonForm, RoleWithReasonForm
from team.joining import settle
from tenancy import memberships
from tenancy.admin.base import TEXT_AS_SEEN, ReadOnlyAdmin, WalledAdmin
from tenancy.admin.searching import FoundBy
from tenancy.models import Company, JoinRequest, Membership, User
from tenancy.requests import posted, user_of, uuid
from tenancy.roles import Role
from tenancy.walls import OwnCompany, of_partner, refuse_own, runs_the_portal


@admin.register(User)
class UserAdmin(WalledAdmin[User]):
    """A partner's staff see their own colleagues here; people of companies are seen on the companies' pages."""

    partner_path = "partner"
    list_display = ["email", "full_name", "partner", "is_staff", "is_active", "last_login"]
    list_filter = ["is_staff", "is_active", ("partner", admin.RelatedOnlyFieldListFilter)]
    found_by = FoundBy(whole=("email",), texts=("email", "full_name"))
    fields = [
        "email",
        "full_name",
        "is_active",
        "is_staff",
        "partner",
        "groups",
        "last_login",
        "date_joined",
    ]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = ["groups"]
    formfield_overrides = TEXT_AS_SEEN
    # What a person may do, and for whom: whoever could change it could take any of it.
    between_partners = ("is_staff", "partner", "groups")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Nobody else changes a person's address: it opens the account, and the letter that renews the password
        goes there."""
        kept = () if runs_the_portal(request.user) else self.between_partners
        return [*self.readonly_fields, *kept, *(["email"] if obj else [])]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return runs_the_portal(request.user) and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Who may do everything is changed by who runs the portal alone."""
        above = obj is not None and obj.is_superuser and not runs_the_portal(request.user)
        return not above and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: Any) -> None:
        if obj.is_staff and "is_staff" in form.changed_data:
            # Who is made staff has the days of grace for the second factor from now on.
            obj.second_factor_from = timezone.now()
        super().save_model(request, obj, form, change)
        if change and "is_active" in form.changed_data:
            people.switched(user=obj, by=people.Doer(user_of(request), Party.STAFF))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """People are switched off: deleting one would take the company's owner away without a word."""
        return False


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin[Membership]):
    """Who belongs to which company."""

    partner_path = "company__partner"
    list_display = ["user", "company", "role", "created_at"]
    found_by = FoundBy(
        companies=("company",), names={"person": "user__full_name", "email": "user__email"}, whole=("user__email",)
    )
    list_select_related = ["user", "company"]
    fields = ["user", "company", "role", "created_at"]
    readonly_fields = ["user", "company", "role", "created_at"]
    change_form_template = "admin/tenancy/membership/change.html"

    def own_urls(self) -> list[URLPattern]:
        return [
            self.own("<int:pk>/yetki/", self.role_view, "role"),
            self.own("<int:pk>/cikar/", self.remove_view, "remove"),
        ]

    def role_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        membership = self.found(request, pk, "tenancy.change_membership")
        form = RoleWithReasonForm(posted(request), initial={"role": membership.role})
        if form.is_valid() and self._done(
            request,
            form,
            lambda by: people.change_role(membership=membership, role=Role(form.cleaned_data["role"]), by=by),
        ):
            return self.back(pk)
        return self.form_page(request, form, f"{membership.user}: yetkisi", row=membership)

    def remove_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        membership = self.found(request, pk, "tenancy.delete_membership")
        form = ReasonForm(posted(request))
        if form.is_valid() and self._done(request, form, lambda by: people.remove(membership=membership, by=by)):
            return redirect("admin:tenancy_company_change", membership.company_id)
        title = f"{membership.user}, {membership.company} firmasının ekibinden çıkarılsın mı?"
        return self.form_page(request, form, title, row=membership, save="Ekipten çıkar")

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Into the company that the address names."""
        if not request.user.has_perm("tenancy.add_membership"):
            raise PermissionDenied
        companies = of_partner(user_of(request), Company.objects.select_related("partner"))
        found = companies.filter(pk=uuid(request.GET.get("firma", ""))).first()
        if found is None:
            raise Http404
        refuse_own(user_of(request), found.pk)
        form = AddingForm(posted(request))
        if form.is_valid() and self._done(
            request,
            form,
            lambda by: people.add(
                company=found, user=form.cleaned_data["email"], role=Role(form.cleaned_data["role"]), by=by
            ),
        ):
            return redirect("admin:tenancy_company_change", found.pk)
        return self.form_page(request, form, f"{found}: ekibe kişi ekle", save="Ekle")

    def _done(self, request: HttpRequest, form: forms.Form, verb: Callable[[people.Doer], object]) -> bool:
        """A refusal stands on the form."""
        try:
            verb(people.Doer(user_of(request), Party.STAFF, form.cleaned_data["reason"]))
        except memberships.Refusal as refusal:
            form.add_error(None, str(refusal))
            return False
        messages.success(request, "Yapıldı; kişiye ve firmanın sahiplerine e-postayla bildirildi.")
        return True


@admin.register(JoinRequest)
class JoinRequestAdmin(ReadOnlyAdmin[JoinRequest]):
    """People who signed up with a tax number that was here already."""

    partner_path = "company__partner"
    list_display = ["user", "company", "trade_name", "created_at", "settled_at"]
    list_filter = [("settled_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user", "company"]
    actions = ["let_in", "refuse"]

    @admin.action(description="Seçilenleri düzenleyen olarak firmaya al")
    def let_in(self, request: HttpRequest, requests: QuerySet[JoinRequest]) -> None:
        self._settle(request, requests, Role.EDITOR)

    @admin.action(description="Seçilenleri geri çevir")
    def refuse(self, request: HttpRequest, requests: QuerySet[JoinRequest]) -> None:
        self._settle(request, requests, None)

    def _settle(self, request: HttpRequest, requests: QuerySet[JoinRequest], role: Role | None) -> None:
        if not request.user.has_perm("onboarding.review_application"):
            messages.error(request, "Bunun için inceleme yetkisi gerekiyor.")
            return
        settled = 0
        for each in requests:
            try:
                settled += settle(request=each, role=role, by=user_of(request))
            except (memberships.Refusal, OwnCompany) as refusal:
                messages.error(request, f"{each}: {refusal}")
        messages.success(request, f"{settled} istek sonuçlandı; kişilere e-postayla bildirildi.")
