"""Notes for colleagues on a case: written, and settled by whom they name."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern

from onboarding.actions import casework, notes
from onboarding.actor import NotAllowed
from onboarding.admin.application.pages import ApplicationPages, may_decide
from onboarding.models import Application, NoteMention
from tenancy.fields import MessageField
from tenancy.models import User
from tenancy.requests import posted, user_of


class NoteForm(forms.Form):
    text = MessageField(
        label="Not",
        max_length=2000,
        help_text="@ad yazarsanız o iş arkadaşınızın başlangıç sayfasında görünür. Firma görmez.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Notu yazın."},
    )
    people = forms.ModelMultipleChoiceField(
        label="Kime haber verilsin?",
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, colleagues: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"key": uuid4()}, **kwargs})
        people: Any = self.fields["people"]
        people.queryset = colleagues
        people.choices = [(each.pk, str(each)) for each in colleagues]


class NotePages(ApplicationPages):
    def own_urls(self) -> list[URLPattern]:
        return [
            self.own("<uuid:pk>/note/", self.note_view, "note"),
            self.own("<uuid:pk>/note/<int:mention>/seen/", self.note_seen_view, "note_seen"),
            *super().own_urls(),
        ]

    def context(self, request: HttpRequest, row: Application) -> dict[str, Any]:
        shown = super().context(request, row)
        form = NoteForm(colleagues=shown["colleagues"], auto_id="note_%s") if may_decide(request) else None
        told = Prefetch("mentions", NoteMention.objects.select_related("person").order_by("pk"))
        return {
            **shown,
            "notes": row.notes.select_related("by").prefetch_related(told),
            "note_form": form,
        }

    def note_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        application = self.decidable(request, pk)
        form = NoteForm(posted(request), colleagues=_colleagues(request, application))
        if form.is_valid():
            try:
                note = notes.add(application=application, by=user_of(request), **form.cleaned_data)
            except NotAllowed as refusal:
                form.add_error("text", str(refusal))
            else:
                told = ", ".join(str(each.person) for each in note.mentions.select_related("person"))
                messages.success(request, f"Not yazıldı. Haber verildi: {told}." if told else "Not yazıldı.")
                return self.back(pk, "notlar")
        return self.form_of(request, application, form, "Not yaz")

    def note_seen_view(self, request: HttpRequest, pk: UUID, mention: int) -> HttpResponse:
        application = self.found(request, pk, "onboarding.view_application")
        own = NoteMention.objects.filter(note__application=application, person=user_of(request))
        found = get_object_or_404(own, pk=mention)
        if request.method == "POST":
            notes.settle(mention=found)
        return redirect("admin:index") if "home" in request.POST else self.back(pk)


def _colleagues(request: HttpRequest, application: Application) -> QuerySet[User]:
    return casework.colleagues(application).exclude(pk=user_of(request).pk)
