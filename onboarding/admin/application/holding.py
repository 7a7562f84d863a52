"""Who of support has the case: shown, taken by opening, given by hand; and a case that is put off."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from django.utils import timezone

from onboarding.actions import casework
from onboarding.admin import lease
from onboarding.admin.application.pages import REVIEW, ApplicationPages, may_decide
from onboarding.models import Application, SnoozeEvent
from onboarding.views.refusals import refusals_as_messages
from tenancy.models import User
from tenancy.requests import number, posted, user_of


class SnoozeForm(forms.Form):
    event = forms.ChoiceField(
        label="Ne olunca",
        required=False,
        choices=[("", "Bir olay beklemiyorum"), *SnoozeEvent.listed()],
        help_text="Ne seçerseniz seçin, başvuruda bir şey olursa (adım, e-posta, firmanın yazdığı) sıraya döner.",
    )
    until = forms.DateField(
        label="En geç şu gün",
        required=False,
        help_text="O sabah sıraya döner. Yukarıda bir olay seçtiyseniz boş bırakabilirsiniz.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    note = forms.CharField(
        label="Not",
        required=False,
        max_length=500,
        help_text="Neyi beklediğiniz; yalnızca destek ekibi görür.",
        widget=forms.TextInput(attrs={"size": 80}),
    )

    def clean_until(self) -> date | None:
        """The day that was typed, or that of the button that was pressed."""
        days = {"1": 1, "7": 7}.get(self.data.get("days", ""))
        chosen: date | None = self.cleaned_data["until"]
        return timezone.localdate() + timedelta(days=days) if days else chosen

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and (why := casework.why_not_until(cleaned["until"], cleaned["event"])):
            self.add_error("until" if cleaned["until"] else None, why)
        return cleaned


class HoldingPages(ApplicationPages):
    def own_urls(self) -> list[URLPattern]:
        return [
            self.own("<uuid:pk>/take/", self.take_view, "take"),
            self.own("<uuid:pk>/give/", self.give_view, "give"),
            self.own("<uuid:pk>/snooze/", self.snooze_view, "snooze"),
            self.own("<uuid:pk>/wake/", self.wake_view, "wake"),
            *super().own_urls(),
        ]

    def context(self, request: HttpRequest, row: Application) -> dict[str, Any]:
        shown = super().context(request, row)
        held, put_off = casework.holder_of(row), casework.snooze_of(row)
        waits = bool(shown["ours"] or shown["marks"]["open"])
        return {
            **shown,
            "held": held,
            "snooze": put_off,
            "is_mine": held is not None and held.holder_id == user_of(request).pk,
            "may_take": may_decide(request),
            # The page takes what one may decide on, by a post of its own: a GET writes nothing.
            # Who looks at what is put off has not begun to decide.
            "takes": waits and put_off is None and may_decide(request),
        }

    def take_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """The page that was opened takes its case, and takes it again while somebody works on it. Who goes on to
        the next case lets go of it."""
        application = self.decidable(request, pk)
        if request.method != "POST":
            return self.back(pk)
        if "let_go" in request.POST:
            casework.let_go(application=application, user=user_of(request))
            return HttpResponse(status=204)
        return lease.taken(lambda: casework.take(application=application, user=user_of(request)))

    def give_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        application = self.decidable(request, pk)
        if request.method == "POST":
            user, key = user_of(request), request.POST.get("to", "")
            if not key:
                casework.release(application=application, by=user)
                return self.back(pk)
            to = user if key == "me" else get_object_or_404(User, pk=number(key))
            with refusals_as_messages(request, "Başvuru sizde." if to == user else f"Başvuruya {to} bakacak."):
                casework.give(application=application, to=to, by=user)
        return self.back(pk)

    @lease.decides
    def snooze_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        application = self.to_decide(request, pk, REVIEW)
        form = SnoozeForm(posted(request))
        if not form.is_valid():
            return self.form_page(
                request,
                form,
                f"Ertele: {application.company}",
                row=application,
                template="admin/onboarding/application/snooze.html",
            )
        with refusals_as_messages(request):
            put_off = casework.snooze(application=application, by=user_of(request), **form.cleaned_data)
            comes_back = "sırada görünmez" if put_off.until and not put_off.event else "sıraya döner"
            messages.success(
                request, f"Ertelendi: {put_off.words} {comes_back}. Önce başka bir şey olursa kendiliğinden döner."
            )
        return self.back(pk)

    def wake_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        application = self.reviewed(request, pk)
        if request.method == "POST":
            casework.wake(application=application, by=user_of(request))
        return self.back(pk)
