"""Brands (marka) of a company: İYS gives each its own number, the BrandKod."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Brand(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey("tenancy.Company", models.PROTECT, related_name="brands")
    name = models.CharField(_("marka adı"), max_length=150)
    code = models.CharField(_("BrandKod"), max_length=15, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("marka")
        verbose_name_plural = _("markalar")
        ordering: ClassVar = ["created_at", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["company", "name"], name="a_brand_is_once_in_a_company"),
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="a_brand_code_belongs_to_one_brand"
            ),
        ]

    def __str__(self) -> str:
        return self.name
