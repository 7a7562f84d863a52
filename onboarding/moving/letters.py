"""Telling a company's people who looks after it from now on. Nobody chooses not to be told of that."""

from correspondence.models import Audience
from correspondence.outgoing import outbox
from partners.models import Partner
from tenancy.models import Company


def tell(company: Company, earlier: Partner, *, cause: str) -> None:
    people = company.memberships.filter(user__is_active=True).order_by("created_at", "pk")
    to = list(people.values_list("user__email", flat=True))
    if not to:
        return
    context = {"company": company, "earlier": earlier, "partner": company.partner}
    outbox.post(
        company=company,
        idempotency_key=f"company_moved:{company.pk}:{cause}",
        body=outbox.render(template="company_moved", context=context),
        address=outbox.Address(audience=Audience.COMPANY, to=to),
    )
