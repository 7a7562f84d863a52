"""Marks that ask staff to look, over any state and after the end. A mark moves no step and takes nobody's turn."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Min, OuterRef, Q, Subquery

from onboarding.models.application import Application, StepRecord
from tenancy.choices import OpenChoices
from tenancy.identities import WordsField


class AttentionKind(OpenChoices):
    WAITS_LONG = "waits_long", "Uzun süredir bekliyor"
    RIGHT_WITHDRAWN = "right_withdrawn", "İzin geri alındı"
    PACKAGE_EXPIRING = "package_expiring", "Paketin süresi doluyor"
    CARGO_MISSING = "cargo_missing", "Kargo bildirilmedi"
    OTHER_FIRM = "other_firm", "Başka bir firmanın numarası yazıldı"
    BRAND_ADDED = "brand_added", "Yeni marka"
    CODE_CORRECTED = "code_corrected", "Kod düzeltildi"
    OWN_PACKAGE = "own_package", "Paketi zaten varmış"
    EARLY_ANSWER = "early_answer", "İYS'nin yanıtı firmayı bekliyor"
    PARTNER_CHANGED = "partner_changed", "İş ortağı değişti"
    BY_HAND = "by_hand", "Destek ekibinin işareti"


class AttentionQuerySet(models.QuerySet["Attention"]):
    def open(self) -> "AttentionQuerySet":
        return self.filter(settled_at=None)

    def settle(self, *, now: datetime, note: str) -> None:
        """Settles what is open among these without a person's deed, and takes the steps' flags with it."""
        records = list(self.open().values_list("record_id", flat=True))
        self.open().update(settled_at=now, note=note)
        refresh_flags(records)


class Attention(models.Model):
    """`idempotency_key` keeps one thing from being raised twice; `text` is read by staff and company alike."""

    record = models.ForeignKey(StepRecord, models.CASCADE, related_name="attentions")
    kind = models.CharField("tür", max_length=20, choices=AttentionKind.listed)
    idempotency_key = models.CharField(max_length=120)
    text = WordsField("açıklama", max_length=500)
    raised_at = models.DateTimeField("zaman", auto_now_add=True)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField("kapandı", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = WordsField("nasıl kapandı", max_length=1000, blank=True)

    objects = AttentionQuerySet.as_manager()

    class Meta:
        verbose_name = "dikkat işareti"
        verbose_name_plural = "dikkat işaretleri"
        ordering: ClassVar = ["-raised_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record", "idempotency_key"], name="a_mark_is_raised_once_for_its_cause"
            ),
            models.CheckConstraint(condition=Q(settled_at=None) | ~Q(note=""), name="a_settled_mark_says_how"),
        ]

    def __str__(self) -> str:
        return self.text


def refresh_flags(records: list[int]) -> None:
    """Repeats on each step since when something about it asks to be looked at; the queue reads that column."""
    oldest = Attention.objects.open().filter(record=OuterRef("pk")).order_by().values("record")
    StepRecord.objects.filter(pk__in=records).update(
        flagged_at=Subquery(oldest.annotate(since=Min("raised_at")).values("since"))
    )


def forget(application: Application, *, now: datetime) -> None:
    """A closed application asks for nothing any more."""
    Attention.objects.filter(record__application=application).settle(now=now, note="Başvuru kapandı.")
