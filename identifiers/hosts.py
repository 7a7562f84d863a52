"""Which hosts are this machine itself: the one rule that keeps a sandbox and the world apart."""

import ipaddress


def is_loopback(host: str | None) -> bool:
    """Whether the host is this machine itself; any name but localhost counts as foreign."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False
