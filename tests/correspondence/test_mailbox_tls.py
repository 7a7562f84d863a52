"""A mailbox over TLS: a server without a certificate that is believed is told no password."""

import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from correspondence.mailbox import Position, open_mailbox

PASSWORD = "gizli-parola-917"


def certificate(folder: Path) -> tuple[Path, Path]:
    """Signed by nobody but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return paths


class Impostor:
    """Takes the place of the mail server and writes down what it is told."""

    def __init__(self, folder: Path) -> None:
        self.told = b""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate(folder))
        self.context, self.listening = context, socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.thread = threading.Thread(target=self.answer)
        self.thread.start()

    def answer(self) -> None:
        line, _from = self.listening.accept()
        line.settimeout(10)
        try:
            with self.context.wrap_socket(line, server_side=True) as safe:
                safe.sendall(b"* OK ready\r\n")
                while more := safe.recv(1000):
                    self.told += more
                    tag = more.split()[0]
                    if b"CAPABILITY" in more:
                        safe.sendall(b"* CAPABILITY IMAP4rev1\r\n")
                    safe.sendall(tag + b" OK done\r\n")
        except OSError:
            line.close()


@pytest.fixture
def impostor(tmp_path: Path) -> Iterator[Impostor]:
    found = Impostor(tmp_path)
    yield found
    found.thread.join()
    found.listening.close()


def test_a_server_with_a_certificate_of_its_own_making_is_told_nothing(impostor: Impostor) -> None:
    mailbox = open_mailbox(f"imaps://takip:{PASSWORD}@127.0.0.1:{impostor.port}/INBOX")
    with pytest.raises(ssl.SSLCertVerificationError):
        list(mailbox.waiting(lambda _folder: Position(0, 0)))
    impostor.thread.join()
    assert PASSWORD.encode() not in impostor.told
