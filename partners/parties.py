"""Which partner a visitor meets: the one whose host name was asked for, else the default."""

from partners.models import Partner
from wall.crossings import Crossing
from wall.standing import crossing


def partner_for_host(host: str) -> Partner | None:
    """The partner shown to who asks for `host` (with or without port); None before any was set up."""
    name = host.split(":", maxsplit=1)[0].lower()
    with crossing(Crossing.HOST):
        partners = Partner.objects.select_related("logo")
        return partners.filter(host_name=name).first() or partners.filter(is_default=True).first()
