from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from tenancy.models import User


class Session(AbstractBaseSession):
    """A browser that is signed in (or about to be). `session_key` is a hash of what its cookie holds."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    created_at = models.DateTimeField("giriş")
    last_seen_at = models.DateTimeField("son işlem")
    ip = models.GenericIPAddressField("IP adresi", null=True)
    user_agent = models.CharField("tarayıcı", max_length=200, blank=True)

    class Meta:
        verbose_name = "oturum"
        verbose_name_plural = "oturumlar"
        ordering: ClassVar = ["-last_seen_at"]

    def __str__(self) -> str:
        return f"{self.user} · {self.created_at:%d.%m.%Y}"
