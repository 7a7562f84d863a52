"""Merging two companies: one transaction, in which nothing else happens to either."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.core import serializers
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from journal.entries import write
from journal.models import Event
from journal.parties import Party
from onboarding import applications
from onboarding.merging import holding, letters
from onboarding.merging.kinds import MOVING, going, left, rows_of
from onboarding.merging.papers import papers
from onboarding.merging.preview import dropped, preview
from onboarding.models import CompanyMerge, StepRecord
from support.models import LastLook
from tenancy.models import Company, Invitation, JoinRequest, Membership, User

BUSY = "Şu anda bu firmalardan birinde bir işlem sürüyor; hiçbir şey yapılmadı. Birazdan yeniden deneyin."
CHANGED = "Siz bakarken bir şey değişti; hiçbir şey yapılmadı. Aşağıdaki güncel; bir daha okuyup onaylayın."


class NotMerged(Exception):
    """Nothing was done; the text is a Turkish sentence for support."""


def merge(*, goes: Company, stays: Company, said: str, reason: str, by: User) -> CompanyMerge:
    """Makes `goes` a shell of `stays`. `said` is the preview that was confirmed. Who may is asked before: the
    right, the wall, nobody's own company. Raises NotMerged."""
    with transaction.atomic():
        goes, stays = hold(goes, stays)
        found = preview(goes, stays)
        if found.stops:
            raise NotMerged(found.stops[0])
        if found.said != said:
            raise NotMerged(CHANGED)
        told = letters.people_of(goes)
        taken = _take_over(goes, stays)
        earlier = list(Company.objects.filter(merged_into=goes).values_list("pk", flat=True))
        Company.objects.filter(pk__in=[goes.pk, *earlier]).update(merged_into=stays)
        goes.merged_into = stays
        made = CompanyMerge.objects.create(
            stays=stays,
            goes=goes,
            by=by,
            reason=reason,
            at=timezone.now(),
            taken={**taken, "earlier": _texts(earlier)},
        )
        journal(made, Event.MERGED, "birleştirildi", reason, by)
        letters.tell_merged(made, told)
    return made


def hold(goes: Company, stays: Company) -> tuple[Company, Company]:
    """Both companies as they are now. Raises NotMerged."""
    try:
        found = holding.hold((goes.pk, stays.pk))
    except holding.Busy as busy:
        raise NotMerged(BUSY) from busy
    return found[goes.pk], found[stays.pk]


def _take_over(goes: Company, stays: Company) -> dict[str, Any]:
    """Moves the rows. Returns what has to be known to give them back."""
    taken: dict[str, Any] = {"changed": [], "removed": [], "dropped": None}
    closing = dropped(goes, stays)
    if closing is not None:
        before = applications.drop(closing, reason=f"{stays} ile birleştirildi.")
        taken["dropped"] = {"application": str(closing.pk), **asdict(before)}
    _give_way(goes, stays, taken)
    moved = {label: list(going(label, goes, stays).values_list("pk", flat=True)) for label in MOVING}
    versions = StepRecord.objects.filter(application__in=moved["onboarding.Application"])
    taken["versions"] = {str(pk): version for pk, version in versions.values_list("pk", "version")}
    taken["moved"] = {label: _texts(keys) for label, keys in moved.items() if keys}
    for label, keys in moved.items():
        rows_of(label).filter(pk__in=keys).update(company=stays)
    return taken


def _give_way(goes: Company, stays: Company, taken: dict[str, Any]) -> None:
    """What the other has already: a place in the team, an invitation, a paper that counts."""
    now = timezone.now()
    twice = left("tenancy.Membership", goes, stays)
    looks = LastLook.objects.filter(membership__in=twice)
    taken["removed"] = json.loads(serializers.serialize("json", [*twice, *looks]))
    looks.delete()
    Membership.objects.filter(pk__in=list(twice.values_list("pk", flat=True))).delete()
    waiting = Invitation.objects.unanswered()
    asked = waiting.filter(company=goes, email__in=waiting.filter(company=stays).values("email"))
    change(taken, "tenancy.Invitation", asked, "revoked_at", now)
    asking: QuerySet[JoinRequest] = left("tenancy.JoinRequest", goes, stays).filter(settled_at=None)
    change(taken, "tenancy.JoinRequest", asking, "settled_at", now)
    documents = rows_of("documents.Document")
    for paper, counting in papers(goes, stays).give_way.items():
        change(taken, "documents.Document", documents.filter(pk=paper), "replaced_by", counting)


def change(taken: dict[str, Any], label: str, rows: "QuerySet[Any]", field: str, value: object) -> None:
    """Sets a column that is empty in all these rows."""
    keys = list(rows.values_list("pk", flat=True))
    taken["changed"] += [[label, str(key), field] for key in keys]
    rows_of(label).filter(pk__in=keys).update(**{field: value})


def journal(merge: CompanyMerge, event: Event, done: str, reason: str, by: User) -> None:
    """On both companies, with the other's name."""
    data: dict[str, object] = {"merge": str(merge.pk)}
    goes, stays = merge.goes, merge.stays
    for company, text in (
        (goes, f"{stays} ile {done}: kalan firma odur. Neden: {reason}"),
        (stays, f"{goes} ({goes.tax_number}) ile {done}: kalan firma budur. Neden: {reason}"),
    ):
        write(company=company, event=event, text=text, party=Party.STAFF, actor=by, data=data)


def gather() -> int:
    """Takes over what came to a shell all the same: what began before it was one and ended afterwards, such as an
    upload. Returns how many rows."""
    shells = {
        key
        for label in MOVING
        for key in rows_of(label).filter(company__merged_into__isnull=False).values_list("company", flat=True)
    }
    count = 0
    made = CompanyMerge.objects.filter(undone_at=None, goes__in=shells).select_related("goes__merged_into")
    for each in made:
        # Most of it stays there for good: the other company had it already.
        if any(going(label, each.goes, each.goes.today).exists() for label in MOVING):
            count += _gather(each)
    return count


def _gather(made: CompanyMerge) -> int:
    try:
        with transaction.atomic():
            goes, stays = hold(made.goes, made.goes.today)
            made = CompanyMerge.objects.select_for_update().get(pk=made.pk)
            if made.undone_at is not None or goes.merged_into_id != stays.pk:
                return 0
            more = _take_over(goes, stays)
            made.taken = _added(made.taken, more)
            made.save(update_fields=["taken"])
            return sum(map(len, more["moved"].values()))
    except (NotMerged, DatabaseError):
        return 0


def _added(taken: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    moved = {label: taken["moved"].get(label, []) + more["moved"].get(label, []) for label in MOVING}
    return {
        **taken,
        "moved": {label: keys for label, keys in moved.items() if keys},
        "changed": taken["changed"] + more["changed"],
        "removed": taken["removed"] + more["removed"],
        "dropped": taken["dropped"] or more["dropped"],
        "versions": {**taken["versions"], **more["versions"]},
    }


def _texts(keys: "list[Any]") -> "list[str | int]":
    return [str(key) if isinstance(key, UUID) else key for key in keys]
