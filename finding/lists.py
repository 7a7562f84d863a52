"""The search fields of support's lists of companies, applications and mails: what is typed there is looked up in
the index, as on the page *Bul*, and not in columns row by row. All that is found, and no more than one may see.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from correspondence.models import Mail
from finding import looking, typed
from finding.models import Kind, Word
from identifiers.turkish import Sought
from onboarding.models import Application
from tenancy.models import User

NOTHING = Q(pk__in=())


def companies(user: User, rows: "QuerySet[Any]", text: str) -> "QuerySet[Any]":
    return rows.filter(pk__in=_found(user, text, (Kind.TITLE,)).filter(mail_id=None).values("company_id"))


def applications(user: User, rows: "QuerySet[Any]", text: str) -> "QuerySet[Any]":
    """By what is the application's own, and by what is its company's."""
    found = _found(user, text, (Kind.TITLE,)).filter(mail_id=None)
    own = found.exclude(application_id=None).values("application_id")
    of_companies = Application.objects.filter(company__in=found.filter(application_id=None).values("company_id"))
    return rows.filter(pk__in=own.union(of_companies.order_by().values("pk")))


def mails(user: User, rows: "QuerySet[Any]", text: str) -> "QuerySet[Any]":
    """By subject, sender and Message-ID, and by what their company is found by."""
    found = _found(user, text, (Kind.SUBJECT, Kind.TITLE))
    own = found.exclude(mail_id=None).values("mail_id")
    of_companies = found.filter(mail_id=None, application_id=None).values("company_id")
    others = Mail.objects.order_by()
    return rows.filter(
        pk__in=own.union(
            others.filter(company__in=of_companies).values("pk"),
            others.filter(message_id=text.strip()).values("pk"),
        )
    )


def _found(user: User, text: str, names: Collection[Kind]) -> "QuerySet[Word]":
    """The entries that are meant: one of the numbers, or all of the words in one of these kinds of names."""
    meant, whose = typed.read(text), looking.owners(user)
    wanted = NOTHING
    for number in meant.numbers:
        wanted |= looking.of_number(number)
    telling = looking.telling(meant.words)
    for kind in names if telling else ():
        wanted |= _all_words(kind, meant.words, telling)
    return Word.objects.filter(wanted, owner__in=whose)


def _all_words(kind: Kind, words: Collection[Sought], telling: Collection[Sought]) -> Q:
    """Looked up is the longest word, which is the rarest as a rule; the others are looked for in its entries."""
    first = max(telling, key=lambda each: min(map(len, each.spellings)))
    begins, others = NOTHING, Q()
    for spelling in first.spellings:
        begins |= looking.beginning(spelling)
    for each in words:
        if each is not first:
            spelled = NOTHING
            for spelling in each.spellings:
                spelled |= Q(words__contains=f" {spelling}")
            others &= spelled
    return Q(kind=kind) & begins & others
