"""The rounds of corrections in step 2: İYS's words, what support made of them, what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from onboarding.dossier import changes
from onboarding.dossier.content import labels
from onboarding.dossier.suggestions import Suggestion, suggest
from onboarding.models import Application, DocumentKind, Remark
from onboarding.steps import STATUS_QUERY

SIGNED = dict.fromkeys(
    (DocumentKind.UNDERTAKING, DocumentKind.UNDERTAKING_SIGNED), "Değişen bilgilerle yeniden imzalandı."
)


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
    """The newest first."""
    by_number: dict[int, list[Remark]] = {}
    for remark in _remarks(application):
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


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of one thing that İYS asked for, for the letter that answers; `label` is empty for the whole."""

    label: str
    said: str


def replies(application: Application) -> tuple[Reply, ...]:
    """What the letter says of the newest round. Each thing once, however often support sent it back.

    What has changed is told by what İYS has: the dossier as it was handed in before the round began. The remarks'
    own words stay here; since support makes its list, they need not be İYS's.
    """
    newest = _newest(application)
    every = [remark for remark in _remarks(application) if remark.round == newest]
    if not every:
        return ()
    began = min(remark.asked_at for remark in every)
    at_iys = application.submissions.filter(submitted_at__lt=began).order_by("-submitted_at", "-pk").first()
    new = changes.since(at_iys) if at_iys is not None else None
    known = labels(application.application_form)
    # The last answer to a thing is the one that counts.
    answers = {
        field: next((each.answer for each in reversed(every) if each.field == field and each.answer), "")
        for field in dict.fromkeys(remark.field for remark in every if not remark.by_iys)
    }
    found = [
        Reply(known.get(field, ""), _said(answer, changed=new is not None and new.touches(field)))
        for field, answer in answers.items()
    ]
    # The paper that carries the data is signed anew with them, whoever asked for what.
    unasked = SIGNED.keys() - answers.keys()
    found += [Reply(known[kind], SIGNED[kind]) for kind in unasked if new is not None and kind in new.documents]
    return tuple(found)


def _said(answer: str, *, changed: bool) -> str:
    words = " ".join(answer.split())
    return " ".join(
        ["Düzeltildi." if changed else "Değiştirilmedi."] + ([f"Açıklamamız: {words}"] if words else [])
    )


def next_round(application: Application) -> int:
    """The number of the round that İYS's words open now."""
    return _newest(application) + 1


def this_round(application: Application) -> int:
    """The round that support's list belongs to."""
    return max(1, _newest(application))


def _newest(application: Application) -> int:
    return max((remark.round for remark in _remarks(application)), default=0)


def _remarks(application: Application) -> list[Remark]:
    """Those of step 2; uses prefetched remarks when there are any."""
    return [remark for remark in application.remarks.all() if remark.step == STATUS_QUERY.key]


def suggestions(application: Application, known: Iterable[str]) -> tuple[Suggestion, ...]:
    """What İYS's newest words are about, while support has not yet made its list of them."""
    words = [each.text for each in _remarks(application) if each.by_iys and each.settled_at is None]
    return suggest("\n".join(words), list(known))
