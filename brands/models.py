"""Brands (marka) of a company, whom they reach, and what was sent last year.

İYS gives each brand its own number, the BrandKod (guide, "Marka Ekleme" and "İstatistiksel Bilgiler").
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from identifiers import turkish
from tenancy.choices import OpenChoices


class Channel(OpenChoices):
    """The three ways of commercial messages that İYS keeps consents for."""

    MESSAGE = "message", "Mesaj"
    CALL = "call", "Arama"
    EMAIL = "email", "E-posta"


class Brand(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey("tenancy.Company", models.PROTECT, related_name="brands", verbose_name="firma")
    name = models.CharField("marka adı", max_length=150)
    code = models.CharField("BrandKod", max_length=15, blank=True)
    certificate = models.ForeignKey(
        "documents.Document",
        models.PROTECT,
        verbose_name="marka tescil belgesi",
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "marka"
        verbose_name_plural = "markalar"
        ordering: ClassVar = ["created_at", "name"]
        indexes: ClassVar = [models.Index(fields=["created_at", "name", "-id"], name="brands_by_time")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["company", "name"], name="a_brand_is_once_in_a_company"),
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="a_brand_code_belongs_to_one_brand"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def needs_certificate(self, trade_name: str) -> bool:
        """A brand that is not the company's own trade name has to be shown to be registered."""
        return not turkish.same(self.name, trade_name)


class Reach(models.Model):
    """How many people a brand reaches on one channel, and under which names, numbers or addresses."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="reaches")
    channel = models.CharField("kanal", max_length=10, choices=Channel.listed)
    recipients = models.PositiveIntegerField("ulaşılan alıcı sayısı", default=0)
    identifiers = models.JSONField("kullanılan adlar, numaralar, adresler", default=list)  # of strings

    class Meta:
        verbose_name = "kanal bilgisi"
        verbose_name_plural = "kanal bilgileri"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["brand", "channel"], name="a_brand_has_each_channel_once"),
        ]

    def __str__(self) -> str:
        return f"{self.brand} · {self.get_channel_display()}"


class YearlyFigures(models.Model):
    """What a company did on one channel in a calendar year: messages sent, addresses added, refusals got."""

    company = models.ForeignKey("tenancy.Company", models.CASCADE, related_name="yearly_figures")
    year = models.PositiveSmallIntegerField("yıl")
    channel = models.CharField("kanal", max_length=10, choices=Channel.listed)
    sent = models.PositiveBigIntegerField("gönderim")
    added = models.PositiveIntegerField("İzinli listeye eklenen")
    refused = models.PositiveIntegerField("ret bildirimi")

    class Meta:
        verbose_name = "yıllık rakamlar"
        verbose_name_plural = "yıllık rakamlar"
        ordering: ClassVar = ["-year", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["company", "year", "channel"], name="a_company_has_each_channel_once_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} · {self.get_channel_display()}"
