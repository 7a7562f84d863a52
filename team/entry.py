"""An invitation that was accepted before the person had come in takes effect at the door.

The door is django-allauth's, which knows no companies: its signal is where the two meet. It comes with the post
of a log-in or of a sign-up's code, so that no GET changes anything.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest

from accounts import invited
from team import people
from tenancy import memberships
from tenancy.access import CHOSEN
from tenancy.models import User

INVITED = "invited"  # session key: the invitation that somebody accepted who was not signed in


def came_in(request: HttpRequest, user: User, **_more: object) -> None:
    invited.forget(request)
    key = request.session.pop(INVITED, None)
    invitation = memberships.invited(UUID(key)) if key else None
    if invitation is None or people.join(invitation=invitation, user=user) is None:
        return
    request.session[CHOSEN] = str(invitation.company_id)
    messages.success(request, f"{invitation.company} firmasının ekibine katıldınız.", fail_silently=True)
