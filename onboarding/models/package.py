"""Step 4: packages, how many approved addresses a company has, the offer, the contract, the payment."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from brands.models import Channel
from identifiers import counts
from onboarding.models.application import Application
from tenancy.encryption import EncryptedTextField

DECLARED_BELOW = 5_000  # addresses, of the largest channel


class PackageQuerySet(models.QuerySet["Package"]):
    def offered(self, on: date) -> "PackageQuerySet":
        """The catalogue of that day, smallest first; the package without a limit comes last."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=on), valid_from__lte=on).order_by(
            models.F("limit").asc(nulls_last=True)
        )


class Package(models.Model):
    """A row of İYS's package catalogue, good from one day to another. The offer's price is what binds."""

    name = models.CharField("ad", max_length=20, help_text="“İLETİ” sözünden sonrası: 5, 25, +")
    limit = models.PositiveIntegerField(
        "üst sınır",
        null=True,
        blank=True,
        help_text="En büyük kanalın onaylı adres sayısı; boş: sınırsız",
    )
    price = models.DecimalField(
        "liste fiyatı (TL)",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="Yıllık, KDV hariç; boş bırakılırsa ekranda fiyat görünmez",
    )
    valid_from = models.DateField("geçerlilik başlangıcı")
    valid_until = models.DateField(
        "geçerlilik bitişi", null=True, blank=True, help_text="Son gün; boş: yenisi girilene kadar"
    )
    term_months = models.PositiveSmallIntegerField(
        "kullanım süresi (ay)",
        null=True,
        blank=True,
        help_text="Ödemenin doğrulanmasından sonra kaç ay geçerli olduğu; boş: bilinmiyor",
    )

    objects = PackageQuerySet.as_manager()

    class Meta:
        verbose_name = "İLETİ paketi"
        verbose_name_plural = "İLETİ paketleri"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "valid_from"], name="a_package_starts_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="a_package_ends_after_it_begins",
                violation_error_message="Geçerlilik bitişi başlangıçtan önce olamaz.",
            ),
        ]

    def __str__(self) -> str:
        return f"İLETİ{self.name}" if self.name == "+" else f"İLETİ-{self.name}"

    def clean(self) -> None:
        """A package has one row a day: the catalogue never shows it twice."""
        if self.valid_from is None:
            return
        others = Package.objects.filter(name=self.name).exclude(pk=self.pk)
        others = others.filter(Q(valid_until=None) | Q(valid_until__gte=self.valid_from))
        if self.valid_until is not None:
            others = others.filter(valid_from__lte=self.valid_until)
        if (other := others.first()) is not None:
            until = f"{other.valid_until:%d.%m.%Y}" if other.valid_until else "…"
            raise ValidationError(
                f"{other} için {other.valid_from:%d.%m.%Y} – {until} arası bir satır var; tarihler çakışamaz."
            )

    def holds(self, addresses: int) -> bool:
        return self.limit is None or addresses <= self.limit


class PackageChoice(models.Model):
    """Approved addresses per channel: asked once, used by steps 4 and 5."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="package_choice")
    message_addresses = models.PositiveIntegerField("mesaj")
    call_addresses = models.PositiveIntegerField("arama")
    email_addresses = models.PositiveIntegerField("e-posta")
    package = models.ForeignKey(Package, models.PROTECT, related_name="+", verbose_name="paket")
    # By the portal, for these figures: it follows them, and nobody is told that they chose it.
    proposed = models.BooleanField("portalın önerisi", default=False, db_default=False)
    offer_email = models.EmailField("teklifin gönderileceği kurumsal e-posta")

    class Meta:
        verbose_name = "paket seçimi"
        verbose_name_plural = "paket seçimleri"

    def __str__(self) -> str:
        return str(self.package)

    @property
    def largest(self) -> int:
        """The tier goes by the largest single channel, not by the sum."""
        return max(self.of_channel.values())

    @property
    def of_channel(self) -> dict[Channel, int]:
        return {
            Channel.MESSAGE: self.message_addresses,
            Channel.CALL: self.call_addresses,
            Channel.EMAIL: self.email_addresses,
        }

    @property
    def largest_channels(self) -> list[Channel]:
        """One channel, or those that are equally large."""
        return [channel for channel, count in self.of_channel.items() if count == self.largest]

    @property
    def has_empty_channel(self) -> bool:
        return not all(self.of_channel.values())

    @property
    def total(self) -> int:
        return sum(self.of_channel.values())

    @property
    def few_addresses(self) -> str:
        """What the assignment form has to say below 5 000 addresses; empty from there on.

        Guide, step 5: "5000'den az olması durumunda form içerisinde açıkça beyan edilmelidir".
        """
        if self.largest >= DECLARED_BELOW:
            return ""
        return f"Onaylı iletişim adresi sayımız 5.000'den azdır: {counts.written(self.largest)}."


class Offer(models.Model):
    """İYS's offer; a newer one replaces an older one that is not paid."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="offers")
    mail = models.ForeignKey("correspondence.Mail", models.PROTECT, null=True, blank=True, related_name="+")
    pdf = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True, related_name="+")
    view_url = models.URLField("teklif bağlantısı", max_length=1000, blank=True)
    pay_url = models.URLField("ödeme bağlantısı", max_length=1000, blank=True)
    arrived_at = models.DateTimeField("geldi", auto_now_add=True)

    class Meta:
        verbose_name = "teklif"
        verbose_name_plural = "teklifler"
        ordering: ClassVar = ["-arrived_at", "-pk"]
        get_latest_by = "arrived_at"

    def __str__(self) -> str:
        return str(self.application)


class ContractAcceptance(models.Model):
    """That the contract was read and accepted here: by whom, when, from where, which version, which words.

    `text` is what was read, parties included; later edits of the company or of the text do not reach it. A sole
    trader's numbers are masked in it; an older acceptance that shows them in full has its very words, of which
    `text_sha256` is, in `sealed_text`. İYS's own page is what binds.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="acceptances")
    text_version = models.ForeignKey("documents.LegalText", models.PROTECT, related_name="+")
    text = models.TextField("onaylanan metin")
    sealed_text = EncryptedTextField(blank=True, default="", db_default="", editable=False)
    text_sha256 = models.CharField(max_length=64)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField("onaylandı", auto_now_add=True)
    ip_address = models.GenericIPAddressField("IP adresi", null=True)

    class Meta:
        verbose_name = "sözleşme onayı"
        verbose_name_plural = "sözleşme onayları"
        ordering: ClassVar = ["-accepted_at"]

    def __str__(self) -> str:
        return str(self.application)


class Payment(models.Model):
    """What the company says it paid; a card is never seen here."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="payments")
    reference = models.CharField("ödeme referansı", max_length=100, blank=True)
    paid_on = models.DateField("ödeme günü")
    receipt = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "ödeme"
        verbose_name_plural = "ödemeler"
        ordering: ClassVar = ["-recorded_at"]

    def __str__(self) -> str:
        return self.reference or str(self.paid_on)
