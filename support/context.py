from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from support.models import Message


def unread(request: HttpRequest) -> dict[str, object]:
    """How many answers the signed-in person has not seen; counted only where a page shows it."""
    return {"unread_answers": SimpleLazyObject(lambda: _count(request))}


def _count(request: HttpRequest) -> int:
    membership = getattr(request, "membership", None)
    # Who only looks as the company (tenancy/looking.py) has read nothing, and nothing is unread by nobody.
    return Message.objects.unread_by(membership).count() if membership and membership.pk else 0
