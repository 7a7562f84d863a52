"""Step 5: how the partner is assigned."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from onboarding.models.attempt import Onboarding


class AssignmentWay(models.TextChoices):
    FORM = "form", _("Form ve mektupla")
    PANEL = "panel", _("İYS panelinden")


class Assignment(models.Model):
    """`ticks` lists the points of the panel way that the company has ticked off."""

    onboarding = models.OneToOneField(Onboarding, models.CASCADE, related_name="assignment")
    way = models.CharField(_("yol"), max_length=10, choices=AssignmentWay.choices, default=AssignmentWay.FORM)
    signed_form = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True, related_name="+")
    ticks = models.JSONField(default=list)

    class Meta:
        verbose_name = _("iş ortağı ataması")
        verbose_name_plural = _("iş ortağı atamaları")

    def __str__(self) -> str:
        return str(self.onboarding)

    TICKS: ClassVar = (
        ("menu", _("İYS paneline girip “İş Ortaklığı” bölümünü açtım")),
        ("partner", _("İş ortağımı listeden seçtim")),
        ("permissions", _("Mesaj, arama ve e-posta yetkilerini verdim")),
    )
