"""Sentences of İYS's mails that people have taught, as rows."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from correspondence.models.mails import Mail
from correspondence.reading.kinds import KINDS, staff_rule_choices


class TaughtSentence(models.Model):
    """A sentence beside those that the product ships (see `reading.known`): a claim of `kind`, or harmless.

    It holds for the mails of the partner whose staff taught it; without a partner, for all. It verifies no sender.
    """

    partner = models.ForeignKey(
        "partners.Partner",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="kimin e-postalarında",
        help_text="Boşsa bütün iş ortaklarının e-postalarında geçerli olur.",
    )
    text = models.TextField(
        "cümle",
        help_text="Mektuptan mektuba değişen yerler süslü ayraç içindedir: {numara}, {kod}, {unvan}, {tarih}…",
    )
    kind = models.CharField(
        "ne diyor",
        max_length=30,
        choices=staff_rule_choices,
        blank=True,
        help_text="Boşsa zararsızdır: hiçbir şey bildirmez, okunmasına da engel olmaz.",
    )
    active = models.BooleanField("kullanımda", default=True)
    mail = models.ForeignKey(
        Mail, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="öğrenildiği e-posta"
    )
    taught_by = models.ForeignKey(
        "tenancy.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="öğreten"
    )
    taught_at = models.DateTimeField("öğretildi", auto_now_add=True)
    changed_at = models.DateTimeField("değişti", auto_now=True)

    class Meta:
        verbose_name = "öğretilen cümle"
        verbose_name_plural = "öğretilen cümleler"
        ordering: ClassVar = ["-taught_at"]
        permissions: ClassVar = [("teach_for_all", "Bütün iş ortakları için cümle öğretebilir")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner", "text"], name="a_partner_is_taught_a_sentence_once"),
            models.UniqueConstraint(
                fields=["text"], condition=Q(partner=None), name="all_are_taught_a_sentence_once"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def meaning(self) -> str:
        """What it says, in words for people."""
        return KINDS[self.kind].label if self.kind else "Zararsız"
