"""What who runs the portal was told by mail."""

from typing import ClassVar

from django.db import models
from django.utils import timezone


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
