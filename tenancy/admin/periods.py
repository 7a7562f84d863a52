"""Years, months and days above a list, as links. Django's own reads all rows, to leave out days that have none."""

import calendar
from collections.abc import Iterator
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.utils import timezone
from django.utils.formats import date_format

PARTS = ("year", "month", "day")


def links(listed: ChangeList) -> dict[str, Any]:
    """For Django's admin/date_hierarchy.html: the parts of what is chosen, and the way back."""
    name = str(listed.date_hierarchy)
    keys = takewhile(listed.params.__contains__, (f"{name}__{part}" for part in PARTS))
    chosen = [int(listed.params[key]) for key in keys]

    def link(parts: list[int]) -> str:
        query = {f"{name}__{part}": value for part, value in zip(PARTS, parts, strict=False)}
        return listed.get_query_string(query, [f"{name}__"])

    back = {"link": link(chosen[:-1]), "title": _title(chosen[:-1]) or "Bütün tarihler"} if chosen else None
    bounds = _bounds(listed, name)
    if bounds is None:
        return {"show": bool(chosen), "back": back, "choices": []}
    first, last = bounds
    while len(chosen) < 2 and first.timetuple()[: len(chosen) + 1] == last.timetuple()[: len(chosen) + 1]:
        chosen.append(first.timetuple()[len(chosen)])
    if len(chosen) == len(PARTS):
        return {"show": True, "back": back, "choices": [{"title": _title(chosen)}]}
    choices = [{"link": link(each), "title": _title(each)} for each in _within(chosen, first, last)]
    return {"show": True, "back": back, "choices": choices}


def _bounds(listed: ChangeList, name: str) -> tuple[date, date] | None:
    """The first and the last day, each read from its end of the index."""
    ends = [listed.queryset.order_by(order).values_list(name, flat=True).first() for order in (name, f"-{name}")]
    days = [timezone.localtime(end).date() if isinstance(end, datetime) else end for end in ends if end]
    return (days[0], days[1]) if days else None


def _within(chosen: list[int], first: date, last: date) -> Iterator[list[int]]:
    """The parts of what is chosen, from the first day to the last."""
    match chosen:
        case []:
            values = range(first.year, last.year + 1)
        case [_year]:
            values = range(1, 13)
        case [year, month, *_]:
            values = range(1, calendar.monthrange(year, month)[1] + 1)
    size = len(chosen) + 1
    for value in values:
        if first.timetuple()[:size] <= (*chosen, value) <= last.timetuple()[:size]:
            yield [*chosen, value]


def _title(parts: list[int]) -> str:
    match parts:
        case [] | [_]:
            return "".join(map(str, parts))
        case [year, month]:
            return date_format(date(year, month, 1), "F Y")
        case _:
            return date_format(date(*parts), "j F")
