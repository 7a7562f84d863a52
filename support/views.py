"""The company's side: asking from any screen, the page of questions and answers."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Max, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from identifiers import Refused
from limits import quotas
from limits.quotas import Quota
from support import asking
from support.forms import MessageForm
from support.models import Question
from tenancy.access import CompanyRequest, member
from tenancy.posting import posted_from
from tenancy.requests import posted

# What the question of somebody begins with who comes from a page that has just said so.
BEGUN = {
    "numara": "Yazdığım numara başka bir firmaya ait görünüyor. Durumumuz: ",
    "teklif": "İYS'nin teklifini bulamıyorum. ",
    "odeme": "Ödeme bağlantısını bulamıyorum. ",
    "kod": "Onayladığımız kodlarda yanlışlık var. Doğrusu: ",
    "odenmedi": "“Ödemeyi yaptım” dedim ama ödeme tamamlanmadı. ",
    "ayrilma": "Firmada benden başka kimse yok; ayrılmak istiyorum. Nedeni: ",
    "mutabakat": "İYS panelinde “Mutabakat Yönetimi”ni açamıyorum. ",
}
SIGNED_OUT = "Oturumunuz kapanmış. Yazdığınızı kopyalayın, yeniden giriş yapıp gönderin."


def _conversations(request: CompanyRequest) -> QuerySet[Question]:
    found = request.company.questions.select_related("asked_by").prefetch_related("messages__by")
    return found.annotate(last=Max("messages__at")).order_by("-last")


@member()
def questions(request: CompanyRequest) -> HttpResponse:
    """Everything that was asked and answered. The page says by itself what was seen of it (`seen`)."""
    seen_at = timezone.now().isoformat()
    found = list(_conversations(request))
    topic = _topic(request.GET.get("konu"))
    form = MessageForm(initial={"text": BEGUN.get(topic, "")})
    page = {"questions": found, "form": form, "topic": topic, "seen_at": seen_at}
    return render(request, "support/questions.html", page)


def _topic(named: str | None) -> str:
    return named if named in BEGUN else ""


@member()
@posted_from("support:questions")
def seen(request: CompanyRequest) -> HttpResponse:
    """Takes the mark of the unread away from what was there when the page was made."""
    try:
        at = parse_datetime(request.POST.get("at", ""))
    except ValueError:
        at = None
    if at is None or timezone.is_naive(at):
        return HttpResponse(status=400)
    # Whatever the field says, nothing can have been there before the company, nor after now.
    asking.look(membership=request.membership, at=max(request.company.created_at, min(at, timezone.now())))
    return HttpResponse(status=204) if request.htmx else redirect("support:questions")


def ask(request: HttpRequest) -> HttpResponseBase:
    """From the panel on any screen. With htmx the screen stays as it is, so that nothing typed there is lost."""
    if request.headers.get("HX-Request") and not request.user.is_authenticated:
        form = MessageForm(request.POST)
        form.add_error("text", SIGNED_OUT)
        return render(request, "_partials/support_panel.html", {"support_form": form}, status=422)
    return _ask(request)


@member()
def _ask(request: CompanyRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("support:questions")
    topic = _topic(request.POST.get("topic"))
    form = MessageForm(request.POST, begun=BEGUN.get(topic, ""))
    if _acceptable(request, form):
        asking.ask(
            company=request.company,
            by=request.user,
            text=form.cleaned_data["text"],
            page=request.POST.get("page", ""),
            topic=topic,
        )
        if request.htmx:
            return render(request, "_partials/support_panel.html", {"asked": True})
        messages.success(request, "Sorunuz destek ekibine iletildi. Yanıt bu sayfada görünecek.")
        return redirect("support:questions")
    if request.htmx:
        return render(request, "_partials/support_panel.html", {"support_form": form}, status=422)
    found = list(_conversations(request))
    page = {"questions": found, "form": form, "topic": topic}
    return render(request, "support/questions.html", page, status=422)


def _acceptable(request: CompanyRequest, form: MessageForm) -> bool:
    return form.is_valid() and room_to_ask(request, form)


def room_to_ask(request: CompanyRequest, form: Form) -> bool:
    """Counts a question about to be asked; the form says so where there were too many."""
    try:
        quotas.take(Quota.QUESTIONS, **quotas.asking(request))
    except Refused as refusal:
        form.add_error("text" if "text" in form.fields else None, str(refusal))
    return form.is_valid()


@member()
def question(request: CompanyRequest, pk: UUID) -> HttpResponse:
    """One conversation, and more to it."""
    found = get_object_or_404(request.company.questions.prefetch_related("messages__by"), pk=pk)
    form = MessageForm(posted(request))
    if request.method == "POST" and _acceptable(request, form):
        asking.add(question=found, by=request.user, text=form.cleaned_data["text"])
        messages.success(request, "İletiniz destek ekibine ulaştı.")
        return redirect("support:question", pk)
    return render(
        request, "support/question.html", {"question": found, "form": form}, status=422 if form.errors else 200
    )
