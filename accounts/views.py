"""“Hesabım”: what a person has to do with the own account, on one page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import sessions
from accounts.signup import NameForm
from tenancy.requests import user_of


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    form = NameForm(request.POST or None, initial={"full_name": user.full_name})
    if request.method == "POST" and form.is_valid():
        user.full_name = form.cleaned_data["full_name"]
        user.save(update_fields=["full_name"])
        messages.success(request, "Adınız kaydedildi.")
        return redirect("accounts:mine")
    context = {
        "form": form,
        "sessions": sessions.of(user, request),
        "memberships": user.memberships.select_related("company").order_by("created_at"),
    }
    return render(request, "accounts/mine.html", context, status=422 if form.errors else 200)
