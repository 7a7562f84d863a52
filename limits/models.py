"""What was used up of each measure. A row names nobody: its key is a keyed hash of whom it counts."""

from typing import ClassVar

from django.db import models


class Counter(models.Model):
    """How much of one measure somebody has used since its window opened; a closed window counts for nothing."""

    key = models.CharField(max_length=64, primary_key=True)
    measure = models.CharField(max_length=60)
    used = models.PositiveBigIntegerField()
    closes_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "sayaç"
        verbose_name_plural = "sayaçlar"
        ordering: ClassVar = ["measure"]

    def __str__(self) -> str:
        return f"{self.measure}: {self.used}"
