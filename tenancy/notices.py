"""Who of a company, and who of the partner's staff, is told by mail; each person chooses how much."""

from collections.abc import Collection

from tenancy.models import Company, User
from tenancy.notice_choices import CompanyNotices, StaffNotices
from tenancy.roles import Role
from wall.crossings import Crossing
from wall.standing import crossing


def people_to_tell(company: Company, *, turn: bool, least: Role = Role.VIEWER) -> list[str]:
    """The addresses that are written to when it is the company's turn, or when something happened otherwise; of
    those who may do what the `least` role may.

    That it is the company's turn is told to one owner at least, whatever everybody chose.
    """
    wanted = {CompanyNotices.ALL, CompanyNotices.TURN} if turn else {CompanyNotices.ALL}
    members = company.memberships.filter(user__is_active=True).select_related("user").order_by("created_at")
    people = list(members.only("company", "role", "notices", "user__email"))
    told = [member for member in people if member.wants in wanted]
    owners = [member for member in people if member.role == Role.OWNER]
    if turn and not any(member in told for member in owners):
        told += owners[:1]
    return [member.user.email for member in told if Role(member.role).includes(least)]


def owners_of(company: Company, *, but: Collection[User] = ()) -> list[str]:
    """The addresses of the owners, but for these: what happens to a company's people is no matter of choice."""
    owners = company.memberships.filter(role=Role.OWNER, user__is_active=True).exclude(user__in=but)
    return list(owners.order_by("created_at").values_list("user__email", flat=True))


def staff_to_tell_now(company: Company, *, but: User | None) -> list[str]:
    """The partner's staff who want to know at once; not the one by whose doing it happened."""
    staff = User.objects.filter(
        is_staff=True, is_active=True, partner=company.partner_id, staff_notices=StaffNotices.NOW
    )
    with crossing(Crossing.STAFF_TO_TELL):
        return list(staff.exclude(pk=but.pk if but else 0).order_by("pk").values_list("email", flat=True))
