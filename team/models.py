"""A company's tests of its automatic forward."""

import secrets
import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models

PATIENCE = timedelta(minutes=10)


def make_mark() -> str:
    """What a test mail is known by when it comes back; 48 bits, good for one test."""
    return secrets.token_hex(6)


class ForwardTest(models.Model):
    """A mail to the corporate address that the automatic forward has to bring to `address`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey("tenancy.Company", models.CASCADE, related_name="forward_tests")
    address = models.ForeignKey("correspondence.TrackingAddress", models.CASCADE, related_name="+")
    mark = models.CharField("İşaret", max_length=12, unique=True, default=make_mark)
    sent_to = models.EmailField("deneme adresi")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("İstendi")
    letter = models.ForeignKey("correspondence.Letter", models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField("geri geldi", null=True, blank=True)

    class Meta:
        verbose_name = "yönlendirme denemesi"
        verbose_name_plural = "yönlendirme denemeleri"
        ordering: ClassVar = ["-asked_at"]
        indexes: ClassVar = [
            models.Index(
                fields=["asked_at"], condition=models.Q(returned_at=None), name="forward_tests_that_are_open"
            ),
        ]

    def __str__(self) -> str:
        return self.sent_to

    def late(self, now: datetime) -> bool:
        return self.returned_at is None and now - self.asked_at > PATIENCE
