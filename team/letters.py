"""The letters of the wall: to whom a company invites, and to whom staff let in or turn away."""

from django.urls import reverse

from correspondence.models import Audience, Letter, TrackingAddress
from correspondence.outgoing import outbox
from team.models import ForwardTest
from tenancy.models import Company, Invitation, JoinRequest
from tenancy.notices import people_to_tell
from tenancy.roles import Role


def post_invitation(invitation: Invitation) -> Letter:
    """One letter for each time that the invitation is renewed."""
    company = invitation.company
    return outbox.post(
        company=company,
        idempotency_key=f"invitation:{invitation.pk}:{invitation.expires_at.isoformat()}",
        body=outbox.render(
            template="invitation",
            context={"invitation": invitation, "company": company, "partner": company.partner},
            secrets={"url": company.partner.portal_url + reverse("team:join", args=[invitation.pk])},
            secrets_until=invitation.expires_at,
        ),
        address=outbox.Address(audience=Audience.COMPANY, to=[invitation.email]),
    )


def post_join_accepted(request: JoinRequest, role: Role) -> Letter:
    company = request.company
    context = {"company": company, "partner": company.partner, "role": role.label}
    return outbox.post_account(
        to=request.user.email,
        from_name=company.partner.name,
        body=outbox.render(template="join_accepted", context=context),
    )


def post_join_refused(request: JoinRequest) -> Letter:
    """Names no company and stands in no company's correspondence: whether there is one stays unsaid."""
    partner = request.company.partner
    return outbox.post_account(
        to=request.user.email,
        from_name=partner.name,
        body=outbox.render(template="join_refused", context={"partner": partner}),
    )


def post_forward_test(test: ForwardTest) -> Letter:
    company = test.company
    return outbox.post(
        company=company,
        idempotency_key=f"forward_test:{test.pk}",
        body=outbox.render(
            template="forward_test", context={"test": test, "company": company, "partner": company.partner}
        ),
        address=outbox.Address(audience=Audience.COMPANY, to=[test.sent_to]),
    )


def post_address_changed(company: Company, address: TrackingAddress) -> Letter | None:
    """To those who are told when it is their turn; None when nobody is left to write to."""
    to = people_to_tell(company, turn=True)
    if not to:
        return None
    return outbox.post(
        company=company,
        idempotency_key=f"address_changed:{address.pk}",
        body=outbox.render(
            template="address_changed",
            context={"address": address, "company": company, "partner": company.partner},
        ),
        address=outbox.Address(audience=Audience.COMPANY, to=to),
    )
