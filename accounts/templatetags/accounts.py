from django import template

from accounts import notices, second_factor
from tenancy.models import User

register = template.Library()
register.filter("browser", notices.browser_of)
register.filter("rough_address", notices.rough_address)


@register.simple_tag
def factors(user: User) -> second_factor.Factors:
    return second_factor.of(user)


@register.filter
def in_groups(key: str) -> str:
    """In fours, as it is easier to type."""
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))
