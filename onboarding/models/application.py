"""An application of a company to get through the six steps, and where each step stands."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from identifiers.reference import make
from journal.parties import party_choices
from onboarding import gate
from onboarding.gate import Route, Verdict, board
from onboarding.machine import Standing, Step
from onboarding.steps import BY_KEY, PARTNER_ASSIGNMENT, step_choices
from tenancy.choices import OpenChoices
from tenancy.identities import WordsField


class RouteChoices(OpenChoices):
    FULL = Route.FULL, "İYS'ye kayıt ve iş ortağı ataması (6 adım)"
    EXEMPT = Route.EXEMPT, "İYS'den muaf kuruluş (STK, dernek)"
    SELF_MANAGED = Route.SELF_MANAGED, "İYS süreçlerini kendimiz yöneteceğiz"


class Closing(OpenChoices):
    """Why an application is no longer the company's live one."""

    WITHDRAWN = "withdrawn", "Geri çekildi"
    REJECTED = "rejected", "Reddedildi"
    REPLACED = "replaced", "Yeni başvuruyla değiştirildi"


class ApplicationQuerySet(models.QuerySet["Application"]):
    def live(self) -> "ApplicationQuerySet":
        return self.filter(closed_at=None)


class Application(models.Model):
    """One application. A company has at most one that is live; a finished one stays live until it is replaced."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey(
        "tenancy.Company", models.PROTECT, related_name="applications", verbose_name="firma"
    )
    reference = models.CharField("portal başvuru no", max_length=8, unique=True, default=make)
    route = models.CharField("yol", max_length=12, choices=RouteChoices.listed, default=RouteChoices.FULL)
    iys_application_number = models.CharField("ön başvuru numarası", max_length=20, blank=True)
    iys_code = models.CharField("İYSKod", max_length=15, blank=True)
    opened_at = models.DateTimeField("açıldı", auto_now_add=True)
    finished_at = models.DateTimeField("tamamlandı", null=True, blank=True)
    reconciliation_settled_at = models.DateTimeField("mutabakat yönetimi bildirildi", null=True, blank=True)
    package_ends_on = models.DateField("paketin son günü", null=True, blank=True)
    closed_at = models.DateTimeField("kapandı", null=True, blank=True)
    closing = models.CharField("kapanma nedeni", max_length=10, choices=Closing.listed, blank=True)
    closing_reason = WordsField(max_length=1000, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "başvuru"
        verbose_name_plural = "başvurular"
        ordering: ClassVar = ["-opened_at"]
        permissions: ClassVar = [
            ("review_application", "Başvuruları inceleyebilir"),
            ("record_answer", "İYS'nin yanıtlarını kaydedebilir"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["iys_application_number"],
                condition=~Q(iys_application_number=""),
                name="attempts_by_iyss_number",
            ),
            models.Index(fields=["opened_at", "id"], name="applications_by_time"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["company"], condition=Q(closed_at=None), name="a_company_has_one_live_application"
            ),
            models.UniqueConstraint(
                fields=["iys_code"],
                condition=Q(closed_at=None) & ~Q(iys_code=""),
                name="an_iys_code_belongs_to_one_live_application",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closing="") | (Q(closed_at__isnull=False) & ~Q(closing="")),
                name="a_closed_application_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} · {self.company}"

    @property
    def end_words(self) -> str:
        """What the end is: who is exempt, or sees to İYS by itself, has declared that and is not registered."""
        if self.route != Route.FULL:
            return "Beyanınız kaydedildi"
        left = self.left_to_do
        return f"İYS kaydınız tamamlandı; {left} kaldı" if left else "Tebrikler, İYS kaydınız tamamlandı"

    @property
    def left_to_do(self) -> str:
        """How much there is to do after the last step, in words; empty where nothing is."""
        left = (self.awaits_reconciliation, self.route == Route.FULL and self.application_form.awaits_parcel)
        return ("", "bir işiniz", "iki işiniz")[sum(left)]

    @property
    def awaits_reconciliation(self) -> bool:
        """Whether the partner is appointed, and "Mutabakat Yönetimi" has to be on at İYS before it can begin."""
        if self.reconciliation_settled_at is not None or self.closed_at is not None or self.route != Route.FULL:
            return False
        standing = self.standings().get(PARTNER_ASSIGNMENT.key)
        return standing is not None and PARTNER_ASSIGNMENT.is_done(standing)

    def standings(self) -> dict[str, Standing]:
        """Where the six steps stand, by step key; uses prefetched records when there are any."""
        return {record.step: record.standing for record in self.records.all()}

    def record_of(self, step: Step) -> "StepRecord":
        """The record of a step; uses prefetched records when there are any."""
        return next(record for record in self.records.all() if record.step == step.key)

    def acted_on(self) -> "StepRecord | None":
        """The step that somebody has to act on; uses prefetched records when there are any."""
        return next((record for record in self.records.all() if record.turn), None)

    @property
    def stands_at(self) -> str:
        """How it stands, in the words of support's lists."""
        if self.closed_at is not None:
            return str(self.get_closing_display())
        at = self.acted_on()
        return f"{at.definition.number}. {at.definition.title}: {at.support_label}" if at else "Tamamlandı"

    def verdicts(self) -> tuple[Verdict, ...]:
        return board(Route(self.route), self.standings())

    def current(self) -> Verdict | None:
        """Where somebody has to act now; None once it is closed."""
        return gate.current(self.verdicts()) if self.closed_at is None else None


class StepRecord(models.Model):
    """Where one step of one application stands. Written by onboarding.transitions alone.

    `turn` repeats what the gate says, so that queues and reminders can be asked for in SQL; `version`
    is what two racing writers compare and swap on. `since` is when the state or the turn began; `reminded`
    counts the reminders since then. `flagged_at` repeats the oldest open Attention of the step.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="records")
    step = models.CharField("adım", max_length=20, choices=step_choices)
    state = models.CharField("durum", max_length=20)
    turn = models.CharField(
        "sıra",
        max_length=10,
        blank=True,
        choices=party_choices,
    )
    since = models.DateTimeField("beri")
    held = models.BooleanField("beklemede", default=False)
    stale = models.BooleanField("yeniden onay bekliyor", default=False)
    mark_reason = WordsField("bekletme / yeniden onay nedeni", max_length=1000, blank=True)
    reason = WordsField("son hareketin nedeni", max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=0)
    reminded = models.PositiveSmallIntegerField(default=0)
    escalated = models.BooleanField(default=False)
    flagged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "adım"
        verbose_name_plural = "adımlar"
        ordering: ClassVar = ["application", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "step"], name="an_application_has_each_step_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["turn", "since"], condition=~Q(turn=""), name="steps_by_whose_turn"),
            models.Index(
                fields=["turn", "reminded", "since", "id"],
                condition=~Q(turn="") & Q(held=False),
                name="steps_to_remind_of",
            ),
            models.Index(
                fields=["turn", "since", "id"],
                condition=~Q(turn="") & Q(held=False, escalated=False),
                name="steps_to_escalate",
            ),
            models.Index(fields=["flagged_at"], condition=Q(flagged_at__isnull=False), name="steps_with_a_mark"),
            models.Index(
                fields=["since", "-id"],
                condition=Q(turn="staff") | Q(flagged_at__isnull=False),
                name="steps_of_the_queue",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.definition.title}: {self.support_label}"

    @property
    def definition(self) -> Step:
        return BY_KEY[self.step]

    @property
    def standing(self) -> Standing:
        return Standing(self.definition.state(self.state), self.held, self.stale)

    @property
    def state_label(self) -> str:
        return self.definition.labels[self.definition.state(self.state)]

    @property
    def support_label(self) -> str:
        """The state in the words of support's pages and mails."""
        return self.definition.support_labels[self.definition.state(self.state)]

    def waited(self, now: datetime) -> int:
        """Whole calendar days in this state."""
        return (now - self.since).days


class QueueItem(StepRecord):
    """A step that waits for staff: the same row, seen as a place in the queue."""

    class Meta:
        proxy = True
        verbose_name = "bekleyen iş"
        verbose_name_plural = "İnceleme sırası"
