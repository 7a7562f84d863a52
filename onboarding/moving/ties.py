"""What ties a company's rows to a partner beside the company itself. One table, so that none is forgotten: a
relation that is missing here fails a test (tests/onboarding/moving).

PostgreSQL lets nobody write a row that names another one which the writer does not see (tenancy.rows.policies): a
tie that stayed would keep support from ever changing the row again, unless its kind says that it may.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model, QuerySet

from partners.models import Partner


def _of_the_new(label: str, companies: Collection[UUID], to: Partner) -> None:
    _rows(label).filter(company__in=companies).exclude(partner=None).update(partner=to)


def _hold(label: str, companies: Collection[UUID], to: Partner) -> None:
    """One of the earlier partner's holds no letter any more."""
    rows = _rows(label).filter(company__in=companies).exclude(sending_hold__partner=None)
    rows.exclude(sending_hold__partner=to).update(sending_hold=None)


def _mail_of_a_sentence(label: str, companies: Collection[UUID], to: Partner) -> None:
    """What it was taught from is not the earlier partner's any more; the sentence is."""
    _rows(label).filter(mail__company__in=companies).exclude(partner=to).update(mail=None)


def _line_of_a_list(label: str, companies: Collection[UUID], to: Partner) -> None:
    rows = _rows(label).filter(company__in=companies).exclude(company_import__partner=to)
    _rows(label).filter(pk__in=list(rows.values_list("pk", flat=True))).update(company=None)


def _stays(label: str, companies: Collection[UUID], to: Partner) -> None:
    """What was shown is the earlier partner's to prove, and never changed. Who asked to join at the earlier one's
    portal is answered from there, and not told where the company is (team.letters)."""


Tie = Callable[[str, Collection[UUID], Partner], None]
TIES: Mapping[tuple[str, str], Tie] = {
    ("correspondence.Mail", "partner"): _of_the_new,
    ("tenancy.JoinRequest", "partner"): _stays,
    ("correspondence.Letter", "sending_hold"): _hold,
    ("correspondence.TaughtSentence", "mail"): _mail_of_a_sentence,
    ("team.ImportRow", "company"): _line_of_a_list,
    ("documents.DisclosureShown", "partner"): _stays,
}


def retie(companies: Collection[UUID], to: Partner) -> None:
    for (label, _field), tie in TIES.items():
        tie(label, companies, to)


def _rows(label: str) -> "QuerySet[Any]":
    """Past managers that hide rows or columns."""
    model: type[Model] = apps.get_model(label)
    return QuerySet(model)
