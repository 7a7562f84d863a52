"""A responder for revocation lists and OCSP on loopback, as a certificate authority runs one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from sandbox.authority import Authority, Certificate


@dataclass
class Responder:
    """`revoked` are the serial numbers that it calls revoked; `asked` what it was asked for, by path."""

    authority: Authority
    url: str
    revoked: list[Certificate] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str, body: bytes) -> bytes:
        self.asked.append(path)
        if path == "/crl":
            return self.authority.revocation_list(*self.revoked)
        request = ocsp.load_der_ocsp_request(body)
        gone = request.serial_number in {each.certificate.serial_number for each in self.revoked}
        now = datetime.now(UTC)
        builder = ocsp.OCSPResponseBuilder().add_response_by_hash(
            issuer_name_hash=request.issuer_name_hash,
            issuer_key_hash=request.issuer_key_hash,
            serial_number=request.serial_number,
            algorithm=request.hash_algorithm,
            cert_status=ocsp.OCSPCertStatus.REVOKED if gone else ocsp.OCSPCertStatus.GOOD,
            this_update=now - timedelta(minutes=1),
            next_update=now + timedelta(days=1),
            revocation_time=now - timedelta(hours=2) if gone else None,
            revocation_reason=x509.ReasonFlags.key_compromise if gone else None,
        )
        root = self.authority.root
        for extension in request.extensions:
            if isinstance(extension.value, x509.OCSPNonce):
                builder = builder.add_extension(extension.value, critical=False)
        signed = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, root.certificate).sign(
            root.key, hashes.SHA256()
        )
        return signed.public_bytes(Encoding.DER)


@contextmanager
def responder(authority: Authority) -> Iterator[Responder]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(b"")

        def do_POST(self) -> None:
            self._say(self.rfile.read(int(self.headers["Content-Length"])))

        def _say(self, body: bytes) -> None:
            content = found.answer(self.path, body)
            self.send_response(200)
            kind = "application/pkix-crl" if self.path == "/crl" else "application/ocsp-response"
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Responder(authority, f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
