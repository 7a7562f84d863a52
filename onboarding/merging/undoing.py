"""Giving back what a merge took, within a day, where nothing was built on it since."""

import json
from collections.abc import Iterator
from datetime import datetime

from django.core import serializers
from django.db import IntegrityError, transaction
from django.utils import timezone

from documents.models import Document
from journal.models import Event
from onboarding import applications
from onboarding.merging import letters
from onboarding.merging.crossing import crossing
from onboarding.merging.doing import NotMerged, hold, journal
from onboarding.merging.kinds import MOVING, rows_of
from onboarding.models import Application, CompanyMerge, StepRecord
from tenancy.models import Company, User

# What is written of an application by its id alone.
OF_AN_APPLICATION = ("correspondence.Letter", "correspondence.Mail", "verification.OneTimeCode")


def why_not(merge: CompanyMerge, now: datetime) -> str:
    """Why it is not undone any more, as a Turkish sentence; empty when it may be tried."""
    if merge.undone_at is not None:
        return "Bu birleştirme zaten geri alındı."
    if not merge.is_young(now):
        return "Birleştirme bir günden eski; artık geri alınamaz."
    if merge.goes.merged_into_id != merge.stays_id:
        return "Kalan firma o zamandan beri başka bir firmayla birleştirildi; önce o geri alınmalı."
    return next(_since(merge), "")


def undo(*, merge: CompanyMerge, reason: str, by: User) -> None:
    """Raises NotMerged: then everything is as before."""
    try:
        with transaction.atomic():
            goes, stays = hold(merge.goes, merge.stays)
            locked = CompanyMerge.objects.select_for_update().get(pk=merge.pk)
            locked.goes, locked.stays = goes, stays
            if why := why_not(locked, timezone.now()):
                raise NotMerged(why)
            _give_back(locked)
            if met := crossing(goes, stays):
                raise NotMerged(f"O zamandan beri kalan firmanın bir kaydına bağlandı: {met}; geri alınamaz.")
            locked.undone_at, locked.undone_by, locked.undone_because = timezone.now(), by, reason
            locked.save(update_fields=["undone_at", "undone_by", "undone_because"])
            journal(locked, Event.PARTED, "birleştirmesi geri alındı", reason, by)
            letters.tell_parted(locked)
    except IntegrityError as taken:
        raise NotMerged("Taşınanlardan birinin yeri o zamandan beri doldu; geri alınamaz.") from taken


def _since(merge: CompanyMerge) -> Iterator[str]:
    """What has happened that cannot be undone."""
    moved = merge.taken["moved"]
    for label, keys in moved.items():
        if MOVING[label].fleeting:
            continue
        there = rows_of(label).filter(pk__in=keys, company=merge.stays_id).count()
        if there != len(keys):
            yield f"Taşınanların bir bölümü artık kalan firmada değil ({MOVING[label].said}); geri alınamaz."
    if Document.objects.filter(pk__in=moved.get("documents.Document", ()), erased_at__gte=merge.at).exists():
        yield "Taşınan bir belge o zamandan beri silindi; geri alınamaz."
    own = moved.get("onboarding.Application", [])
    then = merge.taken["versions"]
    now = StepRecord.objects.filter(application__in=own).values_list("pk", "version")
    if {str(pk): version for pk, version in now} != then:
        yield "Taşınan bir başvuru o zamandan beri ilerledi; geri alınamaz."
    for label in OF_AN_APPLICATION:
        if rows_of(label).filter(application_id__in=own).exclude(pk__in=moved.get(label, ())).exists():
            yield f"Taşınan bir başvuru için o zamandan beri yazılan var ({MOVING[label].said}); geri alınamaz."


def _give_back(merge: CompanyMerge) -> None:
    taken, goes = merge.taken, merge.goes
    Company.objects.filter(pk=goes.pk).update(merged_into=None)
    Company.objects.filter(pk__in=taken["earlier"]).update(merged_into=goes)
    goes.merged_into = None
    for label, keys in taken["moved"].items():
        rows_of(label).filter(pk__in=keys, company=merge.stays_id).update(company=goes)
    for label, key, field in taken["changed"]:
        rows_of(label).filter(pk=key, company=goes).update(**{field: None})
    for row in serializers.deserialize("json", json.dumps(taken["removed"])):
        if not hasattr(row.object, "user_id") or User.objects.filter(pk=row.object.user_id).exists():
            row.save()
    if (dropped := taken["dropped"]) is not None:
        before = applications.Dropped(dropped["turns"], dropped["marks"])
        applications.take_up(Application.objects.get(pk=dropped["application"]), before)
