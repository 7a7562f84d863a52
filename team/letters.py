"""The letters of the wall: to whom a company invites, and to those whom a change of its people concerns.

In those to people who did not ask for one the company's name stands in no subject, and no mail program links it.
"""

from uuid import uuid4

from django.urls import reverse

from correspondence.models import Audience, Letter, TrackingAddress
from correspondence.outgoing import outbox
from identifiers import names
from partners.models import Partner
from team.models import ForwardTest
from tenancy.models import Company, Invitation, JoinRequest, User
from tenancy.notices import owners_of, people_to_tell
from tenancy.roles import Role
from wall.crossings import Crossing
from wall.standing import crossing


def post_invitation(invitation: Invitation) -> Letter:
    """One letter for each time that the invitation is renewed."""
    company = invitation.company
    return outbox.post(
        company=company,
        idempotency_key=f"invitation:{invitation.pk}:{invitation.expires_at.isoformat()}",
        body=outbox.render(
            template="invitation",
            context={
                "invitation": invitation,
                "role": Role(invitation.role),
                "company_name": names.unlinked(company.trade_name),
                "inviter": names.unlinked(str(invitation.invited_by)),
                "partner": company.partner,
            },
            secrets={"url": company.partner.portal_url + reverse("team:join", args=[invitation.pk])},
            secrets_until=invitation.expires_at,
        ),
        address=outbox.Address(audience=Audience.COMPANY, to=[invitation.email]),
    )


def post_added(company: Company, user: User, role: Role) -> Letter:
    """To whom support took in."""
    return _to_person("join_accepted", user, company.partner, company=company, role=role)


def post_join_refused(request: JoinRequest) -> Letter:
    """Names no company and stands in no company's correspondence: whether there is one stays unsaid.

    It comes from the partner at whose portal the person asked, be the company another partner's.
    """
    with crossing(Crossing.ACCOUNT_HOST):
        partner = request.partner or request.company.partner
    return _to_person("join_refused", request.user, partner)


def post_in_review(user: User, partner: Partner, trade_name: str) -> Letter:
    """To whom typed a tax number that is here already; names no company, as the refusal."""
    return _to_person("company_in_review", user, partner, trade_name=trade_name)


def post_founded(company: Company, user: User) -> Letter:
    return _to_person("company_founded", user, company.partner, company=company)


def post_join_asked(request: JoinRequest) -> Letter | None:
    """To the owners of the company whose number somebody typed; None when it has none."""
    company = request.company
    to = owners_of(company)
    if not to:
        return None
    return _to_company("join_asked", company, to, cause=f"{request.pk}:{uuid4()}", person=request.user)


def post_role_changed(company: Company, user: User, role: Role, *, cause: int, by: str, reason: str) -> Letter:
    context = {"company": company, "role": role, "by": by, "reason": reason}
    return _to_person("role_changed", user, company.partner, cause=cause, **context)


def post_removed(company: Company, user: User, *, cause: int, by: str, reason: str) -> Letter:
    return _to_person("removed", user, company.partner, cause=cause, company=company, by=by, reason=reason)


def post_handed_over(company: Company, former: User, owner: User, stays_as: Role | None, *, cause: int) -> None:
    """To the owner of before and to the new one."""
    for person in (former, owner):
        _to_person(
            "handed_over",
            person,
            company.partner,
            cause=cause,
            company=company,
            former=former,
            owner=owner,
            stays_as=stays_as,
            is_new=person == owner,
        )


def post_team_changed(
    company: Company, said: str, *, but: set[User], cause: int, by: str, reason: str
) -> Letter | None:
    """To the company's owners, without those who know; None when nobody is left."""
    to = owners_of(company, but=but)
    if not to:
        return None
    return _to_company("team_changed", company, to, cause=cause, said=said, by=by, reason=reason)


def _to_person(template: str, user: User, partner: Partner, *, cause: object = "", **context: object) -> Letter:
    """A letter of the account: somebody who is in no company's team reads no company's correspondence."""
    return outbox.post_account(
        to=user.email,
        from_name=partner.name,
        body=outbox.render(template=template, context={**context, "partner": partner}),
        idempotency_key=f"{template}:{cause}:{user.pk}" if cause else "",
    )


def _to_company(template: str, company: Company, to: list[str], *, cause: object, **context: object) -> Letter:
    return outbox.post(
        company=company,
        idempotency_key=f"{template}:{cause}",
        body=outbox.render(template=template, context={**context, "company": company, "partner": company.partner}),
        address=outbox.Address(audience=Audience.COMPANY, to=to),
    )


def post_forward_test(test: ForwardTest) -> Letter:
    company = test.company
    return outbox.post(
        company=company,
        idempotency_key=f"forward_test:{test.pk}",
        body=outbox.render(
            template="forward_test",
            context={
                "test": test,
                "company": company,
                "company_name": names.unlinked(company.trade_name),
                "partner": company.partner,
            },
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
