"""A person's own data: what is kept and why, all of it as a file, and the account erased."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from documents.models import LegalKind, LegalText
from privacy import persons
from privacy.erasing import write_down
from privacy.forms import LeaveForm
from privacy.kinds import KINDS
from privacy.models import DataKind, RetentionRule
from tenancy.models import User
from tenancy.requests import posted, user_of


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    return _page(request, LeaveForm(user=user_of(request)))


@login_required
@require_POST
def download(request: HttpRequest) -> HttpResponse:
    answer = HttpResponse(persons.export(user_of(request)), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="verilerim-{timezone.localdate():%Y-%m-%d}.zip"'
    return answer


@login_required
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    form = LeaveForm(posted(request), user=user)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        gone = persons.erase(user, asked=True)
    except persons.CannotBeErased as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, status=422)
    write_down(kind=DataKind.PERSON, gone=gone, why="Kişi kendisi sildi.", subject=str(user.pk))
    logout(request)
    messages.success(request, "Hesabınız silindi.")
    return redirect("start")


def _page(request: HttpRequest, form: LeaveForm, status: int = 200) -> HttpResponse:
    user: User = user_of(request)
    company = getattr(request, "company", None)
    partner = user.partner or (company.partner if company else getattr(request, "partner", None))
    text = LegalText.objects.in_force(LegalKind.DISCLOSURE)
    rules = [
        (rule, KINDS[DataKind(rule.kind)].after)
        for rule in RetentionRule.objects.filter(active=True)
        if rule.kind in KINDS
    ]
    return render(
        request,
        "privacy/mine.html",
        {
            "form": form,
            "text": text,
            "paragraphs": text.naming(partner.legal_name).split("\n\n") if text and partner else [],
            "rules": rules,
        },
        status=status,
    )
