"""Support's side: the queue of questions, the longest waiting first, and answering."""

import re
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils import timezone

from support import asking
from support.forms import AnswerForm
from support.models import Question
from tenancy.admin.base import ReadOnlyAdmin
from tenancy.admin.searching import FoundBy
from tenancy.admin.walking import following, waits
from tenancy.requests import posted, user_of, words
from tenancy.walls import own_companies

_OF_STEP = re.compile(r"/basvuru/adim/(\d)/")
ANSWER = "support.answer_question"
TYPED = "Bir yanıt yazdınız: “Yanıtı gönder” deyin ya da önce yazdığınızı silin."


class WaitingFilter(admin.SimpleListFilter):
    title = "durum"
    parameter_name = "durum"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("bekliyor", "Yanıt bekliyor"), ("yanitlandi", "Yanıtlandı")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Question]) -> QuerySet[Question]:
        if self.value() is None:
            return queryset
        return queryset.filter(waiting_since__isnull=self.value() != "bekliyor")


@admin.register(Question)
class QuestionAdmin(ReadOnlyAdmin[Question]):
    partner_path = "company__partner"
    list_display = ["company", "words", "asked_by", "waiting"]
    list_filter = [WaitingFilter]
    linked_by = ("company__id__exact",)
    found_by = FoundBy(companies=("company",), names={"person": "asked_by__full_name"}, texts=("messages__text",))
    list_select_related = ["company", "asked_by"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        return super().get_queryset(request).prefetch_related("messages__by")

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """Who waits comes before who was answered, the longest waiting first."""
        return [F("waiting_since").asc(nulls_last=True), "-asked_at"]

    def own_urls(self) -> list[URLPattern]:
        return [self.own("<uuid:pk>/close/", self.close_view, "close")]

    @admin.display(description="soru")
    def words(self, question: Question) -> str:
        first = next(iter(question.messages.all()), None)
        return str(first) if first else ""

    @admin.display(description="bekliyor", ordering="waiting_since")
    def waiting(self, question: Question) -> str:
        if question.waiting_since is None:
            return "yanıtlandı"
        days = (timezone.now() - question.waiting_since).days
        return waits(f"{days} gün" if days else "bugün")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        question = self.get_object(request, object_id)
        if not self.has_view_permission(request, question):
            raise PermissionDenied
        form = AnswerForm(posted(request))
        if request.method == "POST" and not request.user.has_perm(ANSWER):
            raise PermissionDenied
        if form.is_valid():
            asking.answer(question=question, by=user_of(request), text=form.cleaned_data["text"])
            messages.success(request, "Yanıt iletildi; soran kişiye e-posta da gidiyor.")
            return self._back_to(request, question)
        return self._conversation(request, question, form)

    def close_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Without an answer; one that was typed is neither sent nor lost."""
        question = self.found(request, pk, ANSWER)
        if request.method == "POST" and words(request, "text"):
            form = AnswerForm(request.POST)
            form.add_error("text", TYPED)
            return self._conversation(request, question, form)
        if request.method == "POST" and asking.close(question=question):
            messages.success(request, "Yanıt gerekmediği kaydedildi.")
        return self._back_to(request, question)

    def _back_to(self, request: HttpRequest, question: Question) -> HttpResponse:
        """To its page, from which one goes on to the next: with the list's filters, which Django's links carry."""
        carried = request.GET.urlencode()
        return redirect(f"{self.url(question.pk)}?{carried}" if carried else self.url(question.pk))

    def _list_url(self, request: HttpRequest) -> str:
        """As it was filtered when the question was opened."""
        filters = QueryDict(request.GET.get("_changelist_filters", "")).urlencode()
        return f"{self.url()}?{filters}" if filters else self.url()

    def _next(self, request: HttpRequest, question: Question) -> Question | None:
        """Of those that wait the one that has waited longest, after this one; behind the last the first again."""
        waiting = self.get_queryset(request).exclude(waiting_since=None).exclude(pk=question.pk)
        rows = waiting.exclude(company__in=own_companies(user_of(request)))
        place = (question.waiting_since, question.pk) if question.waiting_since else None
        return following(rows, "waiting_since", place)

    def _conversation(self, request: HttpRequest, question: Question, form: AnswerForm) -> HttpResponse:
        return self.form_page(
            request,
            form,
            question.company.trade_name,
            template="admin/support/question/conversation.html",
            save="Yanıtı gönder",
            awaited=question.waiting_since is not None,
            back_url=self._list_url(request),
            question=question,
            screen=_screen(question.page),
            next_question=self._next(request, question),
            may_answer=request.user.has_perm(ANSWER),
        )


def _screen(path: str) -> str:
    """Where the question came up, as support calls it: most come up on a step's pages."""
    of_step = _OF_STEP.match(path)
    return f"{of_step[1]}. adımın sayfasından" if of_step else path and f"sayfa: {path}"
