"""Pages of partners and companies, and what all pages of support have in common (`base`)."""

from tenancy.admin.partners import PartnerAdmin
from tenancy.admin.people import CompanyAdmin

__all__ = ["CompanyAdmin", "PartnerAdmin"]
