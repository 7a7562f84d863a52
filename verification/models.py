"""Codes by which somebody shows that a mailbox or a telephone is at hand, and notices to telephones."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from tenancy.choices import OpenChoices
from tenancy.encryption import EncryptedTextField


class Purpose(OpenChoices):
    EMAIL = "email", "Kurumsal e-posta"
    MOBILE = "mobile", "Cep telefonu"
    NOTICES = "notices", "SMS bildirimleri"


BY_SMS = frozenset({Purpose.MOBILE, Purpose.NOTICES})


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


class SmsChoice(models.Model):
    """A person who wants SMS: the number, in E.164, that they have shown to be at hand. No row: none is wanted."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="sms_choice", verbose_name="kişi"
    )
    number = EncryptedTextField("cep telefonu")
    verified_at = models.DateTimeField("doğrulandı")

    class Meta:
        verbose_name = "SMS seçimi"
        verbose_name_plural = "SMS seçimleri"

    def __str__(self) -> str:
        return str(self.person)


class SmsNotice(models.Model):
    """What the people of a company who want SMS are told, written in the transaction of its cause.

    A worker spreads it over the people of that moment; before `spread_at` nobody has it.
    """

    company = models.ForeignKey("tenancy.Company", models.CASCADE, related_name="+")
    idempotency_key = models.CharField(max_length=120, unique=True)
    text = models.CharField("metin", max_length=200)
    created_at = models.DateTimeField("yazıldı", auto_now_add=True)
    expires_at = models.DateTimeField("son geçerlilik")
    spread_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "SMS bildirimi"
        verbose_name_plural = "SMS bildirimleri"

    def __str__(self) -> str:
        return self.text


class SmsDelivery(models.Model):
    """A notice on its way to one person; its id is the gateway's too, so that a repetition is known as one.

    `ended_at`: the gateway has it, or it goes no more (`failure`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notice = models.ForeignKey(SmsNotice, models.CASCADE, related_name="deliveries")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="kişi")
    attempts = models.PositiveSmallIntegerField("deneme", default=0)
    next_try_at = models.DateTimeField("sıradaki deneme")
    ended_at = models.DateTimeField("bitti", null=True, blank=True)
    failure = models.CharField("gönderilemedi", max_length=200, blank=True)

    class Meta:
        verbose_name = "SMS gönderimi"
        verbose_name_plural = "SMS gönderimleri"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "person"], name="a_notice_goes_once_to_each_person"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"], condition=models.Q(ended_at=None), name="sms_by_when_they_are_due"
            ),
        ]

    def __str__(self) -> str:
        return str(self.notice)
