"""Holds on sending: those in force and those of before, making one, lifting one."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse

from correspondence.forms import HoldForm
from correspondence.models.sending import SendingHold
from correspondence.outgoing import control
from tenancy.admin.base import ReadOnlyAdmin
from tenancy.models import User
from tenancy.requests import posted, user_of
from tenancy.walls import of_partner

HOLD = "correspondence.hold_sending"


@admin.register(SendingHold)
class SendingHoldAdmin(ReadOnlyAdmin[SendingHold]):
    """Holds on sending, those in force first; the page on which a new one is made."""

    partner_path = "partner"
    shared_rows = True
    list_display = ["__str__", "partner", "reason", "held_by", "held_at", "lifted_by", "lifted_at"]
    list_select_related = ["partner", "held_by", "lifted_by"]
    ordering = ["-held_at"]
    fields = ["target", "partner", "reason", "held_by", "held_at", "lifted_by", "lifted_at"]
    change_list_template = "admin/correspondence/sendinghold/holds.html"
    change_form_template = "admin/correspondence/sendinghold/hold.html"

    def own_urls(self) -> list[URLPattern]:
        return [
            self.own("durdur/", self.hold_view, "hold"),
            self.own("<int:pk>/kaldir/", self.lift_view, "lift"),
        ]

    def hold_view(self, request: HttpRequest) -> HttpResponse:
        """Stops the letters of one's partner, those of the whole installation for a superuser without one."""
        user = _who_may_hold(request)
        form = HoldForm(posted(request), initial={"target": request.GET.get("alici", "")})
        if form.is_valid():
            try:
                control.hold_sending(partner=user.partner, by=user, **form.cleaned_data)
            except control.NotNow as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.warning(request, "Gönderim durduruldu. Mektuplar kaybolmaz, kaldırınca gönderilir.")
                return self.back()
        return self.form_page(
            request,
            form,
            "Gönderimi durdur",
            template="admin/correspondence/sendinghold/hold_form.html",
            save="Durdur",
            back_url=reverse("admin:correspondence_letter_changelist"),
            partner_meant=user.partner,
        )

    def lift_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = _who_may_hold(request)
        held = self.found(request, pk, HOLD)
        if not of_partner(user, SendingHold.objects.filter(pk=pk)).exists():
            raise PermissionDenied("Bu durdurma bütün kurulum içindir; yalnızca işletim kaldırabilir.")
        if request.method == "POST":
            try:
                count = control.lift(sending_hold=held, by=user)
            except control.NotNow as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, f"Gönderim yeniden açıldı; bekletilen {count} mektup sıraya girdi.")
        return self.back()


def _who_may_hold(request: HttpRequest) -> User:
    user = user_of(request)
    if not user.has_perm(HOLD) or not (user.partner_id or user.is_superuser):
        raise PermissionDenied
    return user
