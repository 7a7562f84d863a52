from django import template

from accounts import second_factor, visitors
from tenancy.models import User

register = template.Library()
register.filter("rough_address", visitors.rough_address)


@register.simple_tag
def factors(user: User) -> second_factor.Factors:
    return second_factor.of(user)


@register.filter
def in_groups(key: str) -> str:
    """In fours, as it is easier to type."""
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))
