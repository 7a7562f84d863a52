"""What was asked for last, beside what became of it: what support decides on when a correction comes back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from onboarding.dossier import changes, corrections
from onboarding.dossier.changes import Asked, Changes, MarkedLine
from onboarding.dossier.content import labels
from onboarding.dossier.corrections import Round
from onboarding.dossier.suggestions import suggest
from onboarding.models import Application
from onboarding.steps import STATUS_QUERY

UNCHANGED = "değiştirilmedi"
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Point:
    """One field or document. `standing`: what became of it, in a word; `line`: what stood and stands in a field.
    `is_asked` is False for what İYS speaks of and nobody asked the company for."""

    key: str
    label: str
    text: str
    answer: str
    standing: str
    line: MarkedLine | None
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Corrections:
    """`words`: İYS's own, of its newest letter. `points`: what was asked for since the dossier was handed in
    before. `older` and `rounds`: all that went before."""

    words: str
    points: Sequence[Point]
    older: Sequence[Asked]
    rounds: Sequence[Round]

    def __bool__(self) -> bool:
        return bool(self.words or self.points or self.older or self.rounds)

    @property
    def overlooked(self) -> Sequence[str]:
        """The labels of what İYS speaks of, nobody asked the company for, and comes back as it was."""
        return [each.label for each in self.points if not each.is_asked and each.standing == UNCHANGED]


def answered(application: Application, lines: Sequence[MarkedLine], changed: Changes | None) -> Corrections:
    """`changed`: what the newest submission changed (`changes.last_changes`), as it is marked in `lines`."""
    remarks = list(application.remarks.all())
    if not remarks:
        return Corrections("", (), (), ())
    newest = remarks[-1]
    handed_in = [each.submitted_at for each in application.submissions.all()]
    before = max((each for each in handed_in if each < newest.asked_at), default=NEVER)
    # A round of İYS's holds what support sent back within it, too.
    of_round = [each for each in remarks if (each.step, each.round) == (newest.step, newest.round)]
    asked_now = {each.pk for each in of_round if not each.by_iys and each.asked_at > before}
    rows = changes.asked(application, open_only=False)
    by_iys = {each.pk for each in remarks if each.by_iys}
    rounds = corrections.rounds(application)
    in_rounds = {each.pk for each in remarks if each.step == STATUS_QUERY.key and each not in of_round}
    words = " ".join(each.text for each in of_round if each.by_iys)
    told = _Told(
        lines={each.line.key: each for each in lines},
        changed=changed,
        is_back=any(each > newest.asked_at for each in handed_in),
    )
    points = [told.of(each) for each in rows if each.pk in asked_now]
    fields = {each.field for each in of_round if not each.by_iys}
    known = labels(application.application_form) if words else {}
    named = [each for each in suggest(words, list(known)) if each.key not in fields]
    return Corrections(
        words=words,
        points=[*points, *(told.unasked(each.key, known[each.key], each.remark) for each in named)],
        older=[each for each in rows if each.pk not in asked_now | by_iys | in_rounds],
        rounds=rounds[1:] if newest.step == STATUS_QUERY.key else rounds,
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """`is_back`: the dossier was handed in again after it was asked."""

    lines: Mapping[str, MarkedLine]
    changed: Changes | None
    is_back: bool

    def of(self, each: Asked) -> Point:
        standing = each.standing
        if self.is_back:
            standing = self._became(each.key, "yanıtlandı" if each.answer else UNCHANGED)
        line = self.lines.get(each.key)
        return Point(each.key, each.label or "Genel", each.text, each.answer, standing, line, is_asked=True)

    def unasked(self, key: str, label: str, words: str) -> Point:
        standing = self._became(key, UNCHANGED) if self.is_back else ""
        return Point(key, label, words, "", standing, self.lines.get(key), is_asked=False)

    def _became(self, key: str, otherwise: str) -> str:
        return "değiştirildi" if self.changed is not None and self.changed.touches(key) else otherwise
