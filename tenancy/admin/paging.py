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

from identifiers.turkish import begun
from tenancy.admin import periods
from tenancy.admin.searching import MOST_READ, SEARCH
from tenancy.requests import user_of

MOST = 1_000  # rows that are counted, and that pages with numbers have: whole pages of each size that lists have
AFTER = "sonra"  # in an address: the key of the row behind which the list begins


def bounded(rows: Any, most: int = MOST) -> int:
    """How many rows there are; one more than `most` where there are more."""
    return int(rows.order_by()[: most + 1].count())


def written(count: int) -> str:
    """What `bounded` has counted."""
    return f"{intcomma(MOST)}+" if count > MOST else str(intcomma(count))


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
    read_to: object = None  # behind this row's key a search did not read
    paginator: BoundedPaginator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        try:
            super().__init__(*args, **kwargs)
        except (ValueError, OverflowError, DataError, ValidationError) as error:
            raise IncorrectLookupParameters(error) from error
        if not self.is_popup:
            self.title = begun(str(self.opts.verbose_name_plural))

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        self.after = self.params.pop(AFTER, self.after)
        self.filter_params.pop(AFTER, None)
        all_rows, typed = self.root_queryset, self.query
        order = self._own_order(request, all_rows) if self.after else ()
        row = all_rows.filter(pk=self.after).first() if order else None
        if row is not None:
            self.root_queryset = all_rows.filter(_behind(row, order))
        self.query = ""  # Django would look for it in columns, row by row
        try:
            rows: QuerySet[Any] = super().get_queryset(request, exclude_parameters)
        finally:
            self.root_queryset, self.query = all_rows, typed
        page: Any = self.model_admin
        by = page.found_by
        if by is None or not typed.strip():
            return rows
        [search] = SEARCH
        found = search(user_of(request), rows, typed, by)
        self.read_to = found.read_to
        return found.rows

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
    def how_far(self) -> str:
        """Empty where all was looked through."""
        return intcomma(MOST_READ) if self.read_to else ""

    @property
    def periods(self) -> dict[str, Any]:
        return periods.links(self)

    @property
    def start(self) -> str:
        return self.get_query_string()

    @property
    def further(self) -> str:
        """Where the rows after the last page are; empty on all other pages."""
        if not self.is_keyed or self.page_num != self.paginator.num_pages:
            return ""
        if self.paginator.has_more:
            return self.get_query_string({AFTER: list(self.result_list)[-1].pk})
        return self.get_query_string({AFTER: self.read_to}) if self.read_to else ""

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
