"""What the DNS says of a domain that sends mail: MX, SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489). PURE.

"Could not be asked" is a result of its own: a resolver that is away says nothing about a record.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import dns.exception
import dns.resolver


class Result(StrEnum):
    OK = "ok"
    MISSING = "missing"
    UNASKED = "could not be asked"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, in one sentence."""

    result: Result
    sentence: str


class Unasked(Exception):
    """No name server gave an answer."""


# (name, type) → the records as text; empty when there are none. Raises Unasked.
Ask = Callable[[str, str], Sequence[str]]


def asker(server: str = "", *, seconds: float = 5.0) -> Ask:
    """Asks `server` ("address" or "address:port"), else the name servers of this machine."""
    resolver = dns.resolver.Resolver(configure=not server)
    if server:
        address, _colon, port = server.rpartition(":") if re.search(r":\d+$", server) else (server, "", "53")
        resolver.nameservers, resolver.port = [address.strip("[]")], int(port)
    resolver.lifetime = seconds

    def ask(name: str, kind: str) -> Sequence[str]:
        try:
            answer = resolver.resolve(name, kind, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return ()
        except (dns.exception.DNSException, OSError) as error:
            raise Unasked(type(error).__name__) from error
        if kind == "TXT":
            return [b"".join(record.strings).decode(errors="replace") for record in answer]
        return [str(record) for record in answer]

    return ask


def mx(domain: str, ask: Ask) -> Finding:
    try:
        found = ask(domain, "MX")
    except Unasked as error:
        return Finding(Result.UNASKED, f"MX of {domain}: {error}.")
    if not found or found == ["0 ."]:
        return Finding(Result.MISSING, f"{domain} has no MX record: answers to the tracking addresses are lost.")
    return Finding(Result.OK, f"{domain} takes mail at {', '.join(sorted(found))}.")


def spf(domain: str, ask: Ask) -> Finding:
    try:
        found = [text for text in ask(domain, "TXT") if re.match(r"v=spf1(\s|$)", text, re.IGNORECASE)]
    except Unasked as error:
        return Finding(Result.UNASKED, f"SPF of {domain}: {error}.")
    if not found:
        return Finding(Result.MISSING, f"{domain} has no SPF record (TXT v=spf1 …).")
    if len(found) > 1:
        return Finding(Result.MISSING, f"{domain} has {len(found)} SPF records; receivers believe none of them.")
    if re.search(r"(?:^|\s)\+?all\b", found[0], re.IGNORECASE):
        return Finding(Result.MISSING, f"The SPF record of {domain} lets everybody send (+all).")
    return Finding(Result.OK, f"{domain} has an SPF record: {found[0]}")


def dkim(domain: str, selectors: Sequence[str], ask: Ask) -> Finding:
    """Which selector the sending server signs with cannot be found out; it has to be told."""
    if not selectors:
        return Finding(Result.UNASKED, f"DKIM of {domain}: name the selectors in DKIM_SELECTORS.")
    for selector in selectors:
        try:
            found = [text for text in ask(f"{selector}._domainkey.{domain}", "TXT") if "p=" in text]
        except Unasked as error:
            return Finding(Result.UNASKED, f"DKIM key {selector} of {domain}: {error}.")
        if not found:
            return Finding(Result.MISSING, f"{domain} has no DKIM key {selector}.")
        if not re.search(r"(?:^|;)\s*p\s*=\s*[A-Za-z0-9+/]", found[0]):
            return Finding(Result.MISSING, f"The DKIM key {selector} of {domain} was revoked (empty p=).")
    return Finding(Result.OK, f"{domain} has its DKIM keys: {', '.join(selectors)}.")


def dmarc(domain: str, ask: Ask) -> Finding:
    """The record of the domain itself, else of the nearest domain above it."""
    labels = domain.split(".")
    for start in range(max(1, len(labels) - 1)):
        name = ".".join(labels[start:])
        try:
            found = [text for text in ask(f"_dmarc.{name}", "TXT") if re.match(r"v=DMARC1\b", text)]
        except Unasked as error:
            return Finding(Result.UNASKED, f"DMARC of {domain}: {error}.")
        if len(found) > 1:
            return Finding(Result.MISSING, f"{name} has {len(found)} DMARC records; receivers believe none.")
        if found:
            policy = re.search(r"\bp\s*=\s*(\w+)", found[0])
            if policy is None:
                return Finding(Result.MISSING, f"The DMARC record of {name} names no policy (p=).")
            return Finding(Result.OK, f"DMARC of {domain} stands at {name}, policy {policy[1]}.")
    return Finding(Result.MISSING, f"{domain} has no DMARC record (TXT at _dmarc.{domain}).")
