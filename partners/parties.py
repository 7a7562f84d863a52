"""Which partner a visitor meets (the one whose host name was asked for, else the default), and whose everything is
where there is one alone."""

from partners.models import Partner
from wall.crossings import Crossing
from wall.standing import crossing


def the_only_partner() -> int | None:
    """Its key where there is one partner alone: every mailbox, and every mail of no company, is that partner's."""
    with crossing(Crossing.PARTNERS):
        found = list(Partner.objects.order_by().values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def partner_for_host(host: str) -> Partner | None:
    """The partner shown to who asks for `host` (with or without port); None before any was set up."""
    name = host.split(":", maxsplit=1)[0].lower()
    with crossing(Crossing.HOST):
        partners = Partner.objects.select_related("logo")
        return partners.filter(host_name=name).first() or partners.filter(is_default=True).first()
