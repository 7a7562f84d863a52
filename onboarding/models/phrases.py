"""Sentences that support's people of a partner say again and again when they decide."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from tenancy.choices import OpenChoices
from tenancy.identities import WordsField


class PhraseUse(OpenChoices):
    REJECT = "reject", "Ret nedeni"
    HOLD = "hold", "Bekletme ya da geri gönderme nedeni"
    CHANGES = "changes", "Düzeltme isteği"


class KeptPhrase(models.Model):
    partner = models.ForeignKey("partners.Partner", models.CASCADE, related_name="+", verbose_name="İş ortağı")
    use = models.CharField("ne zaman", max_length=10, choices=PhraseUse.listed)
    text = WordsField("cümle", max_length=500)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="saklayan"
    )

    class Meta:
        verbose_name = "hazır cümle"
        verbose_name_plural = "hazır cümleler"
        ordering: ClassVar = ["use", "text"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partner", "use", "text"],
                name="a_partner_keeps_a_phrase_once",
                violation_error_message="Bu cümle zaten saklı.",
            ),
        ]

    def __str__(self) -> str:
        return self.text
