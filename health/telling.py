"""Tells who runs the portal by mail what has to be acted on: once, when it has grown, and daily while it lasts.

The mail goes as every letter does. So it cannot tell that no worker, no beat or no mail server is there: alerts
of a monitor do (docs/operations.md).
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from correspondence.outgoing.outbox import post_to_staff, render
from health import findings
from health.findings import Finding
from health.models import ToldFinding
from tenancy.models import User

AGAIN = timedelta(days=1)
GROWN = 2  # times as many as were told of


def tell_operations(*, now: datetime | None = None) -> int:
    """Returns how many letters were written."""
    now = now or timezone.now()
    found = {each.key: each for each in findings.for_operations()}
    with transaction.atomic():
        known = {row.key: row for row in ToldFinding.objects.select_for_update()}
        over = [row for row in known.values() if row.key not in found]
        ToldFinding.objects.filter(pk__in=[row.pk for row in over]).delete()
        new = [ToldFinding(key=key, since=now) for key in found if key not in known]
        ToldFinding.objects.bulk_create(new, ignore_conflicts=True)
        news = [found[key] for key, row in known.items() if key in found and _is_news(row, found[key], now)]
        if not news:
            return 0
        lasting = [found[key] for key, row in known.items() if key in found]
        ToldFinding.objects.filter(pk__in=[each.key for each in lasting]).update(told_at=now)
        for each in lasting:
            ToldFinding.objects.filter(pk=each.key).update(told_count=each.count)
        return sum(_post(address, news, [each for each in lasting if each not in news], now) for address in _who())


def _is_news(row: ToldFinding, finding: Finding, now: datetime) -> bool:
    if row.told_at is None or now - row.told_at >= AGAIN:
        return True
    return finding.count >= GROWN * row.told_count


def _who() -> list[str]:
    if settings.OPS_ADDRESSES:
        return list(settings.OPS_ADDRESSES)
    running = User.objects.filter(is_superuser=True, is_active=True, partner=None)
    return list(running.order_by("pk").values_list("email", flat=True))


def _post(address: str, news: list[Finding], others: list[Finding], now: datetime) -> bool:
    body = render(template="findings_to_ops", context={"news": news, "others": others})
    try:
        with transaction.atomic():
            key = f"ops:{now:%Y-%m-%dT%H:%M}:{address}"
            return post_to_staff(to=address, idempotency_key=key[:200], body=body) is not None
    except IntegrityError:
        return False  # another worker was faster
