"""The least pages of a signed-in person: the session, the person, one query, a template of sixty lines; and a form
of twelve fields that Django makes of the model by itself."""

from functools import cache

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.forms import modelform_factory
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.urls import path

from bench import plain
from tenancy.models import Company, Membership

MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
LINES = "\n".join(f"<p>{{{{ membership.company_id }}}} {{{{ user.email }}}} {number}</p>" for number in range(60))
FIELDS = (
    "trade_name", "mersis_number", "tax_number", "province", "district", "tax_office", "address", "website",
    "contact_phone", "corporate_email", "kep_address", "partner",
)  # fmt: skip


@cache
def _template(text: str) -> object:
    """Compiled once, as Django keeps the templates of files."""
    return engines["django"].from_string(text)


def _answer(text: str, context: dict[str, object], request: HttpRequest) -> HttpResponse:
    return HttpResponse(_template(text).render(context, request))  # type: ignore[attr-defined]


@login_required
def page(request: HttpRequest) -> HttpResponse:
    membership = Membership.objects.filter(user=request.user.pk).first()
    return _answer(LINES, {"membership": membership, "user": request.user}, request)


@login_required
def form(request: HttpRequest) -> HttpResponse:
    """What is posted is kept; with it, in one transaction, a move, its entry and its letter."""
    company = Company.objects.get(memberships__user=request.user.pk)
    shown = modelform_factory(Company, fields=FIELDS)(request.POST or None, instance=company)
    if request.method == "POST" and shown.is_valid():
        with transaction.atomic(), plain.asking() as cursor:
            shown.save()
            cursor.execute("UPDATE bench_moves SET version = version + 1 WHERE company_id = %s", [str(company.pk)])
            cursor.execute("INSERT INTO bench_rows VALUES (gen_random_uuid(), 'journal')")
            cursor.execute("INSERT INTO bench_rows VALUES (gen_random_uuid(), 'letter')")
        return HttpResponseRedirect("/")
    return _answer("<form method=post>{{ form.as_p }}</form>", {"form": shown}, request)


urlpatterns = [path("", page), path("form/", form)]
