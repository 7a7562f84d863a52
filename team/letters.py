"""The letter that invites a person into a company."""

from correspondence import outbox
from correspondence.models import Audience, Letter
from tenancy.models import Invitation


def post_invitation(invitation: Invitation) -> Letter:
    """One letter for each time that the invitation is renewed."""
    company = invitation.company
    return outbox.post(
        company=company,
        cause=f"invitation:{invitation.pk}:{invitation.expires_at.isoformat()}",
        body=outbox.render(
            template="invitation",
            context={"invitation": invitation, "company": company, "partner": company.partner},
        ),
        address=outbox.Address(audience=Audience.COMPANY, to=[invitation.email]),
    )
