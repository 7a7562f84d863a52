"""The one rule that keeps a sandbox and the world apart."""

import ipaddress

from django.core.exceptions import ImproperlyConfigured


def is_loopback(host: str | None) -> bool:
    """Whether the host is this machine itself; any name but localhost counts as foreign."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def refuse_foreign_host(host: str | None, variable: str) -> None:
    """In sandbox mode mail and SMS leave, and mail is fetched, through loopback only.

    Raises ImproperlyConfigured, naming the variable, for any other host: a forgotten MAIL_MODE must never
    let a trial letter reach İYS, a trial SMS a person, or real mail a trial.
    """
    if is_loopback(host):
        return
    raise ImproperlyConfigured(
        f"{variable} names the host {host!r}, but MAIL_MODE is 'sandbox': "
        "only a host on loopback (127.0.0.1, ::1, localhost) is used then."
    )
