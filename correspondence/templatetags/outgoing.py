"""What support has to see on every page: sending that is stopped or stuck, letters that may have gone twice."""

from datetime import timedelta

from django import template
from django.db.models import Subquery
from django.http import HttpRequest
from django.utils import timezone

from correspondence.models import Audience, Letter
from correspondence.models.sending import SendingDay, SendingHold
from tenancy.at_once import Counted, at_once
from tenancy.requests import user_of
from tenancy.walls import of_partner

register = template.Library()
STUCK_AFTER = timedelta(minutes=15)


@register.inclusion_tag("admin/correspondence/_outgoing.html", takes_context=True)
def outgoing(context: template.Context) -> dict[str, object]:
    request: HttpRequest = context["request"]
    user = user_of(request)
    if not user.has_perm("correspondence.view_letter"):
        return {}
    now = timezone.now()
    shown = Letter.objects.exclude(company=None).exclude(audience=Audience.ACCOUNT)
    letters = of_partner(user, shown, "company__partner")
    in_force = SendingHold.objects.filter(lifted_at=None).select_related("held_by", "partner")
    stuck = letters.due(now).filter(due_at__lt=now - STUCK_AFTER)
    today = SendingDay.objects.filter(day=timezone.localdate()).first()
    return {
        "holds": of_partner(user, in_force, shared=True),
        "full": today.full if today else [],
        **at_once(
            doubts=Counted(letters.order_by().exclude(doubted_at=None).filter(doubt_seen_at=None)),
            stuck_since=Subquery(stuck.values("due_at")[:1]),
        ),
    }
