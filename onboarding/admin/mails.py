"""The desk: mails that a machine could not decide, each on one page with what may be done about it."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from correspondence.incoming import decisions, rendering
from correspondence.incoming.authentication import SenderAuthentication
from correspondence.incoming.fetching import raw_of
from correspondence.models import Mail
from documents.intake import examine
from documents.storage import attachment
from identifiers import Refused
from onboarding.actor import NotAllowed
from onboarding.admin.acting import expected_version
from onboarding.admin.forms import MailAnswerForm, NoteForm
from onboarding.admin.mail_page import (
    ACTS,
    KindFilter,
    TrustFilter,
    WaitingFilter,
    acts_for,
    content_of,
    rule_url,
    shown,
)
from onboarding.mail import triage
from onboarding.mail.labels import KINDS, SENDER_AUTHENTICATIONS
from onboarding.views.refusals import refusals_as_messages
from tenancy.models import Company, User
from tenancy.requests import posted
from tenancy.walls import ReadOnlyAdmin, of_partner

CHANGE = "admin:correspondence_mail_change"


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin[Mail]):
    list_display = ["subject", "sender", "company_name", "meaning", "waiting"]
    list_filter = [WaitingFilter, TrustFilter, KindFilter]
    search_fields = ["subject", "from_email", "company__trade_name", "message_id"]
    list_select_related = ["company"]
    show_full_result_count = False
    change_form_template = "admin/correspondence/mail/triage.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mail]:
        return decisions.seen_by(cast(User, request.user), super().get_queryset(request))

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """What waits: the longest waiting first. What is done: the newest first."""
        return ("received_at",) if request.GET.get("is") in (None, "erken", "okunamayan") else ("-received_at",)

    @admin.display(description=_("konu"), ordering="subject")
    def subject(self, mail: Mail) -> str:
        return mail.subject or "(konusuz)"

    @admin.display(description=_("gönderen"), ordering="from_email")
    def sender(self, mail: Mail) -> SafeString:
        return format_html(
            "{}<br>{}",
            mail.from_email or "(okunamadı)",
            SENDER_AUTHENTICATIONS.get(mail.sender_authentication, "–"),
        )

    @admin.display(description=_("firma"), ordering="company__trade_name")
    def company_name(self, mail: Mail) -> str:
        return str(mail.company or "–")

    @admin.display(description=_("okunan anlam"), ordering="kind")
    def meaning(self, mail: Mail) -> str:
        return KINDS.get(mail.kind, "–")

    @admin.display(description=_("bekliyor"), ordering="received_at")
    def waiting(self, mail: Mail) -> str:
        if mail.status not in decisions.UNDECIDED:
            return "–"
        days = (timezone.now() - mail.received_at).days
        return f"{days} gün" if days else "bugün"

    def get_urls(self) -> list[URLPattern]:
        def own(route: str, view: Any, name: str) -> URLPattern:
            pattern: URLPattern = path(
                f"<uuid:pk>/{route}", self.admin_site.admin_view(view), name=f"correspondence_mail_{name}"
            )
            return pattern

        return [
            own("html/", self.html_view, "html"),
            own("ek/<int:place>/", self.attachment_view, "attachment"),
            own("firma/", self.attach_view, "attach"),
            own("uygula/<str:step>/<str:move>/", self.classify_view, "classify"),
            own("karar/<str:act>/", self.act_view, "act"),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), **self._page(request, object_id)}
        )

    def _page(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        mail = self.get_object(request, object_id)
        may_decide = request.user.has_perm("onboarding.record_answer")
        undecided = mail.status in decisions.UNDECIDED
        return {
            **shown(mail),
            "title": _("Gelen e-posta"),
            "undecided": undecided,
            "may_decide": may_decide,
            "query": request.GET.get("q", ""),
            "candidates": triage.candidates(mail, self._companies(request))
            if undecided and mail.company is None
            else [],
            "found": self._found(request) if undecided and mail.company is None else [],
            "choices": triage.choices(mail) if undecided else [],
            "acts": [(name, *ACTS[name][:2]) for name in acts_for(mail)] if may_decide else [],
            "rule_url": rule_url(mail)
            if undecided and request.user.has_perm("correspondence.add_readingrule")
            else "",
        }

    def _companies(self, request: HttpRequest) -> QuerySet[Company]:
        return of_partner(request, Company.objects.all())

    def _found(self, request: HttpRequest) -> QuerySet[Company]:
        words = request.GET.get("q", "").strip()
        if not words:
            return Company.objects.none()
        named = Q(trade_name__icontains=words) | Q(tax_number=words) | Q(applications__reference__iexact=words)
        numbered = Q(applications__iys_application_number__iexact=words) | Q(applications__iys_code=words)
        return self._companies(request).filter(named | numbered).distinct()[:20]

    def _mail(self, request: HttpRequest, pk: UUID, permission: str = "onboarding.record_answer") -> Mail:
        if not request.user.has_perm(permission):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request).select_related("company__partner"), pk=pk)

    def html_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """The mail's HTML for a frame of the desk: an allow-list, a policy of its own, nothing remote."""
        mail = self._mail(request, pk, "correspondence.view_mail")
        answer = HttpResponse(rendering.page(rendering.html_of(raw_of(mail))))
        answer["Content-Security-Policy"] = rendering.POLICY
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Referrer-Policy"] = "no-referrer"
        answer["Cache-Control"] = "private, no-store"
        return answer

    def attachment_view(self, request: HttpRequest, pk: UUID, place: int) -> HttpResponse:
        """An attachment to be kept, once it has passed the same inspection as every file from outside."""
        mail = self._mail(request, pk, "correspondence.view_mail")
        found = content_of(mail)
        if found is None or place >= len(found.attachments):
            raise Http404
        enclosed = found.attachments[place]
        try:
            inspected = examine(enclosed.payload, enclosed.filename)
        except Refused as refusal:
            messages.error(request, f"“{enclosed.filename or 'adsız ek'}” indirilemez: {refusal}")
            return redirect(CHANGE, pk)
        return attachment(inspected, enclosed.filename)

    def attach_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        mail = self._mail(request, pk)
        company = request.POST.get("company", "")
        found = self._companies(request).filter(pk=company).first() if _is_uuid(company) else None
        if request.method == "POST" and found is None:
            raise Http404
        if request.method == "POST" and found is not None:
            if mail.company is not None or mail.status not in decisions.UNDECIDED:
                messages.error(request, triage.OUTDATED)
            else:
                self._decided(
                    request,
                    f"E-posta {found} firmasına eklendi. Şimdi ne dediğini seçin.",
                    lambda: decisions.attach(mail=mail, company=found, by=cast(User, request.user)),
                )
        return redirect(CHANGE, pk)

    def act_view(self, request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
        """File it, take it up again, take it away from its company, undo it; each with a reason."""
        mail = self._mail(request, pk)
        form = NoteForm(request.POST)
        if request.method != "POST" or act not in ACTS:
            return redirect(CHANGE, pk)
        label, _help, verb = ACTS[act]
        if act not in acts_for(mail):
            messages.error(request, triage.OUTDATED)
        elif not form.is_valid():
            messages.error(request, f"{label}: bir neden yazın.")
        else:
            note, by = form.cleaned_data["note"], cast(User, request.user)
            self._decided(request, f"{label}: tamam.", lambda: verb(mail, note, by))
        return redirect(CHANGE, pk)

    def _decided(self, request: HttpRequest, done: str, verb: Callable[[], None]) -> None:
        with refusals_as_messages(request, done):
            try:
                verb()
            except decisions.Outdated as error:
                raise NotAllowed(triage.OUTDATED) from error

    def classify_view(self, request: HttpRequest, pk: UUID, step: str, move: str) -> HttpResponse:
        """What the mail says, and the fields read out of it, move the step with the staff member as witness."""
        mail = self._mail(request, pk)
        chosen = triage.choice(mail, step, move) if mail.status in decisions.UNDECIDED else None
        if chosen is None:
            messages.error(request, "Bu adım şu anda böyle bir yanıt almıyor.")
            return redirect(CHANGE, pk)
        form = MailAnswerForm(
            posted(request),
            move=move,
            step=step,
            verified=mail.sender_authentication == SenderAuthentication.VERIFIED,
            initial=MailAnswerForm.read_from(mail.extracted, mail.words),
        )
        if request.method == "POST" and form.is_valid():
            with refusals_as_messages(request, f"{chosen.record.definition.title}: {chosen.move.label}"):
                triage.classify(
                    mail=mail,
                    step=chosen.record.definition,
                    move=move,
                    extracted=form.extracted,
                    note=form.cleaned_data["note"],
                    vouched=form.cleaned_data.get("vouched_how", ""),
                    by=cast(User, request.user),
                    expected_version=expected_version(request),
                )
            return redirect(CHANGE, pk)
        return render(
            request,
            "admin/correspondence/mail/classify.html",
            {
                **self.admin_site.each_context(request),
                **shown(mail),
                "title": f"{chosen.record.definition.number}. adım: {chosen.move.label}",
                "choice": chosen,
                "form": form,
                "expected_version": expected_version(request)
                if request.method == "POST"
                else chosen.record.version,
                "opts": self.opts,
            },
            status=422 if form.errors else 200,
        )


def _is_uuid(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True
