"""A row's buttons for many rows at once: first what each would do, then what it did."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tenancy.admin.base import Act, ReadOnlyAdmin
from tenancy.models import Company
from tenancy.requests import user_of, words
from tenancy.walls import own_companies

M = TypeVar("M", bound=Model)
MOST = 500  # rows at once
SHOWN = 5  # refusals that are told one by one
OWN = "ekibinde olduğunuz bir firmanın; başka biri karar vermeli"
OTHER_STATE = "şimdiki durumu buna uygun değil"


@dataclass(frozen=True, slots=True)
class Line(Generic[M]):
    """A row that was chosen; `why_not` is empty when the act is for it."""

    row: M
    company: Company | None
    why_not: str


class BulkActs(ReadOnlyAdmin[M], Generic[M]):
    """`bulk_acts` stand in the list of actions for who has `bulk_permission`; each row passes its own wall.

    `bulk_refusal` is what a verb raises, a Turkish sentence, when a row is not what it was.
    """

    bulk_acts: Sequence[Act[M]] = ()
    bulk_permission = ""
    bulk_refusal: type[Exception]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        found: dict[str, Any] = super().get_actions(request)
        if request.user.has_perm(self.bulk_permission):
            found |= {act.name: (_asking(act), act.name, f"{act.label}…") for act in self.bulk_acts}
        return found

    def bulk(self, request: HttpRequest, act: Act[M], chosen: QuerySet[M]) -> HttpResponse | None:
        """The page that says what would happen; once it was confirmed, does it and says what was done."""
        if not request.user.has_perm(self.bulk_permission):
            raise PermissionDenied
        rows = list(chosen[: MOST + 1])
        if len(rows) > MOST:
            messages.error(request, f"Bir seferde en çok {MOST} kayıt seçebilirsiniz.")
            return None
        lines = self._lines(request, act, rows)
        confirmed, reason = "confirmed" in request.POST, words(request, "reason")
        if confirmed and (reason or not act.needs_reason):
            self._do(request, act, [line.row for line in lines if not line.why_not], reason)
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": f"{act.label}: {len(lines)} kayıt",
            "act": act,
            "lines": lines,
            "does": sum(not line.why_not for line in lines),
            "unsaid": confirmed,
            "checkbox": ACTION_CHECKBOX_NAME,
            "list_url": self.url(),
            "opts": self.opts,
        }
        return render(request, "admin/bulk.html", context, status=422 if confirmed else 200)

    def _lines(self, request: HttpRequest, act: Act[M], rows: Sequence[M]) -> list[Line[M]]:
        own = set(own_companies(user_of(request)).values_list("pk", flat=True))
        lines = []
        for row in rows:
            company = self._company_of(row)
            is_own = company is not None and company.pk in own
            lines.append(Line(row, company, OWN if is_own else "" if act.offered(row) else OTHER_STATE))
        return lines

    def _do(self, request: HttpRequest, act: Act[M], rows: Sequence[M], reason: str) -> None:
        done, refused = 0, []
        for row in rows:
            try:
                act.verb(row, reason, user_of(request))
            except self.bulk_refusal as refusal:
                refused.append(f"{row}: {refusal}")
            else:
                done += 1
        for each in refused[:SHOWN]:
            messages.error(request, each)
        if len(refused) > SHOWN:
            messages.error(request, f"{len(refused) - SHOWN} kayıtta daha yapılamadı.")
        messages.success(request, f"{act.label}: {done} kayıtta yapıldı ve günlüğe yazıldı.")


def _asking(act: Act[M]) -> Callable[[BulkActs[M], HttpRequest, QuerySet[M]], HttpResponse | None]:
    return lambda page, request, chosen: page.bulk(request, act, chosen)
