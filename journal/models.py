"""What happened, for people and for the law: append-only."""

from typing import ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journal.parties import party_choices
from tenancy.choices import OpenChoices


class Event(OpenChoices):
    OPENED = "opened", _("Başvuru açıldı")
    MOVED = "moved", _("Adım ilerledi")
    UNDONE = "undone", _("Adım geri alındı")
    FINISHED = "finished", _("Altı adım tamamlandı")
    CLOSED = "closed", _("Başvuru kapandı")
    FILLED_IN = "filled_in", _("Bilgiler kaydedildi")
    DOCUMENT_ADDED = "document_added", _("Belge eklendi")
    LETTER_POSTED = "letter_posted", _("Mektup hazırlandı")
    LETTER_SENT = "letter_sent", _("Mektup gönderildi")
    LETTER_FAILED = "letter_failed", _("Mektup gönderilemedi")
    LETTER_HELD = "letter_held", _("Mektup beklemeye alındı")
    LETTER_RELEASED = "letter_released", _("Mektup yeniden sıraya alındı")
    LETTER_CANCELLED = "letter_cancelled", _("Mektup iptal edildi")
    LETTER_DOUBTED = "letter_doubted", _("Mektup iki kez gitmiş olabilir")
    SENDING_ACCOUNT = "sending_account", _("Gönderim hesabı değişti")
    MAIL_READ = "mail_read", _("E-posta okundu")
    MAIL_HANDLED = "mail_handled", _("E-postaya destek ekibi karar verdi")
    REMINDED = "reminded", _("Hatırlatma yapıldı")
    REMINDERS_MUTED = "reminders_muted", _("Hatırlatmalara mola")
    ATTENTION = "attention", _("Dikkat işareti")
    CODE_SENT = "code_sent", _("Doğrulama kodu gönderildi")
    SIGNED = "signed", _("E-imza denetlendi")
    IDENTITY_SHOWN = "identity_shown", _("Kimlik numarası görüntülendi")
    MEMBER_CHANGED = "member_changed", _("Ekip değişti")
    PACK_GIVEN = "pack_given", _("Kanıt dosyası verildi")
    ADDRESS_CHANGED = "address_changed", _("Takip adresi değişti")


class AppendOnly(models.QuerySet["Entry"]):
    def update(self, **fields: object) -> NoReturn:
        raise TypeError("Journal entries are never changed.")

    def delete(self) -> NoReturn:
        raise TypeError("Journal entries are never deleted.")


class Entry(models.Model):
    """`application_id` and `step_key` say which application and step it concerns; the journal knows neither."""

    company = models.ForeignKey("tenancy.Company", models.PROTECT, related_name="journal")
    application_id = models.UUIDField(_("başvuru"), null=True, blank=True)
    step_key = models.CharField(_("adım"), max_length=40, blank=True)
    event = models.CharField(_("olay"), max_length=30, choices=Event.listed)
    party = models.CharField(_("taraf"), max_length=10, choices=party_choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.CharField(_("açıklama"), max_length=2000)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(_("zaman"), auto_now_add=True)

    objects: ClassVar = AppendOnly.as_manager()

    class Meta:
        verbose_name = _("günlük kaydı")
        verbose_name_plural = _("günlük kayıtları")
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["application_id", "-at"], name="journal_of_an_application"),
            models.Index(fields=["step_key", "-id"], condition=Q(event="moved"), name="journal_moves_of_a_step"),
        ]

    def __str__(self) -> str:
        return f"{self.get_event_display()}: {self.text}"
