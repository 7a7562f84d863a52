"""Rounds of corrections: what was asked for, and what changed from one to the next."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from identifiers import turkish
from onboarding.dossier.content import ENTRY, TOGETHER, Line, frozen, labels
from onboarding.models import Application, Submission


@dataclass(frozen=True, slots=True)
class Asked:
    """A correction as people read it. `key` as in Remark.field, `label` what it is called on screens.

    Both are empty where the dossier as a whole is meant. `changed`: what it is about is no longer what was handed
    in last; `answer` are the company's words where nothing is to be changed.
    """

    pk: int
    key: str
    label: str
    text: str
    settled: bool
    changed: bool
    answer: str

    @property
    def is_done(self) -> bool:
        return self.settled or self.changed or bool(self.answer)

    @property
    def about(self) -> str:
        return f"“{self.label}”" if self.label else "Genel düzeltme isteği"

    @property
    def standing(self) -> str:
        """In one word for support."""
        if self.settled:
            return "kapandı"
        return "düzeltildi" if self.changed else "yanıtlandı" if self.answer else "açık"


def asked(application: Application, *, step: str = "", open_only: bool = True) -> tuple[Asked, ...]:
    """The corrections that wait for the company, or all there ever were; of one step where its key is given."""
    rows = [
        each
        for each in application.remarks.all()
        if (not open_only or each.settled_at is None) and step in ("", each.step)
    ]
    known = labels(application.application_form) if rows else {}
    since = since_last(application) if any(each.settled_at is None for each in rows) else None
    return tuple(
        Asked(
            each.pk,
            each.field,
            known.get(each.field, ""),
            each.text,
            each.settled_at is not None,
            since is not None and since.touches(each.field),
            each.answer,
        )
        for each in rows
    )


def untouched(application: Application, *, step: str = "", but: str | None = None) -> list[str]:
    """What was asked for and neither changed nor answered, as Turkish sentences; `but`: the key of what is not
    spoken of."""
    return [
        f"{each.about}: istenen düzeltme yapılmadı. Düzeltin ya da nedenini yazın."
        for each in asked(application, step=step)
        if not each.is_done and each.key != but
    ]


@dataclass(frozen=True, slots=True)
class Changes:
    """Between the last two submissions. `fields`: what stood there before, by the field's key.

    `documents` are the kinds that were handed in anew, `others` what else is different, in Turkish.
    """

    round: int
    fields: Mapping[str, str]
    documents: frozenset[str]
    others: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.fields or self.documents or self.others)

    @property
    def others_too(self) -> tuple[str, ...]:
        """The others as the subject of "değişti", beside what is marked."""
        return tuple(map(turkish.too, self.others))

    def touches(self, key: str) -> bool:
        """Whether what a remark is about is among them; the remark about the whole is about anything."""
        if not key:
            return bool(self)
        if key in PLACE:
            return bool(PLACE & self.fields.keys())
        parts = {PARTS[part] for part in PARTS_OF.get(key, ())}
        return key in self.fields or key in self.documents or bool(parts & set(self.others))


PARTS = {
    **TOGETHER,
    "brands": ENTRY["brands"],
    "certificates": "Marka tescil belgeleri",
    "figures": ENTRY["statistics"],
}


# What a remark on who signs together, or on a part of the information entry, is about.
PARTS_OF = {"together": ("together",), "brands": ("brands", "certificates"), "statistics": ("figures",)}
# A wrong district may be mended by its province.
PLACE = frozenset({"province", "district"})


def mended_together(named: frozenset[str]) -> frozenset[str]:
    """The fields that are named, with those that cannot stay when these change."""
    if named & PLACE:
        named |= PLACE
    if "tax_number" in named:
        # It is made of the tax number, or of the owner's.
        named |= {"mersis_number"}
    return named


def between(before: Mapping[str, Any], after: Mapping[str, Any], *, round_: int) -> Changes:
    """Compares two frozen dossiers (dossier.frozen). A part that is missing in either counts as empty."""
    old, new = before["fields"], after["fields"]
    papers, papers_now = before["documents"], after["documents"]
    return Changes(
        round=round_,
        fields={key: old.get(key, "") for key in {**old, **new} if old.get(key, "") != new.get(key, "")},
        documents=frozenset(kind for kind, digest in papers_now.items() if papers.get(kind) != digest),
        others=tuple(
            label for part, label in PARTS.items() if (before.get(part) or None) != (after.get(part) or None)
        ),
    )


def last_changes(application: Application) -> Changes | None:
    """What the newest submission changed; None before there are two."""
    rounds = _newest_first(application)
    if len(rounds) < 2:
        return None
    after, before = (json.loads(each.content) for each in rounds[:2])
    return between(before, after, round_=len(rounds))


def since_last(application: Application) -> Changes | None:
    """What is different now from what was handed in last; None before anything was."""
    rounds = _newest_first(application)
    return since(rounds[0]) if rounds else None


def _newest_first(application: Application) -> list[Submission]:
    """Uses prefetched submissions when there are any."""
    return sorted(application.submissions.all(), key=lambda each: (each.submitted_at, each.pk), reverse=True)


def since(submission: Submission) -> Changes:
    """What is different now from what was handed in then."""
    application = submission.application
    now, _digest = frozen(application.application_form)
    # Through JSON, as what was kept went.
    return between(json.loads(submission.content), json.loads(now), round_=len(application.submissions.all()))


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A field of the dossier; `was` is what stood there in the round before, None when that is the same."""

    line: Line
    was: str | None


def marked(lines: tuple[Line, ...], changes: Changes | None) -> tuple[MarkedLine, ...]:
    """The lines with what they were. A number that is masked on screens stays masked."""
    fields = changes.fields if changes else {}
    return tuple(
        MarkedLine(line, Line("", "", fields[line.key], secret=line.secret).shown if line.key in fields else None)
        for line in lines
    )
