"""Letters out: what they say, and where they stand."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from correspondence.models.sending import SendingAccount, SendingHold
from tenancy.choices import OpenChoices
from tenancy.encryption import EncryptedLongTextField, EncryptedTextField


class Audience(OpenChoices):
    IYS = "iys", "İYS"
    COMPANY = "company", "Firma"
    STAFF = "staff", "Destek ekibi"
    ACCOUNT = "account", "Hesap"


class LetterStatus(OpenChoices):
    QUEUED = "queued", "Sırada"
    SENDING = "sending", "Gönderiliyor"
    SENT = "sent", "Gönderildi"
    FAILED = "failed", "Gönderilemedi"
    HELD = "held", "Beklemede"
    CANCELLED = "cancelled", "İptal edildi"


# Not yet at a mail server, so that they can still be kept from going.
WAITING = (LetterStatus.QUEUED, LetterStatus.HELD, LetterStatus.FAILED)


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self, now: datetime) -> "LetterQuerySet":
        """Letters whose time has come, the longest waiting first.

        A part of a letter waits until the mail server has accepted every part before it; none goes while
        all sending is held, but for what the portal tells its own staff about that afterwards.
        """
        before = Letter.objects.filter(message_group=OuterRef("message_group"), part__lt=OuterRef("part"))
        held_up = Exists(before.exclude(status=LetterStatus.SENT))
        holds = SendingHold.objects.filter(target="", lifted_at=None)
        held = Exists(holds.filter(Q(partner=None) | Q(partner=OuterRef("company__partner"))))
        told_before = Exists(holds.filter(partner=None, held_at__gte=OuterRef("created_at")))
        free = Q(~held) | Q(~told_before, audience=Audience.STAFF, company=None)
        waiting = self.filter(~held_up, free, status=LetterStatus.QUEUED, due_at__lte=now)
        return waiting.order_by("due_at", "created_at")

    def abandoned(self, now: datetime) -> "LetterQuerySet":
        """Letters whose sender died between taking them and reporting back."""
        return self.filter(status=LetterStatus.SENDING, lease_until__lt=now)

    def as_looked_at(self, letter: "Letter", now: datetime) -> "LetterQuerySet":
        """The letter, if it still waits as when it was read: for these readers, with a secret that opens."""
        same = self.filter(
            pk=letter.pk, status=LetterStatus.QUEUED, attempts=letter.attempts, to=letter.to, due_at=letter.due_at
        )
        return same.exclude(sealed_until__lte=now)

    def outdated(self, now: datetime) -> "LetterQuerySet":
        """Letters that wait with a secret that opens nothing any more."""
        waiting = self.filter(status__in=(LetterStatus.QUEUED, LetterStatus.HELD), sealed_until__lte=now)
        return waiting.exclude(sealed_words="")

    def unwiped(self) -> "LetterQuerySet":
        return self.exclude(sealed_until__isnull=False, sealed_words="")

    def end(self, status: LetterStatus, **fields: object) -> int:
        """Gives them a status in which they do not go by themselves; wipes what was for a mail server alone."""
        return self.update(status=status, sealed_words="", **fields)

    def parts_of(self, letter: "Letter") -> "LetterQuerySet":
        """The letter with the others of the same whole, in order."""
        return self.filter(message_group=letter.message_group).order_by("part")

    def of_steps(self) -> "LetterQuerySet":
        """Letters to İYS that the steps have written: what a person wrote by hand stands for none of them."""
        return self.filter(audience=Audience.IYS, by_hand=False)

    def with_unhandled_outcome(self) -> "LetterQuerySet":
        """Letters to İYS whose outcome the step has not been told yet."""
        return self.of_steps().filter(
            status__in=(LetterStatus.SENT, LetterStatus.FAILED, LetterStatus.HELD, LetterStatus.CANCELLED),
            outcome_handled_at=None,
        )


_Letters = models.Manager.from_queryset(LetterQuerySet)


class LetterManager(_Letters["Letter"]):
    """Lists of letters are everywhere, and their words on few pages: those are fetched for whom they are asked."""

    def get_queryset(self) -> LetterQuerySet:
        found: LetterQuerySet = super().get_queryset().defer("words")  # type: ignore[assignment]
        return found


class Letter(models.Model):
    """One letter per cause, rendered and frozen when it is posted.

    Its words are on the row: neither the transaction of its cause nor a code waits for the file store. Those of
    earlier versions lie there under `stored_name`.

    What is too large for one mail goes in several: they share `message_group`, `part` counts from 1. A letter with
    a secret has `sealed_until`; `sealed_words` are what its addressee gets, until a mail server has them.
    `by_hand`: a person wrote it; no step waits for what becomes of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey(
        "tenancy.Company",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name="firma",
    )
    application_id = models.UUIDField(null=True, blank=True)
    step_key = models.CharField(max_length=40, blank=True)
    audience = models.CharField("kime", max_length=10, choices=Audience.listed)
    by_hand = models.BooleanField("elle yazıldı", default=False, db_default=False, editable=False)
    idempotency_key = models.CharField(max_length=200, unique=True)
    message_group = models.CharField(max_length=200)
    part = models.PositiveSmallIntegerField("parça", default=1)
    status = models.CharField("durum", max_length=10, choices=LetterStatus.listed, default=LetterStatus.QUEUED)
    from_name = models.CharField("gönderen", max_length=250)
    from_email = models.EmailField("gönderen adres")
    reply_to = models.EmailField(blank=True)
    to = models.JSONField("alıcı", default=list)
    cc = models.JSONField("bilgi", default=list)
    subject = models.CharField("konu", max_length=250)
    words = EncryptedLongTextField(blank=True, default="", db_default="", editable=False)  # JSON: text, html
    stored_name = models.CharField(max_length=200)  # empty for what has its words on the row
    sealed_words = EncryptedTextField(blank=True, default="", db_default="", editable=False)
    sealed_until = models.DateTimeField(null=True, blank=True, editable=False)
    message_id = models.CharField(max_length=250, unique=True)
    in_reply_to = models.CharField(max_length=998, blank=True)
    references = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField("deneme", default=0)
    created_at = models.DateTimeField("hazırlandı", auto_now_add=True)
    due_at = models.DateTimeField("gönderim zamanı")
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField("gönderildi", null=True, blank=True)
    delivered_at = models.DateTimeField("kopyası geldi", null=True, blank=True)
    smtp_answer = models.CharField("sunucu yanıtı", max_length=500, blank=True)
    outcome_handled_at = models.DateTimeField(null=True, blank=True)
    account = models.ForeignKey(SendingAccount, models.PROTECT, null=True, blank=True, related_name="letters")
    sending_hold = models.ForeignKey(SendingHold, models.PROTECT, null=True, blank=True, related_name="letters")
    doubted_at = models.DateTimeField("İki kez gitmiş olabilir", null=True, blank=True)
    doubt_seen_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField("geri döndü", null=True, blank=True)
    bounce_why = models.CharField("neden geri döndü", max_length=500, blank=True)

    objects = LetterManager()

    class Meta:
        verbose_name = "mektup"
        verbose_name_plural = "mektuplar"
        ordering: ClassVar = ["-created_at"]
        permissions: ClassVar = [("control_letter", "Mektubu bekletebilir, yeniden deneyebilir, iptal edebilir")]
        indexes: ClassVar = [
            models.Index(
                fields=["doubted_at"],
                condition=Q(doubted_at__isnull=False, doubt_seen_at=None),
                name="letters_in_doubt",
            ),
            models.Index(fields=["due_at"], condition=Q(status="queued"), name="letters_that_are_due"),
            models.Index(
                fields=["status", "due_at"],
                condition=Q(status__in=("sending", "held", "failed")),
                name="letters_that_stay",
            ),
            models.Index(
                fields=["created_at"],
                condition=Q(audience="iys", outcome_handled_at=None),
                name="letters_steps_wait_for",
            ),
            models.Index(
                fields=["bounced_at"], condition=Q(bounced_at__isnull=False), name="letters_that_came_back"
            ),
            models.Index(fields=["application_id", "step_key"], name="letters_of_a_step"),
            models.Index(fields=["created_at", "id"], name="letters_by_time"),
            models.Index(fields=["sent_at"], condition=Q(sent_at__isnull=False), name="letters_of_a_day"),
            models.Index(fields=["sealed_until"], condition=~Q(sealed_words=""), name="letters_with_secrets"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message_group", "part"], name="a_letter_has_each_part_once"),
            models.CheckConstraint(
                condition=Q(company=None, audience__in=("account", "staff")) | Q(company__isnull=False),
                name="a_letter_belongs_to_a_company_an_account_or_staff",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_wiped(self) -> bool:
        """Whether its secret is gone: it can go no more."""
        return self.sealed_until is not None and not self.sealed_words


class LetterAttachment(models.Model):
    """A document by reference, with the hash it had when the letter was posted."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="attachments")
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["letter", "document"], name="a_document_is_attached_once"),
        ]

    def __str__(self) -> str:
        return self.filename


def with_documents() -> "Prefetch[str]":
    """What is attached to letters, with the documents, for many of them in one query."""
    return Prefetch("attachments", LetterAttachment.objects.select_related("document").order_by("pk"))
