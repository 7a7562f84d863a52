"""SMS as a second way to be told that it is the company's turn: a number that is at hand, and off again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from identifiers import Refused, phone
from limits import quotas
from team.forms import SmsCodeForm, SmsNumberForm
from tenancy.access import CompanyRequest, member
from tenancy.models import User
from verification import gateway, sms_notices

STOPPED = "SMS bildirimleri kapatıldı; numaranız silindi."


@member()
def show(request: CompanyRequest) -> HttpResponse:
    """Three small forms, each with one button of its own."""
    act = request.POST.get("act", "") if request.method == "POST" else ""
    number = SmsNumberForm(request.POST if act == "send" else None)
    code = SmsCodeForm(request.POST if act in ("confirm", "again") else None, wanted=act != "again")
    try:
        if act == "stop":
            sms_notices.stop(request.user)
            messages.success(request, STOPPED)
            return redirect("team:sms_notices")
        wanted = _wanted(act, number, request.user)
        if wanted and gateway.configured():
            address = quotas.asking(request).get("address")
            sms_notices.ask(person=request.user, company=request.company, number=wanted, address=address)
            messages.success(request, f"{phone.pretty(wanted)} numarasına bir kod gönderdik.")
            return redirect("team:sms_notices")
        if act == "confirm" and code.is_valid():
            sms_notices.confirm(person=request.user, code=code.cleaned_data["code"])
            messages.success(request, "Numaranız doğrulandı. Sıra firmanıza gelince SMS de göndereceğiz.")
            return redirect("team:sms_notices")
    except Refused as refusal:
        (number if act == "send" else code).add_error("code" if act == "confirm" else None, str(refusal))
    known, waiting = sms_notices.number_of(request.user), sms_notices.waiting(request.user)
    return render(
        request,
        "team/sms_notices.html",
        {
            "number": number,
            "code": code,
            "form": number if act == "send" else code,
            "known": phone.pretty(known) if known else "",
            "waiting": waiting,
            "target": phone.pretty(waiting.target) if waiting else "",
            "offered": gateway.configured(),
        },
        status=422 if number.errors or code.errors else 200,
    )


def _wanted(act: str, number: SmsNumberForm, person: User) -> str:
    """The number that a code is asked for; empty when none is."""
    if act == "send" and number.is_valid():
        return str(number.cleaned_data["number"])
    waiting = sms_notices.waiting(person) if act == "again" else None
    return waiting.target if waiting else ""
