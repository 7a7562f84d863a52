"""What the online channel and the "already applied" channel of step 1 keep beside the dossier."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from onboarding.models.application import Application
from onboarding.models.pre_application import DocumentKind
from tenancy.choices import OpenChoices
from tenancy.identities import BlindIndexField, IdentityNumberField, WordsField


class RegistryOutcome(OpenChoices):
    FOUND = "found", "Firma bulundu"
    NOT_FOUND = "not_found", "Bu MERSİS numarası sicilde bulunamadı"
    MISMATCH = "mismatch", "Kişi bu firmanın imza yetkilisi olarak görünmüyor"
    OTHER_FIRM = "other_firm", "MERSİS numarası başka bir vergi numarasına ait"
    UNAVAILABLE = "unavailable", "Sicile ulaşılamadı; elle kontrol edilecek"


class RegistryAnswer(models.Model):
    """What the company registry said; the newest counts. `details` are fields of the dossier by name.

    A sole trader's numbers stand here masked: in full they are written where the dossier has them.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="registry_answers")
    mersis_number = models.CharField("MERSİS numarası", max_length=16)
    outcome = models.CharField("sonuç", max_length=12, choices=RegistryOutcome.listed)
    details = models.JSONField(default=dict)
    asked_at = models.DateTimeField("soruldu", auto_now_add=True)

    class Meta:
        verbose_name = "sicil sorgusu"
        verbose_name_plural = "sicil sorguları"
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.get_outcome_display()


class CoSignatory(models.Model):
    """Somebody who signs together with the signatory (müşterek imza)."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="co_signatories")
    name = models.CharField("ad soyad", max_length=150)
    identity = IdentityNumberField("TCKN", of_company="application__company")
    identity_index = BlindIndexField(of="identity")

    class Meta:
        verbose_name = "müşterek imza yetkilisi"
        verbose_name_plural = "müşterek imza yetkilileri"
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["identity_index"], name="co_signatories_by_identity")]

    def __str__(self) -> str:
        return self.name


class SignatureCheck(models.Model):
    """The verification of an e-signed undertaking, line by line, against the paper that was issued.

    `lines` is a list of {"key", "outcome", "sentence"}. `undecided`: something could not be asked, and
    staff have to tick it before the application may go on.
    """

    document = models.OneToOneField("documents.Document", models.PROTECT, related_name="signature_check")
    issued = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")
    lines = models.JSONField()
    undecided = models.BooleanField()
    checked_at = models.DateTimeField("denetlendi", auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField("elle onaylandı", null=True, blank=True)
    confirmation_note = WordsField("nasıl denetlendi", max_length=500, blank=True)

    class Meta:
        verbose_name = "e-imza denetimi"
        verbose_name_plural = "e-imza denetimleri"

    def __str__(self) -> str:
        return str(self.document)


class HandOff(models.Model):
    """A link with which a signatory without an account downloads one paper and hands it in signed. `paper` is the
    kind of document that is issued for signing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, models.CASCADE, related_name="hand_offs")
    paper = models.CharField(
        "İmzalanacak belge",
        max_length=40,
        default=DocumentKind.UNDERTAKING_TO_SIGN.value,
        db_default=DocumentKind.UNDERTAKING_TO_SIGN.value,
    )
    email = models.EmailField("İmzalayacak kişinin e-postası")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField("gönderildi", auto_now_add=True)
    expires_at = models.DateTimeField("son geçerlilik")
    used_at = models.DateTimeField("kullanıldı", null=True, blank=True)
    revoked_at = models.DateTimeField("geri alındı", null=True, blank=True)

    class Meta:
        verbose_name = "İmza bağlantısı"
        verbose_name_plural = "İmza bağlantıları"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "email"],
                condition=Q(used_at=None, revoked_at=None),
                name="an_address_has_one_open_signing_link",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def holds(self) -> bool:
        """Whether it still opens the paper, as far as it goes by the link itself."""
        return self.used_at is None and self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def is_to_its_sender(self) -> bool:
        """Whether who sends it signs herself: she is not asked by herself."""
        return self.email.lower() == self.created_by.email.lower()


class ContinueLink(models.Model):
    """The link "Başvuruya Devam Et" of an approved online pre-application; good for one thing and a while."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, models.CASCADE, related_name="continue_links")
    created_at = models.DateTimeField("gönderildi", auto_now_add=True)
    expires_at = models.DateTimeField("son geçerlilik")
    used_at = models.DateTimeField("açıldı", null=True, blank=True)

    class Meta:
        verbose_name = "devam bağlantısı"
        verbose_name_plural = "devam bağlantıları"
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return str(self.application)

    @property
    def holds(self) -> bool:
        """Whether it opens the information entry; one that has done so goes on leading there."""
        return self.used_at is not None or self.expires_at >= timezone.now()


class Evidence(models.Model):
    """What a company shows that has applied at İYS's own site. `brands`: {"name", "code"} as İYS named them."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="evidence")
    iys_application_number = models.CharField("ön başvuru numarası", max_length=20, blank=True)
    iys_code = models.CharField("İYSKod", max_length=15, blank=True)
    brands = models.JSONField("markalar", default=list)
    note = WordsField("açıklama", max_length=1000, blank=True)

    class Meta:
        verbose_name = "başvuru bildirimi"
        verbose_name_plural = "başvuru bildirimleri"

    def __str__(self) -> str:
        return self.iys_code or self.iys_application_number


class FreeMailDomain(models.Model):
    """A domain of free mailboxes: no corporate address ends in it. Staff keep the list."""

    domain = models.CharField("alan adı", max_length=100, unique=True)

    class Meta:
        verbose_name = "ücretsiz e-posta alan adı"
        verbose_name_plural = "ücretsiz e-posta alan adları"
        ordering: ClassVar = ["domain"]

    def __str__(self) -> str:
        return self.domain
