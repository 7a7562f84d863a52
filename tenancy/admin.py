from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tenancy.memberships import settle_join_request
from tenancy.models import Company, JoinRequest, Membership, RoleChoices, User
from tenancy.walls import ReadOnlyAdmin, of_partner


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    list_display = ["email", "full_name", "partner", "is_staff", "is_active", "last_login"]
    list_filter = ["is_staff", "is_active", "partner"]
    search_fields = ["email", "full_name"]
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


class MembershipInline(admin.TabularInline[Membership, Company]):
    model = Membership
    extra = 0
    autocomplete_fields = ["user"]


@admin.register(Company)
class CompanyAdmin(admin.ModelAdmin[Company]):
    list_display = ["trade_name", "tax_number", "partner", "created_at"]
    search_fields = ["trade_name", "tax_number"]
    list_select_related = ["partner"]
    show_full_result_count = False
    inlines = [MembershipInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Company]:
        user = request.user
        companies = super().get_queryset(request)
        if user.is_superuser and getattr(user, "partner_id", None) is None:
            return companies
        return companies.filter(partner=getattr(user, "partner_id", None))

    def has_delete_permission(self, request: HttpRequest, obj: Company | None = None) -> bool:
        return False


@admin.register(JoinRequest)
class JoinRequestAdmin(ReadOnlyAdmin[JoinRequest]):
    """People who signed up with a tax number that was here already."""

    list_display = ["user", "company", "trade_name", "created_at", "settled_at"]
    list_filter = [("settled_at", admin.EmptyFieldListFilter)]
    actions = ["let_in", "refuse"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[JoinRequest]:
        return of_partner(request, super().get_queryset(request), "company")

    def _may(self, request: HttpRequest) -> bool:
        if request.user.has_perm("onboarding.review_onboarding"):
            return True
        messages.error(request, _("Bunun için inceleme yetkisi gerekiyor."))
        return False

    @admin.action(description=_("Seçilenleri düzenleyen olarak firmaya al"))
    def let_in(self, request: HttpRequest, requests: QuerySet[JoinRequest]) -> None:
        self._settle(request, requests, RoleChoices.EDITOR)

    @admin.action(description=_("Seçilenleri geri çevir"))
    def refuse(self, request: HttpRequest, requests: QuerySet[JoinRequest]) -> None:
        self._settle(request, requests, None)

    def _settle(self, request: HttpRequest, requests: QuerySet[JoinRequest], role: Any) -> None:
        if not self._may(request):
            return
        for each in requests:
            settle_join_request(request=each, role=role)
        messages.success(request, _("%(n)d istek sonuçlandı.") % {"n": len(requests)})
