"""E-mail addresses as names of people and companies. PURE."""

import re

from identifiers import Refused
from identifiers.invisible import plain

# RFC 5322, 3.2.3: a dot stands between two words of the name, never at an end and never beside another.
_NAME = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_FORM = re.compile(_NAME + r"@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
# As mail programs and web pages hand an address over: Ada Yalın <ada@firma.example>, mailto:ada@firma.example.
_WRAPPED = re.compile(
    r'(?:[^<>]*[\s"])?<\s*(?:mailto:)?(?P<inside>[^<>\s]+)\s*>|mailto:(?P<link>[^<>\s]+)', re.IGNORECASE
)
_DOTS = re.compile(r"\.\.|(?:^|@)\.|\.(?:@|$)")


def clean(text: str, *, like: str = "ad@firmaniz.com.tr") -> str:
    """The address with its domain in lower case. Raises Refused, with an example of what was expected."""
    written = plain(text)
    wrapped = _WRAPPED.fullmatch(written)
    local, at, host = (wrapped["inside"] or wrapped["link"] if wrapped else written).rpartition("@")
    address = f"{local}{at}{host.lower()}"
    if not address.isascii():
        raise Refused("E-posta adresinde Türkçe harf (ı, İ, ş, ğ, ü, ö, ç) olmaz; adresi gözden geçirin.")
    if at and _DOTS.search(address):
        raise Refused(
            f"E-posta adresi {like} biçiminde olmalı: iki nokta yan yana gelmez, "
            "adın ve alan adının başında ya da sonunda nokta olmaz."
        )
    if not _FORM.fullmatch(address):
        raise Refused(f"E-posta adresi {like} biçiminde olmalı.")
    return address


def domain(address: str) -> str:
    return address.rpartition("@")[2].lower()


def masked(address: str) -> str:
    """For who holds a link and need not be the one it was sent to: d•••@firma.example."""
    local, at, host = address.rpartition("@")
    return f"{local[:1] if len(local) > 1 else ''}•••{at}{host}"
