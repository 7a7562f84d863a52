"""SMS as a second way to be told that it is the company's turn: a number that is at hand, and off again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from identifiers import Refused, phone
from limits import quotas
from team.forms import SmsCodeForm, SmsNumberForm
from tenancy.access import CompanyRequest, member
from verification import gateway, sms_notices
from verification.models import SmsChoice

STOPPED = "SMS bildirimleri kapatıldı; numaranız silindi."


@member()
def show(request: CompanyRequest) -> HttpResponse:
    """Three small forms, each with one button of its own."""
    act = request.POST.get("act", "") if request.method == "POST" else ""
    number = SmsNumberForm(request.POST if act == "send" else None)
    code = SmsCodeForm(request.POST if act == "confirm" else None)
    try:
        if act == "stop":
            sms_notices.stop(request.user)
            messages.success(request, STOPPED)
            return redirect("team:sms_notices")
        if act == "send" and number.is_valid() and gateway.configured():
            address = quotas.asking(request).get("address")
            wanted = number.cleaned_data["number"]
            sms_notices.ask(person=request.user, company=request.company, number=wanted, address=address)
            messages.success(request, f"{phone.pretty(wanted)} numarasına bir kod gönderdik.")
            return redirect("team:sms_notices")
        if act == "confirm" and code.is_valid():
            sms_notices.confirm(person=request.user, code=code.cleaned_data["code"])
            messages.success(request, "Numaranız doğrulandı. Sıra firmanıza gelince SMS de göndereceğiz.")
            return redirect("team:sms_notices")
    except Refused as refusal:
        (code if act == "confirm" else number).add_error(None, str(refusal))
    choice = SmsChoice.objects.filter(person=request.user).first()
    waiting = sms_notices.asked(request.user)
    return render(
        request,
        "team/sms_notices.html",
        {
            "number": number,
            "code": code,
            "form": code if act == "confirm" else number,
            "known": phone.pretty(choice.number) if choice else "",
            "waiting": phone.pretty(waiting.target) if waiting else "",
            "offered": gateway.configured(),
        },
        status=422 if number.errors or code.errors else 200,
    )
