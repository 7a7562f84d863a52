"""The companies that are meant by some words, for who says whose a mail is: found as by each list's search."""

from django.db.models import QuerySet

from tenancy.admin.searching import SEARCH, FoundBy
from tenancy.models import Company, User

MOST = 20
BY = FoundBy(companies=("pk",))


def companies_found(user: User, companies: "QuerySet[Company]", words: str) -> "QuerySet[Company]":
    [search] = SEARCH
    return search(user, companies.order_by("trade_name", "pk"), words, BY).rows[:MOST]
