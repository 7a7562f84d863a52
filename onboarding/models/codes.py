"""Codes that were read or typed in step 3 and wait for the company's confirming click."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from onboarding.models.application import Application
from tenancy.choices import OpenChoices


class CodeSource(OpenChoices):
    MAIL = "mail", "İYS'nin e-postası"
    TOLD = "told", "İYS'nin destek ekibine söylediği"
    DECLARED = "declared", "Firmanın bildirdiği, destek ekibinin belgesine baktığı"
    TYPED = "typed", "Elle yazıldı"
    FORWARDED = "forwarded", "Firmanın ilettiği İYS e-postası"
    UPLOADED = "uploaded", "Firmanın yüklediği İYS e-postası"


class CodeReading(models.Model):
    """`brands` is a list of {"name": …, "code": …} as İYS named them; the newest reading counts."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="code_readings")
    source = models.CharField("kaynak", max_length=10, choices=CodeSource.listed)
    trade_name = models.CharField("İYS'deki unvan", max_length=250, blank=True)
    iys_code = models.CharField("İYSKod", max_length=15)
    brands = models.JSONField("markalar", default=list)
    mail = models.ForeignKey("correspondence.Mail", models.PROTECT, null=True, blank=True, related_name="+")
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField("okundu", auto_now_add=True)

    class Meta:
        verbose_name = "kod okuması"
        verbose_name_plural = "kod okumaları"
        ordering: ClassVar = ["-read_at", "-pk"]
        get_latest_by = "read_at"

    def __str__(self) -> str:
        return self.iys_code


class CodeDecision(models.Model):
    """What the company decided about one difference between a reading and what it had told us.

    `name` is İYS's word for a brand or trade name that we do not know, ours for one that İYS does not name;
    `same_as` is the company's own brand of which it is another name. It is carried out with the confirming click.
    """

    reading = models.ForeignKey(CodeReading, models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=250)
    answer = models.CharField(max_length=10)
    same_as = models.CharField(max_length=150, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "kod farkı kararı"
        verbose_name_plural = "kod farkı kararları"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reading", "kind", "name"], name="a_difference_is_decided_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.answer}"
