"""What stands on the page of one mail, and what may be decided about it there."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from correspondence.incoming import decisions, rendering
from correspondence.incoming.authentication import SenderAuthentication
from correspondence.incoming.fetching import raw_of
from correspondence.models import Mail, MailStatus
from correspondence.reading.parsing import Content, Unreadable, content
from identifiers.masking import masked
from onboarding.mail import triage
from onboarding.mail.labels import KINDS, SENDER_AUTHENTICATIONS, extracted_in_words
from tenancy.models import User


class WaitingFilter(admin.SimpleListFilter):
    """What waits for a decision is what the page opens with."""

    title = _("iş")
    parameter_name = "is"
    SHOWN: dict[str, tuple[MailStatus, ...]] = {
        "erken": (MailStatus.EARLY,),
        "okunamayan": (MailStatus.BROKEN,),
        "uygulanan": (MailStatus.APPLIED,),
        "dosyalanan": (MailStatus.FILED,),
        "hepsi": tuple(MailStatus),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("erken", _("Erken geldi, bekliyor")),
            ("okunamayan", _("Okunamadı")),
            ("uygulanan", _("Uygulandı")),
            ("dosyalanan", _("Dosyalandı")),
            ("hepsi", _("Hepsi")),
        ]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [{**first, "display": _("Karar bekleyenler")}, *others]

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
    title, parameter_name, names = _("güven"), "sender_authentication", SENDER_AUTHENTICATIONS


class KindFilter(ColumnFilter):
    title, parameter_name, names = _("okunan anlam"), "kind", KINDS


# name: (button, what it does, verb)
ACTS: dict[str, tuple[str, str, Callable[[Mail, str, User], None]]] = {
    "dosyala": (
        "İlgisiz olarak dosyala",
        "Kimsenin bir şey yapması gerekmiyorsa.",
        lambda mail, note, by: decisions.file_away(mail=mail, note=note, by=by),
    ),
    "ele-al": (
        "Yeniden ele al",
        "Dosyalanan e-posta yeniden karar bekler.",
        lambda mail, note, by: decisions.take_up_again(mail=mail, reason=note, by=by),
    ),
    "ayir": (
        "Firmadan ayır",
        "Yanlış firmaya eklendiyse; firma bu e-postayı artık görmez.",
        lambda mail, note, by: decisions.detach(mail=mail, reason=note, by=by),
    ),
    "geri-al": (
        "Geri al",
        "Adım, bu e-postadan önceki durumuna döner. Firmaya bildirildiyse nedeniyle birlikte düzeltme gider.",
        lambda mail, note, by: triage.take_back(mail=mail, reason=note, by=by),
    ),
}


def acts_for(mail: Mail) -> list[str]:
    if mail.status == MailStatus.APPLIED:
        return ["geri-al"]
    if mail.status == MailStatus.FILED:
        return ["ele-al"]
    if mail.status not in decisions.UNDECIDED:
        return []
    return ["dosyala", "ayir"] if mail.company else ["dosyala"]


def content_of(mail: Mail) -> Content | None:
    try:
        return content(raw_of(mail))
    except Unreadable:
        return None


def shown(mail: Mail) -> dict[str, Any]:
    """The mail as people look at it. İYS quotes our letters back, so identity numbers are masked here too."""
    found = content_of(mail)
    return {
        "mail": mail,
        "has_html": bool(rendering.html_of(raw_of(mail))),
        "text": masked(found.full_text) if found else "",
        "attachments": [
            (place, each.filename or "adsız ek", each.content_type, size, size > settings.UPLOAD_MAX_BYTES)
            for place, each in enumerate(found.attachments)
            for size in (len(each.payload),)
        ]
        if found
        else [],
        "truncated": found is not None and found.truncated,
        "authentication": SENDER_AUTHENTICATIONS.get(mail.sender_authentication, "bilinmiyor"),
        "verified": mail.sender_authentication == SenderAuthentication.VERIFIED,
        "meaning": KINDS.get(mail.kind, "okunmadı"),
        "extracted": extracted_in_words(mail.extracted),
    }


def rule_url(mail: Mail) -> str:
    """The page that adds the rule which would have caught this mail."""
    return f"{reverse('admin:correspondence_readingrule_add')}?mail={mail.pk}"
