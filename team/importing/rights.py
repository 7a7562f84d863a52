"""Who may bring lists of companies, and send the invitations of support again."""

from partners.models import Partner
from tenancy.models import User
from tenancy.walls import of_partner

BRING = "team.add_companyimport"


def may_bring(user: User, partner: Partner) -> bool:
    """Whether somebody of support may act on the partner's lists as the account is now: for work that goes on
    after the press. `user` has to be as the database has it, since rights are remembered on the object."""
    ours = of_partner(user, Partner.objects.filter(pk=partner.pk), "pk")
    return user.is_active and user.is_staff and user.has_perm(BRING) and ours.exists()
