"""Holding companies still, with all that may be written of them, while something is done to them as a whole."""

from collections.abc import Collection
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import QuerySet

from onboarding.merging.kinds import MOVING, rows_of
from tenancy.models import Company


class Busy(Exception):
    """Somebody is at work with one of them right now."""


def hold(keys: Collection[UUID]) -> dict[UUID, Company]:
    """The companies as they are now, locked together with all rows that may go over. It waits for nobody: whoever
    is at work with a row now would come to wait for us. Raises Busy."""
    try:
        # In a savepoint, which the refusal of a lock leaves.
        with transaction.atomic():
            locked: QuerySet[Company] = Company.objects.select_for_update(nowait=True).order_by("pk")
            found = {each.pk: each for each in locked.filter(pk__in=keys)}
            for label in MOVING:
                rows = rows_of(label).select_for_update(nowait=True).filter(company__in=keys)
                list(rows.order_by().values_list("pk"))
    except OperationalError as busy:
        raise Busy from busy
    return found
