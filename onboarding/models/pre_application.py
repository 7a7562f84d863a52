"""What a company gives in step 1, and what staff remark on it."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from onboarding.models.application import Application
from onboarding.steps import PRE_APPLICATION
from tenancy.choices import OpenChoices
from tenancy.encryption import EncryptedTextField
from tenancy.identities import BlindIndexField, IdentityNumberField, WordsField


class DocumentKind(OpenChoices):
    """Kinds of document that a company hands in (guide, "Gerekli Belgeler")."""

    SIGNATURE_CIRCULAR = "signature_circular", "İmza sirküleri"
    TRADE_REGISTRY_GAZETTE = "trade_registry_gazette", "Ticaret sicil gazetesi"
    TAX_PLATE = "tax_plate", "Vergi levhası (yoksa vergi numarasını içeren belge)"
    IDENTITY_CARD = "identity_card", "İşletme sahibinin nüfus cüzdanı fotokopisi"
    CHAMBER_CERTIFICATE = "chamber_certificate", "Oda (meslek kuruluşu) kayıt belgesi"
    UNDERTAKING = "undertaking", "Kaşeli ve imzalı taahhütname"
    UNDERTAKING_SIGNED = "undertaking_signed", "E-imzalı taahhütname"
    UNDERTAKING_PARTLY = "undertaking_partly", "Bir bölümü e-imzalanmış taahhütname"
    ASSIGNMENT_FORM = "assignment_form", "Kaşeli ve imzalı iş ortağı atama formu"
    ASSIGNMENT_SIGNED = "assignment_signed", "E-imzalı iş ortağı atama formu"
    ASSIGNMENT_PARTLY = "assignment_partly", "Bir bölümü e-imzalanmış iş ortağı atama formu"
    PAYMENT_RECEIPT = "payment_receipt", "Ödeme dekontu"
    OFFER = "offer", "İYS teklifi"
    BRAND_CERTIFICATE = "brand_certificate", "Marka tescil belgesi"
    EVIDENCE = "evidence", "İYS'den gelen belge ya da e-posta"
    ANSWER = "answer", "İYS'nin yanıtının kanıtı"
    UNDERTAKING_BLANK = "undertaking_blank", "İmzalanacak taahhütname"
    ASSIGNMENT_BLANK = "assignment_blank", "İmzalanacak iş ortağı atama formu"
    ASSIGNMENT_TO_SIGN = "assignment_to_sign", "E-imzalanacak iş ortağı atama formu"
    UNDERTAKING_TO_SIGN = "undertaking_to_sign", "E-imzalanacak taahhütname"
    ADDRESS_LABEL = "address_label", "Kargo adres etiketi"


class ChannelChoices(OpenChoices):
    """How a company applies (guide, 1.1 and 1.2); whoever applied at İYS's own site only proves it."""

    MANUAL = "manual", "Manuel başvuru"
    ONLINE = "online", "Çevrim içi başvuru"
    APPLIED = "applied", "İYS'ye zaten başvurdum / İYSKodum var"


class ApplicationForm(models.Model):
    """The signatory and the channel. The company's own data live on Company."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="application_form")
    channel = models.CharField("kanal", max_length=10, choices=ChannelChoices.listed, blank=True)
    has_mersis = models.BooleanField("MERSİS numarası var", null=True)
    signatory_foreign = models.BooleanField("yabancı imza yetkilisi", default=False)
    signatory_identity = IdentityNumberField("TCKN / pasaport no", of_company="application__company", blank=True)
    signatory_identity_index = BlindIndexField(of="signatory_identity")
    signatory_name = models.CharField("İmzaya yetkili kişi", max_length=150, blank=True)
    signatory_email = models.EmailField("yetkili kişi e-posta", blank=True)
    signatory_mobile = models.CharField("yetkili kişi cep telefonu", max_length=20, blank=True)
    complete = models.BooleanField(default=False)
    filled_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    on_behalf = models.BooleanField("destek ekibi doldurdu", default=False)
    updated_at = models.DateTimeField(auto_now=True)
    # Since when the paper undertaking should be on its way; None when it need not be, or is.
    cargo_awaited_since = models.DateTimeField(null=True, blank=True)
    cargo_reminded = models.PositiveSmallIntegerField(default=0)
    cargo_escalated = models.BooleanField(default=False)

    class Meta:
        verbose_name = "ön başvuru formu"
        verbose_name_plural = "ön başvuru formları"
        indexes: ClassVar = [
            models.Index(
                fields=["cargo_reminded", "cargo_awaited_since", "id"],
                condition=models.Q(cargo_awaited_since__isnull=False),
                name="cargo_to_remind_of",
            ),
            models.Index(fields=["signatory_identity_index"], name="forms_by_identity"),
        ]

    def __str__(self) -> str:
        return str(self.application)

    @property
    def contact_phone(self) -> str:
        """Where the company is reached: at a number of its own or, where it gave none, at its signatory's."""
        return self.application.company.contact_phone or self.signatory_mobile

    @property
    def sends_parcel(self) -> bool:
        """Whether one may be told of: on the manual channel in every state, also while support has paused it."""
        application = self.application
        passable = application.verdicts()[PRE_APPLICATION.number - 1].passable
        return application.closed_at is None and passable and self.channel == ChannelChoices.MANUAL

    @property
    def awaits_parcel(self) -> bool:
        """A task beside the steps, which may be left when all of them are done."""
        return self.cargo_awaited_since is not None and self.sends_parcel

    @property
    def parcel(self) -> "Cargo | None":
        """With the undertaking as it is now; None before it was sent."""
        return None if self.cargo_awaited_since else getattr(self.application, "cargo", None)

    @property
    def earlier_parcel(self) -> "Cargo | None":
        """While one is awaited, the parcel that is known brought an earlier undertaking."""
        return getattr(self.application, "cargo", None) if self.cargo_awaited_since else None


class Submission(models.Model):
    """What was submitted, frozen: later edits never rewrite what somebody stood for."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="submissions")
    step = models.CharField(max_length=20)
    number = models.PositiveSmallIntegerField("tur")
    content = EncryptedTextField()  # JSON
    sha256 = models.CharField(max_length=64)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField("gönderildi", auto_now_add=True)

    class Meta:
        verbose_name = "gönderim"
        verbose_name_plural = "gönderimler"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "step", "number"], name="a_submission_has_its_own_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.number}"


class Remark(models.Model):
    """A correction that staff or İYS ask for; `field` names a form field or a kind of document.

    `by_iys` marks İYS's own words, of which staff make a list; in step 2 they open a new `round`. `answer` is what
    the company says where nothing is to be changed.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="remarks")
    step = models.CharField(max_length=20)
    field = models.CharField("alan veya belge", max_length=40, blank=True)
    text = WordsField("açıklama", max_length=1000)
    round = models.PositiveSmallIntegerField("tur", default=1)
    by_iys = models.BooleanField("İYS'nin sözleri", default=False)
    answer = WordsField("firmanın yanıtı", max_length=1000, blank=True, db_default="")
    asked_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "düzeltme isteği"
        verbose_name_plural = "düzeltme istekleri"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.text


class Cargo(models.Model):
    """The undertaking on paper, on its way to İYS. It runs beside step 1 and never blocks."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="cargo")
    carrier = models.CharField("kargo firması", max_length=60)
    tracking_number = models.CharField("takip numarası", max_length=60)
    sent_on = models.DateField("gönderildiği gün")
    arrived_on = models.DateField("ulaştığı gün", null=True, blank=True)

    class Meta:
        verbose_name = "kargo"
        verbose_name_plural = "kargolar"

    def __str__(self) -> str:
        return f"{self.carrier} {self.tracking_number}"
