"""To which address a line may lead that somebody else's word asks for."""

import socket

from django.conf import settings

from fetcher.public import is_public, within
from identifiers.hosts import is_loopback


class ForbiddenHost(OSError):
    """A host to which no line may lead in this mode."""


def public_address(host: str, port: int = 443) -> str:
    """The address to which a line to `host` may lead. Raises ForbiddenHost when none may, socket.gaierror when the
    name is unknown.

    The name is looked up once, every address of it is looked at, and the line then leads to the one that is
    returned: a name that changes its address in between gains nothing. Operations can name networks of their own
    that count as public (OUTGOING_PRIVATE_NETWORKS).
    """
    if settings.MAIL_MODE == "sandbox":
        if is_loopback(host):
            return host
        raise ForbiddenHost(f"{host} is not on loopback, and MAIL_MODE is sandbox")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise ForbiddenHost(f"{host!r} is no host's name") from error
    addresses = [str(each[4][0]) for each in found]
    if not addresses or not all(map(_may_be_reached, addresses)):
        raise ForbiddenHost(f"{host} is not on the public internet")
    return addresses[0]


def _may_be_reached(address: str) -> bool:
    return is_public(address) or within(address, settings.OUTGOING_PRIVATE_NETWORKS)


def connect(host: str, port: int, *, seconds: float) -> socket.socket:
    """A line to the address that was looked at. Raises OSError, ForbiddenHost among them."""
    return socket.create_connection((public_address(host, port), port), timeout=seconds)
