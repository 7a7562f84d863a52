"""What happened, for people and for the law: append-only, each company's entries chained by their hashes."""

from typing import ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from journal.parties import party_choices
from tenancy.choices import OpenChoices
from tenancy.identities import WordsField


class Event(OpenChoices):
    OPENED = "opened", "Başvuru açıldı"
    MOVED = "moved", "Adım ilerledi"
    UNDONE = "undone", "Adım geri alındı"
    FINISHED = "finished", "Altı adım tamamlandı"
    CLOSED = "closed", "Başvuru kapandı"
    FILLED_IN = "filled_in", "Bilgiler kaydedildi"
    DOCUMENT_ADDED = "document_added", "Belge eklendi"
    DOCUMENT_WITHDRAWN = "document_withdrawn", "Belge kaldırıldı"
    LETTER_POSTED = "letter_posted", "Mektup hazırlandı"
    LETTER_SENT = "letter_sent", "Mektup gönderildi"
    LETTER_FAILED = "letter_failed", "Mektup gönderilemedi"
    LETTER_HELD = "letter_held", "Mektup beklemeye alındı"
    LETTER_RELEASED = "letter_released", "Mektup yeniden sıraya alındı"
    LETTER_CANCELLED = "letter_cancelled", "Mektup iptal edildi"
    LETTER_DOUBTED = "letter_doubted", "Mektup iki kez gitmiş olabilir"
    SENDING_ACCOUNT = "sending_account", "Gönderim hesabı değişti"
    MAIL_READ = "mail_read", "E-posta okundu"
    MAIL_HANDLED = "mail_handled", "E-postaya destek ekibi karar verdi"
    REMINDED = "reminded", "Hatırlatma yapıldı"
    REMINDERS_MUTED = "reminders_muted", "Hatırlatmalara mola"
    ATTENTION = "attention", "Dikkat işareti"
    CASE_GIVEN = "case_given", "Başvuruyla ilgilenen değişti"
    WRITTEN_TO = "written_to", "Destek ekibi firmaya yazdı"
    LOOKED_AT = "looked_at", "Destek ekibi firmanın gözünden baktı"
    SNOOZED = "snoozed", "Destek ekibi başvuruyu erteledi"
    CODE_SENT = "code_sent", "Doğrulama kodu gönderildi"
    SIGNED = "signed", "E-imza denetlendi"
    IDENTITY_SHOWN = "identity_shown", "Kimlik numarası görüntülendi"
    PAPER_OPENED = "paper_opened", "Kimlik numarası içeren belge açıldı"
    MEMBER_CHANGED = "member_changed", "Ekip değişti"
    PACK_GIVEN = "pack_given", "Kanıt dosyası verildi"
    ADDRESS_CHANGED = "address_changed", "Takip adresi değişti"
    MERGED = "merged", "Firmalar birleştirildi"
    PARTED = "parted", "Birleştirme geri alındı"
    PARTNER_CHANGED = "partner_changed", "İş ortağı değişti"


class AppendOnly(models.QuerySet["Entry"]):
    def update(self, **fields: object) -> NoReturn:
        raise TypeError("Journal entries are never changed.")

    def delete(self) -> NoReturn:
        raise TypeError("Journal entries are never deleted.")


class Entry(models.Model):
    """`application_id` and `step_key` say which application and step it concerns; the journal knows neither."""

    company = models.ForeignKey("tenancy.Company", models.PROTECT, related_name="journal", verbose_name="firma")
    application_id = models.UUIDField("başvuru", null=True, blank=True)
    step_key = models.CharField("adım", max_length=40, blank=True)
    event = models.CharField("olay", max_length=30, choices=Event.listed)
    party = models.CharField("taraf", max_length=10, choices=party_choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kim"
    )
    text = WordsField("açıklama", max_length=2000)
    data = models.JSONField(default=dict)
    at = models.DateTimeField("zaman", default=timezone.now, editable=False)
    digest = models.CharField(max_length=64, db_default="", editable=False)

    objects: ClassVar = AppendOnly.as_manager()

    class Meta:
        verbose_name = "günlük kaydı"
        verbose_name_plural = "günlük kayıtları"
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["application_id", "-at"], name="journal_of_an_application"),
            models.Index(fields=["step_key", "-id"], condition=Q(event="moved"), name="journal_moves_of_a_step"),
            models.Index(fields=["at"], name="journal_of_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_event_display()}: {self.text}"


class Link(models.Model):
    """An entry's place in the chain of its company, written by the database (`journal.triggers`)."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="link")
    company = models.ForeignKey("tenancy.Company", models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["company", "number"], name="a_chain_has_each_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.hash}"


class Head(models.Model):
    """The last link of a company's chain, as a row that writers at the same time take turns on."""

    company = models.OneToOneField("tenancy.Company", models.PROTECT, primary_key=True, related_name="+")
    number = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number}: {self.hash}"
