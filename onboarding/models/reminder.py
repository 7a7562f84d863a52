"""When somebody who is waited for is reminded: the rules, what went out, and who is left in peace."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from journal.parties import Party
from onboarding.models.application import Application
from onboarding.steps import BY_KEY, step_choices
from tenancy.choices import OpenChoices
from tenancy.identities import WordsField

MOST = 50  # reminders of one wait
LONGEST = 250  # business days, about a year
DAYS = (MinValueValidator(1), MaxValueValidator(LONGEST))


class WaitsFor(OpenChoices):
    """Who has the turn; and the cargo, which runs beside the steps and is nobody's turn."""

    COMPANY = Party.COMPANY.value, "Firma"
    STAFF = Party.STAFF.value, "Destek ekibi"
    IYS = Party.IYS.value, "İYS"
    CARGO = "cargo", "Taahhütnamenin kargosu"


class Recipient(OpenChoices):
    COMPANY = "company", "Firmaya"
    STAFF = "staff", "Destek ekibine"
    IYS = "iys", "İYS'ye (aynı yazışmada)"


class EscalateTo(OpenChoices):
    STAFF = "staff", "Destek ekibinin sırasında işaretlenir"
    OWNER = "owner", "Firma sahibine ayrıca yazılır"


class ReminderRule(models.Model):
    """One row of the table of reminders. Of the active rules that fit a wait, the most exact one counts.

    `after`, `every` and `escalate_after` are business days since the turn began. `at_most` 0 reminds nobody and
    only escalates; `escalate_after` None never escalates.
    """

    name = models.CharField("ad", max_length=80)
    waits_for = models.CharField("kim bekleniyor", max_length=10, choices=WaitsFor.listed)
    step = models.CharField("adım", max_length=20, blank=True, choices=step_choices)
    state = models.CharField("durum", max_length=20, blank=True)
    after = models.PositiveSmallIntegerField("İlk hatırlatma (iş günü sonra)", validators=DAYS)
    every = models.PositiveSmallIntegerField("sonra kaç iş gününde bir", validators=DAYS)
    at_most = models.PositiveSmallIntegerField("en çok kaç kez", validators=[MaxValueValidator(MOST)])
    to = models.CharField("kime", max_length=10, choices=Recipient.listed)
    escalate_after = models.PositiveSmallIntegerField(
        "kaç iş günü sonra üst kademeye",
        null=True,
        blank=True,
        validators=DAYS,
    )
    escalate_to = models.CharField(
        "üst kademe", max_length=10, choices=EscalateTo.listed, default=EscalateTo.STAFF
    )
    active = models.BooleanField("kullanımda", default=True)

    class Meta:
        verbose_name = "hatırlatma kuralı"
        verbose_name_plural = "hatırlatma kuralları"
        ordering: ClassVar = ["waits_for", "step", "state"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["waits_for", "step", "state"],
                condition=Q(active=True),
                name="one_active_rule_for_each_wait",
                violation_error_message="Bu bekleyiş için kullanımda olan bir kural zaten var.",
            ),
            models.CheckConstraint(
                condition=Q(state="") | ~Q(step=""), name="a_state_of_a_rule_belongs_to_its_step"
            ),
            models.CheckConstraint(
                condition=Q(to="staff")
                | Q(to="iys", waits_for="iys")
                | Q(to="company", waits_for__in=("company", "cargo")),
                name="who_is_reminded_is_waited_for_or_staff",
                violation_error_message="Hatırlatma ya beklenen tarafa ya da destek ekibine gider.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def where(self) -> str:
        """The steps and states it is about, as a phrase."""
        if not self.step:
            return "herhangi bir adımda"
        step = BY_KEY[self.step]
        if not self.state:
            return f"{step.number}. adımda ({step.title})"
        return f"{step.number}. adımda “{step.support_labels[step.state(self.state)]}” durumunda"

    @property
    def sentence(self) -> str:
        """The whole rule as one would tell it."""
        begins = {
            WaitsFor.COMPANY: "Sıra {where} {after} iş günü boyunca firmada kalırsa",
            WaitsFor.STAFF: "Sıra {where} {after} iş günü boyunca destek ekibinde kalırsa",
            WaitsFor.IYS: "İYS {where} {after} iş günü içinde yanıt vermezse",
            WaitsFor.CARGO: "Kargolama sırası gelen taahhütnamenin kargosu {after} iş günü içinde bildirilmezse",
        }[WaitsFor(self.waits_for)]
        whom = {
            Recipient.COMPANY: "firmaya yazılır",
            Recipient.STAFF: "destek ekibine yazılır",
            Recipient.IYS: "İYS'ye aynı yazışmada nazikçe sorulur",
        }[Recipient(self.to)]
        again = f"; sonra {self.every} iş gününde bir, toplam en çok {self.at_most} kez"
        parts = []
        if self.at_most:
            parts.append(
                f"{begins.format(where=self.where, after=self.after)} {whom}{again * (self.at_most > 1)}."
            )
        if self.escalate_after:
            wait = f"{self.escalate_after} iş günü dolunca"
            begin = begins.format(where=self.where, after=self.escalate_after)
            way = {
                EscalateTo.STAFF: "destek ekibinin sırasında işaretlenir",
                EscalateTo.OWNER: "firma sahibine ayrıca yazılır",
            }[EscalateTo(self.escalate_to)]
            parts.append(f"{wait[0].upper() + wait[1:] if self.at_most else begin} {way}.")
        return " ".join(parts) or "Kimse hatırlatılmaz."

    def number_due(self, waited: int) -> int:
        """How many-th reminder is due after `waited` business days; 0 before the first. What was missed is not
        made up for: after a long pause only the last one is due."""
        if waited < self.after:
            return 0
        number: int = 1 + (waited - self.after) // self.every
        return min(number, self.at_most)


class Reminder(models.Model):
    """`slot` names the turn it reminds of (step and since) and how many-th reminder it is."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="reminders")
    slot = models.CharField(max_length=200)
    made_at = models.DateTimeField("zaman", auto_now_add=True)

    class Meta:
        verbose_name = "hatırlatma"
        verbose_name_plural = "hatırlatmalar"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "slot"], name="a_reminder_slot_is_used_once"),
        ]

    def __str__(self) -> str:
        return self.slot


class ReminderMuteQuerySet(models.QuerySet["ReminderMute"]):
    def in_force(self, today: date) -> "ReminderMuteQuerySet":
        return self.filter(lifted_at=None, until__gte=today)


class ReminderMute(models.Model):
    """A company is left in peace up to and including `until`; nobody is written to and nothing escalated."""

    company = models.ForeignKey("tenancy.Company", models.CASCADE, related_name="reminder_mutes")
    reason = WordsField("neden", max_length=500)
    until = models.DateField("şu güne kadar")
    muted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    muted_at = models.DateTimeField("zaman", auto_now_add=True)
    lifted_at = models.DateTimeField("kaldırıldı", null=True, blank=True)

    objects = ReminderMuteQuerySet.as_manager()

    class Meta:
        verbose_name = "hatırlatma molası"
        verbose_name_plural = "hatırlatma molaları"
        ordering: ClassVar = ["-muted_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["company"], condition=Q(lifted_at=None), name="a_company_is_muted_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company} · {self.until}"
