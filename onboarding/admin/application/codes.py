"""Codes as support sees them: beside the company's brands, with its decisions, and who else has one of them."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from onboarding.codes import confirmation
from onboarding.codes.clashes import Clash, clashes
from onboarding.models import Application, CodeReading
from tenancy.requests import user_of
from tenancy.walls import of_partner


@dataclass(frozen=True, slots=True)
class SeenClash:
    """`application` None: it is another partner's, whose companies are not named here."""

    clash: Clash
    application: Application | None


def context(request: HttpRequest, found: Application) -> dict[str, Any]:
    reading = confirmation.latest_reading(found)
    if reading is None:
        return {"reading": None}
    comparison = confirmation.comparison(reading)
    seen = seen_clashes(request, reading)
    rows = {(row.kind, row.name): row for row in reading.decisions.all()}
    return {
        "reading": reading,
        "comparison": comparison,
        "decided": [
            (confirmation.in_words(difference, decision), rows[difference.kind, difference.name])
            for difference, decision in comparison.decided
        ],
        "clashes": seen,
        "is_elsewhere": any(each.application is None for each in seen),
    }


def seen_clashes(request: HttpRequest, reading: CodeReading) -> list[SeenClash]:
    found = clashes(reading)
    others = Application.objects.live().filter(company__in=[clash.company for clash in found])
    seen = of_partner(user_of(request), others, "company__partner").select_related("company")
    named = {each.company_id: each for each in seen}
    return [SeenClash(clash, named.get(clash.company.pk)) for clash in found]
