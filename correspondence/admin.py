"""Support's pages of letters out: looked at as they go, kept back, tried again, cancelled; sending held."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from correspondence.forms import HoldForm
from correspondence.models import WAITING, Letter, LetterStatus
from correspondence.models.sending import SendingHold
from correspondence.outgoing import control
from correspondence.outgoing.message import Unsendable, headers_of
from correspondence.outgoing.outbox import body_of
from documents import storage
from identifiers.masking import masked
from tenancy.models import User
from tenancy.requests import posted
from tenancy.walls import ReadOnlyAdmin, of_partner

# Styles stand in the mail itself; nothing is loaded, run, sent or opened from it.
PREVIEW_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; form-action 'none'"
)
# name: (button, what it does, whether a reason is needed, verb)
ACTS: dict[str, tuple[str, str, bool, Callable[[Letter, str, User], None]]] = {
    "beklet": (
        "Beklet",
        "Mektup siz serbest bırakana kadar gönderilmez; bekleyen adım destek ekibine geçer.",
        True,
        lambda letter, reason, by: control.hold(letter=letter, reason=reason, by=by),
    ),
    "birak": (
        "Serbest bırak",
        "Mektup hemen sıraya girer.",
        False,
        lambda letter, reason, by: control.release(letter=letter, by=by),
    ),
    "dene": (
        "Yeniden dene",
        "Aynı mektup, aynı Message-ID ile yeniden sıraya girer.",
        False,
        lambda letter, reason, by: control.retry(letter=letter, by=by),
    ),
    "iptal": (
        "İptal et",
        "Mektup hiç gönderilmez; bekleyen adım destek ekibine geçer.",
        True,
        lambda letter, reason, by: control.cancel(letter=letter, reason=reason, by=by),
    ),
    "gordum": (
        "Gördüm",
        "“İki kez gitmiş olabilir” uyarısı kapanır; kaydı mektupta kalır.",
        False,
        lambda letter, reason, by: control.clear_doubt(letter=letter, by=by),
    ),
}


def acts_for(letter: Letter) -> list[str]:
    found = ["gordum"] if letter.doubted_at and not letter.doubt_seen_at else []
    own = {LetterStatus.QUEUED: "beklet", LetterStatus.HELD: "birak", LetterStatus.FAILED: "dene"}
    if letter.status in own:
        found.append(own[LetterStatus(letter.status)])
    return [*found, "iptal"] if letter.status in WAITING else found


class DoubtFilter(admin.SimpleListFilter):
    title = _("iki kez gitmiş olabilir")
    parameter_name = "kusku"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("acik", _("Bakılmayı bekleyen")), ("hepsi", _("Hepsi"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Letter]) -> QuerySet[Letter]:
        if self.value() is None:
            return queryset
        doubted = queryset.exclude(doubted_at=None)
        return doubted.filter(doubt_seen_at=None) if self.value() == "acik" else doubted


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin[Letter]):
    list_display = ["subject", "company", "audience", "status", "attempts", "due_at", "sent_at"]
    list_filter = ["status", DoubtFilter, "audience"]
    search_fields = ["subject", "company__trade_name", "message_id"]
    list_select_related = ["company"]
    show_full_result_count = False
    change_form_template = "admin/correspondence/letter/letter.html"
    change_list_template = "admin/correspondence/letter/letters.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Letter]:
        # Codes and password links of accounts are nobody's to read here.
        letters = super().get_queryset(request).exclude(company=None)
        return of_partner(request, letters, "company")

    def get_urls(self) -> list[URLPattern]:
        def own(route: str, view: Any, name: str) -> URLPattern:
            pattern: URLPattern = path(
                route, self.admin_site.admin_view(view), name=f"correspondence_letter_{name}"
            )
            return pattern

        return [
            own("<uuid:pk>/yap/<str:act>/", self.act_view, "act"),
            own("<uuid:pk>/gorunum/", self.html_view, "html"),
            own("<uuid:pk>/ek/<int:attachment>/", self.attachment_view, "attachment"),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        letter = self.get_object(request, object_id)
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), **self._page(request, letter)}
        )

    def _page(self, request: HttpRequest, letter: Letter) -> dict[str, Any]:
        body = body_of(letter)
        may_control = request.user.has_perm("correspondence.control_letter")
        return {
            "letter": letter,
            "headers": _headers(letter),
            "text": masked(body.text),
            "has_html": bool(body.html),
            "attachments": letter.attachments.select_related("document"),
            "acts": [(name, *ACTS[name][:3]) for name in acts_for(letter)] if may_control else [],
            "recipients": list(dict.fromkeys([*letter.to, *letter.cc])),
            "may_hold": request.user.has_perm("correspondence.hold_sending"),
        }

    def _found(self, request: HttpRequest, pk: UUID, permission: str) -> Letter:
        if not request.user.has_perm(permission):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request).select_related("company"), pk=pk)

    def act_view(self, request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
        letter = self._found(request, pk, "correspondence.control_letter")
        if act not in ACTS:
            raise Http404
        if request.method == "POST":
            label, _help, _needs_reason, verb = ACTS[act]
            try:
                verb(letter, request.POST.get("reason", "").strip(), cast(User, request.user))
            except control.NotNow as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, f"{label}: yapıldı ve günlüğe yazıldı.")
        return redirect("admin:correspondence_letter_change", pk)

    def html_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """The letter's HTML, for a frame of our own page. Identity numbers are masked as everywhere here."""
        letter = self._found(request, pk, "correspondence.view_letter")
        answer = HttpResponse(masked(body_of(letter).html))
        answer["Content-Security-Policy"] = PREVIEW_POLICY
        answer["Cache-Control"] = "private, no-store"
        return answer

    def attachment_view(self, request: HttpRequest, pk: UUID, attachment: int) -> HttpResponse:
        letter = self._found(request, pk, "correspondence.view_letter")
        found = get_object_or_404(letter.attachments.select_related("document"), pk=attachment)
        if found.document.erased_at is not None:
            raise Http404
        return storage.response(found.document, inline="indir" not in request.GET)


def _headers(letter: Letter) -> list[tuple[str, str]]:
    try:
        return headers_of(letter)
    except (Unsendable, OSError) as error:
        return [("–", f"Mektup bu hâliyle gönderilemez: {error}")]


@admin.register(SendingHold)
class SendingHoldAdmin(ReadOnlyAdmin[SendingHold]):
    """Holds on sending, those in force first; the page on which a new one is made."""

    list_display = ["__str__", "partner", "reason", "held_by", "held_at", "lifted_by", "lifted_at"]
    ordering = ["-held_at"]
    fields = ["target", "partner", "reason", "held_by", "held_at", "lifted_by", "lifted_at"]
    change_list_template = "admin/correspondence/sendinghold/holds.html"
    change_form_template = "admin/correspondence/sendinghold/hold.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[SendingHold]:
        holds = super().get_queryset(request).select_related("partner", "held_by", "lifted_by")
        return holds_seen_by(cast(User, request.user), holds)

    def get_urls(self) -> list[URLPattern]:
        def own(route: str, view: Any, name: str) -> URLPattern:
            pattern: URLPattern = path(
                route, self.admin_site.admin_view(view), name=f"correspondence_sendinghold_{name}"
            )
            return pattern

        return [
            own("durdur/", self.hold_view, "hold"),
            own("<int:pk>/kaldir/", self.lift_view, "lift"),
            *super().get_urls(),
        ]

    def hold_view(self, request: HttpRequest) -> HttpResponse:
        """Stops the letters of one's partner, those of the whole installation for a superuser without one."""
        user = _who_may_hold(request)
        form = HoldForm(posted(request), initial={"target": request.GET.get("alici", "")})
        if request.method == "POST" and form.is_valid():
            try:
                control.hold_sending(partner=user.partner, by=user, **form.cleaned_data)
            except control.NotNow as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.warning(request, "Gönderim durduruldu. Mektuplar kaybolmaz, kaldırınca gönderilir.")
                return redirect("admin:correspondence_sendinghold_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": "Gönderimi durdur",
            "form": form,
            "opts": self.opts,
            "partner_meant": user.partner,
        }
        status = 422 if form.errors else 200
        return render(request, "admin/correspondence/sendinghold/hold_form.html", context, status=status)

    def lift_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = _who_may_hold(request)
        held = get_object_or_404(self.get_queryset(request), pk=pk)
        if user.partner_id is not None and held.partner_id != user.partner_id:
            raise PermissionDenied("Bu durdurma bütün kurulum içindir; yalnızca işletim kaldırabilir.")
        if request.method == "POST":
            try:
                count = control.lift(sending_hold=held, by=user)
            except control.NotNow as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, f"Gönderim yeniden açıldı; bekletilen {count} mektup sıraya girdi.")
        return redirect("admin:correspondence_sendinghold_changelist")


def _who_may_hold(request: HttpRequest) -> User:
    user = cast(User, request.user)
    if not user.has_perm("correspondence.hold_sending") or not (user.partner_id or user.is_superuser):
        raise PermissionDenied
    return user


def holds_seen_by(user: User, holds: QuerySet[SendingHold]) -> QuerySet[SendingHold]:
    """The holds that concern a staff member: those of the own partner and those of the whole installation."""
    if user.partner_id is None:
        return holds if user.is_superuser else holds.none()
    return holds.filter(Q(partner=user.partner_id) | Q(partner=None))
