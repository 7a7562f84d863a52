"""The desk at which papers are issued and signed: an authority, its people, and pyHanko as their program."""

import io
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pikepdf
from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from PIL import Image
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.signers import PdfSigner, PdfTimeStamper
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents.rendering import html_to_pdf
from documents.signatures.fields import Person, with_fields
from sandbox.authority import DAY, Authority, Certificate, Kind
from sandbox.pdf_signing import ROOM
from tests.scenarios.factories import tckn

SIGNATORY = Person("Defne Poyraz", tckn(1))
SECOND = Person("Ada Yalın", tckn(2))
THIRD = Person("Çağrı Öztürk", tckn(3))

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
# What somebody does to the paper in a revision of its own, or in the revision of the signature.
Edit = Callable[[IncrementalPdfFileWriter], object]


def _logo() -> str:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(out, "PNG")
    return b64encode(out.getvalue()).decode()


@cache
def sheet(company: str = "Mavi Deniz Turizm A.Ş.", amount: str = "5.000") -> bytes:
    """Two pages with words, a picture and a sum, as the product draws its papers, before the fields."""
    return html_to_pdf(
        f'<h1>Taahhütname</h1><img src="data:image/png;base64,{_logo()}"><p>{company}</p><p>Tutar: {amount} TL</p>'
        '<p style="break-before:page">İmza</p>'
    )


@cache
def issued(*people: Person, form: str = "as issued") -> bytes:
    """The paper as it goes out to these people.

    `form` "packed" and "classic" are papers whose cross-reference stands in streams and in tables, whichever of
    them the product writes today: papers of both forms are out there.
    """
    names = [person.name for person in people or (SIGNATORY,)]
    if form == "as issued":
        return with_fields(sheet(), names)
    modes = {"packed": pikepdf.ObjectStreamMode.generate, "classic": pikepdf.ObjectStreamMode.disable}
    return with_fields(saved_anew(sheet(), object_stream_mode=modes[form]), names)


def saved_anew(pdf: bytes, **how: Any) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(out, **how)
    return out.getvalue()


def edited(pdf: bytes, edit: Edit) -> bytes:
    """The PDF with a revision more: every byte before stays as it was."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    edit(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def der(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def private(key: Key) -> keys.PrivateKeyInfo:
    return keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))


class Careless(PdfSigner):
    """Signs also where a certification forbids it, as some programs do."""

    def _enforce_certification_constraints(self, reader: object) -> None:
        pass


class Desk:
    """Certificates are made at their first use; `crl_url` is where their revocation is asked for."""

    def __init__(self, authority: Authority, crl_url: str = "") -> None:
        self.authority, self.crl_url = authority, crl_url
        self.root = der(authority.root.certificate)
        self._people: dict[tuple[Person, Kind], Certificate] = {}
        self._time_stamps: DummyTimeStamper | None = None

    def certificate(self, person: Person = SIGNATORY, kind: Kind | None = None) -> Certificate:
        wanted = (person, kind or Kind(crl_url=self.crl_url))
        if wanted not in self._people:
            self._people[wanted] = self.authority.issue(person.name, person.identity, wanted[1])
        return self._people[wanted]

    def signer(self, person: Person = SIGNATORY, kind: Kind | None = None, **how: Any) -> SimpleSigner:
        found = self.certificate(person, kind)
        return self.signer_with(found.certificate, found.key, **how)

    def signer_with(
        self, certificate: x509.Certificate, key: Key, *chain: x509.Certificate, **how: Any
    ) -> SimpleSigner:
        return SimpleSigner(
            signing_cert=der(certificate),
            signing_key=private(key),
            cert_registry=SimpleCertificateStore.from_certs([self.root, *map(der, chain)]),
            **how,
        )

    def reissued(
        self, key: Key, *, issuer: Certificate | None = None, person: Person = SIGNATORY
    ) -> x509.Certificate:
        """The person's certificate once more, for another key or by another issuer."""
        model, by = self.certificate(person).certificate, issuer or self.authority.root
        builder = (
            x509.CertificateBuilder()
            .subject_name(model.subject)
            .issuer_name(by.certificate.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(model.not_valid_before_utc)
            .not_valid_after(model.not_valid_after_utc)
        )
        for extension in model.extensions:
            if not isinstance(extension.value, x509.AuthorityKeyIdentifier):
                builder = builder.add_extension(extension.value, critical=extension.critical)
        identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key())
        return builder.add_extension(identifier, critical=False).sign(by.key, hashes.SHA256())

    def under_root(self, name: str, purpose: x509.ExtensionType) -> Certificate:
        """An authority below the root, or a time stamping one."""
        key, now = rsa.generate_private_key(public_exponent=65537, key_size=2048), datetime.now(UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
            .issuer_name(self.authority.root.certificate.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - 500 * DAY)
            .not_valid_after(now + 2000 * DAY)
        )
        for extension, critical in (
            (purpose, True),
            (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
        ):
            builder = builder.add_extension(extension, critical=critical)
        return Certificate(builder.sign(self.authority.root.key, hashes.SHA256()), key)

    @property
    def time_stamps(self) -> DummyTimeStamper:
        """The authority's time stamps."""
        if self._time_stamps is None:
            usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            made = self.under_root("Deneme Zaman Damgası", usage)
            self._time_stamps = DummyTimeStamper(
                der(made.certificate), private(made.key), SimpleCertificateStore.from_certs([self.root])
            )
        return self._time_stamps

    def known(self) -> ValidationContext:
        """What a signing program needs to embed for the long term: the root and a list of what is revoked."""
        return ValidationContext(
            trust_roots=[self.root],
            crls=[self.authority.revocation_list()],
            allow_fetching=False,
            time_tolerance=timedelta(minutes=10),
        )

    def sign(
        self,
        pdf: bytes,
        by: SimpleSigner | None = None,
        *,
        field: str | SigFieldSpec = "Imza1",
        edit: Edit = lambda writer: None,
        stamp: Any = None,
        timestamper: DummyTimeStamper | None = None,
        **signature: Any,
    ) -> bytes:
        """One signature more, in our field of this name or in one of the program's own."""
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        edit(writer)
        own = field if isinstance(field, SigFieldSpec) else None
        name = own.sig_field_name if own else field
        described = PdfSignatureMetadata(**{"field_name": name, "md_algorithm": "sha256", **signature})
        # What embeds more than certificates is tried first, to see how much room it takes: twice the work.
        embeds = timestamper is not None or "embed_validation_info" in signature
        out = io.BytesIO()
        Careless(
            described,
            by or self.signer(),
            timestamper=timestamper,
            stamp_style=stamp,
            new_field_spec=own,
        ).sign_pdf(writer, output=out, bytes_reserved=None if embeds else ROOM)
        return out.getvalue()

    def stamped(self, pdf: bytes, by: DummyTimeStamper | None = None) -> bytes:
        """The PDF with a document time stamp behind everything else."""
        out = io.BytesIO()
        PdfTimeStamper(by or self.time_stamps).timestamp_pdf(
            IncrementalPdfFileWriter(io.BytesIO(pdf)), "sha256", output=out
        )
        return out.getvalue()
