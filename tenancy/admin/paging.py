"""Pages of a list that may have a million rows: counted as far as somebody turns them, and read on by a key.

Counting all rows and skipping over many costs a reading of all of them, on each look.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.paginator import Paginator
from django.db import DataError
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

MOST = 1_000  # rows that are counted, and that pages with numbers have: whole pages of each size that lists have
AFTER = "sonra"  # in an address: the key of the row behind which the list begins


def bounded(rows: Any, most: int = MOST) -> int:
    """How many rows there are; one more than `most` where there are more."""
    return int(rows.order_by()[: most + 1].count())


class BoundedPaginator(Paginator[Any]):
    """Counts to `most`, and knows beyond that only whether there are more."""

    most = MOST

    @cached_property
    def _counted(self) -> int:
        return bounded(self.object_list, self.most)

    @cached_property
    def count(self) -> int:
        return min(self._counted, self.most)

    @property
    def has_more(self) -> bool:
        return self._counted > self.most


class PagedList(ChangeList):
    """A list of the admin. Its last page leads to the rows after it, if it is ordered by columns of the rows' own.

    What an address must not say is refused as a wrong filter is: years that no calendar has, signs that no
    database keeps, keys that are none.
    """

    after = ""
    paginator: BoundedPaginator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        try:
            super().__init__(*args, **kwargs)
        except (ValueError, OverflowError, DataError, ValidationError) as error:
            raise IncorrectLookupParameters(error) from error

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        self.after = self.params.pop(AFTER, self.after)
        self.filter_params.pop(AFTER, None)
        rows: QuerySet[Any] = super().get_queryset(request, exclude_parameters)
        if not self.after:
            return rows
        order = self._own_order(request, rows)
        row = self.root_queryset.filter(pk=self.after).first() if order else None
        return rows.filter(_behind(row, order)) if row is not None else rows

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.is_keyed = bool(self._own_order(request, self.queryset))

    def get_query_string(self, new_params: Any = None, remove: Any = None) -> str:
        """Pages go on from where the list begins; with whatever else is chosen it begins anew."""
        if self.after and new_params and PAGE_VAR in new_params:
            new_params = {AFTER: self.after, **new_params}
        return super().get_query_string(new_params, remove)

    @property
    def how_many(self) -> str:
        """As it stands before a noun."""
        return intcomma(self.result_count) + ("'den fazla" if self.paginator.has_more else "")

    @property
    def start(self) -> str:
        return self.get_query_string()

    @property
    def further(self) -> str:
        """Where the rows after the last page are; empty on all other pages."""
        is_last = self.multi_page and self.page_num == self.paginator.num_pages
        if not (is_last and self.paginator.has_more and self.is_keyed):
            return ""
        return self.get_query_string({AFTER: list(self.result_list)[-1].pk})

    def _own_order(self, request: HttpRequest, rows: QuerySet[Any]) -> Sequence[str]:
        """The order, if each of its columns is the row's own and never empty; else nothing."""
        order = self.get_ordering(request, rows)
        names = [each for each in order if isinstance(each, str) and self._is_own(each.lstrip("-"))]
        return names if len(names) == len(order) else ()

    def _is_own(self, name: str) -> bool:
        try:
            field: Any = self.opts.pk if name == "pk" else self.opts.get_field(name)
        except FieldDoesNotExist:
            return False
        return not (field.is_relation or field.null)


def _behind(row: Model, order: Sequence[str]) -> Q:
    """The rows that come after this one. The bound on the first column is what an index is read from."""
    values = [(each.lstrip("-"), "lt" if each.startswith("-") else "gt") for each in order]
    first, way = values[0]
    same, found = Q(), Q()
    for name, beyond in values:
        found |= same & Q(**{f"{name}__{beyond}": getattr(row, name)})
        same &= Q(**{name: getattr(row, name)})
    return Q(**{f"{first}__{way}e": getattr(row, first)}) & found
