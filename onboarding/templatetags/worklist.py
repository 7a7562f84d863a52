"""What waits for whoever opens support's pages: how much of each kind, and since when."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.db.models import Model, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from correspondence.incoming.decisions import WAITING
from correspondence.models import Mail
from onboarding.models import QueueItem
from onboarding.overview.queue import Desk, Tab
from support.models import Question
from tenancy.admin.paging import MOST, bounded
from tenancy.models import JoinRequest, User
from tenancy.requests import user_of

register = template.Library()


@dataclass(frozen=True, slots=True)
class Work:
    """Rows of `model` that ask somebody to act: which, since which of their times, where they are listed."""

    label: str
    model: type[Model]
    since: str
    where: Callable[[User], Q]
    query: str = ""


WORK: Sequence[Work] = (
    Work("İncelemenizi bekleyen adım", QueueItem, "since", lambda _user: Q(asleep=False)),
    Work(
        "Gecikmiş adım",
        QueueItem,
        "since",
        lambda user: Desk.of(user).where(Tab.LATE.value),
        f"?kimde={Tab.LATE.value}",
    ),
    Work("Karar bekleyen e-posta", Mail, "received_at", lambda _user: Q(status__in=WAITING)),
    Work(
        "Yanıt bekleyen destek sorusu",
        Question,
        "waiting_since",
        lambda _user: Q(waiting_since__isnull=False),
        "?durum=bekliyor",
    ),
    Work("Katılma isteği", JoinRequest, "created_at", lambda _user: Q(settled_at=None), "?settled_at__isempty=1"),
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
    rows = _page(work).get_queryset(request).filter(work.where(user_of(request)))
    count = bounded(rows)
    oldest = rows.order_by(work.since).values_list(work.since, flat=True).first() if count else None
    name = admin_urlname(_page(work).opts, SafeString("changelist"))
    return Waiting(work.label, min(count, MOST), count > MOST, oldest, reverse(name) + work.query)
