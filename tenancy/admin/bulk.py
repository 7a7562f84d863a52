"""A row's buttons for many rows at once: first what each would do, then what it did.

What was shown is what is done, by one press (`tenancy.admin.previews`).
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tenancy.admin import previews
from tenancy.admin.base import Act, ReadOnlyAdmin
from tenancy.admin.previews import Preview
from tenancy.models import Company
from tenancy.requests import user_of, words
from tenancy.walls import own_companies

M = TypeVar("M", bound=Model)
MOST = 500  # rows at once
OWN = "ekibinde olduğunuz bir firmanın; başka biri karar vermeli"
OTHER_STATE = "şimdiki durumu buna uygun değil"
CHANGED = "siz bakarken değişti"
GONE = "artık yok"
FAILED = "bir hata oldu, bu kayıtta hiçbir şey yapılmadı; yinelenirse portalı işletenlere sorun"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Line(Generic[M]):
    """A row that was chosen; `why_not` is empty when the act is for it."""

    row: M
    name: str
    company: Company | None
    why_not: str
    note: str = ""
    rests_on: str = ""

    @property
    def said(self) -> str:
        """What a preview rests on: the row is left out once it is another."""
        return f"{self.why_not}\n{self.note}\n{self.rests_on}"


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
        """The page that says what would happen; once that was confirmed, does it and says what was done."""
        if not request.user.has_perm(self.bulk_permission):
            raise PermissionDenied
        confirmed, reason = "confirmed" in request.POST, words(request, "reason")
        if confirmed and (reason or not act.needs_reason):
            shown = previews.opened(request.POST.get("preview", ""), act=self._page_of(act), by=user_of(request))
            if shown is not None:
                return self._pressed(request, act, shown, reason)
            messages.warning(request, "Bu sayfa eskimiş; hiçbir şey yapılmadı. Bir daha bakıp onaylayın.")
        rows = list(act.prepare(chosen)[: MOST + 1])
        if len(rows) > MOST:
            messages.error(request, f"Bir seferde en çok {MOST} kayıt seçebilirsiniz.")
            return None
        lines = self._lines(request, act, rows)
        unsaid = confirmed and act.needs_reason and not reason
        context = {
            **self.admin_site.each_context(request),
            "title": f"{act.label}: {len(lines)} kayıt",
            "act": act,
            "lines": lines,
            "does": sum(not line.why_not for line in lines),
            "preview": previews.sealed(
                {line.row.pk: line.said for line in lines}, act=self._page_of(act), by=user_of(request)
            ),
            "unsaid": unsaid,
            "checkbox": ACTION_CHECKBOX_NAME,
            "list_url": self.url(),
            "opts": self.opts,
        }
        return render(request, "admin/bulk.html", context, status=422 if unsaid else 409 if confirmed else 200)

    def named(self, row: M) -> str:
        """What a line calls the row, whose company stands beside it."""
        return str(row)

    def _page_of(self, act: Act[M]) -> str:
        return f"{self.opts.label_lower}.{act.name}"

    def _lines(self, request: HttpRequest, act: Act[M], rows: Iterable[M]) -> list[Line[M]]:
        own = set(own_companies(user_of(request)).values_list("pk", flat=True))
        lines = []
        for row in rows:
            company = self._company_of(row)
            is_own = company is not None and company.pk in own
            why_not = OWN if is_own else "" if act.offered(row) else OTHER_STATE
            note, rests_on = ("", "") if why_not else (act.note(row), act.rests_on(row))
            lines.append(Line(row, self.named(row), company, why_not, note, rests_on))
        return lines

    def _pressed(self, request: HttpRequest, act: Act[M], shown: Preview, reason: str) -> HttpResponse:
        """Does what was shown, by the first press alone; says of each row what the first press has done."""
        # Not those of the list: what was done may have taken them out of its filter.
        rows = self.get_queryset(request).select_related(self.partner_path).filter(pk__in=shown.said)
        entry, is_first = previews.press(
            shown, by=user_of(request), model=self.model, said=f"{act.label}: {len(shown.said)} kayıt"
        )
        if is_first:
            outcome = {row.pk: self._done(request, act, shown, rows, row, reason) for row in rows}
            previews.keep_outcome(entry, outcome)
        found = previews.outcome_of(entry)
        if found is None:
            messages.info(
                request,
                "Bu düğmeye az önce bastınız; işlem sürüyor ya da yarıda kesildi. Ne yapıldığı listede görünür.",
            )
            return self.back()
        lines = [
            Line(row, self.named(row), self._company_of(row), found[str(row.pk)])
            for row in rows
            if str(row.pk) in found
        ]
        return self._report(request, act, lines, len(shown.said) - len(lines))

    def _done(
        self, request: HttpRequest, act: Act[M], shown: Preview, rows: QuerySet[M], row: M, reason: str
    ) -> str:
        """Why it was not done; empty when it was. Each row by itself, and as it is now: what one refuses, or fails
        in, stops no other."""
        lines = self._lines(request, act, act.prepare(rows.filter(pk=row.pk)))
        if not lines:
            return GONE
        [line] = lines
        if line.why_not:
            return line.why_not
        if not shown.has(row.pk, line.said):
            return f"{CHANGED}: {line.note}" if line.note else CHANGED
        try:
            act.verb(line.row, reason, user_of(request))
        except self.bulk_refusal as refusal:
            return str(refusal)
        except Exception:
            logger.exception("%s of %s fails; the other rows go on.", act.name, row.pk)
            return FAILED
        return ""

    def _report(self, request: HttpRequest, act: Act[M], lines: Sequence[Line[M]], gone: int) -> HttpResponse:
        """What became of each; `gone` are rows that nobody sees any more."""
        number = sum(not line.why_not for line in lines)
        if number:
            messages.success(request, f"{act.done}: {number} kayıt. Günlüğe yazıldı.")
        else:
            messages.warning(request, "Hiçbir kayıtta yapılmadı.")
        if gone:
            messages.warning(request, f"Seçtiğiniz {gone} kayıt artık yok.")
        context = {
            **self.admin_site.each_context(request),
            "title": f"{act.label}: ne yapıldı",
            "act": act,
            "lines": sorted(lines, key=lambda line: not line.why_not),
            "left": len(lines) - number,
            "list_url": self.url(),
            "opts": self.opts,
        }
        return render(request, "admin/bulk_done.html", context)


def _asking(act: Act[M]) -> Callable[[BulkActs[M], HttpRequest, QuerySet[M]], HttpResponse | None]:
    return lambda page, request, chosen: page.bulk(request, act, chosen)
