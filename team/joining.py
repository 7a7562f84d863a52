"""Founding a company, and support's decision on who typed a tax number that is here already."""

from django.db import transaction

from journal.parties import Party
from partners.models import Partner
from team import letters, people
from tenancy import memberships
from tenancy.models import Company, JoinRequest, User
from tenancy.roles import Role
from tenancy.walls import refuse_own


def found(*, user: User, partner: Partner, trade_name: str, tax_number: str) -> Company | None:
    """None when the number is here already: then support, and the owners of the company that has it, are told.

    Either way the person gets one letter, which alone says what became of it; asking again before anybody has
    decided writes to nobody else.
    """
    with transaction.atomic():
        before = memberships.waiting_request(user=user, tax_number=tax_number)
        company = memberships.found_company(
            user=user, partner=partner, trade_name=trade_name, tax_number=tax_number
        )
        if company is not None:
            letters.post_founded(company, user)
        elif (request := memberships.waiting_request(user=user, tax_number=tax_number)) is not None:
            letters.post_in_review(request)
            if before is None:
                letters.post_join_asked(request)
    return company


def settle(*, request: JoinRequest, role: Role | None, by: User) -> bool:
    """A role lets the person in, None refuses; the person and the owners are told, and the journal keeps it.

    False when it had been decided before. Raises NotByStaff, OwnCompany.
    """
    company, user = request.company, request.user
    refuse_own(by, company.pk)
    if role is not None and user.is_staff:
        raise people.NotByStaff
    doer = people.Doer(by, Party.STAFF)
    with transaction.atomic():
        if not memberships.settle_join_request(request=request, role=role):
            return False
        if role is None:
            letters.post_join_refused(request)
            people.tell(company, user, f"Katılma isteği geri çevrildi: {user.email}", doer)
        else:
            letters.post_added(company, user, role)
            people.tell(company, user, f"Katılma isteği kabul edildi: {user.email} ({role.label})", doer)
    return True
