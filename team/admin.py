from typing import cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from team.joining import settle
from tenancy.models import JoinRequest, RoleChoices, User
from tenancy.walls import ReadOnlyAdmin, of_partner


@admin.register(JoinRequest)
class JoinRequestAdmin(ReadOnlyAdmin[JoinRequest]):
    """People who signed up with a tax number that was here already."""

    list_display = ["user", "company", "trade_name", "created_at", "settled_at"]
    list_filter = [("settled_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user", "company"]
    actions = ["let_in", "refuse"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[JoinRequest]:
        return of_partner(request, super().get_queryset(request), "company")

    @admin.action(description=_("Seçilenleri düzenleyen olarak firmaya al"))
    def let_in(self, request: HttpRequest, requests: QuerySet[JoinRequest]) -> None:
        self._settle(request, requests, RoleChoices.EDITOR)

    @admin.action(description=_("Seçilenleri geri çevir"))
    def refuse(self, request: HttpRequest, requests: QuerySet[JoinRequest]) -> None:
        self._settle(request, requests, None)

    def _settle(self, request: HttpRequest, requests: QuerySet[JoinRequest], role: RoleChoices | None) -> None:
        if not request.user.has_perm("onboarding.review_onboarding"):
            messages.error(request, _("Bunun için inceleme yetkisi gerekiyor."))
            return
        settled = sum(settle(request=each, role=role, by=cast(User, request.user)) for each in requests)
        messages.success(request, _("%(n)d istek sonuçlandı; kişilere e-postayla bildirildi.") % {"n": settled})
