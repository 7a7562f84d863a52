"""How long each kind of data is kept, as rows; and the log of what was erased."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models

from tenancy.choices import OpenChoices


class DataKind(OpenChoices):
    """What is erased together; `privacy.kinds` says for each which rows and after what."""

    CODES = "codes", "Doğrulama kodları"
    ACCOUNT_LETTERS = "account_letters", "Hesap ve ekip e-postaları"
    UNOWNED_MAILS = "unowned_mails", "Hiçbir firmaya ait olmayan e-postalar"
    INVITATIONS = "invitations", "Sonuçlanmış davetler"
    JOIN_REQUESTS = "join_requests", "Sonuçlanmış katılma istekleri"
    LINKS = "links", "Süresi geçmiş imza ve devam bağlantıları"
    PACKS = "packs", "Hazırlanmış kanıt dosyaları"
    REPLACED_DOCUMENTS = "replaced_documents", "Yerine yenisi gelen, İYS'ye gitmemiş belgeler"
    DRAFT_UPLOADS = "draft_uploads", "Seçilip gönderilmemiş dosyalar"
    ABANDONED = "abandoned", "Hiç gönderilmemiş başvurular ve firmaları"
    ENDED = "ended", "Başvurusu sona ermiş firmalar"
    ACCOUNTS = "accounts", "Hiçbir firmada olmayan kişilerin hesapları"
    STAFF_LOG = "staff_log", "Destek sayfalarının kullanım kayıtları"
    PERSON = "person", "Kendi isteğiyle silinen kişi"


class RetentionRule(models.Model):
    """One row for each kind that ends by time. Without a row, or with one that is not active, a kind is kept."""

    kind = models.CharField("veri türü", max_length=30, unique=True, choices=DataKind.listed)
    days = models.PositiveIntegerField("gün", help_text="Aşağıda yazan olaydan kaç gün sonra silinir")
    basis = models.CharField("dayanak", max_length=500)
    active = models.BooleanField("kullanımda", default=True)

    class Meta:
        verbose_name = "saklama süresi"
        verbose_name_plural = "saklama süreleri"
        ordering: ClassVar = ["days", "kind"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.days} gün"

    @property
    def age(self) -> timedelta:
        return timedelta(days=self.days)


class Erasure(models.Model):
    """What was erased, when and why, without saying what it said.

    `subject` is the id of the company or person whose data went, empty for a kind that is erased row by row.
    """

    kind = models.CharField("veri türü", max_length=30, choices=DataKind.listed)
    subject = models.CharField("kimin", max_length=40, blank=True)
    rows = models.JSONField("satırlar", default=dict)  # table -> how many
    files = models.PositiveIntegerField("dosya", default=0)
    why = models.CharField("neden", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField("zaman", auto_now_add=True)

    class Meta:
        verbose_name = "silme kaydı"
        verbose_name_plural = "silme kayıtları"
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.at:%d.%m.%Y}"
