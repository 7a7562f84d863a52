"""Which mails a person wants."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from team.forms import CompanyNoticesForm, StaffNoticesForm
from tenancy.access import same_company
from tenancy.models import Membership, User
from tenancy.requests import posted


@login_required
@same_company
def notices(request: HttpRequest) -> HttpResponse:
    """For people of a company and for staff; who is both chooses both."""
    user = cast(User, request.user)
    membership: Membership | None = getattr(request, "membership", None)
    # A form, and the one row whose column of the same name it fills.
    parts: list[tuple[forms.Form, QuerySet[Any]]] = []
    if membership:
        mine = Membership.objects.filter(pk=membership.pk)
        parts.append((CompanyNoticesForm(posted(request), initial={"notices": membership.wants}), mine))
    if user.is_staff:
        me = User.objects.filter(pk=user.pk)
        parts.append((StaffNoticesForm(posted(request), initial={"staff_notices": user.staff_notices}), me))
    if request.method == "POST" and all(form.is_valid() for form, _rows in parts):
        for form, rows in parts:
            rows.update(**form.cleaned_data)
        messages.success(request, "Bildirim seçiminiz kaydedildi.")
        return redirect("team:notices")
    return render(
        request,
        "team/notices.html",
        {"forms": [form for form, _rows in parts], "membership": membership},
        status=422 if any(form.errors for form, _rows in parts) else 200,
    )
