"""Receipts of what a company hands in after the first step: they ask for nothing, so they rest as news do, and
what takes their place says what they would have said. The receipt of step 1 has the cargo in it, and goes at once.
"""

from collections.abc import Sequence

from correspondence.outgoing import news
from journal.models import Entry
from onboarding.machine import Step
from onboarding.models import Application
from onboarding.steps import BY_KEY

LATER = "later_submission_received"  # as a letter in the tables of moves


def cause(name: str, entry: Entry) -> str:
    """The idempotency key of the letter `name` that a move posts."""
    return f"{news.RECEIPT}{entry.pk}" if name == LATER else f"{name}:{entry.pk}"


def received(application: Application, readers: Sequence[str]) -> list[Step]:
    """The steps whose receipts a letter to these readers takes the place of, and which it therefore names."""
    found = news.receipts(company=application.company, application_id=application.pk, readers=readers)
    return [BY_KEY[key] for key in found]
