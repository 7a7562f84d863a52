"""Telling the people of both companies where theirs is now. Nobody chooses not to be told of that."""

from collections.abc import Sequence

from correspondence.models import Audience
from correspondence.outgoing import outbox
from onboarding.models import CompanyMerge
from tenancy.models import Company
from tenancy.notices import owners_of


def people_of(company: Company) -> list[str]:
    people = company.memberships.filter(user__is_active=True).order_by("created_at", "pk")
    return list(people.values_list("user__email", flat=True))


def tell_merged(merge: CompanyMerge, people: Sequence[str]) -> None:
    """`people` are those of the company that went; the owners of the other hear who has come."""
    owners = [each for each in owners_of(merge.stays) if each not in people]
    _post("companies_merged", merge, merge.stays, people, is_theirs=True)
    _post("companies_merged", merge, merge.stays, owners, is_theirs=False)


def tell_parted(merge: CompanyMerge) -> None:
    went = people_of(merge.goes)
    _post("companies_parted", merge, merge.goes, went, is_theirs=True)
    owners = [each for each in owners_of(merge.stays) if each not in went]
    _post("companies_parted", merge, merge.stays, owners, is_theirs=False)


def _post(template: str, merge: CompanyMerge, company: Company, to: Sequence[str], *, is_theirs: bool) -> None:
    if not to:
        return
    context = {
        "company": company,
        "goes": merge.goes,
        "stays": merge.stays,
        "is_theirs": is_theirs,
        "partner": company.partner,
    }
    outbox.post(
        company=company,
        idempotency_key=f"{template}:{merge.pk}:{'theirs' if is_theirs else 'owners'}",
        body=outbox.render(template=template, context=context),
        address=outbox.Address(audience=Audience.COMPANY, to=to),
    )
