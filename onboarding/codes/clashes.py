"""Codes that stand in the records of two companies: support sees both, a company never hears of the other."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from brands.models import Brand
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from onboarding.models import Application, CodeReading
from onboarding.steps import CODE_RECEIPT
from tenancy.models import Company
from wall.crossings import Crossing
from wall.standing import crossing, inside


@dataclass(frozen=True, slots=True)
class Clash:
    """`what` is "İYSKod" or the other company's brand that has the code."""

    code: str
    what: str
    company: Company


def clashes(reading: CodeReading) -> tuple[Clash, ...]:
    """Who else among live applications has one of the codes of this reading: what the constraints on codes refuse
    when the company confirms it, as people see it."""
    own = reading.application.company_id
    applications = Application.objects.live().filter(iys_code=reading.iys_code).exclude(company=own)
    brands = Brand.objects.filter(_live(), code__in=brand_codes(reading)).exclude(company=own)
    with crossing(Crossing.CODES):
        return (
            *(Clash(each.iys_code, "İYSKod", each.company) for each in applications.select_related("company")),
            *(Clash(each.code, each.name, each.company) for each in brands.select_related("company")),
        )


def free_codes_of_closed_attempts(own: UUID, codes: Collection[str]) -> None:
    """A code belongs to one brand among live applications: what a company without one still holds is freed for
    the company `own`."""
    held = Brand.objects.filter(~_live(), code__in=[code for code in codes if code])
    with crossing(Crossing.CODES):
        others = list(held.exclude(company=own).select_related("company"))
    for brand in others:
        with inside(brand.company_id):
            write(
                company=brand.company,
                event=Event.FILLED_IN,
                text=f"“{brand.name}” markasının kodu ({brand.code}) kapanan başvuruyla birlikte bırakıldı",
                party=Party.SYSTEM,
                step_key=CODE_RECEIPT.key,
            )
            brand.code = ""
            brand.save(update_fields=["code"])


def brand_codes(reading: CodeReading) -> list[str]:
    return [each["code"] for each in reading.brands]


def _live() -> Exists:
    return Exists(Application.objects.live().filter(company=OuterRef("company")))
