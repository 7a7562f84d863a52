"""What is known of the way of all companies together: counts and times, gathered each night."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tenancy.choices import OpenChoices


class Measure(OpenChoices):
    """What a row counts, and which `day` and `key` it has."""

    FUNNEL = "funnel", "Açılan başvurular ve bitirdikleri adımlar"  # the day of opening; how far
    TIME = "time", "Adımın süresi"  # the first of the month of finishing; the step
    WAIT = "wait", "Biten beklemeler"  # the day of its end; step and party
    STANDING = "standing", "Günün sonunda bekleyenler"  # the day; step and party
    MAIL = "mail", "Gelen e-postalar"  # the day of arrival; as what it was read
    TOUCHED = "touched", "Kişi eli değen e-postalar"  # as MAIL
    LETTER = "letter", "Giden mektuplar"  # the day; to whom
    CASES = "cases", "Kişinin baktığı başvurular"  # the first of the month; the person's key
    ACTS = "acts", "Kişinin yaptığı işlemler"  # as CASES


class Figure(models.Model):
    """One number of one partner and day, or month. Written by `figures.gathering` alone.

    `partner` is None for what is no partner's, and for times over all of them: medians do not add up.
    """

    partner = models.ForeignKey(
        "partners.Partner", models.CASCADE, null=True, blank=True, related_name="+", verbose_name="İş ortağı"
    )
    measure = models.CharField("ölçü", max_length=10, choices=Measure.listed)
    day = models.DateField("gün")
    key = models.CharField("neyin", max_length=60)
    count = models.PositiveBigIntegerField("kaç")
    seconds = models.PositiveBigIntegerField("toplam saniye", default=0)
    median = models.PositiveBigIntegerField("ortanca (saniye)", null=True, blank=True)
    p90 = models.PositiveBigIntegerField("yüzde doksanı (saniye)", null=True, blank=True)

    class Meta:
        verbose_name = "rakam"
        verbose_name_plural = "Rakamlar"
        permissions: ClassVar = [("view_work", "Kişi başına başvuruyu görebilir")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partner", "measure", "day", "key"],
                condition=Q(partner__isnull=False),
                name="a_partner_has_each_figure_once",
            ),
            models.UniqueConstraint(
                fields=["measure", "day", "key"],
                condition=Q(partner=None),
                name="each_figure_of_nobody_is_there_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["measure", "day"], name="figures_of_a_time")]

    def __str__(self) -> str:
        return f"{self.get_measure_display()}, {self.day}, {self.key}: {self.count}"


class Gathered(models.Model):
    """One row: the first day that is not gathered yet, and when the last was. Two that gather take turns on it."""

    until = models.DateField(null=True)
    at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "rakamların günü"
        verbose_name_plural = "rakamların günü"

    def __str__(self) -> str:
        return f"{self.until}"
