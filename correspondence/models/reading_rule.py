"""Reading rules that staff add, as rows."""

from typing import ClassVar

from django.db import models

from correspondence.reading.kinds import staff_rule_choices


class ReadingRule(models.Model):
    """A rule by which mails are read, added by staff to those that the product ships (see `reading.kinds`)."""

    name = models.CharField("ad", max_length=80, unique=True)
    kind = models.CharField("ne diyor", max_length=30, choices=staff_rule_choices)
    any_of = models.TextField(
        "şu sözlerden biri geçerse",
        help_text=(
            "Her satıra bir söz. Büyük/küçük harf, aksan ve kesme işareti fark etmez. Sözcüğün sonundaki yıldız "
            "ekleri (“onaylan*”), tek başına yıldız en çok beş sözcüğü (“ileti * paketi”) karşılar."
        ),
    )
    none_of = models.TextField(
        "şu sözlerden hiçbiri geçmezse", blank=True, help_text="Her satıra bir söz; boş kalabilir."
    )
    example = models.TextField(
        "örnek e-posta metni",
        help_text="Kuralın yakalaması gereken bir e-postanın metni; kural bununla sınanır.",
    )
    active = models.BooleanField("kullanımda", default=True)
    created_by = models.ForeignKey(
        "tenancy.User", models.PROTECT, null=True, related_name="+", verbose_name="ekleyen"
    )
    created_at = models.DateTimeField("eklendi", auto_now_add=True)
    changed_at = models.DateTimeField("değişti", auto_now=True)

    class Meta:
        verbose_name = "okuma kuralı"
        verbose_name_plural = "okuma kuralları"
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
