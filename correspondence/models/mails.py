"""Mails in. Raw mails lie in the private file store; the rows say where each was found and what was made of it."""

import uuid
from typing import ClassVar

from django.db import models

from tenancy.choices import OpenChoices
from tenancy.encryption import EncryptedTextField


class MailStatus(OpenChoices):
    NEW = "new", "Okunacak"
    READ = "read", "Okundu, uygulanacak"
    APPLIED = "applied", "Uygulandı"
    EARLY = "early", "Erken geldi, bekliyor"
    PERSON = "person", "Destek ekibini bekliyor"
    FILED = "filed", "Dosyalandı"
    ANSWERED = "answered", "Yanıtlandı"
    BROKEN = "broken", "Okunamadı"


UPLOADED = "upload:"  # a mailbox that is none; followed by the company: the same file of two is two mails


class Mail(models.Model):
    """One incoming mail. Its identity is where it lies in which mailbox, never a flag that people can set.

    `tied_why` says what ties it to its very application; empty when nothing does, or nobody has asked yet.
    `wording` is the key of the sentences that nobody understood (`correspondence.reading.wording`).
    `kept_answer`: what a person decided about an early one, to be made when its step is ready.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mailbox = models.CharField(max_length=200)
    partner = models.ForeignKey(
        "partners.Partner",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="kimin kutusuna geldi",
    )
    folder = models.CharField(max_length=100)
    uid_validity = models.BigIntegerField()
    uid = models.CharField(max_length=200)
    stored_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField("boyut (bayt)")
    received_at = models.DateTimeField("alındı", auto_now_add=True)
    status = models.CharField("durum", max_length=10, choices=MailStatus.listed, default=MailStatus.NEW)
    status_why = models.CharField("durumun nedeni", max_length=500, blank=True)
    company = models.ForeignKey(
        "tenancy.Company",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mails",
        verbose_name="firma",
    )
    application_id = models.UUIDField(null=True, blank=True)
    step_key = models.CharField(max_length=40, blank=True)
    message_id = models.CharField(max_length=998, blank=True)
    from_name = models.CharField("gönderen", max_length=250, blank=True)
    from_email = models.CharField("gönderen adres", max_length=320, blank=True)
    subject = models.CharField("konu", max_length=500, blank=True)
    date_header = models.DateTimeField("tarih", null=True, blank=True)
    sender_authentication = models.CharField("güven", max_length=12, blank=True)
    sender_authentication_why = models.CharField("güvenin nedeni", max_length=500, blank=True)
    match_why = models.CharField("eşleşmenin nedeni", max_length=500, blank=True)
    tied_why = models.CharField("neye bağlı", max_length=500, blank=True, default="", db_default="")
    kind = models.CharField("anlamı", max_length=30, blank=True)
    rule = models.CharField("kural", max_length=80, blank=True)
    words = models.CharField("kuralı tetikleyen sözler", max_length=500, blank=True)
    understood = models.BooleanField("bütünüyle anlaşıldı", default=False, db_default=False)
    doubt = models.CharField("neden anlaşılmadı", max_length=400, blank=True, default="", db_default="")
    sentences = EncryptedTextField("okunan cümleler", blank=True, default="", db_default="")
    wording = models.CharField("anlaşılmayan sözler", max_length=64, blank=True, default="", db_default="")
    extracted = models.JSONField("okunanlar", default=dict)
    forwarded = models.BooleanField("İletilen bir e-postadan okundu", default=False)
    decided_at = models.DateTimeField("bir kişi karar verdi", null=True, blank=True, editable=False)
    kept_answer = EncryptedTextField("adımı açılınca uygulanacak karar", blank=True, default="", db_default="")

    class Meta:
        verbose_name = "gelen e-posta"
        verbose_name_plural = "gelen e-postalar"
        ordering: ClassVar = ["-received_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["mailbox", "folder", "uid_validity", "uid"], name="a_mail_is_stored_once"
            ),
            # Numbered anew by its server, or moved to another folder, it is the same mail.
            models.UniqueConstraint(fields=["mailbox", "sha256"], name="a_mailbox_has_the_same_mail_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "received_at"], name="mails_by_what_is_to_do"),
            models.Index(fields=["received_at", "id"], name="mails_by_time"),
            models.Index(
                fields=["received_at", "id"],
                condition=models.Q(status__in=("person", "broken")),
                name="mails_that_wait",
            ),
            models.Index(fields=["message_id"], name="mails_by_message_id"),
            models.Index(fields=["application_id", "step_key"], name="mails_of_a_step"),
            models.Index(
                fields=["wording", "status", "received_at"],
                condition=~models.Q(wording=""),
                name="mails_with_the_same_words",
            ),
        ]

    def __str__(self) -> str:
        return self.subject or "(konusuz)"

    @property
    def is_upload(self) -> bool:
        """Whether somebody handed it in as a file: whatever its headers say, no mail server of ours wrote it."""
        return self.mailbox.startswith(UPLOADED)


class MailboxCursor(models.Model):
    """How far a folder was read; only saves work, since storing twice is refused by a constraint."""

    mailbox = models.CharField(max_length=200)
    folder = models.CharField(max_length=100)
    uid_validity = models.BigIntegerField()
    last_uid = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mailbox", "folder"], name="a_folder_has_one_cursor"),
        ]

    def __str__(self) -> str:
        return f"{self.mailbox}/{self.folder}: {self.last_uid}"
