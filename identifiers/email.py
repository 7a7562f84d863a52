"""E-mail addresses as names of people and companies. PURE."""

import re

from identifiers import Refused

_FORM = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")


def clean(text: str) -> str:
    """The address with its domain in lower case. Raises Refused."""
    local, at, host = text.strip().rpartition("@")
    address = f"{local}{at}{host.lower()}"
    if not address.isascii():
        raise Refused("E-posta adresinde Türkçe harf (ı, İ, ş, ğ, ü, ö, ç) olmaz; adresi gözden geçirin.")
    if not _FORM.fullmatch(address):
        raise Refused("E-posta adresi ad@firmaniz.com.tr biçiminde olmalı.")
    return address


def domain(address: str) -> str:
    return address.rpartition("@")[2].lower()
