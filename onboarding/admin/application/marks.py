"""Marks, pauses of reminders and the package's last day on an application's page."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from django.utils import timezone

from onboarding.admin.acting import staff
from onboarding.admin.application.pages import ApplicationPages
from onboarding.attention import marks
from onboarding.models import Application, Attention
from onboarding.reminders import muting
from onboarding.steps import BY_KEY, STEPS
from onboarding.views.refusals import refusals_as_messages
from tenancy.requests import posted, words

LINE = {"class": "vTextField"}


class MarkForm(forms.Form):
    step = forms.ChoiceField(label="Hangi adım", choices=[(step.key, step.title) for step in STEPS])
    text = forms.CharField(
        label="Neye dikkat edilecek?",
        max_length=500,
        help_text="Firma da kendi sayfasında görür.",
        widget=forms.TextInput(attrs=LINE),
    )


class MuteForm(forms.Form):
    reason = forms.CharField(label="Neden?", max_length=500, widget=forms.TextInput(attrs=LINE))
    until = forms.DateField(
        label="Son günü",
        help_text="O gün dahil kimseye hatırlatma gitmez, üst kademeye çıkmaz; sonra kendiliğinden başlar.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until < timezone.localdate():
            raise forms.ValidationError("Molanın son günü geçmişte kalamaz.")
        return until


class PackageEndForm(forms.Form):
    ends_on = forms.DateField(
        label="Paketin son günü",
        help_text="Boş bırakırsanız katalogdaki süreye bakılır.",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class MarkPages(ApplicationPages):
    def own_urls(self) -> list[URLPattern]:
        return [
            self.own("<uuid:pk>/mark/", self.add_mark_view, "add_mark"),
            self.own("<uuid:pk>/mark/<int:mark>/settle/", self.settle_mark_view, "settle_mark"),
            self.own("<uuid:pk>/mute/", self.mute_view, "mute"),
            self.own("<uuid:pk>/unmute/", self.unmute_view, "unmute"),
            self.own("<uuid:pk>/package-end/", self.package_end_view, "package_end"),
            *super().own_urls(),
        ]

    def context(self, request: HttpRequest, row: Application) -> dict[str, Any]:
        shown = super().context(request, row)
        all_marks = Attention.objects.filter(record__application=row).select_related(
            "record", "settled_by", "raised_by"
        )
        found = {
            "open": [mark for mark in all_marks if mark.settled_at is None],
            "settled": [mark for mark in all_marks if mark.settled_at is not None],
            "mute": row.company.reminder_mutes.in_force(timezone.localdate()).first(),
        }
        return {**shown, "marks": found}

    def add_mark_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        application = self.reviewed(request, pk)
        form = MarkForm(posted(request))
        if not form.is_valid():
            return self.form_of(request, application, form, "Dikkat işareti koy")
        with refusals_as_messages(request, "İşaret kondu; inceleme sırasında ve firmanın sayfasında görünüyor."):
            marks.mark_by_hand(
                application=application,
                step=BY_KEY[form.cleaned_data["step"]],
                text=form.cleaned_data["text"],
                actor=staff(request),
            )
        return self.back(pk)

    def settle_mark_view(self, request: HttpRequest, pk: UUID, mark: int) -> HttpResponse:
        application = self.reviewed(request, pk)
        found = get_object_or_404(Attention.objects.filter(record__application=application), pk=mark)
        if request.method == "POST":
            with refusals_as_messages(request, "İşaret kapatıldı."):
                marks.settle(mark=found, note=words(request, "note"), actor=staff(request))
        return self.back(pk)

    def mute_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        application = self.reviewed(request, pk)
        form = MuteForm(posted(request))
        if not form.is_valid():
            return self.form_of(request, application, form, "Hatırlatmalara ara ver")
        with refusals_as_messages(request, "Hatırlatmalara ara verildi."):
            muting.mute(company=application.company, actor=staff(request), **form.cleaned_data)
        return self.back(pk)

    def unmute_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        application = self.reviewed(request, pk)
        if request.method == "POST":
            with refusals_as_messages(request, "Hatırlatmalar yeniden başladı."):
                muting.lift(company=application.company, actor=staff(request))
        return self.back(pk)

    def package_end_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        application = self.reviewed(request, pk)
        form = PackageEndForm(posted(request), initial={"ends_on": application.package_ends_on})
        if not form.is_valid():
            return self.form_of(request, application, form, "Paketin son günü")
        with refusals_as_messages(request, "Paketin son günü kaydedildi."):
            marks.record_package_end(
                application=application, ends_on=form.cleaned_data["ends_on"], actor=staff(request)
            )
        return self.back(pk)
