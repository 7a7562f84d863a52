from datetime import datetime
from typing import Any

from django import template

from accounts.second_factor import missing_from
from tenancy.models import User

register = template.Library()


@register.simple_tag(takes_context=True)
def second_factor_missing_from(context: Any) -> datetime | None:
    """Until when the person who looks has to set up a second factor; None when nothing is to be said."""
    user = context["request"].user
    return missing_from(user) if isinstance(user, User) else None
