"""The filters of the list of mails in."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from correspondence.incoming import decisions
from correspondence.models import Mail, MailStatus
from onboarding.mail.labels import KINDS, SENDER_AUTHENTICATIONS


class WaitingFilter(admin.SimpleListFilter):
    """What waits for a decision is what the page opens with."""

    title = "iş"
    parameter_name = "is"
    SHOWN: dict[str, tuple[MailStatus, ...]] = {
        "erken": (MailStatus.EARLY,),
        "okunamayan": (MailStatus.BROKEN,),
        "uygulanan": (MailStatus.APPLIED,),
        "dosyalanan": (MailStatus.FILED,),
        "yanitlanan": (MailStatus.ANSWERED,),
        "hepsi": tuple(MailStatus),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("erken", "Erken geldi, bekliyor"),
            ("okunamayan", "Okunamadı"),
            ("uygulanan", "Uygulandı"),
            ("dosyalanan", "Dosyalandı"),
            ("yanitlanan", "Yanıtlandı"),
            ("hepsi", "Hepsi"),
        ]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [{**first, "display": "Karar bekleyenler"}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Mail]) -> QuerySet[Mail]:
        return queryset.filter(status__in=self.SHOWN.get(self.value() or "", decisions.WAITING))


class ColumnFilter(admin.SimpleListFilter):
    """A filter by a column whose values have names for people."""

    names: Mapping[str, str]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(self.names.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Mail]) -> QuerySet[Mail]:
        return queryset.filter(**{str(self.parameter_name): self.value()}) if self.value() else queryset


class TrustFilter(ColumnFilter):
    title, parameter_name, names = "güven", "sender_authentication", SENDER_AUTHENTICATIONS


class KindFilter(ColumnFilter):
    title, parameter_name, names = "okunan anlam", "kind", KINDS
