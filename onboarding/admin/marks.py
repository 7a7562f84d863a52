"""Marks, pauses of reminders and the package's last day on an application's page.

`find` gives the application that may be reviewed by who asks, or ends the request; `page` shows a form.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.admin.acting import staff
from onboarding.attention import marks
from onboarding.models import Application, Attention
from onboarding.reminders import muting
from onboarding.steps import BY_KEY, STEPS
from onboarding.views.refusals import refusals_as_messages
from tenancy.requests import posted

Find = Callable[[HttpRequest, UUID], Application]
Page = Callable[..., HttpResponse]
LINE = {"class": "vTextField"}


class MarkForm(forms.Form):
    step = forms.ChoiceField(label=_("Hangi adım"), choices=[(step.key, step.title) for step in STEPS])
    text = forms.CharField(
        label=_("Neye dikkat edilecek?"),
        max_length=500,
        help_text=_("Firma da kendi sayfasında görür."),
        widget=forms.TextInput(attrs=LINE),
    )


class MuteForm(forms.Form):
    reason = forms.CharField(label=_("Neden?"), max_length=500, widget=forms.TextInput(attrs=LINE))
    until = forms.DateField(
        label=_("Son günü"),
        help_text=_("O gün dahil kimseye hatırlatma gitmez, üst kademeye çıkmaz; sonra kendiliğinden başlar."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )


class PackageEndForm(forms.Form):
    ends_on = forms.DateField(
        label=_("Paketin son günü"),
        help_text=_("Boş bırakırsanız katalogdaki süreye bakılır."),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


def context(found: Application) -> dict[str, Any]:
    all_marks = Attention.objects.filter(record__application=found).select_related(
        "record", "settled_by", "raised_by"
    )
    return {
        "open": [mark for mark in all_marks if mark.settled_at is None],
        "settled": [mark for mark in all_marks if mark.settled_at is not None],
        "mute": found.company.reminder_mutes.in_force(timezone.localdate()).first(),
    }


def _back(pk: UUID) -> HttpResponse:
    return redirect("admin:onboarding_application_change", pk)


def add(find: Find, page: Page, request: HttpRequest, pk: UUID) -> HttpResponse:
    application = find(request, pk)
    form = MarkForm(posted(request))
    if not form.is_valid():
        return page(request, application, form, "Dikkat işareti koy")
    with refusals_as_messages(request, "İşaret kondu; inceleme sırasında ve firmanın sayfasında görünüyor."):
        marks.mark_by_hand(
            application=application,
            step=BY_KEY[form.cleaned_data["step"]],
            text=form.cleaned_data["text"],
            actor=staff(request),
        )
    return _back(pk)


def settle(find: Find, request: HttpRequest, pk: UUID, mark: int) -> HttpResponse:
    application = find(request, pk)
    found = get_object_or_404(Attention.objects.filter(record__application=application), pk=mark)
    if request.method == "POST":
        with refusals_as_messages(request, "İşaret kapatıldı."):
            marks.settle(mark=found, note=request.POST.get("note", ""), actor=staff(request))
    return _back(pk)


def mute(find: Find, page: Page, request: HttpRequest, pk: UUID) -> HttpResponse:
    application = find(request, pk)
    form = MuteForm(posted(request))
    if form.is_valid() and form.cleaned_data["until"] < timezone.localdate():
        form.add_error("until", _("Molanın son günü geçmişte kalamaz."))
    if not form.is_valid():
        return page(request, application, form, "Hatırlatmalara ara ver")
    with refusals_as_messages(request, "Hatırlatmalara ara verildi."):
        muting.mute(company=application.company, actor=staff(request), **form.cleaned_data)
    return _back(pk)


def unmute(find: Find, request: HttpRequest, pk: UUID) -> HttpResponse:
    application = find(request, pk)
    if request.method == "POST":
        with refusals_as_messages(request, "Hatırlatmalar yeniden başladı."):
            muting.lift(company=application.company, actor=staff(request))
    return _back(pk)


def package_end(find: Find, page: Page, request: HttpRequest, pk: UUID) -> HttpResponse:
    application = find(request, pk)
    form = PackageEndForm(posted(request), initial={"ends_on": application.package_ends_on})
    if not form.is_valid():
        return page(request, application, form, "Paketin son günü")
    with refusals_as_messages(request, "Paketin son günü kaydedildi."):
        marks.record_package_end(
            application=application, ends_on=form.cleaned_data["ends_on"], actor=staff(request)
        )
    return _back(pk)
