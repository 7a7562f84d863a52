"""Answering İYS from one of its mails, in words of one's own."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from correspondence.incoming import decisions
from correspondence.models import Mail
from documents.models import Document
from onboarding.actions import casework
from onboarding.actor import NotAllowed
from onboarding.admin import lease
from onboarding.admin.mails.content import case_of, shown
from onboarding.mail import replying
from onboarding.mail.early import DECIDE
from onboarding.models import DocumentKind
from tenancy.admin.base import ReadOnlyAdmin
from tenancy.fields import MessageField
from tenancy.requests import posted, user_of


class ReplyForm(forms.Form):
    """`key` is the page's own, so that a second press sends nothing."""

    text = MessageField(
        label="Yanıtınız",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8, "autofocus": True}),
        help_text="“Sayın Yetkili” ile başlar, firmanın unvanı ve numaralarıyla biter; bunları yazmayın.",
        error_messages={"required": "İYS'ye ne yazacağınızı yazın."},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None, *, papers: list[Document]) -> None:
        super().__init__(data, initial={"key": uuid4()})
        self._papers = {str(each.pk): each for each in papers}
        if papers:
            named = [(key, f"{DocumentKind(each.kind).label} ({each.name})") for key, each in self._papers.items()]
            self.fields["documents"] = forms.MultipleChoiceField(
                label="Eklenecek belgeler", choices=named, required=False, widget=forms.CheckboxSelectMultiple
            )

    @property
    def chosen(self) -> list[Document]:
        return [self._papers[key] for key in self.cleaned_data.get("documents", ())]


class ReplyPages(ReadOnlyAdmin[Mail]):
    def own_urls(self) -> list[URLPattern]:
        return [self.own("<uuid:pk>/yanitla/", self.reply_view, "reply"), *super().own_urls()]

    @lease.decides
    def reply_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        mail = self.found(request, pk, DECIDE)
        case = case_of(mail)
        if case is None or (request.method == "GET" and not replying.may_reply(mail, case)):
            messages.error(request, replying.REFUSED)
            return self.back(pk)
        form = ReplyForm(posted(request), papers=replying.papers(case))
        if form.is_valid():
            lease.take(request, case)
            try:
                replying.reply(
                    mail=mail,
                    application=case,
                    text=form.cleaned_data["text"],
                    documents=form.chosen,
                    shown=request.POST.get("shown", ""),
                    key=form.cleaned_data["key"],
                    by=user_of(request),
                )
            except NotAllowed as refusal:
                form.add_error(None, str(refusal))
            else:
                casework.decided(case)
                messages.success(request, "Yanıtınız gönderiliyor.")
                return self.back(pk)
        return self.form_page(
            request,
            form,
            "İYS'ye yanıt",
            row=mail,
            template="admin/correspondence/mail/reply.html",
            save="Yanıtı gönder",
            draft=replying.around(mail, case),
            case=case,
            undecided=mail.status in decisions.WAITING,
            **shown(mail),
        )
