"""Staff's decision on who signed up with a tax number that was here already."""

from django.db import transaction

from journal.entries import write
from journal.models import Event
from journal.parties import Party
from team.letters import post_join_accepted, post_join_refused
from tenancy import memberships
from tenancy.models import JoinRequest, User
from tenancy.roles import Role


def settle(*, request: JoinRequest, role: Role | None, by: User) -> bool:
    """A role lets the person in, None refuses; the person is told, and the company's journal keeps it.

    False when it had been decided before.
    """
    with transaction.atomic():
        if not memberships.settle_join_request(request=request, role=role):
            return False
        if role is None:
            post_join_refused(request)
            text = f"Katılma isteği geri çevrildi: {request.user.email}"
        else:
            post_join_accepted(request, role)
            text = f"Katılma isteği kabul edildi: {request.user.email} ({role.label})"
        write(company=request.company, event=Event.MEMBER_CHANGED, text=text, party=Party.STAFF, actor=by)
    return True
