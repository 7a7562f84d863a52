"""The rounds of corrections in step 2: İYS's words, what support made of them, what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from onboarding.dossier.content import labels
from onboarding.dossier.suggestions import Suggestion, suggest
from onboarding.models import Application, Remark
from onboarding.steps import STATUS_QUERY


@dataclass(frozen=True, slots=True)
class Point:
    """A field or document that was opened for correction; `label` is empty for a remark about the whole."""

    label: str
    text: str
    is_open: bool
    answer: str


@dataclass(frozen=True, slots=True)
class Round:
    """`words` are İYS's own, `asked_at` when they came; `handed_in_at` None while the company corrects."""

    number: int
    asked_at: datetime
    words: str
    points: tuple[Point, ...]
    handed_in_at: datetime | None

    def without_open(self) -> "Round":
        return replace(self, points=tuple(point for point in self.points if not point.is_open))


def rounds(application: Application) -> tuple[Round, ...]:
    """The newest first; one query."""
    by_number: dict[int, list[Remark]] = {}
    for remark in application.remarks.filter(step=STATUS_QUERY.key):
        by_number.setdefault(remark.round, []).append(remark)
    known = labels(application.application_form)
    return tuple(_round(number, remarks, known) for number, remarks in sorted(by_number.items(), reverse=True))


def _round(number: int, remarks: Iterable[Remark], known: dict[str, str]) -> Round:
    every = list(remarks)
    points = [remark for remark in every if not remark.by_iys]
    settled = [remark.settled_at for remark in points]
    return Round(
        number=number,
        asked_at=every[0].asked_at,
        words=" ".join(remark.text for remark in every if remark.by_iys),
        points=tuple(
            Point(known.get(each.field, ""), each.text, each.settled_at is None, each.answer) for each in points
        ),
        handed_in_at=max(filter(None, settled)) if settled and all(settled) else None,
    )


def next_round(application: Application) -> int:
    """The number of the round that İYS's words open now."""
    return _newest(application) + 1


def this_round(application: Application) -> int:
    """The round that support's list belongs to."""
    return max(1, _newest(application))


def _newest(application: Application) -> int:
    newest = application.remarks.filter(step=STATUS_QUERY.key).order_by("-round").first()
    return newest.round if newest else 0


def suggestions(application: Application, known: Iterable[str]) -> tuple[Suggestion, ...]:
    """What İYS's newest words are about, while support has not yet made its list of them."""
    words = application.remarks.filter(step=STATUS_QUERY.key, by_iys=True, settled_at=None)
    return suggest("\n".join(remark.text for remark in words), list(known))
