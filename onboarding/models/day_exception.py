"""Days on which nobody works although the calendar says so, and the other way round."""

from typing import ClassVar

from django.db import models

from onboarding.business_days import Exceptions
from tenancy.choices import OpenChoices


class DayKind(OpenChoices):
    OFF = "off", "Çalışılmıyor (idari izin)"
    WORKING = "working", "Çalışılıyor (telafi günü)"


class DayExceptionQuerySet(models.QuerySet["DayException"]):
    def by_day(self) -> Exceptions:
        """One query; there are a handful of such days in a year."""
        return {day: kind == DayKind.WORKING for day, kind in self.values_list("day", "kind")}


class DayException(models.Model):
    """The same for every partner and company, as public holidays are."""

    day = models.DateField("gün", unique=True, error_messages={"unique": "Bu gün listede zaten var."})
    kind = models.CharField(
        "o gün",
        max_length=10,
        choices=DayKind.listed,
        default=DayKind.OFF,
        help_text="Yarım günlük izni de “çalışılmıyor” olarak girin; yarım resmî tatil gibi bütün gün sayılır.",
    )
    reason = models.CharField("neden", max_length=200, help_text="Örneğin: Kurban Bayramı idari izni")

    objects = DayExceptionQuerySet.as_manager()

    class Meta:
        # Turkish: Django would make a dotless capital of a small i.
        verbose_name = "İzin ya da telafi günü"
        verbose_name_plural = "İzin ve telafi günleri"
        ordering: ClassVar = ["-day"]

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y} · {self.reason}"
