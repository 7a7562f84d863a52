"""A certificate authority for trying: it issues qualified certificates to invented people and signs with them.

The portal believes it only because its root was put into the portal's trust folder.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID, ObjectIdentifier

QC_STATEMENTS = ObjectIdentifier("1.3.6.1.5.5.7.1.3")
# DER of QCStatements (ETSI EN 319 412-5): QcCompliance with QcType esign, and with QcType eseal.
QUALIFIED_PERSON = bytes.fromhex("301f3008060604008e4601013013060604008e4601063009060704008e46010601")
QUALIFIED_SEAL = bytes.fromhex("301f3008060604008e4601013013060604008e4601063009060704008e46010602")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Certificate:
    """A certificate with the key that belongs to it."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)


@dataclass(frozen=True)
class Kind:
    """What may be wrong with a certificate, for tests; the defaults are a sound one."""

    qc_statements: bytes = QUALIFIED_PERSON
    begins: timedelta = -DAY
    ends: timedelta = 365 * DAY
    self_signed: bool = False
    crl_url: str = ""
    ocsp_url: str = ""


SOUND = Kind()


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Authority:
    """`root` signs everything; nothing is remembered but what the caller keeps."""

    def __init__(self, root: Certificate) -> None:
        self.root = root

    @classmethod
    def new(cls, name: str = "Deneme Sertifika Sağlayıcısı") -> "Authority":
        key = _key()
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - 1000 * DAY)
            .not_valid_after(now + 3650 * DAY)
            .add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
            .add_extension(_usage(certify=True), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .sign(key, hashes.SHA256())
        )
        return cls(Certificate(certificate, key))

    @classmethod
    def kept_in(cls, folder: Path) -> "Authority":
        """The authority of this folder, made at the first use."""
        file = folder / "authority.pem"
        if not file.exists():
            folder.mkdir(parents=True, exist_ok=True)
            made = cls.new()
            key = made.root.key.private_bytes(
                Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            file.touch(mode=0o600)
            file.write_bytes(made.root.pem + key)
        content = file.read_bytes()
        kept = serialization.load_pem_private_key(content, password=None)
        if not isinstance(kept, rsa.RSAPrivateKey):
            raise TypeError(f"{file} holds another kind of key.")
        return cls(Certificate(x509.load_pem_x509_certificate(content), kept))

    def issue(self, name: str, identity: str, kind: Kind = SOUND) -> Certificate:
        """A certificate of a person; `identity` is the TCKN that goes into the subject's serialNumber."""
        key = _key()
        now = datetime.now(UTC)
        subject = x509.Name(
            [
                x509.NameAttribute(NameOID.COUNTRY_NAME, "TR"),
                x509.NameAttribute(NameOID.COMMON_NAME, name),
                x509.NameAttribute(NameOID.SERIAL_NUMBER, identity),
            ]
        )
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject if kind.self_signed else self.root.certificate.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + kind.begins)
            .not_valid_after(now + kind.ends)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(certify=False), critical=True)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(
                    key.public_key() if kind.self_signed else self.root.key.public_key()
                ),
                critical=False,
            )
        )
        if kind.qc_statements:
            builder = builder.add_extension(
                x509.UnrecognizedExtension(QC_STATEMENTS, kind.qc_statements), critical=False
            )
        if kind.crl_url:
            point = x509.DistributionPoint([x509.UniformResourceIdentifier(kind.crl_url)], None, None, None)
            builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
        if kind.ocsp_url:
            access = x509.AccessDescription(
                AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(kind.ocsp_url)
            )
            builder = builder.add_extension(x509.AuthorityInformationAccess([access]), critical=False)
        return Certificate(builder.sign(key if kind.self_signed else self.root.key, hashes.SHA256()), key)

    def revocation_list(self, *revoked: Certificate) -> bytes:
        """A CRL in DER that names these certificates."""
        now = datetime.now(UTC)
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.root.certificate.subject)
            .last_update(now - timedelta(hours=1))
            .next_update(now + 7 * DAY)
            .add_extension(x509.CRLNumber(1), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.root.key.public_key()), critical=False
            )
        )
        for each in revoked:
            builder = builder.add_revoked_certificate(
                x509.RevokedCertificateBuilder()
                .serial_number(each.certificate.serial_number)
                .revocation_date(now - timedelta(hours=2))
                .build()
            )
        return builder.sign(self.root.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def sign(self, pdf: bytes, by: Certificate) -> bytes:
        """The PDF signed once more, in its first empty signature field or in a new one. Raises ValueError."""
        # pyHanko is loaded with the first signature: it takes longer than all the rest of a start.
        from sandbox import pdf_signing

        return pdf_signing.sign(
            pdf,
            certificate=by.certificate.public_bytes(Encoding.DER),
            key=by.key.private_bytes(
                Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            ),
            issuer=self.root.certificate.public_bytes(Encoding.DER),
        )


def _usage(*, certify: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certify,
        content_commitment=not certify,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certify,
        crl_sign=certify,
        encipher_only=False,
        decipher_only=False,
    )
