"""Giving out a list as a file: personal data leave the portal with it, so it takes a press and is noted."""

import html
import logging
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import display_for_field, display_for_value, label_for_field, lookup_field
from django.contrib.admin.views.main import ChangeList
from django.contrib.contenttypes.models import ContentType
from django.db.models import Field, Model
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.html import strip_tags

from identifiers.csv_cells import streamed
from identifiers.masking import masked
from identifiers.turkish import begun
from tenancy.models import User
from tenancy.requests import user_of
from tenancy.walls import standing_of
from wall.standing import behind

MOST = 20_000  # rows of one file
PAGE = 500
EMPTY = "–"

logger = logging.getLogger("security")


def given(
    rows: Iterable[Sequence[object]], *, by: User, model: type[Model], name: str, said: str, how: str = ""
) -> StreamingHttpResponse:
    """The file, line by line. `said` and `how` stand in the log of support's pages: what, how filtered."""
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(model),
        object_repr=masked(said)[:200],
        action_flag=CHANGE,
        change_message=masked(f"CSV olarak indirdi. {how}".strip()),
    )
    logger.info("list_taken person=%s list=%s", by.pk, model._meta.label_lower)  # noqa: SLF001 - Django's way to ask
    answer = StreamingHttpResponse(streamed(_behind_the_wall(rows, by)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate():%Y-%m-%d}.csv"'
    return answer


def _behind_the_wall(rows: Iterable[Sequence[object]], by: User) -> Iterator[Sequence[object]]:
    """A file is made when the request's own wall has ended: each part is asked for behind the wall again."""
    left = iter(rows)
    while True:
        with behind(lambda: standing_of(by)):
            part = list(islice(left, PAGE))
        if not part:
            return
        yield from part


def listed(page: Any, request: HttpRequest, shown: ChangeList) -> StreamingHttpResponse:
    """What is on the screen of a list of the admin's: its columns, filters, search and order, of all its pages."""
    name = str(page.opts.verbose_name_plural)
    return given(
        _rows(page, request, shown),
        by=user_of(request),
        model=page.model,
        name=page.opts.model_name,
        said=f"{name}: {shown.result_count} kayıt",
        how=f"Süzgeç: {request.GET.urlencode()}" if request.GET else "",
    )


def _rows(page: Any, request: HttpRequest, shown: ChangeList) -> Iterator[Sequence[object]]:
    # On a screen two things may share a column; in a file each is sorted by itself.
    columns = page.exported or [each for each in shown.list_display if each != "action_checkbox"]
    yield [begun(str(label_for_field(each, page.model, page))) for each in columns]
    shown.list_per_page = PAGE
    number, pages = 0, 1
    while number < pages:
        # As the list makes its own pages, with whatever a page of it is given beside the rows.
        number += 1
        shown.page_num = number
        shown.get_results(request)
        pages = shown.paginator.num_pages
        for row in shown.result_list:
            yield [_cell(page, row, each) for each in columns]


def _cell(page: Any, row: Model, column: Any) -> str:
    field, _shown_by, value = lookup_field(column, row, page)
    if value is True or value is False:
        # On the page it is an icon.
        text = "Evet" if value else "Hayır"
    elif isinstance(field, Field) and field.is_relation:
        text = str(getattr(row, field.name) or EMPTY)
    elif isinstance(field, Field):
        text = display_for_field(value, field, EMPTY)
    else:
        text = display_for_value(value, EMPTY)
    return " ".join(html.unescape(strip_tags(str(text))).split())
