"""Writing to the company from its case: the conversation, and the form beneath it."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from onboarding.admin.application.pages import ApplicationPages
from onboarding.models import Application
from support import asking
from support.models import Question
from tenancy.fields import MessageField
from tenancy.numbers import CarriedCountField
from tenancy.requests import posted, user_of


class WriteForm(forms.Form):
    """`key` is the page's own, so that a second press sends nothing; `read_to` is the last message it showed."""

    text = MessageField(
        label="İletiniz",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Firmaya ne yazacağınızı yazın."},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    read_to = CarriedCountField()

    @classmethod
    def beneath(cls, conversation: Question | None) -> "WriteForm":
        return cls(initial={"key": uuid4(), "read_to": _last(conversation)}, auto_id="write_%s")

    def reading(self, conversation: Question | None) -> None:
        """What was typed stays in the form, which now stands beneath all that was said."""
        self.data = {**dict(self.data.items()), "read_to": str(_last(conversation))}


class WritingPages(ApplicationPages):
    def own_urls(self) -> list[URLPattern]:
        return [self.own("<uuid:pk>/write/", self.write_view, "write"), *super().own_urls()]

    def context(self, request: HttpRequest, row: Application) -> dict[str, Any]:
        shown = super().context(request, row)
        conversation, in_all = asking.conversations(row.company)
        return {
            **shown,
            "conversation": conversation,
            "write_form": WriteForm.beneath(conversation),
            "conversations": in_all,
        }

    def write_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        application = self.decidable(request, pk)
        form = WriteForm(posted(request)) if request.method == "POST" else self._unwritten(application)
        if form.is_valid():
            try:
                asking.write(
                    company=application.company,
                    application_id=application.pk,
                    by=user_of(request),
                    **form.cleaned_data,
                )
            except asking.Overtaken as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "İletiniz firmaya ulaştı; e-posta da gidiyor.")
                return self.back(pk, "konusma")
        conversation = asking.open_conversation(application.company)
        if form.is_bound:
            form.reading(conversation)
        return self.form_page(
            request,
            form,
            "Firmaya yaz",
            row=application,
            template="admin/onboarding/application/write.html",
            save="Gönder",
            conversation=conversation,
        )

    def _unwritten(self, application: Application) -> WriteForm:
        return WriteForm.beneath(asking.open_conversation(application.company))


def _last(conversation: Question | None) -> int:
    """The key of what was said last."""
    return max((message.pk for message in conversation.messages.all()), default=0) if conversation else 0
