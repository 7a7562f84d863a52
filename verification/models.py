"""Codes by which somebody shows that a mailbox or a telephone is at hand."""

from typing import ClassVar

from django.db import models

from tenancy.choices import OpenChoices
from tenancy.encryption import EncryptedTextField


class Purpose(OpenChoices):
    EMAIL = "email", "Kurumsal e-posta"
    MOBILE = "mobile", "Cep telefonu"


class OneTimeCode(models.Model):
    """The newest code of a target counts. The row is the truth for an SMS: claimed, then sent once.

    `code` is empty once it opens nothing any more: used, tried too often, or too old.

    `application_id` is what is verified for (an application); `target` an address or a number in E.164.
    """

    company = models.ForeignKey("tenancy.Company", models.CASCADE, related_name="+")
    application_id = models.UUIDField()
    purpose = models.CharField("amaç", max_length=10, choices=Purpose.listed)
    target = models.CharField("adres ya da numara", max_length=254)
    code = EncryptedTextField()
    created_at = models.DateTimeField("İstendi", auto_now_add=True)
    expires_at = models.DateTimeField("son geçerlilik")
    attempts = models.PositiveSmallIntegerField("deneme", default=0)
    confirmed_at = models.DateTimeField("doğrulandı", null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField("gönderilemedi", max_length=200, blank=True)

    class Meta:
        verbose_name = "doğrulama kodu"
        verbose_name_plural = "doğrulama kodları"
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["application_id", "purpose"], name="codes_of_a_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} · {self.created_at:%d.%m.%Y %H:%M}"
