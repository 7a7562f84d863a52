"""Step 6: what the company declares; a later change is a new row, nothing is rewritten."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from onboarding.models.application import Application
from tenancy.choices import OpenChoices
from tenancy.identities import WordsField


class DeclarationKind(OpenChoices):
    EXEMPT = "exempt", "Muaf kuruluş"
    PARTNER = "partner", "İş ortağı atandı"
    SELF_MANAGED = "self_managed", "Firma kendisi yönetecek"


class Declaration(models.Model):
    """`text` holds the very sentences the person agreed to; `text_version` says which legal text they are."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="declarations")
    kind = models.CharField("beyan", max_length=12, choices=DeclarationKind.listed)
    iys_code = models.CharField("İYSKod", max_length=15, blank=True)
    brand_codes = models.JSONField("BrandKod", default=list)
    exemption_basis = WordsField("muafiyetin dayanağı", max_length=500, blank=True)
    change_reason = WordsField("kod değişikliğinin nedeni", max_length=500, blank=True)
    text_version = models.ForeignKey("documents.LegalText", models.PROTECT, related_name="+")
    text = models.TextField("beyan metni")
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField("beyan zamanı", auto_now_add=True)
    ip_address = models.GenericIPAddressField("IP adresi", null=True)

    class Meta:
        verbose_name = "beyan"
        verbose_name_plural = "beyanlar"
        ordering: ClassVar = ["-declared_at"]
        get_latest_by = "declared_at"
        constraints: ClassVar = [
            # Three exclusive declarations: what belongs to one never stands beside another.
            models.CheckConstraint(
                condition=(Q(kind=DeclarationKind.EXEMPT, iys_code="", brand_codes=[]) & ~Q(exemption_basis=""))
                | (Q(kind=DeclarationKind.PARTNER, exemption_basis="") & ~Q(iys_code="") & ~Q(brand_codes=[]))
                | Q(kind=DeclarationKind.SELF_MANAGED, iys_code="", brand_codes=[], exemption_basis=""),
                name="a_declaration_is_one_of_three",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
