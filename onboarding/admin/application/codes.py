"""Codes as support sees them: beside the company's brands, with its decisions, and who else has one of them."""

from typing import Any

from django.http import HttpRequest

from onboarding.codes import confirmation
from onboarding.codes.seen import seen_clashes
from onboarding.models import Application
from tenancy.requests import user_of


def context(request: HttpRequest, found: Application) -> dict[str, Any]:
    reading = confirmation.latest_reading(found)
    if reading is None:
        return {"reading": None}
    comparison = confirmation.comparison(reading)
    rows = {(row.kind, row.name): row for row in reading.decisions.all()}
    return {
        "reading": reading,
        "comparison": comparison,
        "decided": [
            (confirmation.in_words(difference, decision), rows[difference.kind, difference.name])
            for difference, decision in comparison.decided
        ],
        "clashes": seen_clashes(user_of(request), reading),
    }
