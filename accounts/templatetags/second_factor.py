from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone

from accounts.second_factor import ends, missing_from
from tenancy.models import User

register = template.Library()


@register.simple_tag(takes_context=True)
def second_factor_missing_from(context: Any) -> datetime | None:
    """Until when the person who looks has to set up a second factor; None when nothing is to be said. After that
    day whoever has none is led to its set-up (accounts/middleware.py), so that it need not be asked once more."""
    user = context["request"].user
    return missing_from(user) if isinstance(user, User) and timezone.now() < ends(user) else None
