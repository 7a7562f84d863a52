"""What is found by what: one row for each word or number, and what has to be written anew."""

from typing import Any, ClassVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from tenancy.choices import OpenChoices

NOBODYS = 0  # the `owner` of a mail that is no partner's
LONGEST_WORD = 120
LONGEST_TEXT = 400  # the words of one name; an entry of the index takes 2 700 bytes (PostgreSQL, "B-Tree")


class Kind(OpenChoices):
    """What a word is a word of, or a number a number of; the label stands where it was matched."""

    TITLE = "title", "Unvan"
    BRAND = "brand", "Marka"
    PERSON = "person", "Ad soyad"
    SUBJECT = "subject", "Konu"
    TAX_NUMBER = "tax_number", "VKN"
    MERSIS = "mersis", "MERSİS numarası"
    IDENTITY = "identity", "Kimlik numarası"
    REFERENCE = "reference", "Portal başvuru no"
    IYS_NUMBER = "iys_number", "Ön başvuru numarası"
    IYS_CODE = "iys_code", "İYSKod"
    BRAND_CODE = "brand_code", "BrandKod"
    PHONE = "phone", "Telefon"
    EMAIL = "email", "E-posta"
    SENDER = "sender", "Gönderen"


SPELLED = (Kind.TITLE, Kind.BRAND, Kind.PERSON)  # names that are found though they are typed amiss


class ByteOrdered(models.CharField[str, str]):
    """Compared byte by byte: what begins with "ab" is then what lies from "ab" up to "ac", whatever the language
    of the database. PostgreSQL may look that up behind the wall, and never LIKE, which could tell rows."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        found: Any = super().db_parameters(connection)
        return {**found, "collation": "C"} if connection.vendor == "postgresql" else found


class Word(models.Model):
    """By this word, or number, this company, application or mail is found. Written by `finding.renewing` alone.

    `owner` is the partner's key. Identity numbers stand here as their blind index. `words` are all of the
    name that the word is of, with a space around each; `label` is what was matched, as it is shown.
    """

    owner = models.BigIntegerField("İş ortağı")
    kind = models.CharField("tür", max_length=10, choices=Kind.listed)
    word = ByteOrdered("söz ya da numara", max_length=LONGEST_WORD)
    words = models.CharField("bütün sözler", max_length=LONGEST_TEXT, blank=True)
    label = models.CharField("eşleşen", max_length=300, blank=True)
    company = models.ForeignKey("tenancy.Company", models.CASCADE, null=True, blank=True, related_name="+")
    application_id = models.UUIDField(null=True, blank=True)
    mail_id = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = "arama"
        verbose_name_plural = "Bul"
        indexes: ClassVar = [
            models.Index(fields=["owner", "kind", "word"], include=["words", "id"], name="words_to_find"),
            models.Index(fields=["mail_id"], condition=models.Q(mail_id__isnull=False), name="words_of_a_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.label or self.word}"


class Part(models.Model):
    """A word of a name of this partner's companies, and one of the texts by which it is found where it is typed
    amiss or from its middle on (`finding.spelling`). However many names have the word, it stands here once."""

    partner = models.ForeignKey("partners.Partner", models.CASCADE, related_name="+", db_index=False)
    part = ByteOrdered(max_length=LONGEST_WORD)
    word = ByteOrdered(max_length=LONGEST_WORD)

    class Meta:
        verbose_name = "yazılış"
        verbose_name_plural = "yazılışlar"
        constraints: ClassVar = [models.UniqueConstraint(fields=["partner", "part", "word"], name="part_once")]

    def __str__(self) -> str:
        return f"{self.part}: {self.word}"


class MarkKind(models.TextChoices):
    COMPANY = "company"
    MAIL = "mail"


class Mark(models.Model):
    """The words of this company or mail are out of date. Written by the database itself (finding/triggers.py), in
    the transaction that changes them; many may speak of the same."""

    kind = models.CharField(max_length=10)
    of = models.UUIDField()

    class Meta:
        verbose_name = "yenilenecek söz"
        verbose_name_plural = "yenilenecek sözler"

    def __str__(self) -> str:
        return f"{self.kind} {self.of}"
