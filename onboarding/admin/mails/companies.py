"""The companies that are meant by some words, for who says whose a mail is: found as by each list's search."""

from collections.abc import Sequence

from django.db.models import QuerySet

from tenancy.admin.searching import NEAR, SEARCH, FoundBy
from tenancy.models import Company, User

MOST = 20
BY = FoundBy(companies=("pk",))


def companies_found(user: User, companies: "QuerySet[Company]", words: str) -> "QuerySet[Company]":
    [search] = SEARCH
    return search(user, _in_order(companies), words, BY).rows[:MOST]


def looked_for(user: User, companies: "QuerySet[Company]", words: str) -> dict[str, Sequence[Company]]:
    """What is found, and where nothing is, what may have been meant: a letter left out, two words in one."""
    [near] = NEAR
    found = list(companies_found(user, companies, words)) if words else []
    guessed = near(user, words) if words and not found else []
    return {"found": found, "alike": list(_in_order(companies).filter(pk__in=guessed)[:MOST]) if guessed else []}


def _in_order(companies: "QuerySet[Company]") -> "QuerySet[Company]":
    return companies.order_by("trade_name", "pk")
