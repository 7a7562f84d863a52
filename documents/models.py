"""Uploads, generated papers and legal texts. Contents lie in the private file store, never in rows."""

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from tenancy.choices import OpenChoices
from tenancy.encryption import EncryptedTextField
from tenancy.models import Company


class Origin(OpenChoices):
    UPLOADED = "uploaded", "Yüklendi"
    GENERATED = "generated", "Portal hazırladı"
    MAIL = "mail", "E-postayla geldi"


class DocumentQuerySet(models.QuerySet["Document"]):
    def current(self) -> "DocumentQuerySet":
        """What was neither replaced nor erased. Of rows that may have been read before: `current_of`."""
        return self.filter(replaced_by=None, erased_at=None)

    def of_kind(self, kind: str) -> "DocumentQuerySet":
        return self.filter(kind=kind)


class Document(models.Model):
    """One file of a company. It is replaced by a newer one, never overwritten.

    `kind` is opaque here; `about` tells documents of one kind apart (the certificate of which brand);
    `source_sha256` is, for a generated paper, the hash of what it was made from, and for one that came back signed
    on paper that of what the generated one said then; `from_photos`: pictures are among its pages;
    `claimed_sha256`: of one that came back signed when the paper had not been made as it would say then, the hash
    of that. Until somebody says that this is what was signed, `source_sha256` is that of the one before.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey("tenancy.Company", models.PROTECT, related_name="documents")
    kind = models.CharField("tür", max_length=40)
    about = models.UUIDField(null=True, blank=True)
    origin = models.CharField("kaynak", max_length=10, choices=Origin.listed)
    name = models.CharField("dosya adı", max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField("boyut (bayt)")
    pages = models.PositiveIntegerField("sayfa", null=True, blank=True)
    from_photos = models.BooleanField("fotoğraftan", default=False, db_default=False)
    sha256 = models.CharField(max_length=64)
    source_sha256 = models.CharField(max_length=64, blank=True)
    claimed_sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")
    stored_name = models.CharField(max_length=200)
    created_at = models.DateTimeField("eklendi", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaces")
    erased_at = models.DateTimeField("silindi", null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "belge"
        verbose_name_plural = "belgeler"
        ordering: ClassVar = ["-created_at"]
        indexes: ClassVar = [models.Index(fields=["company", "kind"], name="documents_of_a_kind")]

    def __str__(self) -> str:
        return self.name

    @property
    def page_numbers(self) -> range:
        return range(1, (self.pages or 0) + 1)


def current_of(company: Company) -> list[Document]:
    """Its documents that were neither replaced nor erased, the newest first; uses prefetched ones when there are
    any."""
    return [each for each in company.documents.all() if each.replaced_by_id is None and each.erased_at is None]


class PaperReading(models.Model):
    """What a document was read to say when it was handed in (`documents.reading`).

    `paper` is the kind that it shows itself to be, `outcome` what came of reading; `content` the rest, as JSON.
    """

    document = models.OneToOneField(Document, models.CASCADE, related_name="reading")
    paper = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=20)
    content = EncryptedTextField()
    read_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "okunan belge"
        verbose_name_plural = "okunan belgeler"

    def __str__(self) -> str:
        return f"{self.document} · {self.outcome}"


class DraftUpload(models.Model):
    """A file that somebody has chosen on a form which is not sent yet; it is nobody else's, and goes after a day.

    `kind` and `about` are those of the document that it may become. A photo waits as a picture, to be a page.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey("tenancy.Company", models.PROTECT, related_name="draft_uploads")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField("tür", max_length=40)
    about = models.UUIDField(null=True, blank=True)
    name = models.CharField("dosya adı", max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField("boyut (bayt)")
    pages = models.PositiveIntegerField("sayfa", null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    signed = models.BooleanField(default=False)
    stored_name = models.CharField(max_length=200)
    created_at = models.DateTimeField("eklendi", auto_now_add=True)

    class Meta:
        verbose_name = "bekleyen dosya"
        verbose_name_plural = "bekleyen dosyalar"
        ordering: ClassVar = ["created_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["company", "person", "kind"], name="draft_uploads_of_a_form")]

    def __str__(self) -> str:
        return self.name


# Where a legal text names the partner: replaced by that partner's registered name.
PARTNER = "{iş ortağı}"


class LegalKind(OpenChoices):
    UNDERTAKING = "undertaking", "Kullanım taahhütnamesi"
    ASSIGNMENT_FORM = "assignment_form", "İş ortağı atama formu"
    SALES_CONTRACT = "sales_contract", "İLETİ Hizmetleri Satış Sözleşmesi"
    DECLARATION_EXEMPT = "declaration_exempt", "Beyan: muaf kuruluş"
    DECLARATION_PARTNER = "declaration_partner", "Beyan: iş ortağı atandı"
    DECLARATION_SELF_MANAGED = "declaration_self_managed", "Beyan: firma yönetecek"
    DECLARATION_CORRECTNESS = "declaration_correctness", "Beyan: bilgilerin doğruluğu"
    DISCLOSURE = "disclosure", "Aydınlatma metni"


class LegalTextQuerySet(models.QuerySet["LegalText"]):
    def in_force(self, kind: str, on: date | None = None) -> "LegalText | None":
        """The newest version that is valid on that day (today when not given)."""
        day = on or timezone.localdate()
        return self.filter(kind=kind, valid_from__lte=day).order_by("-valid_from", "-version").first()


class LegalText(models.Model):
    """A text that people sign or agree to: a version is never changed, a new one is added."""

    kind = models.CharField("tür", max_length=30, choices=LegalKind.listed)
    version = models.PositiveSmallIntegerField("sürüm")
    valid_from = models.DateField("geçerlilik başlangıcı")
    title = models.CharField("başlık", max_length=200)
    body = models.TextField(
        "metin",
        help_text="Paragrafları boş satırla ayırın. “{iş ortağı}” yerine firmanın iş ortağının unvanı yazılır.",
    )
    is_sample = models.BooleanField("örnek metin", default=False)

    objects = LegalTextQuerySet.as_manager()

    class Meta:
        verbose_name = "hukuki metin"
        verbose_name_plural = "hukuki metinler"
        ordering: ClassVar = ["kind", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "version"], name="a_legal_text_has_each_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"

    def naming(self, partner: str) -> str:
        """The body with the partner's registered name in it."""
        return self.body.strip().replace(PARTNER, partner)


class Place(OpenChoices):
    """Where a person's data are collected, and so where the disclosure text stands."""

    SIGN_UP = "sign_up", "Kayıt"
    INVITATION = "invitation", "Davet"
    COMPANY = "company", "Firma ekleme"
    REGISTRY_QUERY = "registry_query", "Sicil sorgulama"
    DOSSIER = "dossier", "Başvuru bilgileri"
    CO_SIGNATORIES = "co_signatories", "Müşterek imza"
    SIGNING_LINK = "signing_link", "İmza bağlantısı"


class DisclosureShown(models.Model):
    """That a disclosure text stood before somebody who gave data (KVKK 10; that it did is the partner's to prove).

    `user` typed the data. Who has no account is known by the `address` to which the followed link was sent:
    `about` is the invitation or the signing link.
    """

    text = models.ForeignKey(LegalText, models.PROTECT, related_name="+", verbose_name="metin")
    # Of the words as they stood there, with the partner's name in them.
    sha256 = models.CharField("özet (SHA-256)", max_length=64)
    place = models.CharField("nerede", max_length=20, choices=Place.listed)
    partner = models.ForeignKey(
        "partners.Partner", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="İş ortağı"
    )
    company = models.ForeignKey(
        "tenancy.Company", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="firma"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kişi"
    )
    address = models.EmailField("e-posta", blank=True)
    about = models.UUIDField("bağlantı", null=True, blank=True)
    shown_at = models.DateTimeField("zaman", auto_now_add=True)

    class Meta:
        verbose_name = "gösterilen aydınlatma metni"
        verbose_name_plural = "gösterilen aydınlatma metinleri"
        ordering: ClassVar = ["-shown_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["shown_at", "id"], name="disclosures_by_time"),
            models.Index(fields=["address"], condition=~models.Q(address=""), name="disclosures_to_an_address"),
        ]

    def __str__(self) -> str:
        return f"{self.get_place_display()} · {self.shown_at:%d.%m.%Y}"


class KeyRotation(models.Model):
    """One going over everything that is encrypted, with the first of FIELD_KEYS (`manage.py rotate_keys`).

    `key` is a hash of that key. `done` has the last row that was done of each kind: a run that was cut short goes
    on from there. Once one is finished, no file lies in clear.
    """

    key = models.CharField(max_length=64)
    done = models.JSONField(default=dict)
    begun_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(finished_at=None), name="a_key_is_gone_over_with_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.begun_at:%d.%m.%Y %H:%M}"
