"""Support's pages of a company's people, and of where its mail comes in."""

from team.admin.mail import PartnerMailboxAdmin, TrackingAddressAdmin
from team.admin.people import JoinRequestAdmin, MembershipAdmin, UserAdmin

__all__ = ["JoinRequestAdmin", "MembershipAdmin", "PartnerMailboxAdmin", "TrackingAddressAdmin", "UserAdmin"]
