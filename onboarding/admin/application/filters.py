"""The filters of the list of applications: at which step they stand, and who has to act there."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from journal.parties import party_choices
from onboarding.models import Application, StepRecord
from onboarding.steps import STEPS


class RecordFilter(admin.SimpleListFilter):
    """By the steps that somebody has to act on."""

    column: str

    def queryset(self, request: HttpRequest, queryset: QuerySet[Application]) -> QuerySet[Application]:
        if not self.value():
            return queryset
        acted_on = StepRecord.objects.filter(application=OuterRef("pk")).exclude(turn="")
        return queryset.filter(Exists(acted_on.filter(**{self.column: self.value()})))


class StepFilter(RecordFilter):
    title, parameter_name, column = "adım", "adim", "step"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(step.key, f"{step.number}. {step.title}") for step in STEPS]


class TurnFilter(RecordFilter):
    title, parameter_name, column = "sıra", "kimin_sirasi", "turn"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return party_choices()
