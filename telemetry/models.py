"""When each part of the portal was last seen at work."""

from typing import ClassVar

from django.db import models


class Pulse(models.Model):
    """`at` is the database's own clock, so that machines whose clocks differ are read by one."""

    name = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "nabız"
        verbose_name_plural = "nabızlar"
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return f"{self.name}: {self.at:%H:%M:%S}"
