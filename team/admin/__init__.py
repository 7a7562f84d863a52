"""Support's pages of a company's people, and of where its mail comes in."""

from team.admin.imports import CompanyImportAdmin
from team.admin.invitations import InvitationAdmin
from team.admin.mail import PartnerMailboxAdmin, TrackingAddressAdmin
from team.admin.people import JoinRequestAdmin, MembershipAdmin, UserAdmin

__all__ = [
    "CompanyImportAdmin",
    "InvitationAdmin",
    "JoinRequestAdmin",
    "MembershipAdmin",
    "PartnerMailboxAdmin",
    "TrackingAddressAdmin",
    "UserAdmin",
]
