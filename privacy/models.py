"""How long each kind of data is kept, as rows; and the log of what was erased."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from tenancy.choices import OpenChoices

YEAR = 365.25  # days


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
    DISCLOSURES = "disclosures", "Aydınlatma metninin gösterildiği kayıtlar"
    STAFF_LOG = "staff_log", "Destek sayfalarının kullanım kayıtları"
    COPIES = "copies", "Kişilere hazırlanan veri kopyaları"
    COMPANY_LISTS = "company_lists", "Yüklenen firma listeleri"
    STAFF_FIGURES = "staff_figures", "Kişi başına rakamlar"
    PERSON = "person", "Kendi isteğiyle silinen kişi"


class RetentionRule(models.Model):
    """One row for each kind that ends by time. Without a row, or with one that is not active, a kind is kept."""

    kind = models.CharField("veri türü", max_length=30, unique=True, choices=DataKind.listed)
    days = models.PositiveIntegerField("gün", help_text="Aşağıda yazan olaydan kaç gün sonra silinir")
    warn_days = models.PositiveIntegerField(
        "kaç gün önce haber verilir",
        default=0,
        db_default=0,
        help_text="Firmanın sahiplerine e-postayla; 0 ise haber verilmez. Haber gitmeden bu tür silinmez.",
    )
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

    @property
    def time(self) -> str:
        """As people say it: whole years as years."""
        years = round(self.days / YEAR)
        return f"{years} yıl" if years and abs(self.days - years * YEAR) < 1 else f"{self.days} gün"

    @property
    def warning(self) -> timedelta:
        return timedelta(days=self.warn_days)


class ErasureWarning(models.Model):
    """The owners of a company were told that it will be erased. It holds until something happens in it."""

    company = models.ForeignKey("tenancy.Company", models.CASCADE, related_name="+", verbose_name="firma")
    sent_at = models.DateTimeField("haber verildi")

    class Meta:
        verbose_name = "silme haberi"
        verbose_name_plural = "silme haberleri"

    def __str__(self) -> str:
        return f"{self.company} · {self.sent_at:%d.%m.%Y}"


class Wish(OpenChoices):
    COPY = "copy", "Verilerinin kopyası"
    ERASURE = "erasure", "Hesabının silinmesi"


class PersonRequest(models.Model):
    """What somebody wants done with the own data. Workers do it, who see the rows of all companies.

    A copy that is made stays until its own time is over; a request to erase goes with what it erased.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="kişi")
    wish = models.CharField("talep", max_length=10, choices=Wish.listed)
    asked_at = models.DateTimeField("talep zamanı", auto_now_add=True)
    done_at = models.DateTimeField("hazırlandı", null=True, blank=True)
    stored_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "kişinin veri talebi"
        verbose_name_plural = "kişilerin veri talepleri"
        ordering: ClassVar = ["-asked_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "wish"], name="a_person_has_one_request_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_wish_display()}"

    # As a file of the store (documents.storage.Kept).
    content_type: ClassVar = "application/zip"

    @property
    def name(self) -> str:
        return f"verilerim-{timezone.localtime(self.done_at):%Y-%m-%d}.zip"


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
