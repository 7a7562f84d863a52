"""A partner's own mailbox, mostly that of its copy address: İYS's "answer to all" is read there."""

from typing import ClassVar

from django.db import models

from correspondence.mailbox import open_mailbox
from tenancy.encryption import EncryptedTextField


class PartnerMailbox(models.Model):
    """`url` as in MAILBOX_URLS, with the password in it."""

    partner = models.OneToOneField(
        "partners.Partner", models.CASCADE, related_name="mailbox", verbose_name="İş ortağı"
    )
    url = EncryptedTextField("posta kutusu")

    class Meta:
        verbose_name = "İş ortağının posta kutusu"
        verbose_name_plural = "İş ortaklarının posta kutuları"
        ordering: ClassVar = ["partner"]

    def __str__(self) -> str:
        return f"{self.partner}: {self.place}"

    @property
    def place(self) -> str:
        """Where it is, without the password."""
        return open_mailbox(self.url).name
