"""How far a mail's sender is believed: our own mail server's word, and nobody else's. PURE.

RFC 8601: an Authentication-Results header counts only when it is ours, and ours is the topmost one.
"""

from dataclasses import dataclass
from enum import StrEnum

from authres import AuthenticationResultsHeader
from authres.core import AuthResError

from correspondence.reading.parsing import Envelope

MAX_RESULT = 8_000  # characters of a header; real ones have some hundreds


class SenderAuthentication(StrEnum):
    VERIFIED = "verified"
    COMPANY = "company"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`why` is a Turkish sentence for staff."""

    sender_authentication: SenderAuthentication
    why: str


def authenticate(
    head: Envelope, *, authserv_id: str, iys_domains: frozenset[str], members: frozenset[str]
) -> Verdict:
    """`members` are the lower-case addresses of the people of the company that the mail was matched to."""
    if len(head.senders) != 1:
        return _unverified(f"Gönderen alanında {len(head.senders)} adres var; tek adres olmalı.")
    if not head.from_is_clear:
        return _unverified("Gönderen alanı birden çok türlü okunabiliyor.")
    sender = head.senders[0].email
    domain = sender.rpartition("@")[2]
    if not head.authentication_results:
        return _unverified("Posta sunucumuz bu e-posta için bir doğrulama sonucu yazmamış.")
    topmost = head.authentication_results[0]
    try:
        found = AuthenticationResultsHeader.parse(f"Authentication-Results: {topmost[:MAX_RESULT]}")
    except (AuthResError, ValueError, TypeError, AttributeError, RecursionError):
        return _unverified("Doğrulama sonucu okunamadı.")
    if str(found.authserv_id).lower() != authserv_id.lower():
        return _unverified("En üstteki doğrulama sonucu bizim posta sunucumuzun değil.")
    dmarc = [result for result in found.results if result.method == "dmarc"]
    # A second result, or a header that goes on beyond all measure, was not written by our server alone.
    if len(dmarc) > 1 or len(topmost) > MAX_RESULT:
        return _unverified("Doğrulama sonucunda birden çok DMARC sonucu var.")
    refused = any(result.result in ("fail", "permerror") for result in dmarc)
    by_dmarc = _passes(found, "dmarc", "from", domain)
    by_dkim = not refused and _passes(found, "dkim", "d", domain)
    if domain in iys_domains:
        if by_dmarc or by_dkim:
            return Verdict(SenderAuthentication.VERIFIED, f"Posta sunucumuz {domain} alan adını doğruladı.")
        return _unverified(f"{domain} adına yazılmış ama posta sunucumuz doğrulamadı.")
    if sender in members and by_dmarc:
        return Verdict(SenderAuthentication.COMPANY, f"Firmanın doğrulanmış adresinden geldi: {sender}")
    if sender in members:
        return _unverified(f"{sender} firmanın adresi ama posta sunucumuz doğrulamadı.")
    return _unverified(f"{sender} ne İYS'nin ne de firmanın adresi.")


def _passes(found: AuthenticationResultsHeader, method: str, name: str, domain: str) -> bool:
    """Whether a result of this method passed for exactly this domain."""
    return any(
        result.method == method
        and result.result == "pass"
        and any(
            each.type == "header" and each.name == name and str(each.value).lower() == domain
            for each in result.properties
        )
        for result in found.results
    )


def _unverified(why: str) -> Verdict:
    return Verdict(SenderAuthentication.UNVERIFIED, why)
