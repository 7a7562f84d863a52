"""Before a company goes in which nothing goes on, its owners are told, in time to keep it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from correspondence.outgoing import outbox
from journal.models import Entry
from privacy.kinds import Kind
from privacy.models import ErasureWarning, RetentionRule
from tenancy.models import Company, Membership
from tenancy.notices import owners_of
from tenancy.roles import Role


def due(rule: RetentionRule, kind: Kind, now: datetime) -> "QuerySet[Any]":
    """The rows that may go now: of companies those alone whose owners were told long enough ago, or that have
    none."""
    rows = kind.rows(now - rule.age)
    if not kind.warns or not rule.warn_days:
        return rows
    return rows.filter(_told(now - rule.warning) | ~_owned())


def to_tell(rule: RetentionRule, kind: Kind, now: datetime) -> "QuerySet[Any]":
    """The companies that go soon and whose owners do not know."""
    soon = kind.rows(now - rule.age + rule.warning)
    return soon.filter(_owned()).exclude(_told(now)) if kind.warns and rule.warn_days else soon.none()


def tell(rule: RetentionRule, kind: Kind, now: datetime, *, most: int) -> int:
    """Writes to the owners of so many companies at most; returns of how many."""
    keys = list(to_tell(rule, kind, now).values_list("pk", flat=True)[:most])
    return sum(_tell(rule, kind, now, key) for key in keys)


def _tell(rule: RetentionRule, kind: Kind, now: datetime, key: UUID) -> bool:
    with transaction.atomic():
        # Two runs at once tell once.
        company = Company.objects.select_for_update(no_key=True).get(pk=key)
        if not to_tell(rule, kind, now).filter(pk=key).exists():
            return False
        warning = ErasureWarning.objects.create(company=company, sent_at=now)
        context = {"company": company, "partner": company.partner, "goes_on": now + rule.warning}
        # Letters of the account: one of the company's would be something that happened in it.
        for number, owner in enumerate(owners_of(company)):
            outbox.post_account(
                to=owner,
                from_name=company.partner.name,
                body=outbox.render(template="erasure_warning", context=context),
                idempotency_key=f"erasure_warning:{warning.pk}:{number}",
            )
    return True


def _told(by: datetime) -> Q:
    """Whether the owners were told by then, and nothing happened in the company since."""
    since = Entry.objects.filter(company=OuterRef("company"), at__gte=OuterRef("sent_at"))
    warnings = ErasureWarning.objects.filter(company=OuterRef("pk"), sent_at__lte=by)
    return Q(Exists(warnings.exclude(Exists(since))))


def _owned() -> Q:
    return Q(Exists(Membership.objects.filter(company=OuterRef("pk"), role=Role.OWNER, user__is_active=True)))
