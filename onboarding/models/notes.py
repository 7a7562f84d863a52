"""What support's people note about a case for each other. Of support alone: a company sees none of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from onboarding.models.application import Application
from tenancy.identities import LongWordsField
from tenancy.models import User
from tenancy.walls import of_partner, own_companies


class CaseNote(models.Model):
    application = models.ForeignKey(Application, models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="yazan")
    text = LongWordsField("not", max_length=2000)
    at = models.DateTimeField("zaman")
    # Of the page on which it was typed: a second press of its button is no second note.
    key = models.UUIDField(editable=False)

    class Meta:
        verbose_name = "başvuru notu"
        verbose_name_plural = "başvuru notları"
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "key"], name="a_note_is_written_once"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class NoteMentionQuerySet(models.QuerySet["NoteMention"]):
    def waiting_for(self, user: User) -> "NoteMentionQuerySet":
        """What this person was told and has not settled, of cases that the person may still look at; the oldest
        first, with what is shown of them."""
        mine = self.filter(person=user, seen_at=None).order_by("note__at", "pk")
        mine = mine.select_related("note__by", "note__application__company")
        seen = of_partner(user, mine, "note__application__company__partner")
        return seen.exclude(note__application__company__in=own_companies(user))


class NoteMention(models.Model):
    """A colleague whom a note names; `seen_at` is set when that colleague says so, or writes there."""

    note = models.ForeignKey(CaseNote, models.CASCADE, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="kime")
    seen_at = models.DateTimeField("görüldü", null=True, blank=True)

    objects = NoteMentionQuerySet.as_manager()

    class Meta:
        verbose_name = "notta anılan"
        verbose_name_plural = "notta anılanlar"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["note", "person"], name="a_note_names_a_person_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person"], condition=models.Q(seen_at=None), name="notes_that_wait_for_somebody"),
        ]

    def __str__(self) -> str:
        return str(self.person)
