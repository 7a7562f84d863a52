"""Two companies that were one: which became the other's shell, by whom, and what went where."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models

from tenancy.identities import WordsField

UNDOABLE = timedelta(days=1)


class CompanyMerge(models.Model):
    """`taken` is what `onboarding.merging` needs to give everything back: keys, and values of before; no words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stays = models.ForeignKey("tenancy.Company", models.PROTECT, related_name="+", verbose_name="kalan firma")
    goes = models.ForeignKey("tenancy.Company", models.PROTECT, related_name="+", verbose_name="giden firma")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="birleştiren")
    reason = WordsField("neden", max_length=400)
    at = models.DateTimeField("birleştirildi")
    taken = models.JSONField(default=dict, editable=False)
    undone_at = models.DateTimeField("geri alındı", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="geri alan"
    )
    undone_because = WordsField("geri alma nedeni", max_length=400, blank=True, default="", db_default="")

    class Meta:
        verbose_name = "firma birleştirme"
        verbose_name_plural = "firma birleştirmeleri"
        ordering: ClassVar = ["-at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["goes"], condition=models.Q(undone_at=None), name="a_company_is_merged_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goes} → {self.stays}"

    def is_young(self, now: datetime) -> bool:
        """Whether it may still be undone by its age."""
        return self.undone_at is None and now - self.at < UNDOABLE
