"""What support has to see on every page: sending that is stopped or stuck, letters that may have gone twice."""

from datetime import timedelta
from typing import cast

from django import template
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from correspondence.models import Letter, LetterQuerySet
from correspondence.models.sending import SendingDay, SendingHold
from tenancy.models import User
from tenancy.walls import of_partner

register = template.Library()
STUCK_AFTER = timedelta(minutes=15)


@register.inclusion_tag("admin/correspondence/_outgoing.html", takes_context=True)
def outgoing(context: template.Context) -> dict[str, object]:
    request: HttpRequest = context["request"]
    user = cast(User, request.user)
    if not user.has_perm("correspondence.view_letter"):
        return {}
    now = timezone.now()
    letters = cast(LetterQuerySet, of_partner(request, Letter.objects.exclude(company=None), "company"))
    holds = SendingHold.objects.filter(lifted_at=None).select_related("held_by", "partner")
    if user.partner_id is not None:
        holds = holds.filter(Q(partner=user.partner_id) | Q(partner=None))
    elif not user.is_superuser:
        holds = holds.none()
    stuck = letters.due(now).filter(due_at__lt=now - STUCK_AFTER)
    today = SendingDay.objects.filter(day=timezone.localdate()).first()
    return {
        "holds": holds,
        "doubts": letters.exclude(doubted_at=None).filter(doubt_seen_at=None).count(),
        "stuck_since": stuck.values_list("due_at", flat=True).first(),
        "full": today if today and today.is_full_for_iys else None,
    }
