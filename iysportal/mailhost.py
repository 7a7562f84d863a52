"""The one rule that keeps a sandbox and the world apart."""

import ipaddress

from django.core.exceptions import ImproperlyConfigured


def refuse_foreign_host(host: str | None, variable: str) -> None:
    """In sandbox mode mail and SMS leave, and mail is fetched, through loopback only.

    Raises ImproperlyConfigured, naming the variable, for any other host: a forgotten MAIL_MODE must never
    let a trial letter reach İYS, a trial SMS a person, or real mail a trial.
    """
    if host == "localhost":
        return
    try:
        if host and ipaddress.ip_address(host).is_loopback:
            return
    except ValueError:
        pass  # a name, not an address: foreign, as below
    raise ImproperlyConfigured(
        f"{variable} names the host {host!r}, but MAIL_MODE is 'sandbox': "
        "only a host on loopback (127.0.0.1, ::1, localhost) is used then."
    )
