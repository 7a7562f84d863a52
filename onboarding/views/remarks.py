"""The checklist of corrections: an answer in words where nothing is to be changed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from onboarding.actions.pre_application import remarks
from onboarding.forms.pre_application import RemarkAnswerForm
from onboarding.views.application import actor_of, live_application_or_404
from onboarding.views.refusals import refusals_as_messages
from tenancy.access import CompanyRequest, member
from tenancy.roles import Role


@member(Role.EDITOR)
@require_POST
def answer(request: CompanyRequest, pk: int) -> HttpResponse:
    application = live_application_or_404(request)
    remark = get_object_or_404(application.remarks, pk=pk)
    form = RemarkAnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["answer"][0]))
        return redirect("onboarding:pre_application")
    with refusals_as_messages(request, "Yanıtınız kaydedildi; destek ekibi düzeltmelerle birlikte görecek."):
        remarks.answer(
            application=application, remark=remark, text=form.cleaned_data["answer"], actor=actor_of(request)
        )
    return redirect("onboarding:pre_application")
