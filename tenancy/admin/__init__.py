"""Pages of partners and companies, and what all pages of support have in common (`base`)."""

from tenancy.admin import words
from tenancy.admin.partners import PartnerAdmin

words.install()

__all__ = ["PartnerAdmin"]
