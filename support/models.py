"""Questions of a company, the answers, and how far each of its people has read them."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, Subquery, Value
from django.db.models.functions import Coalesce

from tenancy.identities import LongWordsField
from tenancy.models import Membership


class Question(models.Model):
    """A conversation that a company began, or support. `waiting_since` is set while support owes an answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey("tenancy.Company", models.PROTECT, related_name="questions", verbose_name="firma")
    page = models.CharField("sorulduğu sayfa", max_length=200, blank=True)
    # By which link or form of a page it was begun (`views.BEGUN`), so that the page knows.
    topic = models.CharField("konu", max_length=20, blank=True, default="", db_default="", editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="soran")
    asked_at = models.DateTimeField("soruldu")
    waiting_since = models.DateTimeField("bekliyor", null=True, blank=True)

    class Meta:
        verbose_name = "destek sorusu"
        verbose_name_plural = "destek soruları"
        ordering: ClassVar = ["-asked_at"]
        permissions: ClassVar = [("answer_question", "Destek sorularını yanıtlayabilir")]
        indexes: ClassVar = [
            models.Index(fields=["waiting_since"], condition=~Q(waiting_since=None), name="questions_that_wait"),
            # As support's list has them: an empty `waiting_since` comes last there too.
            models.Index(fields=["waiting_since", "-asked_at", "-id"], name="questions_by_turn"),
        ]

    def __str__(self) -> str:
        return f"{self.company} · {self.asked_at:%d.%m.%Y}"

    @property
    def begun_by_support(self) -> bool:
        """Of one whose messages were fetched with it no query."""
        first = next(iter(self.messages.all()), None)
        return first is not None and first.from_staff


class MessageQuerySet(models.QuerySet["Message"]):
    def unread_by(self, membership: Membership) -> "MessageQuerySet":
        """Support's answers since this person last looked; since joining, for who has never looked."""
        looked = LastLook.objects.filter(membership=membership).values("at")
        return self.filter(
            question__company=membership.company_id,
            from_staff=True,
            at__gt=Coalesce(Subquery(looked), Value(membership.created_at)),
        )


class Message(models.Model):
    """One turn of a conversation; what was written stays as it was."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="messages")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="yazan")
    from_staff = models.BooleanField("destek ekibinden")
    text = LongWordsField("metin", max_length=4000)
    at = models.DateTimeField("zaman")
    # Of the page on which support typed it: a second press of its button is no second message.
    key = models.UUIDField(null=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "İleti"
        verbose_name_plural = "İletiler"
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["question", "key"], name="a_page_writes_once"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class LastLook(models.Model):
    """When a person last looked at the company's questions."""

    membership = models.OneToOneField(Membership, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.membership}: {self.at}"

    @classmethod
    def now(cls, membership: Membership, at: datetime) -> None:
        cls.objects.update_or_create(membership=membership, defaults={"at": at})
