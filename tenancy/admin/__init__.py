"""Pages of partners, companies and people, and what all pages of support have in common (`base`)."""

from tenancy.admin.partners import PartnerAdmin
from tenancy.admin.people import CompanyAdmin, UserAdmin

__all__ = ["CompanyAdmin", "PartnerAdmin", "UserAdmin"]
