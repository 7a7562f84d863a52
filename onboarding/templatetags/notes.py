"""What colleagues wrote to whoever opens support's first page."""

from typing import Any

from django import template

from onboarding.models import NoteMention
from tenancy.models import User
from tenancy.requests import user_of

register = template.Library()
LISTED = 20  # the oldest; the rest is counted


@register.inclusion_tag("admin/_notes_for_me.html", takes_context=True)
def notes_for_me(context: template.Context) -> dict[str, Any]:
    user: User = user_of(context["request"])
    if not user.has_perm("onboarding.view_application"):
        return {"count": 0}
    waiting = NoteMention.objects.waiting_for(user)
    found = list(waiting[: LISTED + 1])
    count = len(found) if len(found) <= LISTED else waiting.count()
    return {"mentions": found[:LISTED], "count": count, "more": count > LISTED, "request": context["request"]}
