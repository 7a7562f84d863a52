"""How far a mail's sender is believed: our own mail server's word, and nobody else's. PURE."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from correspondence.incoming import results
from correspondence.incoming.results import Result, Results
from correspondence.reading.parsing import Envelope


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
    own = results.ours(head.headers, authserv_id)
    if not own:
        return _unverified("En üstteki doğrulama sonucu bizim posta sunucumuzun değil.")
    try:
        found = [results.parse(header) for header in own]
    except results.Unreadable:
        return _unverified("Doğrulama sonucu okunamadı.")
    if why := _contradiction(found):
        return _unverified(why)
    said = [each for header in found for each in header.results]
    by_dmarc = _passes(said, "dmarc", "header.from", domain)
    by_dkim = _passes(said, "dkim", "header.d", domain) and not any(_denies(each, domain) for each in said)
    if domain in iys_domains:
        if by_dmarc or by_dkim:
            return Verdict(SenderAuthentication.VERIFIED, f"Posta sunucumuz {domain} alan adını doğruladı.")
        return _unverified(f"{domain} adına yazılmış ama posta sunucumuz doğrulamadı.")
    if sender in members and by_dmarc:
        return Verdict(SenderAuthentication.COMPANY, f"Firmanın doğrulanmış adresinden geldi: {sender}")
    if sender in members:
        return _unverified(f"{sender} firmanın adresi ama posta sunucumuz doğrulamadı.")
    return _unverified(f"{sender} ne İYS'nin ne de firmanın adresi.")


def _contradiction(found: Sequence[Results]) -> str:
    """Why the headers cannot all be our own server's, as a Turkish sentence; empty when they may be.

    It evaluates DMARC once, it does not write "none" beside results, and what passes DMARC has passed SPF or DKIM
    for that domain (RFC 7489, 4.2).
    """
    said = [each for header in found for each in header.results]
    if sum(each.method == "dmarc" for each in said) > 1:
        return "Doğrulama sonucunda birden çok DMARC sonucu var."
    if len(found) > 1 and not all(header.results for header in found):
        return "Doğrulama sonuçlarından biri boş, öteki dolu; ikisi birden bizim olamaz."
    below = [each for header in found[1:] for each in header.results if each.method == "dmarc"]
    reasons = [each for each in said if each.method in ("spf", "dkim")]
    if any(each.result == "pass" and reasons and not _borne_out(each, reasons) for each in below):
        return "Doğrulama sonuçları birbirini tutmuyor: ne SPF ne DKIM geçmiş, ama DMARC geçmiş görünüyor."
    return ""


def _borne_out(dmarc: Result, reasons: Sequence[Result]) -> bool:
    domains = [value for name, value in dmarc.properties if name == "header.from"]
    signed = [
        value.rpartition("@")[2]
        for each in reasons
        if each.result == "pass"
        for name, value in each.properties
        if name in ("smtp.mailfrom", "smtp.helo", "header.d", "header.i")
    ]
    # Of one organisation: either may be a subdomain.
    return any(
        f".{one}".endswith(f".{other}") or f".{other}".endswith(f".{one}") for one in domains for other in signed
    )


def _denies(result: Result, domain: str) -> bool:
    """Whether DMARC failed, or spoke of another domain: then a signature of this one says nothing."""
    about = result.all("header.from")
    return result.method == "dmarc" and (result.result in ("fail", "permerror") or not about <= {domain})


def _passes(said: Sequence[Result], method: str, name: str, domain: str) -> bool:
    """Whether a result of this method passed for exactly this domain."""
    return any(each.method == method and each.result == "pass" and each.all(name) == {domain} for each in said)


def _unverified(why: str) -> Verdict:
    return Verdict(SenderAuthentication.UNVERIFIED, why)
