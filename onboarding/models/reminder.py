"""Reminders that went out: the unique slot is what keeps one from going twice."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from onboarding.models.attempt import Onboarding


class Reminder(models.Model):
    """`slot` names the rule, the turn it reminds of (state and since) and how many-th reminder it is."""

    onboarding = models.ForeignKey(Onboarding, models.CASCADE, related_name="reminders")
    slot = models.CharField(max_length=200)
    made_at = models.DateTimeField(_("zaman"), auto_now_add=True)

    class Meta:
        verbose_name = _("hatırlatma")
        verbose_name_plural = _("hatırlatmalar")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["onboarding", "slot"], name="a_reminder_slot_is_used_once"),
        ]

    def __str__(self) -> str:
        return self.slot
