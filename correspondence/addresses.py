"""The tracking address of a company: made once, found by its token."""

from correspondence.models import TrackingAddress
from tenancy.models import Company


def tracking_address(company: Company) -> TrackingAddress:
    """The company's address in use; made on first need."""
    return TrackingAddress.objects.get_or_create(company=company, retired_at=None)[0]
