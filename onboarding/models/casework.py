"""Who of support has a case. Of support alone: a company sees none of it."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from onboarding.models.application import Application

LEASE = timedelta(minutes=30)  # how long who opened a case for decision has it, untouched


class CaseHolderQuerySet(models.QuerySet["CaseHolder"]):
    def in_force(self, now: datetime) -> "CaseHolderQuerySet":
        return self.filter(Q(by_hand=True) | Q(touched_at__gt=now - LEASE))

    def decided(self, application: Application) -> None:
        """Who took the case by opening it has done with it."""
        self.filter(application=application, by_hand=False).delete()


class CaseHolder(models.Model):
    """One row for an application at most: who has it. By hand it stays until it is given on; taken by opening it
    ends with a decision, or by itself LEASE
    after it was last touched."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="case_holder")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="kimde")
    by_hand = models.BooleanField("elle verildi", default=False)
    touched_at = models.DateTimeField("son bakış")

    objects = CaseHolderQuerySet.as_manager()

    class Meta:
        verbose_name = "başvuruyla ilgilenen"
        verbose_name_plural = "başvuruyla ilgilenenler"
        indexes: ClassVar = [models.Index(fields=["holder", "by_hand", "touched_at"], name="cases_of_a_holder")]

    def __str__(self) -> str:
        return str(self.holder)

    def lasts(self, now: datetime) -> bool:
        return self.by_hand or self.touched_at > now - LEASE
