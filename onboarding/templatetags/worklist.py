"""What waits for whoever opens support's pages: how much of each kind, and since when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import template
from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from correspondence.incoming.decisions import WAITING
from correspondence.models import Mail
from onboarding.models import QueueItem
from support.models import Question
from tenancy.admin.paging import MOST, bounded
from tenancy.models import JoinRequest

register = template.Library()


@dataclass(frozen=True, slots=True)
class Work:
    """Rows of `model` that ask somebody to act: which, since which of their times, where they are listed."""

    label: str
    model: type[Model]
    since: str
    where: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""


WORK: Sequence[Work] = (
    Work("İncelemenizi bekleyen adım", QueueItem, "since", {"asleep": False}),
    Work("Karar bekleyen e-posta", Mail, "received_at", {"status__in": WAITING}),
    Work(
        "Yanıt bekleyen destek sorusu",
        Question,
        "waiting_since",
        {"waiting_since__isnull": False},
        "?durum=bekliyor",
    ),
    Work("Katılma isteği", JoinRequest, "created_at", {"settled_at": None}, "?settled_at__isempty=1"),
)


@dataclass(frozen=True, slots=True)
class Waiting:
    label: str
    count: int
    has_more: bool
    oldest: datetime | None
    url: str


@register.inclusion_tag("admin/_worklist.html", takes_context=True)
def worklist(context: template.Context) -> dict[str, list[Waiting]]:
    """Two queries for each list that the person may see; each page's own wall decides what is counted."""
    request: HttpRequest = context["request"]
    return {"works": [_waiting(work, request) for work in WORK if _page(work).has_view_permission(request)]}


def _page(work: Work) -> admin.ModelAdmin[Any]:
    return admin.site.get_model_admin(work.model)


def _waiting(work: Work, request: HttpRequest) -> Waiting:
    rows = _page(work).get_queryset(request).filter(**work.where)
    count = bounded(rows)
    oldest = rows.order_by(work.since).values_list(work.since, flat=True).first() if count else None
    name = admin_urlname(_page(work).opts, SafeString("changelist"))
    return Waiting(work.label, min(count, MOST), count > MOST, oldest, reverse(name) + work.query)
