"""Taking from a quota, or being told when it goes on."""

import ipaddress
from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict, Unpack

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from identifiers import Refused, turkish
from limits import counting
from limits.clock import after
from limits.models import Counter
from limits.table import Measure, Quota, Scope, measures
from partners.models import Partner
from tenancy.models import Company, User

__all__ = ["Quota", "TooMany", "Who", "asking", "give_back", "take"]
IPV6_NETWORK = 64  # bits: what one subscriber has (RFC 6177); each may choose the rest anew for every request


class TooMany(Refused):
    """A quota is used up until `until` (None: what is asked for is more than it ever gives)."""

    def __init__(self, quota: Quota, until: datetime | None) -> None:
        self.quota, self.until = quota, until
        when = after(timezone.localtime(until), timezone.localtime()) if until else ""
        self.goes_on = turkish.begun(when)
        what = f"{self.goes_on} yeniden deneyebilirsiniz." if when else "Daha fazlası için destek ekibine yazın."
        super().__init__(f"{quota.says} {what}")


class Who(TypedDict, total=False):
    """For whom is counted; a quota's measures choose among them, and what nobody is named for is not counted."""

    person: User | None
    company: Company | None
    partner: Partner | None
    address: str | None
    target: str | None


def asking(request: HttpRequest, *, target: str = "", partner: Partner | None = None) -> Who:
    """Who asks: the person, the company that is worked for, its partner (else that of the host), the address."""
    company: Company | None = getattr(request, "company", None) or None
    if partner is None:
        partner = company.partner if company else getattr(request, "partner", None) or None
    user = request.user if request.user.is_authenticated else None
    return Who(
        person=user, company=company, partner=partner, address=request.META.get("REMOTE_ADDR"), target=target
    )


def take(quota: Quota, *, amount: int = 1, **who: Unpack[Who]) -> None:
    """Counts what is about to be done, for everybody whom the quota measures, or for nobody.

    Raises TooMany with a Turkish sentence that says when it goes on. To be called before the transaction of the
    cause (see limits/counting.py), and before the work that it guards.
    """
    now = timezone.now()
    counted = _counted(quota, who)
    if not counting.add(counted, amount=amount, now=now):
        raise TooMany(quota, _goes_on(counted, amount, now))


def give_back(quota: Quota, *, amount: int = 1, **who: Unpack[Who]) -> None:
    """For quotas that count failures: what was taken before it was known that it would succeed."""
    counting.take_off(list(_counted(quota, who)), amount=amount)


def _counted(quota: Quota, who: Who) -> dict[str, Measure]:
    target, network = (who.get("target") or "").strip().casefold(), _network(who.get("address"))
    named = {
        Scope.PERSON: _row(who.get("person")),
        Scope.COMPANY: _row(who.get("company")),
        Scope.PARTNER: _row(who.get("partner")),
        Scope.ADDRESS: network,
        Scope.TARGET: target,
        Scope.PAIR: f"{target} {network}" if target and network else "",
    }
    return {
        salted_hmac("limits", f"{measure.name}:{named[measure.scope]}", algorithm="sha256").hexdigest(): measure
        for measure in measures(quota, settings.QUOTAS)
        if named[measure.scope]
    }


def _row(row: User | Company | Partner | None) -> str:
    return "" if row is None else str(row.pk)


def _network(address: str | None) -> str:
    """An IPv4 address, also where it is written as an IPv6 one; of IPv6 the network."""
    try:
        found = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return address or ""
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, IPV6_NETWORK), strict=False))


def _goes_on(counted: Mapping[str, Measure], amount: int, now: datetime) -> datetime | None:
    """When the last of the measures that are full gives room again."""
    if any(amount > measure.limit for measure in counted.values()):
        return None
    rows = Counter.objects.in_bulk(list(counted))
    full = [
        rows[key].closes_at
        for key, measure in counted.items()
        if key in rows and rows[key].closes_at > now and rows[key].used + amount > measure.limit
    ]
    return max(full, default=now)
