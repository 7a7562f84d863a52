"""What support's people keep for their own work."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from tenancy.choices import OpenChoices
from tenancy.identities import WordsField


class ListPlace(OpenChoices):
    QUEUE = "queueitem", "İnceleme sırası"
    APPLICATIONS = "application", "Başvurular"


class SavedFilter(models.Model):
    """A list as one person wants to see it again. `query`: what stands behind the "?" of its address."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="kimin")
    place = models.CharField("liste", max_length=20, choices=ListPlace.listed)
    name = WordsField("ad", max_length=60)
    query = WordsField("süzgeç", max_length=500)

    class Meta:
        verbose_name = "kayıtlı süzgeç"
        verbose_name_plural = "kayıtlı süzgeçler"
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "place", "name"], name="a_persons_filter_has_its_name_once"),
        ]

    def __str__(self) -> str:
        return self.name
