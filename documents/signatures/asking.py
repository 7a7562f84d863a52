"""How pyHanko asks about revocation from within a confined process: through the portal. PURE.

Only of the certificates of a chain that is believed already, and of those that its authorities issued themselves
(a responder's own), at the addresses that they name. No certificate is fetched at all, since the chain is whole.
"""

from collections.abc import AsyncGenerator, Iterable
from typing import Any

from asn1crypto import crl, ocsp, pem, x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509 import load_der_x509_certificate
from pyhanko_certvalidator import errors
from pyhanko_certvalidator.authority import Authority
from pyhanko_certvalidator.fetchers import CertificateFetcher, CRLFetcher, FetcherBackend, Fetchers, OCSPFetcher
from pyhanko_certvalidator.fetchers.common_utils import (
    enumerate_delivery_point_urls,
    format_ocsp_request,
    process_ocsp_response_data,
)
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.util import get_ocsp_urls, get_relevant_crl_dps, issuer_serial

from confinement.serving import ask

MOST = 4  # addresses of one certificate


class NotAnswered(Exception):
    pass


def _asked(url: str, accept: str, body: bytes | None = None) -> bytes:
    content = ask({"url": url, "accept": accept, "body": body}).get("content")
    if not isinstance(content, bytes):
        raise NotAnswered
    return content


class Believed:
    """A chain that leads to an authority that is believed."""

    def __init__(self, chain: ValidationPath) -> None:
        certificates = [each for each in chain if isinstance(each, x509.Certificate)]
        self._known = {bytes(each.dump()) for each in certificates}
        self._authorities = [load_der_x509_certificate(each.dump()) for each in certificates if each.ca]

    def covers(self, certificate: x509.Certificate) -> bool:
        if bytes(certificate.dump()) in self._known:
            return True
        other = load_der_x509_certificate(certificate.dump())
        for authority in self._authorities:
            try:
                other.verify_directly_issued_by(authority)
            except (ValueError, TypeError, InvalidSignature):
                continue
            return True
        return False


class Asking(FetcherBackend):
    """A certificate that `chain` does not cover is never asked about."""

    def __init__(self, chain: ValidationPath) -> None:
        self._believed = Believed(chain)

    def get_fetchers(self) -> Fetchers:
        return Fetchers(_Ocsp(self._believed), _Crl(self._believed), _NoCertificates())

    async def close(self) -> None:
        """Nothing is open."""


class _Ocsp(OCSPFetcher):
    def __init__(self, believed: Believed) -> None:
        self._believed = believed
        self._known: dict[Any, Any] = {}

    async def fetch(self, cert: x509.Certificate, authority: Authority) -> ocsp.OCSPResponse:
        if not self._believed.covers(cert):
            raise errors.OCSPFetchError("not of the chain that is believed")
        request = format_ocsp_request(cert, authority, certid_hash_algo="sha1", request_nonces=True)
        for url in get_ocsp_urls(cert)[:MOST]:
            try:
                content = _asked(url, "application/ocsp-response", request.dump())
                found = process_ocsp_response_data(content, ocsp_request=request, ocsp_url=url)
            except (NotAnswered, ValueError, errors.OCSPFetchError):
                continue
            self._known[issuer_serial(cert)] = found
            return found
        raise errors.OCSPFetchError("no responder answered")

    def fetched_responses(self) -> Iterable[ocsp.OCSPResponse]:
        return self._known.values()

    def fetched_responses_for_cert(self, cert: x509.Certificate) -> Iterable[ocsp.OCSPResponse]:
        return [found for serial, found in self._known.items() if serial == issuer_serial(cert)]


class _Crl(CRLFetcher):
    def __init__(self, believed: Believed) -> None:
        self._believed = believed
        self._known: dict[Any, list[Any]] = {}

    async def fetch(self, cert: x509.Certificate, *, use_deltas: bool = True) -> list[crl.CertificateList]:
        serial = issuer_serial(cert)
        if serial not in self._known and self._believed.covers(cert):
            points = get_relevant_crl_dps(cert, use_deltas=use_deltas)
            urls = [url for point in points for url in enumerate_delivery_point_urls(point)]
            self._known[serial] = [found for url in urls[:MOST] if (found := _list(url)) is not None]
        return self._known.get(serial, [])

    def fetched_crls(self) -> Iterable[crl.CertificateList]:
        return [each for found in self._known.values() for each in found]

    def fetched_crls_for_cert(self, cert: x509.Certificate) -> Iterable[crl.CertificateList]:
        return self._known[issuer_serial(cert)]


def _list(url: str) -> crl.CertificateList | None:
    try:
        data = _asked(url, "application/pkix-crl")
        if pem.detect(data):
            _name, _headers, data = pem.unarmor(data)
        return crl.CertificateList.load(data)
    except (NotAnswered, ValueError):
        return None


class _NoCertificates(CertificateFetcher):
    async def fetch_cert_issuers(self, cert: x509.Certificate) -> AsyncGenerator[x509.Certificate, None]:
        for each in self.fetched_certs():
            yield each

    async def fetch_crl_issuers(
        self, certificate_list: crl.CertificateList
    ) -> AsyncGenerator[x509.Certificate, None]:
        for each in self.fetched_certs():
            yield each

    def fetched_certs(self) -> Iterable[x509.Certificate]:
        return ()
