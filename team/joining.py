"""Founding a company, and support's decision on who typed a tax number that is here already."""

from django.db import transaction

from documents.reading.papers import Reading
from journal.parties import Party
from partners.models import Partner
from team import letters, people, tax_plate
from team.tax_plate import Plate
from tenancy import memberships
from tenancy.models import Company, JoinRequest, User
from tenancy.roles import Role
from tenancy.walls import refuse_own
from wall.standing import inside


def found(
    *, user: User, partner: Partner, trade_name: str, tax_number: str, plate: Plate | None = None
) -> Company | None:
    """None when the number is here already: then the company's owners are told later, and support decides. Raises
    InTeam when it is that of a company of their own.

    Either way the person gets one letter, which alone says what became of it. What takes time beyond that is not
    done here: how long the answer takes says nothing either.
    """
    reading = tax_plate.read_for(plate, trade_name=trade_name, tax_number=tax_number) if plate else None
    with transaction.atomic():
        company = memberships.found_company(
            user=user, partner=partner, trade_name=trade_name, tax_number=tax_number
        )
        if company is not None:
            letters.post_founded(company, user)
        else:
            letters.post_in_review(user, partner, trade_name)
        if plate is not None and reading is not None:
            _settle(plate, reading, company, user)
    return company


def _settle(plate: Plate, reading: Reading, company: Company | None, user: User) -> None:
    if company is None:
        tax_plate.forget(plate)
        return
    with inside(company.pk):
        tax_plate.keep(plate, reading, company, user)


def tell_owners() -> int:
    """Writes to the owners of whose company's tax number somebody typed; returns of how many requests."""
    told = 0
    for request in memberships.untold_requests():
        with transaction.atomic():
            if memberships.mark_told(request):
                letters.post_join_asked(request)
                told += 1
    return told


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
