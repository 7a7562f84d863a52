"""What who runs the portal was told by mail, and what the nightly check has found."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from tenancy.choices import OpenChoices


class ToldFinding(models.Model):
    """A finding that lasts. `told_at` is empty until it was there twice: what is over at once troubles nobody."""

    key = models.CharField(max_length=40, primary_key=True)
    since = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True)
    told_count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "bildirilen bulgu"
        verbose_name_plural = "bildirilen bulgular"
        ordering: ClassVar = ["key"]

    def __str__(self) -> str:
        return self.key


class StuckKind(OpenChoices):
    """What waits although nothing holds it up; the words follow its number."""

    ORPHANS = "orphans", "dosyayı hiçbir kayıt göstermiyor"
    GONE = "gone", "kaydın dosyası depoda yok"
    SENDING = "sending", "mektup gönderilirken yarım kaldı"
    HELD = "held", "mektup bir haftadan uzun süredir bekletiliyor"
    OUTCOMES = "outcomes", "mektubun sonucu adımına işlenemedi"
    PACKS = "packs", "kanıt dosyası hazırlanamadı"
    REQUESTS = "requests", "kişisel veri talebi yerine getirilmedi"
    LISTS = "lists", "firma listesi ilerlemiyor"
    DIGESTS = "digests", "kişiye sabah özeti gitmedi"
    ERASING = "erasing", "kayıt saklama süresi dolduğu halde silinmedi"
    SESSIONS = "sessions", "bitmiş oturum silinemedi"
    ROTATION = "rotation", "anahtar değişimi yarım kaldı"


class Stuck(models.Model):
    """What the nightly check has found of one kind and could not mend. `size`: of files, in bytes."""

    kind = models.CharField(max_length=20, choices=StuckKind.listed, primary_key=True)
    count = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField(default=0)
    since = models.DateTimeField()

    class Meta:
        verbose_name = "takılan iş"
        verbose_name_plural = "takılan işler"
        ordering: ClassVar = ["kind"]

    def __str__(self) -> str:
        return self.kind
