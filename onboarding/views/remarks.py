"""The checklist of corrections: an answer in words where nothing is to be changed."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from onboarding.actions.pre_application import remarks
from onboarding.forms.pre_application import RemarkAnswerForm
from onboarding.models import Remark
from onboarding.views.application import actor_of, live_application_or_404
from onboarding.views.refusals import refusals_as_messages
from tenancy.access import CompanyRequest, member
from tenancy.posting import posted_from
from tenancy.roles import Role

KEPT = "Yanıtınız kaydedildi; destek ekibi düzeltmelerle birlikte görecek."
TAKEN_AWAY = "Yanıtınız silindi; bu düzeltme yine sizi bekliyor."
EMPTY = "Yanıtınızı yazın: neden değiştirmediğinizi destek ekibi görsün."


@member(Role.EDITOR)
@posted_from("onboarding:pre_application")
def answer(request: CompanyRequest, pk: int) -> HttpResponse:
    application = live_application_or_404(request)
    remark = get_object_or_404(application.remarks, pk=pk)
    form = RemarkAnswerForm(request.POST)
    if not form.is_valid():
        return _refused(request, remark, str(form.errors["answer"][0]))
    text = form.cleaned_data["answer"].strip()
    if not text and not remark.answer:
        return _refused(request, remark, EMPTY)
    with refusals_as_messages(request, KEPT if text else TAKEN_AWAY):
        remarks.answer(application=application, remark=remark, text=text, actor=actor_of(request))
    return redirect("onboarding:pre_application")


def _refused(request: CompanyRequest, remark: Remark, why: str) -> HttpResponse:
    """The checklist stands on the pages of several states: whichever comes next says why, at its place."""
    request.session[remarks.REFUSED_ANSWER] = {
        "remark": remark.pk,
        "why": why,
        "text": request.POST.get("answer", ""),
    }
    return redirect("onboarding:pre_application")
