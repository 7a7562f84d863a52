"""Who of support has a case, and until when it is put off. Of support alone: a company sees none of it."""

from datetime import date, datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format

from correspondence.models import Mail
from journal.models import Entry, Event
from journal.parties import Party
from onboarding.models.application import Application
from support.models import Message
from tenancy.choices import OpenChoices
from tenancy.identities import WordsField

LEASE = timedelta(minutes=30)  # how long who opened a case for decision has it, untouched


def lasting(now: datetime, path: str = "") -> Q:
    """Of holders, or of what leads to one by `path`: those that still have the case. Of one row: `lasts`."""
    return Q(**{f"{path}by_hand": True}) | Q(**{f"{path}touched_at__gt": now - LEASE})


class CaseHolderQuerySet(models.QuerySet["CaseHolder"]):
    def in_force(self, now: datetime) -> "CaseHolderQuerySet":
        return self.filter(lasting(now))

    def decided(self, application: Application) -> None:
        """Who took the case by opening it has done with it."""
        self.filter(application=application, by_hand=False).delete()


class CaseHolder(models.Model):
    """One row for an application at most: who has it. By hand it stays until it is given on; taken by opening it
    ends with a decision, or by itself LEASE after it was last touched."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="case_holder")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="kimde")
    by_hand = models.BooleanField("elle verildi", default=False)
    touched_at = models.DateTimeField("son bakış")

    objects = CaseHolderQuerySet.as_manager()

    class Meta:
        verbose_name = "başvuruyla ilgilenen"
        verbose_name_plural = "başvuruyla ilgilenenler"
        indexes: ClassVar = [models.Index(fields=["holder", "by_hand", "touched_at"], name="cases_of_a_holder")]

    def __str__(self) -> str:
        return str(self.holder)

    def lasts(self, now: datetime) -> bool:
        return self.by_hand or self.touched_at > now - LEASE


class MailHolderQuerySet(models.QuerySet["MailHolder"]):
    def in_force(self, now: datetime) -> "MailHolderQuerySet":
        return self.filter(touched_at__gt=now - LEASE)


class MailHolder(models.Model):
    """Who is at a mail that belongs to no case; one row for a mail at most. It ends with a decision, or by itself
    LEASE after it was last touched."""

    mail = models.OneToOneField(Mail, models.CASCADE, related_name="holder")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="kimde")
    touched_at = models.DateTimeField("son bakış")

    objects = MailHolderQuerySet.as_manager()

    class Meta:
        verbose_name = "e-postayla ilgilenen"
        verbose_name_plural = "e-postalarla ilgilenenler"

    def __str__(self) -> str:
        return str(self.holder)

    def lasts(self, now: datetime) -> bool:
        return self.touched_at > now - LEASE


class SnoozeEvent(OpenChoices):
    COMPANY = "company", "Firma yanıtlayınca"
    MAIL = "mail", "İYS'den posta gelince"


class SnoozeQuerySet(models.QuerySet["Snooze"]):
    def in_force(self, today: date) -> "SnoozeQuerySet":
        """Those whose day has not come and since which nothing has happened: no move, no mail, no word or deed of
        the company, no mark of the portal. So a snooze ends by itself; no job ends it."""
        of_it = {"application_id": OuterRef("application_id"), "at__gt": OuterRef("snoozed_at")}
        happened = Entry.objects.filter(
            Q(event__in=(Event.MOVED, Event.UNDONE))
            | Q(party=Party.COMPANY)
            | Q(event=Event.ATTENTION, party=Party.SYSTEM),
            **of_it,
        )
        came = Mail.objects.filter(
            application_id=OuterRef("application_id"), received_at__gt=OuterRef("snoozed_at")
        )
        asked = Message.objects.filter(
            question__company=OuterRef("application__company"), from_staff=False, at__gt=OuterRef("snoozed_at")
        )
        ahead = self.filter(Q(until=None) | Q(until__gt=today))
        return ahead.exclude(Exists(happened)).exclude(Exists(came)).exclude(Exists(asked))


class Snooze(models.Model):
    """A case that is put off: until a day, an event, or both, whichever comes first. One for an application."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="snooze")
    until = models.DateField("şu güne kadar", null=True, blank=True)
    event = models.CharField("ne olunca", max_length=10, blank=True, choices=SnoozeEvent.listed)
    note = WordsField("not", max_length=500, blank=True)
    snoozed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="erteleyen"
    )
    snoozed_at = models.DateTimeField("ertelendi")

    objects = SnoozeQuerySet.as_manager()

    class Meta:
        verbose_name = "erteleme"
        verbose_name_plural = "ertelemeler"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=False) | ~Q(event=""), name="a_snooze_says_until_when"
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """Until when, as one would say it."""
        day = f"{date_format(self.until, 'j F')} gününe kadar" if self.until else ""
        event = {"": "", SnoozeEvent.COMPANY: "firma yanıtlayınca", SnoozeEvent.MAIL: "İYS'den posta gelince"}
        return " ya da ".join(filter(None, (event[self.event], day)))
