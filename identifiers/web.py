"""Web sites of companies. PURE."""

import re
from urllib.parse import urlsplit

from identifiers import Refused
from identifiers.invisible import plain

_HOST = re.compile(r"(?:[a-z0-9çğıöşü](?:[a-z0-9çğıöşü-]{0,61}[a-z0-9çğıöşü])?\.)+[a-z]{2,}")
_EMAIL = re.compile(r"[^\s/:@]+@[^\s/:@]+\.[^\s/:@]+")
WITHOUT = (
    "Siteniz yoksa firmanızın tarayıcıda açılan başka bir sayfasını yazın: çevrim içi mağaza ya da sosyal medya. "
    "O da yoksa destek ekibine sorun."
)
_SAY = "Web sitesi bir alan adıyla bitmeli, örneğin https://firmaniz.com.tr"


def clean(text: str) -> str:
    """An http(s) URL with a domain that has a dot; the scheme is added when it is missing. Raises Refused."""
    address = plain(text)
    if _EMAIL.fullmatch(address):
        raise Refused("Bu bir e-posta adresi; web sitenizin adresini yazın, örneğin https://firmaniz.com.tr")
    if "." not in address:
        # "yok", "-", "sitemiz yok"
        raise Refused(f"{_SAY}. {WITHOUT}")
    if "://" not in address:
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        # A Turkish keyboard with caps lock on writes İ where the address has an i.
        host = (parts.hostname or "").replace("i\u0307", "i")
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise Refused(_SAY) from error
    if parts.scheme not in ("http", "https"):
        raise Refused("Web sitesi adresi “https://” ile başlamalı, örneğin https://firmaniz.com.tr")
    if not _HOST.fullmatch(host) or parts.username is not None:
        raise Refused(_SAY)
    return f"{parts.scheme}://{host}{port}{parts.path}{f'?{parts.query}' if parts.query else ''}".rstrip("/")
