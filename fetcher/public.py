"""Which addresses belong to the public internet. PURE.

IANA's registries of special-purpose addresses (RFC 6890 and what came after), written out: Python's own view of
them differs from release to release, and counts as global what only stands for another address (NAT64, 6to4).
"""

import ipaddress
from collections.abc import Iterable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

NOT_PUBLIC_4 = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # shared by carriers (RFC 6598)
            "127.0.0.0/8",  # loopback
            "168.63.129.16/32",  # of no registry: Azure's own host, for machines inside of it
            "169.254.0.0/16",  # link-local; clouds keep their keys here
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocol assignments
            "192.0.2.0/24",  # documentation
            "192.31.196.0/24",  # AS112
            "192.52.193.0/24",  # AMT
            "192.88.99.0/24",  # 6to4 relays (RFC 7526)
            "192.168.0.0/16",  # private
            "192.175.48.0/24",  # AS112
            "198.18.0.0/15",  # benchmarking (RFC 2544)
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, broadcast
        ),
    )
)
# All of the public IPv6 lies here (RFC 4291, 2.4): neither loopback, link-local, unique local, mapped IPv4, NAT64
# (64:ff9b::/96, 64:ff9b:1::/48) nor multicast does.
PUBLIC_6 = ipaddress.IPv6Network("2000::/3")
NOT_PUBLIC_6 = tuple(
    map(
        ipaddress.IPv6Network,
        (
            "2001::/23",  # protocol assignments, Teredo among them
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4: stands for an IPv4 address
            "2620:4f:8000::/48",  # AS112
            "3fff::/20",  # documentation (RFC 9637)
        ),
    )
)
# Interface identifiers that stand for an IPv4 address, whatever the network (ISATAP, RFC 5214, 6.1).
ISATAP = (0x0000_5EFE, 0x0200_5EFE)


def parsed(address: str) -> Address | None:
    """The address without its zone, None when it is none."""
    try:
        return ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return None


def is_public(address: str) -> bool:
    found = parsed(address)
    if found is None or "%" in address:
        return False
    if isinstance(found, ipaddress.IPv4Address):
        return not any(found in each for each in NOT_PUBLIC_4)
    if found not in PUBLIC_6 or any(found in each for each in NOT_PUBLIC_6):
        return False
    return (int(found) >> 32) & 0xFFFF_FFFF not in ISATAP


def within(address: str, networks: Iterable[Network]) -> bool:
    found = parsed(address)
    return found is not None and any(found.version == each.version and found in each for each in networks)
